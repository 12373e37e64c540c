//! Clocks whose rate is bounded: one source of the network for each of their readings, and between
//! two that follow each other no more drift than the rate allows. Any rate within the bound fits,
//! changing or not.

use crate::index::{CIVIL, Index};
use crate::network::Constraint;
use fupan_model::{Clock, ClockStanding, Stated};
use std::collections::{BTreeMap, BTreeSet};

/// Before names the judge makes itself: no case holds this character in an id that people type.
pub(crate) const INNER: char = '\u{1f}';

const PPB: i128 = 1_000_000_000;

/// A reading: what the clock showed, with its error, milliseconds since the epoch.
type Node = (i64, i64, i64);

/// The readings of each clock with a bounded rate, by what they show.
#[derive(Default)]
pub(crate) struct Rates {
    rate_ppb: BTreeMap<String, i64>,
    readings: BTreeMap<String, BTreeSet<Node>>,
    civil: BTreeSet<String>,
}

impl Rates {
    pub(super) fn new(index: &Index<'_>, epoch: i64) -> Self {
        let mut made = Self::default();
        for clock in &index.case.clocks {
            let id = clock.id.to_string();
            match (clock.standing, clock.rate_ppb) {
                (ClockStanding::Civil, _) => {
                    made.civil.insert(id);
                }
                (_, Some(rate)) => {
                    made.readings
                        .insert(id.clone(), checked_at(clock, epoch).into_iter().collect());
                    made.rate_ppb.insert(id, rate);
                }
                _ => {}
            }
        }
        for fact in &index.case.facts {
            if let (Some(stated), Some(readings)) =
                (&fact.time, made.readings.get_mut(fact.clock.as_str()))
            {
                readings.insert(node(stated, epoch));
            }
        }
        made
    }

    /// The source that a reading of a clock stands for.
    pub(super) fn source(&self, clock: &str, stated: &Stated, epoch: i64) -> String {
        match self.readings.get(clock) {
            Some(_) => named(clock, node(stated, epoch)),
            None => clock.to_owned(),
        }
    }

    /// All sources that stand for a clock.
    pub(super) fn sources(&self, clock: &str) -> Vec<String> {
        match self.readings.get(clock) {
            Some(readings) => readings.iter().map(|node| named(clock, *node)).collect(),
            None if self.civil.contains(clock) => vec![CIVIL.to_owned()],
            None => vec![clock.to_owned()],
        }
    }

    /// The clock that a source stands for.
    pub(super) fn clock<'s>(&self, source: &'s str) -> &'s str {
        source.split_once(INNER).map_or(source, |(clock, _)| clock)
    }

    /// A check of a clock: at the moment it was made where that is known and the clock may drift,
    /// else throughout.
    pub(super) fn check(&self, clock: &Clock, (lo, hi): (i64, i64), epoch: i64) -> Vec<Constraint> {
        let id = clock.id.as_str();
        let at = checked_at(clock, epoch).filter(|_| self.readings.contains_key(id));
        let sources = at.map_or_else(|| self.sources(id), |node| vec![named(id, node)]);
        sources.into_iter().map(|source| Constraint::Clock { source, lo, hi }).collect()
    }

    /// That the clock drifts no faster than its rate.
    pub(super) fn chain(&self, clock: &Clock) -> Vec<Constraint> {
        let id = clock.id.as_str();
        let (Some(rate), Some(readings)) = (self.rate_ppb.get(id), self.readings.get(id)) else {
            return Vec::new();
        };
        let pairs = readings.iter().zip(readings.iter().skip(1));
        pairs
            .map(|(a, b)| {
                let most = drift(*rate, *a, *b);
                let (a, b) = (named(id, *a), named(id, *b));
                Constraint::ClockRel { a, b, lo: most.saturating_neg(), hi: most }
            })
            .collect()
    }
}

fn node(stated: &Stated, epoch: i64) -> Node {
    (stated.at.ms.saturating_sub(epoch), stated.lo_ms, stated.hi_ms)
}

/// What the clock showed when it was checked.
fn checked_at(clock: &Clock, epoch: i64) -> Option<Node> {
    match (clock.checked_at, clock.standing) {
        (Some(at), ClockStanding::Checked { lo_ms, hi_ms }) => {
            Some((at.ms.saturating_sub(epoch), lo_ms, hi_ms))
        }
        _ => None,
    }
}

fn named(clock: &str, (t, lo, hi): Node) -> String {
    format!("{clock}{INNER}{t}{INNER}{lo}{INNER}{hi}")
}

/// The most a clock of that rate drifts between two readings, rounded up.
fn drift(rate_ppb: i64, a: Node, b: Node) -> i64 {
    let ends = |(t, lo, hi): Node| (i128::from(t) + i128::from(lo), i128::from(t) + i128::from(hi));
    let ((first, second), (third, last)) = (ends(a), ends(b));
    let passed = (last - first).abs().max((third - second).abs());
    let product = i128::from(rate_ppb) * passed;
    i64::try_from(-(-product).div_euclid(PPB)).unwrap_or(i64::MAX)
}
