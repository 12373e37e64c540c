//! Numbers of facts, or totals of a quantity: against a least number in each period, or against
//! the other side.

use super::{Bench, Sides, one_sided, pair};
use crate::index::{Index, ids};
use crate::{day, period, value};
use fupan_model::{Arg, CheckStatus, Decimal, Fact, PairResult};
use fupan_standard::{CountAgainst, Pair};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn run(
    bench: &mut Bench<'_, '_, '_>,
    pair: Pair,
    sides: &Sides<'_>,
    of: Option<&str>,
    against: &CountAgainst,
) -> Vec<PairResult> {
    match against {
        CountAgainst::AtLeast { number, per, over_months } => {
            let spans = period::before(&bench.accident.date, *per, *over_months);
            per_period(sides, *number, &spans)
        }
        CountAgainst::Right { abs, rel_percent } => {
            if let Some(outcome) = one_sided(sides) {
                return outcome;
            }
            let tolerance = Tolerance { abs: *abs, rel_percent: *rel_percent };
            vec![two_sided(bench.index, pair, sides, of, &tolerance)]
        }
    }
}

/// One outcome per whole period.
fn per_period(sides: &Sides<'_>, least: u32, spans: &[period::Span]) -> Vec<PairResult> {
    if sides.left.is_empty() {
        return Vec::new();
    }
    spans
        .iter()
        .map(|span| {
            let inside: Vec<&Fact> = sides
                .left
                .iter()
                .copied()
                .filter(|fact| day::of(fact).is_some_and(|day| span.holds(day)))
                .collect();
            let count = u64::try_from(inside.len()).unwrap_or(u64::MAX);
            let met = count >= u64::from(least);
            let (status, reason) = if met {
                (CheckStatus::Consistent, "count-met")
            } else {
                (CheckStatus::Discrepant, "count-short")
            };
            let args = [
                ("count", Arg::Count(count)),
                ("needed", Arg::Count(u64::from(least))),
                ("period", Arg::Text(span.name())),
            ];
            let facts = if inside.is_empty() { ids(&sides.left) } else { ids(&inside) };
            pair(Some(&span.name()), status, reason, args, facts)
        })
        .collect()
}

/// What the book allows two numbers to differ by.
struct Tolerance {
    abs: Option<Decimal>,
    rel_percent: Option<Decimal>,
}

impl Tolerance {
    fn holds(&self, left: Decimal, right: Decimal) -> bool {
        let mut allowed = self.abs.map_or((0, 1), Decimal::ratio);
        if let Some(percent) = self.rel_percent {
            let ((n, d), (pn, pd)) = (left.ratio(), percent.ratio());
            allowed = value::larger(allowed, (n.abs() * pn, d * pd * 100));
        }
        value::within(left, right, allowed)
    }
}

/// Totals of both sides; paired by key, the numbers of every key must agree, and those that do
/// not are named.
fn two_sided(
    index: &Index<'_>,
    paired: Pair,
    sides: &Sides<'_>,
    of: Option<&str>,
    tolerance: &Tolerance,
) -> PairResult {
    let facts = ids(sides.left.iter().chain(&sides.right));
    let unknown = |facts| pair(None, CheckStatus::Unverifiable, "count-unknown", [], facts);
    let totals = total(&sides.left, of).zip(total(&sides.right, of));
    let Some((left, right)) = totals else { return unknown(facts) };
    let mut differing = Vec::new();
    if paired == Pair::Key {
        let (lefts, rights) = (index.keyed(&sides.left), index.keyed(&sides.right));
        let keys: BTreeSet<&String> = lefts.keys().chain(rights.keys()).collect();
        for key in keys {
            let side = |side: &BTreeMap<String, Vec<&Fact>>| {
                total(side.get(key).map_or(&[][..], Vec::as_slice), of)
            };
            let Some((l, r)) = side(&lefts).zip(side(&rights)) else { return unknown(facts) };
            if !tolerance.holds(l, r) {
                differing.push(key.clone());
            }
        }
    }
    let agree = differing.is_empty() && (paired == Pair::Key || tolerance.holds(left, right));
    let (status, reason) = if agree {
        (CheckStatus::Consistent, "count-equal")
    } else {
        (CheckStatus::Discrepant, "count-differs")
    };
    let keys = (!differing.is_empty()).then_some(("keys", Arg::Texts(differing)));
    let args = [("left", Arg::Number(left)), ("right", Arg::Number(right))];
    pair(None, status, reason, args.into_iter().chain(keys), facts)
}

/// The number of facts, or the sum of a quantity; `None` where one does not state it, or the sum
/// is beyond exact reach.
fn total(facts: &[&Fact], of: Option<&str>) -> Option<Decimal> {
    let Some(name) = of else {
        return Some(Decimal::whole(i64::try_from(facts.len()).ok()?));
    };
    let values: Option<Vec<Decimal>> =
        facts.iter().map(|fact| fact.quantities.get(name).and_then(value::number)).collect();
    crate::fraction::sum(&values?)
}
