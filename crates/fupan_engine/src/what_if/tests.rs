//! Each change by hand: two clocks, three events.

use super::{Asked, Change, ChangeFault, WhatIfError, outcome, split_clock, what_if};
use crate::network::{Bounds, Constraint, Record};

fn reading(id: &str, source: &str, event: &str, t: i64) -> Record {
    let (source, event) = (source.to_owned(), event.to_owned());
    let constraints = vec![Constraint::Obs { source, event, t, lo: 0, hi: 9 }];
    Record { id: id.to_owned(), weight: 100, hard: false, constraints }
}

fn asked() -> Asked {
    Asked {
        reference: Some("civil".to_owned()),
        gaps: vec![("alarm".to_owned(), "report".to_owned())],
        ..Asked::default()
    }
}

fn bounds(min: i64, max: i64) -> Vec<Bounds> {
    vec![Bounds { min: Some(min), max: Some(max) }]
}

fn contested() -> Vec<Record> {
    vec![
        reading("a", "civil", "alarm", 0),
        reading("b", "civil", "report", 100),
        reading("c", "civil", "report", 500),
    ]
}

#[test]
fn a_record_set_aside_resolves_its_conflict() {
    let change = Change::SetAside { record: "c".to_owned() };
    let made = what_if(&contested(), &[change], &asked()).unwrap();
    assert_eq!((made.before.bounds, made.after.bounds), (bounds(91, 509), bounds(91, 109)));
    assert_eq!((made.gaps, made.resolved), (vec![0], vec![vec!["b".to_owned(), "c".to_owned()]]));
    assert!(made.raised.is_empty() && made.after.diagnoses[0].retract.is_empty());
}

#[test]
fn a_weight_decides_between_two() {
    let change = Change::Reweigh { record: "c".to_owned(), weight: 99 };
    let made = what_if(&contested(), &[change], &asked()).unwrap();
    assert_eq!(made.after.bounds, bounds(91, 109));
    assert_eq!(made.after.diagnoses[0].retract, ["c"]);
    assert!(made.resolved.is_empty());
}

#[test]
fn a_clock_bound_closes_a_gap() {
    let records = [reading("a", "civil", "alarm", 0), reading("b", "phone", "report", 100)];
    let (id, source) = ("bound".to_owned(), "phone".to_owned());
    let change = Change::BoundClock { id, source, lo: -10, hi: 20, weight: 1 };
    let made = what_if(&records, &[change], &asked()).unwrap();
    assert_eq!(made.before.bounds, [Bounds::OPEN]);
    // Report at 100..109 by the phone, so 80..119 in truth; alarm at 0..9.
    assert_eq!(made.after.bounds, bounds(71, 119));
}

#[test]
fn a_policy_moves_all_readings_of_a_source() {
    let source = "civil".to_owned();
    let change = Change::MovePolicy { source, lo_by: -5, hi_by: 5 };
    let made = what_if(&contested()[..2], &[change], &asked()).unwrap();
    assert_eq!((made.before.bounds, made.after.bounds), (bounds(91, 109), bounds(81, 119)));
}

#[test]
fn an_order_may_raise_a_conflict() {
    let (a, b) = ("report".to_owned(), "alarm".to_owned());
    let change =
        Change::AddOrder { id: "o".to_owned(), a, b, min: Some(0), max: None, weight: 150 };
    let made = what_if(&contested()[..2], &[change], &asked()).unwrap();
    assert_eq!(made.raised, [["a", "b", "o"]]);
    assert_eq!(made.after.conflicts[0].excess_ms, 91);
}

/// A clock set forward by an hour between two readings: the step is one of the explanations, and
/// the cheapest, as "no step" weighs least.
#[test]
fn a_step_of_a_clock_is_one_record() {
    let hour = 3_600_000;
    let records = vec![
        reading("a", "civil", "alarm", 0),
        reading("p", "phone", "alarm", 0),
        reading("b", "civil", "report", 1000),
        reading("q", "phone", "report", 1000 + hour),
        reading("c", "civil", "arrival", 2000),
        reading("r", "phone", "arrival", 2000 + hour),
    ];
    let plain = outcome(&records, &asked()).unwrap();
    assert!(!plain.conflicts.is_empty());
    let split = split_clock(&records, "phone", 500, "no step", 50).unwrap();
    let made = outcome(&split, &asked()).unwrap();
    assert_eq!(made.diagnoses[0].retract, ["no step"]);
    assert_eq!(made.bounds, bounds(991, 1009));
}

#[test]
fn what_is_not_there_is_refused() {
    let records = contested();
    let refused = |change: Change| what_if(&records, &[change], &asked()).unwrap_err();
    let none = ChangeFault::NoRecord("z".to_owned());
    assert_eq!(refused(Change::SetAside { record: "z".to_owned() }), WhatIfError::Change(none));
    let taken = split_clock(&records, "civil", 5, "a", 1).unwrap_err();
    assert_eq!(taken, ChangeFault::Taken("a".to_owned()));
    let source = "sundial".to_owned();
    let change = Change::MovePolicy { source: source.clone(), lo_by: 0, hi_by: 0 };
    assert_eq!(refused(change), WhatIfError::Change(ChangeFault::NoReading(source)));
}
