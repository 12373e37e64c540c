//! Right minus left lies between the bounds of the book.

use super::pairing::{Match, matches};
use super::{Bench, Sides, judge, one_sided, pair};
use crate::between::Delay;
use crate::day;
use crate::times::Answer;
use fupan_model::{Arg, CheckStatus, PairResult, RowId};
use fupan_standard::{Compare, Part};

pub(crate) fn run(
    bench: &mut Bench<'_, '_, '_>,
    part: &Part,
    sides: &Sides<'_>,
) -> Vec<PairResult> {
    let Compare::TimeDiff { min_s, max_s, max_working_days, limit, .. } = &part.compare else {
        return Vec::new();
    };
    if let Some(outcome) = one_sided(sides) {
        return outcome;
    }
    let found = matches(bench.index, part.pair, sides);
    if found.is_empty() && sides.right.is_empty() {
        return Vec::new();
    }
    if found.is_empty() {
        return vec![nothing_matches(sides)];
    }
    let held = limit.as_ref().and_then(|id| bench.book.limit_for(id, bench.accident, bench.grade));
    let limit_s = held.and_then(|(_, span)| span.seconds());
    let row = held.map(|(row, _)| RowId::new(&row.id));
    let max = max_s.or(limit_s).map(|s| s.saturating_mul(1_000));
    let min = min_s.map(|s| s.saturating_mul(1_000));
    found
        .iter()
        .map(|one| match max_working_days {
            Some(days) => working_days(bench, one, i64::from(*days)),
            None => {
                let mut pair = one_pair(bench, one, min, max);
                pair.args.extend(row.clone().map(|row| ("limit_row".to_owned(), Arg::Row(row))));
                pair
            }
        })
        .collect()
}

/// Both sides have records, but no key is on both.
fn nothing_matches(sides: &Sides<'_>) -> PairResult {
    let kind = sides.right_kind.clone().unwrap_or_else(|| sides.left_kind.clone());
    let facts = crate::index::ids(sides.left.iter().chain(&sides.right));
    pair(None, CheckStatus::Unverifiable, super::RIGHT_MISSING, [("kind", Arg::Row(kind))], facts)
}

fn one_pair(
    bench: &mut Bench<'_, '_, '_>,
    one: &Match<'_>,
    min: Option<i64>,
    max: Option<i64>,
) -> PairResult {
    let delay = Delay {
        from: &one.left,
        from_pick: one.left_pick,
        to: &one.right,
        to_pick: one.right_pick,
    };
    let answer = delay.ask(bench.index, bench.times);
    let (status, reason) = told(&answer, &|gap| judge(gap, min, max), &TIME);
    let spans = [("allowed_min", min), ("allowed_max", max)];
    let allowed = spans.into_iter().filter_map(|(name, ms)| Some((name, Arg::Span(ms?))));
    let args = [("gap", Arg::Gap(answer.gap))].into_iter().chain(allowed);
    pair(one.key.as_deref(), status, reason, args, delay.facts())
}

/// Reasons by outcome: kept, broken, cannot be told, told differently by each explanation.
pub(crate) struct Reasons {
    pub(crate) good: &'static str,
    pub(crate) bad: &'static str,
    pub(crate) open: &'static str,
}

const TIME: Reasons = Reasons { good: "time-within", bad: "time-beyond", open: "time-undecided" };

/// The outcome that holds under every least-cost explanation; none does where they disagree.
pub(crate) fn told(
    answer: &Answer,
    judge: &dyn Fn(fupan_model::Gap) -> CheckStatus,
    reasons: &Reasons,
) -> (CheckStatus, &'static str) {
    let mut each = answer.least().map(judge);
    let first = each.next().unwrap_or(CheckStatus::Unverifiable);
    if each.any(|other| other != first) {
        return (CheckStatus::Unverifiable, "time-contested");
    }
    let reason = match first {
        CheckStatus::Consistent => reasons.good,
        CheckStatus::Discrepant => reasons.bad,
        CheckStatus::Unverifiable | CheckStatus::Absent => reasons.open,
    };
    (first, reason)
}

/// Working days after the left's day up to the right's, by the calendar of the book.
fn working_days(bench: &mut Bench<'_, '_, '_>, one: &Match<'_>, most: i64) -> PairResult {
    let facts = crate::index::ids(one.left.iter().chain(&one.right));
    let days = day::earliest(&one.left).zip(day::earliest(&one.right));
    let key = one.key.as_deref();
    let Some((from, to)) = days else {
        return pair(key, CheckStatus::Unverifiable, "value-unknown", [], facts);
    };
    match bench.book.working_days_between(from, to) {
        Ok(count) => {
            let (status, reason) = if count <= most {
                (CheckStatus::Consistent, "days-within")
            } else {
                (CheckStatus::Discrepant, "days-beyond")
            };
            let number = |n: i64| Arg::Number(fupan_model::Decimal::whole(n));
            let args = [("days", number(count)), ("allowed", number(most))];
            pair(key, status, reason, args, facts)
        }
        Err(missing) => {
            let args = [("year", Arg::Text(missing.year.to_string()))];
            pair(key, CheckStatus::Unverifiable, "calendar-missing", args, facts)
        }
    }
}
