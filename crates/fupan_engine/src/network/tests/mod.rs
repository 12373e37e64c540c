//! Tests of the network: against brute force, against invariants, against the generator.

mod brute;
mod drift;
mod explain;
mod generator;
mod hull;
mod linear;
mod pairs;
mod properties;
mod world;

use super::{Constraint, Network, NetworkError, Record};

fn order(id: &str, a: &str, b: &str, min: i64) -> Record {
    let constraint =
        Constraint::Order { a: a.to_owned(), b: b.to_owned(), min: Some(min), max: None };
    Record { id: id.to_owned(), weight: 1, hard: false, constraints: vec![constraint] }
}

#[test]
fn a_record_may_contradict_itself() {
    let net =
        Network::build(&[order("loop", "x", "x", 1), order("fine", "x", "y", 1)], None).unwrap();
    let mut analysis = net.analyse(&super::Limits::default()).unwrap();
    assert_eq!(analysis.conflicts.all.len(), 1);
    assert_eq!(analysis.conflicts.all[0].records, ["loop"]);
    assert_eq!(analysis.conflicts.all[0].excess_ms, 1);
    assert!(analysis.gap_hull("x", "y").hull.min == Some(1));
}

#[test]
fn undeclared_clocks_are_refused() {
    let clock = |id: &str, source: &str| Record {
        id: id.to_owned(),
        weight: 1,
        hard: false,
        constraints: vec![Constraint::Clock { source: source.to_owned(), lo: 0, hi: 1 }],
    };
    let faults = Network::build_declared(
        &[clock("a", "known"), clock("b", "other")],
        None,
        Some(&["known"]),
    )
    .unwrap_err()
    .0;
    let expected = NetworkError::UnknownClock { id: "b".to_owned(), clock: "other".to_owned() };
    assert_eq!(faults, [expected]);
}

#[test]
fn an_open_order_says_nothing() {
    let mut empty = order("a", "x", "y", 0);
    empty.constraints =
        vec![Constraint::Order { a: "x".to_owned(), b: "y".to_owned(), min: None, max: None }];
    let faults = Network::build(&[empty], None).unwrap_err().0;
    assert_eq!(faults, [NetworkError::EmptyOrder { id: "a".to_owned() }]);
}
