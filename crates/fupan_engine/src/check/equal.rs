//! The named quantities of both sides agree within their tolerances.

use super::pairing::{Match, matches};
use super::{Bench, Sides, one_sided, pair};
use crate::index::ids;
use crate::value;
use fupan_model::{Arg, CheckStatus, Decimal, Fact, FactId, Moment, PairResult, Value};
use fupan_standard::{FieldTolerance, LevelPair, Part};

pub(crate) fn run(
    bench: &mut Bench<'_, '_, '_>,
    part: &Part,
    sides: &Sides<'_>,
    fields: &[FieldTolerance],
    as_of_same: bool,
) -> Vec<PairResult> {
    if let Some(outcome) = one_sided(sides) {
        return outcome;
    }
    if sides.right.is_empty() {
        return Vec::new();
    }
    let found = matches(bench.index, part.pair, sides);
    let rule = Rule { levels: &bench.row.body.levels, as_of_same };
    found
        .iter()
        .flat_map(|one| fields.iter().filter_map(|field| rule.compare(one, field)))
        .collect()
}

struct Rule<'a> {
    levels: &'a [LevelPair],
    as_of_same: bool,
}

/// What one side states of a field: the value, as of when, and the fact.
type Stating<'c> = (&'c Value, Option<Moment>, &'c Fact);

impl Rule<'_> {
    /// One field of one match; `None` where neither side states it.
    fn compare(&self, one: &Match<'_>, field: &FieldTolerance) -> Option<PairResult> {
        let (left, right) = (states(&one.left, &field.name), states(&one.right, &field.name));
        let key = one.key.as_deref();
        let name = ("field", Arg::Text(field.name.clone()));
        let (left, right) = match (left.is_empty(), right.is_empty()) {
            (true, true) => return None,
            (false, false) => (left, right),
            _ => {
                let facts = ids(one.left.iter().chain(&one.right));
                return Some(pair(key, CheckStatus::Unverifiable, "value-unknown", [name], facts));
            }
        };
        let Some((l, r)) = self.same_time(&left, &right) else {
            let (l, r) = (left.first()?, right.first()?);
            let times = [("left", l.1), ("right", r.1)];
            let times = times.into_iter().filter_map(|(n, m)| Some((n, Arg::Moment(m?))));
            let args = [name].into_iter().chain(times);
            let facts = both(l, r);
            return Some(pair(key, CheckStatus::Unverifiable, "as-of-differs", args, facts));
        };
        let agree = self.agree(l.0, r.0, field, l.2, r.2);
        let (same, differs, unknown) = if field.by_levels {
            ("level-agrees", "level-differs", "level-unknown")
        } else {
            ("value-equal", "value-differs", "value-unknown")
        };
        let (status, reason) = match agree {
            Some(true) => (CheckStatus::Consistent, same),
            Some(false) => (CheckStatus::Discrepant, differs),
            None => (CheckStatus::Unverifiable, unknown),
        };
        let values = [("left", value::text(l.0)), ("right", value::text(r.0))];
        let args = [name].into_iter().chain(values.map(|(n, v)| (n, Arg::Text(v))));
        Some(pair(key, status, reason, args, both(l, r)))
    }

    /// The first statements of both sides that hold for the same time, if that is asked for; by
    /// as-of time, so that the order of facts does not decide.
    fn same_time<'s, 'c>(
        &self,
        left: &'s [Stating<'c>],
        right: &'s [Stating<'c>],
    ) -> Option<(&'s Stating<'c>, &'s Stating<'c>)> {
        if !self.as_of_same {
            return left.first().zip(right.first());
        }
        left.iter().find_map(|l| {
            let other = right.iter().find(|r| l.1.is_none() || r.1.is_none() || l.1 == r.1)?;
            Some((l, other))
        })
    }

    fn agree(
        &self,
        left: &Value,
        right: &Value,
        field: &FieldTolerance,
        left_fact: &Fact,
        right_fact: &Fact,
    ) -> Option<bool> {
        if field.by_levels {
            let (left, right) = (value::text(left), value::text(right));
            let level = self.levels.iter().find(|level| level.left == left)?;
            return Some(level.right.contains(&right));
        }
        if let (Some(a), Some(b)) = (value::number(left), value::number(right)) {
            let allowed = tolerance(field, a, b, [left_fact, right_fact]);
            return Some(value::within(a, b, allowed));
        }
        let (a, b) = (value::text(left), value::text(right));
        if let (Some(x), Some(y)) = (Moment::parse(&a), Moment::parse(&b)) {
            let seconds = field.abs.unwrap_or_else(|| Decimal::whole(0));
            let apart = Decimal::whole((x.ms - y.ms).abs());
            let (n, d) = seconds.ratio();
            return Some(value::within(apart, Decimal::whole(0), (n * 1_000, d)));
        }
        if matches!((left, right), (Value::Set(_), _) | (_, Value::Set(_))) {
            let (mut x, mut y) = (value::names(left), value::names(right));
            x.sort();
            y.sort();
            return Some(x == y);
        }
        Some(a.trim() == b.trim())
    }
}

/// Statements of a field, by as-of time, then by fact.
fn states<'c>(facts: &[&'c Fact], field: &str) -> Vec<Stating<'c>> {
    let mut list: Vec<Stating<'c>> = facts
        .iter()
        .filter_map(|fact| {
            let (value, as_of) = value::stated(fact, field)?;
            Some((value, as_of, *fact))
        })
        .collect();
    list.sort_by(|a, b| (a.1, &a.2.id).cmp(&(b.1, &b.2.id)));
    list
}

fn both(l: &Stating<'_>, r: &Stating<'_>) -> Vec<FactId> {
    ids([&l.2, &r.2])
}

/// The largest tolerance the field allows, as a fraction.
fn tolerance(field: &FieldTolerance, a: Decimal, b: Decimal, facts: [&Fact; 2]) -> (i128, i128) {
    let mut allowed = field.abs.map_or((0, 1), Decimal::ratio);
    if let Some(percent) = field.rel_percent {
        let size = |d: Decimal| (d.ratio().0.abs(), d.ratio().1);
        let (n, d) = value::larger(size(a), size(b));
        let (pn, pd) = percent.ratio();
        allowed = value::larger(allowed, (n * pn, d * pd * 100));
    }
    if let Some(name) = &field.abs_from {
        for fact in facts {
            if let Some(own) = fact.quantities.get(name).and_then(value::number) {
                allowed = value::larger(allowed, own.ratio());
            }
        }
    }
    allowed
}
