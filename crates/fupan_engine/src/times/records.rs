//! Facts, clocks and comparisons of clocks, as records of the constraint network.

use super::rates::{INNER, Rates};
use crate::index::{CIVIL, Index, clock_record, rate_record};
use crate::network::{BuildFault, Constraint, Network, Record};
use fupan_model::{Basis, CaseFile, ClockStanding, Fact};
use fupan_standard::{Book, Shape};
use std::collections::BTreeSet;

/// The records of a case and the moment they count from.
pub(crate) struct Stock {
    pub(crate) records: Vec<Record>,
    /// Milliseconds since the Unix epoch that the network calls 0.
    pub(crate) epoch: i64,
    pub(super) rates: Rates,
}

impl Stock {
    /// The network of some of the records.
    ///
    /// # Errors
    /// What is wrong with each of them.
    pub(crate) fn network(&self, records: &[Record]) -> Result<Network, BuildFault> {
        Network::build(records, Some(CIVIL))
    }

    /// The clock that a source of the network stands for.
    pub(crate) fn clock<'s>(&'s self, source: &'s str) -> &'s str {
        self.rates.clock(source)
    }

    /// The sources of the network that stand for a clock: one, or one for each reading where its
    /// rate is bounded.
    pub(crate) fn sources(&self, clock: &str) -> Vec<String> {
        self.rates.sources(clock)
    }
}

/// The records that no named person set aside.
pub(crate) fn kept(stock: &Stock, case: &CaseFile) -> Vec<Record> {
    let aside: BTreeSet<&String> = case.choices.iter().flat_map(|c| &c.retract).collect();
    stock.records.iter().filter(|record| !aside.contains(&record.id)).cloned().collect()
}

/// Lays out all records of a case. A fact's time and its orders are one record; a checked clock,
/// the bound on a clock's rate and a comparison of clocks are records too, for each can be wrong.
pub(crate) fn stock(index: &Index<'_>, book: &Book) -> Stock {
    let dated = index.case.facts.iter().filter_map(|fact| fact.time.as_ref());
    let epoch = dated.map(|stated| stated.at.ms).min().unwrap_or(0);
    let rates = Rates::new(index, epoch);
    let mut records: Vec<Record> = index
        .case
        .facts
        .iter()
        .filter_map(|fact| {
            let constraints = constraints(index, fact, (epoch, &rates));
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
    let mut put = |id: String, constraints: Vec<Constraint>| {
        if !constraints.is_empty() {
            records.push(Record { id, weight: check, hard: false, constraints });
        }
    };
    for clock in &index.case.clocks {
        if let ClockStanding::Checked { lo_ms, hi_ms } = clock.standing {
            put(clock_record(clock.id.as_str()), rates.check(clock, (lo_ms, hi_ms), epoch));
        }
        put(rate_record(clock.id.as_str()), rates.chain(clock));
    }
    for relation in &index.case.clock_relations {
        let (lo, hi) = (relation.lo_ms, relation.hi_ms);
        let others = rates.sources(relation.b.as_str());
        let pair =
            |a: &String, b: &String| Constraint::ClockRel { a: a.clone(), b: b.clone(), lo, hi };
        let of = |a: String| others.iter().map(|b| pair(&a, b)).collect::<Vec<_>>();
        put(
            relation.id.clone(),
            rates.sources(relation.a.as_str()).into_iter().flat_map(of).collect(),
        );
    }
    Stock { records, epoch, rates }
}

fn constraints(index: &Index<'_>, fact: &Fact, (epoch, rates): (i64, &Rates)) -> Vec<Constraint> {
    let event = fact.event.to_string();
    let order = |a: &str, b: &str, min: i64| Constraint::Order {
        a: a.to_owned(),
        b: b.to_owned(),
        min: Some(min),
        max: None,
    };
    let mut list = Vec::new();
    if let Some(stated) = &fact.time {
        let source = match index.standing(fact) {
            ClockStanding::Civil => CIVIL.to_owned(),
            ClockStanding::Checked { .. } | ClockStanding::Unknown => {
                rates.source(fact.clock.as_str(), stated, epoch)
            }
        };
        let t = stated.at.ms.saturating_sub(epoch);
        let read = |event, lo, hi| Constraint::Obs { source, event, t, lo, hi };
        // What happened strictly before or after the time is set against the time as a moment of
        // its own, for one of its ends is open.
        let moment = format!("{INNER}{}", fact.id);
        match index.shape(stated) {
            Shape::Bounds => list.push(read(event.clone(), stated.lo_ms, stated.hi_ms)),
            Shape::After => {
                list.extend([order(&moment, &event, stated.lo_ms), read(moment, 0, 0)]);
            }
            Shape::Before => {
                let least = stated.hi_ms.saturating_neg();
                list.extend([order(&event, &moment, least), read(moment, 0, 0)]);
            }
        }
    }
    list.extend(fact.after.iter().map(|earlier| order(earlier.as_str(), &event, 0)));
    list.extend(fact.before.iter().map(|later| order(&event, later.as_str(), 0)));
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
