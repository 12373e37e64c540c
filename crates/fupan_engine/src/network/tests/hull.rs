//! Gaps of a contradictory case: what a conflict bears on, and what it does not.

use super::super::{Bounds, Constraint, Limits, Network, Record};

fn stated(id: &str, event: &str, t: i64, after: &[&str]) -> Record {
    let mut constraints = vec![Constraint::Obs {
        source: "civil".to_owned(),
        event: event.to_owned(),
        t,
        lo: 0,
        hi: 9,
    }];
    constraints.extend(after.iter().map(|before| Constraint::Order {
        a: (*before).to_owned(),
        b: event.to_owned(),
        min: Some(0),
        max: None,
    }));
    Record { id: id.to_owned(), weight: 100, hard: false, constraints }
}

fn bounds(min: i64, max: i64) -> Bounds {
    Bounds { min: Some(min), max: Some(max) }
}

/// A time and an order stated by one record stand and fall together, and a tie gives a hull.
#[test]
fn ties_give_a_hull_where_they_bear_and_nowhere_else() {
    let records = [
        stated("alarm", "alarm", 100, &[]),
        stated("early", "report", 200, &["alarm"]),
        stated("late", "report", 500, &["alarm"]),
        stated("arrival", "arrival", 1000, &[]),
        stated("end", "end", 2000, &[]),
        stated("other end", "end", 3000, &[]),
    ];
    let net = Network::build(&records, Some("civil")).unwrap();
    let mut analysis = net.analyse(&Limits::default()).unwrap();
    let conflicts: Vec<_> = analysis.conflicts.all.iter().map(|c| c.records.clone()).collect();
    assert_eq!(conflicts, [vec!["early", "late"], vec!["end", "other end"]]);
    assert_eq!(analysis.conflicts.all[0].excess_ms, 291);
    assert_eq!(analysis.diagnoses.ranked.len(), 4);
    let gap = analysis.gap_hull("alarm", "report");
    assert_eq!((gap.hull, gap.touched, gap.outer), (bounds(91, 409), true, false));
    let seen: Vec<Bounds> = gap.by_diagnosis.iter().map(|(_, b)| *b).collect();
    assert_eq!(seen.iter().filter(|b| **b == bounds(91, 109)).count(), 2);
    assert_eq!(seen.iter().filter(|b| **b == bounds(391, 409)).count(), 2);
    let gap = analysis.gap_hull("alarm", "arrival");
    assert_eq!((gap.hull, gap.touched), (bounds(891, 909), false));
    assert_eq!(analysis.window_hull("end").hull, bounds(2000, 3009));
}

/// More ties than may be tried: a safe range, and it is said.
#[test]
fn too_many_ties_give_an_outer_range() {
    let records = [stated("a", "x", 0, &[]), stated("b", "x", 100, &[]), stated("c", "y", 50, &[])];
    let net = Network::build(&records, Some("civil")).unwrap();
    let limits = Limits { ties: 1, ..Limits::default() };
    let mut analysis = net.analyse(&limits).unwrap();
    let gap = analysis.gap_hull("x", "y");
    assert!(gap.outer && gap.touched);
    assert!(gap.hull.contains(bounds(-59, 59)));
}
