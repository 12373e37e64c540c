//! The left comes before the right, by at least so much.

use super::pairing::{Match, matches};
use super::time_diff::{Reasons, told};
use super::{Bench, Sides, judge, one_sided, pair};
use crate::between::{Delay, readings_apart};
use crate::index::ids;
use fupan_model::{Arg, CheckStatus, Fact, Gap, PairResult};
use fupan_standard::{Pair, Part};

const ORDER: Reasons = Reasons { good: "order-kept", bad: "order-broken", open: "order-undecided" };

pub(crate) fn run(
    bench: &mut Bench<'_, '_, '_>,
    part: &Part,
    sides: &Sides<'_>,
    min_s: i64,
) -> Vec<PairResult> {
    if let Some(outcome) = one_sided(sides) {
        return outcome;
    }
    if part.pair == Pair::Sequence {
        return sequence(bench, sides);
    }
    if sides.right.is_empty() {
        return Vec::new();
    }
    let found = matches(bench.index, part.pair, sides);
    let min = Some(min_s.saturating_mul(1_000));
    found.iter().map(|one| one_pair(bench, one, min)).collect()
}

fn one_pair(bench: &mut Bench<'_, '_, '_>, one: &Match<'_>, min: Option<i64>) -> PairResult {
    let delay = Delay {
        from: &one.left,
        from_pick: one.left_pick,
        to: &one.right,
        to_pick: one.right_pick,
    };
    let answer = delay.ask(bench.index, bench.times);
    let (status, reason) = told(&answer, &|gap| judge(gap, min, None), &ORDER);
    pair(one.key.as_deref(), status, reason, [("gap", Arg::Gap(answer.gap))], delay.facts())
}

/// Two sequences over common keys: what surely comes first in one must not surely come last in
/// the other.
fn sequence(bench: &Bench<'_, '_, '_>, sides: &Sides<'_>) -> Vec<PairResult> {
    let (left, right) = (bench.index.keyed(&sides.left), bench.index.keyed(&sides.right));
    let common: Vec<(&String, &Fact, &Fact)> = left
        .iter()
        .filter_map(|(key, facts)| Some((key, *facts.first()?, *right.get(key)?.first()?)))
        .collect();
    let mut list = Vec::new();
    for (at, (key, l, r)) in common.iter().enumerate() {
        for (_, other_l, other_r) in common.iter().skip(at + 1) {
            let (here, there) =
                (readings_apart(bench.index, l, other_l), readings_apart(bench.index, r, other_r));
            if crossed(here, there) || crossed(there, here) {
                let args = [("gap", Arg::Gap(there))];
                let facts = ids([l, other_l, r, other_r]);
                let status = CheckStatus::Discrepant;
                list.push(pair(Some(key), status, ORDER.bad, args, facts));
            }
        }
    }
    if list.is_empty() && !common.is_empty() {
        let facts = ids(common.iter().flat_map(|(_, l, r)| [l, r]));
        let count = u64::try_from(common.len()).unwrap_or(u64::MAX);
        let args = [("count", Arg::Count(count))];
        list.push(pair(None, CheckStatus::Consistent, "sequence-kept", args, facts));
    }
    list
}

/// Surely forward here, surely backward there.
fn crossed(here: Gap, there: Gap) -> bool {
    here.min_ms.is_some_and(|min| min > 0) && there.max_ms.is_some_and(|max| max < 0)
}
