//! Facts, clocks and comparisons of clocks, as records of the constraint network.

use crate::index::{CIVIL, Index, clock_record};
use crate::network::{Constraint, Record};
use fupan_model::{Basis, ClockStanding, Fact};
use fupan_standard::Book;

/// The records of a case and the moment they count from.
pub(crate) struct Stock {
    pub(crate) records: Vec<Record>,
    /// Milliseconds since the Unix epoch that the network calls 0.
    pub(crate) epoch: i64,
}

/// Lays out all records of a case. A fact's time and its orders are one record; a checked clock
/// and a comparison of clocks are records too, for a check can be wrong.
pub(crate) fn stock(index: &Index<'_>, book: &Book) -> Stock {
    let dated = index.case.facts.iter().filter_map(|fact| fact.time.as_ref());
    let epoch = dated.map(|stated| stated.at.ms).min().unwrap_or(0);
    let mut records: Vec<Record> = index
        .case
        .facts
        .iter()
        .filter_map(|fact| {
            let constraints = constraints(index, fact, epoch);
            let record = Record {
                id: fact.id.to_string(),
                weight: weight(index, book, fact),
                hard: false,
                constraints,
            };
            (!record.constraints.is_empty()).then_some(record)
        })
        .collect();
    let check = default_weight(book, CLOCK_CHECK);
    for clock in &index.case.clocks {
        if let ClockStanding::Checked { lo_ms, hi_ms } = clock.standing {
            let source = clock.id.to_string();
            let constraints = vec![Constraint::Clock { source, lo: lo_ms, hi: hi_ms }];
            let id = clock_record(clock.id.as_str());
            records.push(Record { id, weight: check, hard: false, constraints });
        }
    }
    for relation in &index.case.clock_relations {
        let (a, b) = (relation.a.to_string(), relation.b.to_string());
        let constraints =
            vec![Constraint::ClockRel { a, b, lo: relation.lo_ms, hi: relation.hi_ms }];
        let id = relation.id.clone();
        records.push(Record { id, weight: check, hard: false, constraints });
    }
    Stock { records, epoch }
}

fn constraints(index: &Index<'_>, fact: &Fact, epoch: i64) -> Vec<Constraint> {
    let event = fact.event.to_string();
    let mut list = Vec::new();
    if let Some(stated) = &fact.time {
        let source = match index.standing(fact) {
            ClockStanding::Civil => CIVIL.to_owned(),
            ClockStanding::Checked { .. } | ClockStanding::Unknown => fact.clock.to_string(),
        };
        list.push(Constraint::Obs {
            source,
            event: event.clone(),
            t: stated.at.ms.saturating_sub(epoch),
            lo: stated.lo_ms,
            hi: stated.hi_ms,
        });
    }
    let order = |a: &str, b: &str| Constraint::Order {
        a: a.to_owned(),
        b: b.to_owned(),
        min: Some(0),
        max: None,
    };
    list.extend(fact.after.iter().map(|earlier| order(earlier.as_str(), &event)));
    list.extend(fact.before.iter().map(|later| order(&event, later.as_str())));
    list
}

/// Words by which the book's weights name what is not a kind of evidence.
const MEMORY: &str = "unverified";
const DERIVED: &str = "derived";
const CLOCK_CHECK: &str = "clock-check";
const UNSTATED: &str = "unstated";

/// What it costs to set a fact aside: what a person gave it, else the book's setting for memory,
/// for computed times, for its kind of source, for an unstated source, in this order.
fn weight(index: &Index<'_>, book: &Book, fact: &Fact) -> i64 {
    if let Some(given) = fact.weight {
        return given;
    }
    if fact.basis == Basis::Memory {
        return default_weight(book, MEMORY);
    }
    if fact.derived {
        return default_weight(book, DERIVED);
    }
    let of_evidence = || {
        let cited = fact.cites.iter().next()?;
        let evidence = index.case.evidence.iter().find(|e| e.id == cited.evidence)?;
        evidence.source_kind.as_ref()
    };
    let kind = fact.source_kind.as_ref().or_else(of_evidence);
    kind.and_then(|code| known_weight(book, code.as_str()))
        .unwrap_or_else(|| default_weight(book, UNSTATED))
}

fn known_weight(book: &Book, code: &str) -> Option<i64> {
    book.weights
        .iter()
        .find(|row| row.body.code == code || row.id == code)
        .map(|row| row.body.weight)
}

/// The book's weight of that code; where a replaced book lacks it, its least weight.
fn default_weight(book: &Book, code: &str) -> i64 {
    known_weight(book, code)
        .or_else(|| book.weights.iter().map(|row| row.body.weight).min())
        .unwrap_or(1)
}
