//! Each relation holds of exactly the spans it speaks of.

use super::{Relation, Span};
use crate::network::{Constraint, Network, Record};

fn span(name: &str) -> Span {
    Span { start: format!("{name} start"), end: format!("{name} end") }
}

fn at(event: &str, t: i64) -> Record {
    let reading =
        Constraint::Obs { source: "civil".to_owned(), event: event.to_owned(), t, lo: 0, hi: 0 };
    Record { id: event.to_owned(), weight: 1, hard: false, constraints: vec![reading] }
}

fn holds(relation: Relation, (a0, a1): (i64, i64), (b0, b1): (i64, i64)) -> bool {
    let (a, b) = (span("a"), span("b"));
    let mut records = vec![at(&a.start, a0), at(&a.end, a1), at(&b.start, b0), at(&b.end, b1)];
    let constraints = relation.constraints(&a, &b);
    records.push(Record { id: "r".to_owned(), weight: 1, hard: false, constraints });
    Network::build(&records, Some("civil")).unwrap().is_consistent(&[])
}

#[test]
fn of_any_two_spans_exactly_one_relation_holds() {
    let mut met = std::collections::BTreeSet::new();
    for (a0, a1, b0, b1) in (0..625).map(|n| (n % 5, n / 5 % 5, n / 25 % 5, n / 125)) {
        let found: Vec<Relation> = Relation::ALL
            .iter()
            .map(|(_, relation)| *relation)
            .filter(|relation| holds(*relation, (a0, a1), (b0, b1)))
            .collect();
        let proper = a0 < a1 && b0 < b1;
        assert_eq!(found.len(), usize::from(proper), "{a0} {a1} {b0} {b1} {found:?}");
        for relation in found {
            assert!(holds(relation.inverse(), (b0, b1), (a0, a1)));
            met.insert(relation);
        }
    }
    assert_eq!(met.len(), 13);
}

#[test]
fn relations_by_name() {
    assert!(holds(Relation::named("before").unwrap(), (0, 1), (2, 3)));
    assert!(holds(Relation::named("meets").unwrap(), (0, 1), (1, 3)));
    assert!(holds(Relation::named("overlaps").unwrap(), (0, 2), (1, 3)));
    assert!(holds(Relation::named("started-by").unwrap(), (0, 3), (0, 2)));
    assert!(holds(Relation::named("during").unwrap(), (1, 2), (0, 3)));
    assert!(holds(Relation::named("finishes").unwrap(), (1, 3), (0, 3)));
    assert_eq!(Relation::named("beside"), None);
}
