//! The head of a case and its evidence, as tables.

use super::{Kept, Rows, format_key, seconds};
use crate::node::Node;
use crate::read::{Form, head::civil};
use fupan_model::{
    CaseFile, Clock, ClockRelation, ClockStanding, Decimal, Evidence, Party, Question, Team,
};

/// Format, id, title, notice, languages, accident and kinds.
pub(crate) fn names(top: &mut Rows, case: &CaseFile, form: Form, kept: &mut Kept) {
    format_key(top, form);
    top.text("id", &case.id);
    top.text("title", &case.title);
    top.maybe("notice", case.notice.as_ref());
    top.texts("languages", &case.languages);
    let a = &case.accident;
    let mut rows = Rows::default();
    rows.text("date", &a.date);
    rows.filled("place", &a.place);
    rows.text("timezone", &a.timezone);
    rows.filled("type", &a.kind);
    for (key, figure) in [
        ("deaths", a.deaths),
        ("missing", a.missing),
        ("injuries", a.injuries),
        ("serious_injuries", a.serious_injuries),
        ("trapped", a.trapped),
    ] {
        if let Some(figure) = figure {
            rows.count(key, figure);
        }
    }
    if let Some(loss) = a.direct_loss_cny {
        rows.put("direct_loss_cny", Node::Number(loss));
    }
    rows.maybe("grade", a.grade.as_ref());
    rows.maybe("province", a.province.as_ref());
    rows.maybe("note", a.note.as_ref());
    top.put("accident", kept.close("accident", rows));
    if !case.kinds.is_empty() {
        let kinds = case.kinds.iter().map(|(word, id)| (word.clone(), Node::text(id))).collect();
        top.put("kinds", Node::Table(kinds));
    }
}

/// Parties, clocks, group and questions.
pub(crate) fn lists(top: &mut Rows, case: &CaseFile, form: Form, kept: &mut Kept) {
    let parties = case.parties.iter().map(|p| party(p, kept)).collect();
    top.list(form.key("parties"), parties);
    // The clock that always exists is left unsaid where the reader would put it.
    let skip = usize::from(case.clocks.first() == Some(&civil()));
    let clocks = case.clocks.iter().skip(skip).map(|c| clock(c, kept)).collect();
    top.list(form.key("clocks"), clocks);
    let relations = case.clock_relations.iter().map(|r| relation(r, kept)).collect();
    top.list(form.key("clock_relations"), relations);
    let team = case.team.iter().enumerate().map(|(at, member)| self::member(at, member, kept));
    let team = team.collect();
    top.list("team", team);
    let questions = case.questions.iter().map(|q| question(q, kept)).collect();
    top.list(form.key("questions"), questions);
}

fn party(party: &Party, kept: &mut Kept) -> Node {
    let mut rows = Rows::default();
    rows.text("id", &party.id);
    rows.text("name", &party.name);
    rows.text("track", &party.track);
    rows.maybe("department", party.department.as_ref());
    kept.close(&format!("parties[{}]", party.id), rows)
}

fn clock(clock: &Clock, kept: &mut Kept) -> Node {
    let mut rows = Rows::default();
    rows.text("id", &clock.id);
    rows.filled("name", &clock.name);
    match clock.standing {
        ClockStanding::Civil => rows.text("standing", "civil"),
        ClockStanding::Unknown => rows.text("standing", "unknown"),
        ClockStanding::Checked { lo_ms, hi_ms } => {
            rows.text("standing", "checked");
            rows.bounds("offset_s", lo_ms, hi_ms);
        }
    }
    rows.maybe("checked_at", clock.checked_at.as_ref());
    if let Some(ppb) = clock.rate_ppb {
        rows.put("rate_ppm", super::seconds(ppb));
    }
    rows.cites(clock.cites.as_ref());
    kept.close(&format!("clocks[{}]", clock.id), rows)
}

fn relation(relation: &ClockRelation, kept: &mut Kept) -> Node {
    let mut rows = Rows::default();
    rows.text("id", &relation.id);
    rows.text("a", &relation.a);
    rows.text("b", &relation.b);
    rows.bounds("offset_s", relation.lo_ms, relation.hi_ms);
    rows.cites(relation.cites.as_ref());
    kept.close(&format!("clock_relations[{}]", relation.id), rows)
}

fn member(at: usize, member: &Team, kept: &mut Kept) -> Node {
    let mut rows = Rows::default();
    rows.text("role", &member.role);
    rows.filled("organisation", &member.organisation);
    rows.maybe("name", member.name.as_ref());
    kept.close(&format!("team[#{}]", at + 1), rows)
}

fn question(question: &Question, kept: &mut Kept) -> Node {
    let mut rows = Rows::default();
    rows.text("id", &question.id);
    rows.text("from", &question.from);
    rows.text("to", &question.to);
    match question.limit_ms {
        Some(ms) if ms % 60_000 == 0 => {
            rows.put("limit_min", Node::Number(Decimal::whole(ms / 60_000)));
        }
        // A third of ms / 60 as seconds is a decimal number of minutes.
        Some(ms) if ms % 60 == 0 => rows.put("limit_min", seconds(ms / 60)),
        Some(ms) => rows.put("limit_ms", Node::Number(Decimal::whole(ms))),
        None => {}
    }
    rows.maybe("limit", question.limit.as_ref());
    rows.maybe("text", question.text.as_ref());
    kept.close(&format!("questions[{}]", question.id), rows)
}

/// Evidence. In a folder (`mapping` is given) it is a descriptor: its place says the path and its
/// bytes the size, and the mapping is named by its file; in JSON all of it is written out.
pub(crate) fn evidence(e: &Evidence, mapping: Option<Option<String>>, kept: &mut Kept) -> Node {
    let mut rows = Rows::default();
    rows.text("id", &e.id);
    rows.text("kind", &e.kind);
    rows.filled("title", &e.title);
    rows.filled("medium", &e.medium);
    rows.maybe("party", e.party.as_ref());
    rows.maybe("clock", e.clock.as_ref());
    rows.maybe("source_kind", e.source_kind.as_ref());
    rows.texts("collected_by", &e.collected_by);
    rows.texts("witnessed_by", &e.witnessed_by);
    rows.maybe("collected_at", e.collected_at.as_ref());
    rows.text("sha256", &e.sha256);
    match mapping {
        Some(path) => rows.maybe("mapping", path.as_ref()),
        None => {
            rows.count("size", e.size);
            rows.text("path", &e.path);
            rows.maybe("mapping", e.mapping.as_ref());
        }
    }
    if !e.fields.is_empty() {
        let fields = e.fields.iter().map(|(key, text)| (key.clone(), Node::text(text))).collect();
        rows.put("fields", Node::Table(fields));
    }
    kept.close(&format!("evidence[{}]", e.id), rows)
}
