//! Kinds of record that stand for others: a step of a clock, and Allen's relations.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::error::Fault;
use super::read::{Fields, Instance};
use crate::network::{Constraint, Record};
use crate::relation::{Relation, Span};
use crate::what_if::move_reading;

/// A moment at which a clock may have been set, and by how much: `[lo, hi]`, by default not at
/// all, so that setting the record aside says that it was.
pub(super) struct Step {
    id: String,
    weight: i64,
    hard: bool,
    source: String,
    at: i64,
    lo: i64,
    hi: i64,
}

pub(super) fn step(fields: &mut Fields<'_>, (id, weight, hard): (&str, i64, bool)) -> Step {
    let source = fields.text("src");
    let at = fields.whole("at");
    let mut end = |key: &str| if fields.map.contains_key(key) { fields.whole(key) } else { 0 };
    let (lo, hi) = (end("lo"), end("hi"));
    Step { id: id.to_owned(), weight, hard, source, at, lo, hi }
}

/// Splits each source at its steps: what it read from the moment on is read by `source@moment`.
pub(super) fn split(made: &mut Instance, mut steps: Vec<Step>, faults: &mut Vec<Fault>) {
    steps.sort_by(|a, b| (&a.source, a.at, &a.id).cmp(&(&b.source, b.at, &b.id)));
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    for step in steps {
        let Step { id, weight, hard, source, at, lo, hi } = step;
        let earlier = last.get(&source).cloned().unwrap_or_else(|| source.clone());
        let later = format!("{source}@{at}");
        let stated = made.records.iter_mut().map(|r| &mut r.constraints);
        let others = made.alternatives.iter_mut().flat_map(|(_, each)| each.iter_mut());
        let mut read = false;
        for constraint in stated.chain(others).flatten() {
            read |= move_reading(constraint, &earlier, at, &later);
        }
        if !read || later == earlier {
            let (instance, place) = (made.name.clone(), format!("record {id}"));
            let expected = "a clock that is read, with one step at a time";
            faults.push(Fault::Field { instance, place, key: "src".to_owned(), expected });
            continue;
        }
        if let Some(clocks) = &mut made.clocks
            && clocks.contains(&source)
        {
            clocks.push(later.clone());
        }
        let constraints = vec![Constraint::ClockRel { a: later.clone(), b: earlier, lo, hi }];
        made.records.push(Record { id, weight, hard, constraints });
        last.insert(source, later);
    }
}

/// What each of the relations named says; one of them holds.
pub(super) fn allen(fields: &mut Fields<'_>) -> Vec<Vec<Constraint>> {
    let words: Option<Vec<&str>> = match fields.map.get("rel") {
        Some(Value::String(one)) => Some(vec![one]),
        Some(Value::Array(list)) => list.iter().map(Value::as_str).collect(),
        _ => None,
    };
    let relations: Option<Vec<Relation>> =
        words.and_then(|list| list.into_iter().map(Relation::named).collect());
    let (a, b) = (span(fields, "a"), span(fields, "b"));
    match relations {
        Some(list) if !list.is_empty() => {
            list.into_iter().map(|relation| relation.constraints(&a, &b)).collect()
        }
        _ => {
            fields.wrong("rel", "one of Allen's thirteen relations, or a list of them");
            vec![]
        }
    }
}

fn span(fields: &mut Fields<'_>, key: &str) -> Span {
    let empty = Map::new();
    let map = fields.map.get(key).and_then(Value::as_object).unwrap_or(&empty);
    let place = format!("{}, {key}", fields.place);
    let (instance, faults) = (fields.instance, &mut *fields.faults);
    let mut inner = Fields { map, instance, place, faults };
    Span { start: inner.text("start"), end: inner.text("end") }
}
