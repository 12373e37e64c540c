//! The head of a case: accident, parties, clocks, group, questions, kinds.

use super::{Context, Form, cite};
use crate::error::Problem;
use crate::fields::Fields;
use crate::node::Node;
use crate::time::{read_date, read_zone};
use fupan_model::{
    Accident, CaseFile, Clock, ClockId, ClockRelation, ClockStanding, Decimal, EventId, Party,
    PartyId, Question, QuestionId, RowId, Team,
};

/// Id of the clock that always exists.
pub(crate) const CIVIL: &str = "civil";

/// The clock that always exists, unless the case declares it itself.
pub(crate) fn civil() -> Clock {
    Clock {
        id: ClockId::from(CIVIL),
        name: String::new(),
        standing: ClockStanding::Civil,
        checked_at: None,
        rate_ppb: None,
        cites: None,
    }
}

/// Title, notice, languages, accident and kinds: what the rest is read by.
pub(crate) fn read_names(top: &mut Fields<'_>, case: &mut CaseFile) {
    case.id = top.need("id");
    case.title = top.text("title").unwrap_or_else(|| case.id.clone());
    case.notice = top.text("notice");
    case.languages = top.texts("languages");
    if case.languages.is_empty() {
        case.languages.push(String::from("zh"));
    }
    match top.table("accident") {
        Some(fields) => case.accident = accident(fields),
        None => top.wrong("accident", "", Problem::Missing),
    }
    if let Some(mut kinds) = top.table("kinds") {
        for (word, node) in kinds.rest() {
            match node {
                Node::Text(id) => {
                    case.kinds.insert(word, RowId::new(id));
                }
                Node::Null => {}
                other => kinds.wrong(&word, &other.shown(), Problem::WrongType("text")),
            }
        }
    }
}

/// Parties, clocks, group and questions. Evidence must be known: clocks cite it.
pub(crate) fn read_lists(top: &mut Fields<'_>, case: &mut CaseFile, context: &Context<'_>) {
    let form = context.form;
    for fields in top.tables(form.key("parties"), "parties") {
        case.parties.push(party(fields));
    }
    for fields in top.tables(form.key("clocks"), "clocks") {
        let clock = clock(fields, case);
        case.clocks.push(clock);
    }
    if !case.clocks.iter().any(|clock| clock.id.as_str() == CIVIL) {
        case.clocks.insert(0, civil());
    }
    for fields in top.tables(form.key("clock_relations"), "clock_relations") {
        let relation = relation(fields, case);
        case.clock_relations.push(relation);
    }
    for mut fields in top.tables("team", "team") {
        case.team.push(Team {
            role: fields.need("role"),
            organisation: fields.text("organisation").unwrap_or_default(),
            name: fields.text("name"),
        });
        fields.finish();
    }
    for fields in top.tables(form.key("questions"), "questions") {
        case.questions.push(question(fields));
    }
}

fn accident(mut fields: Fields<'_>) -> Accident {
    let date = fields.need("date");
    if !date.is_empty() && read_date(&date).is_none() {
        fields.wrong("date", &date, Problem::BadDate);
    }
    let timezone = fields.need("timezone");
    if !timezone.is_empty() && read_zone(&timezone).is_none() {
        fields.wrong("timezone", &timezone, Problem::BadZone);
    }
    let loss = fields.number("direct_loss_cny");
    if let Some(value) = loss.filter(|value| *value < Decimal::whole(0)) {
        fields.wrong("direct_loss_cny", &value.to_string(), Problem::Negative);
    }
    let accident = Accident {
        date,
        timezone,
        place: fields.text("place").unwrap_or_default(),
        kind: fields.text("type").unwrap_or_default(),
        deaths: fields.count("deaths"),
        missing: fields.count("missing"),
        injuries: fields.count("injuries"),
        serious_injuries: fields.count("serious_injuries"),
        trapped: fields.count("trapped"),
        direct_loss_cny: loss,
        grade: fields.text("grade"),
        province: fields.text("province"),
        note: fields.text("note"),
    };
    fields.finish();
    accident
}

