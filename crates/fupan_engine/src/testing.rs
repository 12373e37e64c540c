//! Cases written as short text, for tests of the judge: one line a party, clock, fact or question.
//!
//! `clock ID unknown|LO HI [rate=PPB] [at=HH:MM:SS]`, `fact ID PARTY KIND EVENT TIME LO HI [clock=C] [key=K] [after=E] [before=E]
//! [policy=P] [q:NAME=V] [claim:FIELD=V]`
//! with TIME as `HH:MM:SS` on the accident's day or `-`, LO and HI in milliseconds.

use fupan_model::{
    Accident, Basis, CaseFile, Cite, Cites, Claim, Clock, ClockStanding, Decimal, Fact, Locator,
    Moment, Origin, Party, Question, RowId, Stated, Value,
};
use fupan_standard::Book;
use std::collections::BTreeMap;

pub(crate) const DAY: &str = "2024-05-12";

/// The assessment of a case given as text.
pub(crate) fn assessed(text: &str) -> fupan_model::Assessment {
    crate::assess(&case(text), &Book::shipped().unwrap()).unwrap()
}

pub(crate) fn case(text: &str) -> CaseFile {
    let mut case = CaseFile {
        id: "test".into(),
        title: "test".into(),
        notice: None,
        languages: vec!["zh".into()],
        accident: Accident { date: DAY.into(), timezone: "+08:00".into(), ..Accident::default() },
        parties: vec![],
        team: vec![],
        clocks: vec![],
        clock_relations: vec![],
        evidence: vec![],
        facts: vec![],
        imports: vec![],
        questions: vec![],
        requests: vec![],
        interviews: vec![],
        findings: vec![],
        choices: vec![],
        kinds: BTreeMap::new(),
        kept: BTreeMap::new(),
        digest: "d".into(),
    };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[0] {
            "party" => case.parties.push(Party {
                id: words[1].into(),
                name: words[1].into(),
                track: words[2].into(),
                department: None,
            }),
            "clock" => case.clocks.push(Clock {
                id: words[1].into(),
                name: String::new(),
                standing: match words[2] {
                    "unknown" => ClockStanding::Unknown,
                    lo => ClockStanding::Checked {
                        lo_ms: lo.parse().unwrap(),
                        hi_ms: words[3].parse().unwrap(),
                    },
                },
                checked_at: given(&words, "at")
                    .and_then(|time| Moment::parse(&format!("{DAY}T{time}+08:00"))),
                rate_ppb: given(&words, "rate").and_then(|rate| rate.parse().ok()),
                cites: None,
            }),
            "question" => case.questions.push(Question {
                id: words[1].into(),
                from: words[2].into(),
                to: words[3].into(),
                limit_ms: words.get(4).map(|min| min.parse::<i64>().unwrap() * 60_000),
                limit: None,
                text: None,
            }),
            "choice" => case.choices.push(fupan_model::Choice {
                retract: words[1..].iter().map(|w| (*w).to_owned()).collect(),
                by: "leader".into(),
                reason: "test".into(),
                at: None,
            }),
            "province" => case.accident.province = Some(words[1].into()),
            "deaths" => case.accident.deaths = words[1].parse().ok(),
            "fact" => case.facts.push(fact(&words)),
            other => panic!("{other:?} begins no line of a test case"),
        }
    }
    case
}

/// The value of `name=…` in a line.
fn given<'w>(words: &[&'w str], name: &str) -> Option<&'w str> {
    words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
}

fn fact(words: &[&str]) -> Fact {
    let [_, id, party, kind, event, time, rest @ ..] = words else {
        panic!("a fact needs id, party, kind, event, time");
    };
    let bounds = |at: usize| rest.get(at).and_then(|w| w.parse().ok()).unwrap_or(0);
    let mut fact = Fact {
        id: (*id).into(),
        party: (*party).into(),
        source: String::new(),
        event: (*event).into(),
        kind_word: (*kind).into(),
        kind: (*kind != "-").then(|| (*kind).into()),
        text: String::new(),
        clock: "civil".into(),
        time: (*time != "-").then(|| Stated {
            text: (*time).into(),
            at: Moment::parse(&format!("{DAY}T{time}+08:00")).unwrap(),
            lo_ms: bounds(0),
            hi_ms: bounds(1),
            policy: given(words, "policy").map(RowId::from),
        }),
        time_end: None,
        after: vec![],
        before: vec![],
        claims: vec![],
        key: None,
        quantities: BTreeMap::new(),
        stated_at: None,
        derived: false,
        basis: Basis::Quoted,
        source_kind: None,
        weight: None,
        note: None,
        origin: Origin::Hand,
        cites: Cites::one(Cite {
            evidence: "E1".into(),
            digest: "d".into(),
            locator: Locator::Record((*id).into()),
        }),
    };
    for word in rest.iter().filter_map(|word| word.split_once('=')) {
        match word {
            ("clock", clock) => fact.clock = clock.into(),
            ("key", key) => fact.key = Some(key.into()),
            ("policy", _) => {}
            ("after", event) => fact.after.push(event.into()),
            ("before", event) => fact.before.push(event.into()),
            ("weight", weight) => fact.weight = weight.parse().ok(),
            (name, text) => {
                if let Some(name) = name.strip_prefix("q:") {
                    fact.quantities.insert(name.into(), value(text));
                } else if let Some(field) = name.strip_prefix("claim:") {
                    let value = Some(value(text));
                    fact.claims.push(Claim { field: field.into(), value, as_of: None });
                } else {
                    panic!("{name:?} is no word of a fact");
                }
            }
        }
    }
    fact
}

fn value(text: &str) -> Value {
    if text.contains(',') {
        return Value::Set(text.split(',').map(str::to_owned).collect());
    }
    Decimal::parse(text).map_or_else(|_| Value::Text(text.to_owned()), Value::Number)
}
