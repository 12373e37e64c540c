//! Numbers of facts, or totals of a quantity: against a least number in each period, or against
//! the other side.

use super::{Bench, Sides, one_sided, pair};
use crate::index::ids;
use crate::{day, period, value};
use fupan_model::{Arg, CheckStatus, Decimal, Fact, PairResult};
use fupan_standard::CountAgainst;

pub(crate) fn run(
    bench: &mut Bench<'_, '_, '_>,
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
            vec![two_sided(sides, of, *abs, *rel_percent)]
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

fn two_sided(
    sides: &Sides<'_>,
    of: Option<&str>,
    abs: Option<Decimal>,
    rel_percent: Option<Decimal>,
) -> PairResult {
    let facts = ids(sides.left.iter().chain(&sides.right));
    let totals = total(&sides.left, of).zip(total(&sides.right, of));
    let Some((left, right)) = totals else {
        return pair(None, CheckStatus::Unverifiable, "count-unknown", [], facts);
    };
    let mut allowed = abs.map_or((0, 1), Decimal::ratio);
    if let Some(percent) = rel_percent {
        let ((n, d), (pn, pd)) = (left.ratio(), percent.ratio());
        allowed = value::larger(allowed, (n.abs() * pn, d * pd * 100));
    }
    let (status, reason) = if value::within(left, right, allowed) {
        (CheckStatus::Consistent, "count-equal")
    } else {
        (CheckStatus::Discrepant, "count-differs")
    };
    let args = [("left", Arg::Number(left)), ("right", Arg::Number(right))];
    pair(None, status, reason, args, facts)
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