fn party(mut fields: Fields<'_>) -> Party {
    let id = fields.need("id");
    let party = Party {
        name: fields.text("name").unwrap_or_else(|| id.clone()),
        id: PartyId::new(id),
        track: fields.need("track"),
        department: fields.text("department").map(RowId::new),
    };
    fields.finish();
    party
}

fn clock(mut fields: Fields<'_>, case: &CaseFile) -> Clock {
    let id = fields.need("id");
    let standing = fields.one_of("standing", &["civil", "checked", "unknown"]);
    let said = fields.has("offset_s");
    let offset = fields.bounds("offset_s");
    let standing = match (standing.as_str(), offset) {
        ("checked", Some((lo_ms, hi_ms))) => ClockStanding::Checked { lo_ms, hi_ms },
        // Bounds that are none were told of when they were read.
        ("checked", None) if said => ClockStanding::Unknown,
        ("checked", None) => {
            fields.wrong("offset_s", "", Problem::Missing);
            ClockStanding::Unknown
        }
        (other, Some(_)) => {
            fields.wrong("standing", other, Problem::OneOf(vec![String::from("checked")]));
            ClockStanding::Unknown
        }
        ("unknown", None) => ClockStanding::Unknown,
        _ => ClockStanding::Civil,
    };
    let checked_at = fields.moment("checked_at", case.offset_s());
    let rate_ppb = rate(&mut fields);
    let clock = Clock {
        id: ClockId::new(id),
        name: fields.text("name").unwrap_or_default(),
        standing,
        checked_at,
        rate_ppb,
        cites: cite::read(&mut fields, case),
    };
    fields.finish();
    clock
}

/// A rate in parts per million, decimals allowed, as parts in 10^9 rounded outward; it is more
/// than 0 and less than 1,000,000.
fn rate(fields: &mut Fields<'_>) -> Option<i64> {
    let given = fields.number("rate_ppm")?;
    let ppb = given.times_floor(-1000).map(i64::wrapping_neg);
    let known = ppb.filter(|ppb| (1..1_000_000_000).contains(ppb));
    if known.is_none() {
        fields.wrong("rate_ppm", &given.to_string(), Problem::WrongType("ppm"));
    }
    known
}

fn relation(mut fields: Fields<'_>, case: &CaseFile) -> ClockRelation {
    if !fields.has("offset_s") {
        fields.wrong("offset_s", "", Problem::Missing);
    }
    let (lo_ms, hi_ms) = fields.bounds("offset_s").unwrap_or_default();
    let relation = ClockRelation {
        id: fields.need("id"),
        a: ClockId::new(fields.need("a")),
        b: ClockId::new(fields.need("b")),
        lo_ms,
        hi_ms,
        cites: cite::read(&mut fields, case),
    };
    fields.finish();
    relation
}

fn question(mut fields: Fields<'_>) -> Question {
    let minutes = fields.number("limit_min");
    let mut limit_ms = minutes.and_then(|m| m.times_floor(60_000));
    if let Some(value) = minutes.filter(|m| *m < Decimal::whole(0)) {
        fields.wrong("limit_min", &value.to_string(), Problem::Negative);
    } else if let Some(value) = minutes.filter(|_| limit_ms.is_none()) {
        fields.wrong("limit_min", &value.to_string(), Problem::WrongType("number"));
    }
    // Written by an export where the limit is no decimal number of minutes.
    if let Some(ms) = fields.count("limit_ms") {
        limit_ms = i64::try_from(ms).ok();
    }
    let question = Question {
        id: QuestionId::new(fields.need("id")),
        from: EventId::new(fields.need("from")),
        to: EventId::new(fields.need("to")),
        limit_ms,
        limit: fields.text("limit").map(RowId::new),
        text: fields.text("text"),
    };
    fields.finish();
    question
}

/// The form's own name for itself.
pub(crate) fn format_of(form: Form) -> &'static str {
    match form {
        Form::Json => "fupan-case/1",
        Form::Folder => "fupan-case-folder/1",
    }
}
