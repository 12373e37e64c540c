//! Formulas that measure a delay.

use super::{Desk, Measured, Missing};
use crate::between::Delay;
use crate::fraction::Fraction;
use crate::gap::{self, Asked};
use crate::index::Index;
use crate::value;
use fupan_model::{Arg, Args, Fact, Gap, RowId, Verdict};
use fupan_standard::{Leg, Operand, Take, Term};
use std::collections::BTreeMap;

/// The time from one fact to another.
pub(crate) fn delay<'c>(desk: &mut Desk<'_, 'c, '_>, leg: &'c Leg) -> Result<Measured, Missing> {
    let (from, to) = ends(desk, leg)?;
    let delay = Delay { from: &from, from_pick: leg.from_pick, to: &to, to_pick: leg.to_pick };
    measured(desk, &delay)
}

fn ends<'c>(
    desk: &Desk<'_, 'c, '_>,
    leg: &'c Leg,
) -> Result<(Vec<&'c Fact>, Vec<&'c Fact>), Missing> {
    let (from, to) = (desk.index.chosen(&leg.from), desk.index.chosen(&leg.to));
    match (from, to) {
        (Some(from), Some(to)) => Ok((from.facts, to.facts)),
        (None, Some(_)) => Err(desk.missing("from-missing", &leg.from.kinds)),
        (Some(_), None) => Err(desk.missing("to-missing", &leg.to.kinds)),
        (None, None) => {
            let all: Vec<String> = [&leg.from.kinds[..], &leg.to.kinds].concat();
            let mut missing = desk.missing("both-ends-missing", &all);
            let row = |kinds: &[String]| kinds.first().map(|kind| Arg::Row(RowId::new(kind)));
            missing.args = Args::new();
            missing.args.extend(row(&leg.from.kinds).map(|arg| ("from".to_owned(), arg)));
            missing.args.extend(row(&leg.to.kinds).map(|arg| ("to".to_owned(), arg)));
            Err(missing)
        }
    }
}

/// A delay as a value in the row's unit, with its gap.
fn measured(desk: &mut Desk<'_, '_, '_>, delay: &Delay<'_, '_>) -> Result<Measured, Missing> {
    let (limit_ms, limit_row) = limit(desk);
    let asked = Asked { id: desk.row.id.clone(), limit_ms, limit_row };
    let gap = gap::of_delay(desk.index, desk.times, &asked, delay);
    let cites = gap.cites.clone();
    if gap.min_ms.is_none() && gap.max_ms.is_none() {
        let args = Args::from([("gap".to_owned(), Arg::Gap(gap.gap()))]);
        return Err(Missing { reason: "unbounded", args, cites });
    }
    let (min, max) = in_unit(desk, gap.gap());
    let contested = !gap.by_diagnosis.is_empty();
    Ok(Measured { min, max, contested, verdict: gap.verdict, gap: Some(gap), cites })
}

/// The numeric limit of the row, in milliseconds, and the row it comes from.
pub(crate) fn limit(desk: &Desk<'_, '_, '_>) -> (Option<i64>, Option<RowId>) {
    let body = &desk.row.body;
    let unit = body.unit.milliseconds();
    let holds = |grades: &[String]| {
        grades.is_empty() || desk.grade.is_some_and(|grade| grades.iter().any(|g| g == grade))
    };
    let accident = &desk.index.case.accident;
    if let Some(id) = &body.limit
        && desk.book.limit(id).is_some_and(|row| holds(&row.body.grades))
        && let Some((row, span)) = desk.book.limit_for(id, accident, desk.grade)
    {
        return (span.seconds().map(|s| s.saturating_mul(1_000)), Some(RowId::new(&row.id)));
    }
    let stated = body.statutory.as_ref().filter(|statutory| holds(&statutory.grades));
    (stated.zip(unit).and_then(|(s, unit)| s.value.times_floor(unit)), None)
}

fn in_unit(desk: &Desk<'_, '_, '_>, gap: Gap) -> (Option<Fraction>, Option<Fraction>) {
    let unit = i128::from(desk.row.body.unit.milliseconds().unwrap_or(1));
    let of = |ms: Option<i64>| Fraction::new(i128::from(ms?), unit);
    (of(gap.min_ms), of(gap.max_ms))
}

/// The longest delay over all keys that both ends have.
pub(crate) fn worst_key<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    leg: &'c Leg,
) -> Result<Measured, Missing> {
    let (from, to) = ends(desk, leg)?;
    let mut tos = desk.index.keyed(&to);
    let pairs: Vec<(Vec<&Fact>, Vec<&Fact>)> = desk
        .index
        .keyed(&from)
        .into_iter()
        .filter_map(|(key, from)| Some((from, tos.remove(&key)?)))
        .collect();
    worst(desk, &pairs, &leg.to.kinds)
}

/// The longest delay between neighbours of a chain of levels.
pub(crate) fn worst_hop<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    chain: &'c [Term],
) -> Result<Measured, Missing> {
    let levels: Vec<Option<Vec<&Fact>>> =
        chain.iter().map(|term| desk.index.chosen(term).map(|c| c.facts)).collect();
    let pairs: Vec<(Vec<&Fact>, Vec<&Fact>)> = levels
        .iter()
        .zip(levels.iter().skip(1))
        .filter_map(|(lower, upper)| Some((lower.clone()?, upper.clone()?)))
        .collect();
    let lacking = chain.iter().zip(&levels).find(|(_, facts)| facts.is_none());
    let kinds = lacking.map_or(&[][..], |(term, _)| &term.kinds);
    worst(desk, &pairs, kinds)
}

/// The greatest of several delays: its bounds are the greatest of theirs.
fn worst(
    desk: &mut Desk<'_, '_, '_>,
    pairs: &[(Vec<&Fact>, Vec<&Fact>)],
    kinds: &[String],
) -> Result<Measured, Missing> {
    let mut found: Option<Measured> = None;
    for (from, to) in pairs {
        let one = measured(desk, &Delay::firsts(from, to))?;
        found = Some(match found {
            None => one,
            Some(other) => longer(other, one),
        });
    }
    found.ok_or_else(|| desk.missing("to-missing", kinds))
}

fn longer(a: Measured, b: Measured) -> Measured {
    let max_of = |a: Option<Fraction>, b: Option<Fraction>| match (a, b) {
        (Some(a), Some(b)) => Some(if a.less_than(b) { b } else { a }),
        (one, other) => one.or(other),
    };
    let open = a.max.is_none() || b.max.is_none();
    let max = if open { None } else { max_of(a.max, b.max) };
    let min = max_of(a.min, b.min);
    let verdict = graver(a.verdict, b.verdict);
    let contested = a.contested || b.contested;
    let cites = a.cites.clone().and(&b.cites);
    // The gap shown is the one whose upper bound is the greater, then the lower.
    let rank = |m: &Measured| {
        m.gap.as_ref().map(|g| (g.max_ms.unwrap_or(i64::MAX), g.min_ms.unwrap_or(i64::MIN)))
    };
    let gap = if rank(&b) > rank(&a) { b.gap } else { a.gap };
    Measured { min, max, contested, verdict, gap, cites }
}

/// Over before undecided before unbounded before within.
fn graver(a: Option<Verdict>, b: Option<Verdict>) -> Option<Verdict> {
    let rank = |v: Option<Verdict>| match v {
        None => 0,
        Some(Verdict::Within) => 1,
        Some(Verdict::Unbounded) => 2,
        Some(Verdict::Undecided) => 3,
        Some(Verdict::Over) => 4,
    };
    if rank(b) > rank(a) { b } else { a }
}

/// A delay divided by a stated quantity in minutes.
pub(crate) fn delay_ratio<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    leg: &'c Leg,
    by: &'c Operand,
) -> Result<Measured, Missing> {
    let (from, to) = ends(desk, leg)?;
    let (minutes, stated) = operand(desk, by)?;
    let delay = Delay { from: &from, from_pick: leg.from_pick, to: &to, to_pick: leg.to_pick };
    let answer = delay.ask(desk.index, desk.times);
    let share = |ms: Option<i64>| Fraction::new(i128::from(ms?), 60_000)?.over(minutes);
    let all = from.iter().chain(&to).chain(&stated).copied();
    Ok(Measured {
        min: share(answer.gap.min_ms),
        max: share(answer.gap.max_ms),
        contested: answer.touched(),
        verdict: None,
        gap: None,
        cites: desk.index.cites_of_facts(all),
    })
}

/// One number out of facts, and the facts it came from.
pub(crate) fn operand<'c>(
    desk: &Desk<'_, 'c, '_>,
    operand: &'c Operand,
) -> Result<(Fraction, Vec<&'c Fact>), Missing> {
    let facts = desk.facts(&operand.term, "input-missing")?;
    let named = |facts: &[&'c Fact]| -> Option<Vec<fupan_model::Decimal>> {
        let name = operand.quantity.as_ref()?;
        facts.iter().map(|fact| fact.quantities.get(name).and_then(value::number)).collect()
    };
    let number = match operand.take {
        Take::Count => i128::try_from(facts.len()).ok().and_then(|n| Fraction::new(n, 1)),
        Take::Sum => named(&facts).and_then(|all| crate::fraction::sum(&all)).map(Fraction::of),
        Take::Last => {
            let day = |fact: &&&Fact| (crate::day::of(fact), moment(fact), fact.id.clone());
            let last: Vec<&Fact> = facts.iter().max_by_key(day).copied().into_iter().collect();
            named(&last).and_then(|all| all.first().copied()).map(Fraction::of)
        }
    };
    match number {
        Some(number) => Ok((number, facts)),
        None => {
            let mut missing = desk.missing("input-missing", &operand.term.kinds);
            let quantity = operand.quantity.clone().map(Arg::Text);
            missing.args.extend(quantity.map(|arg| ("quantity".to_owned(), arg)));
            Err(missing)
        }
    }
}

fn moment(fact: &Fact) -> Option<i64> {
    fact.stated_at.or_else(|| fact.time.as_ref().map(|t| t.at)).map(|m| m.ms)
}

/// Delays by key, for shares: key → from facts, to facts if any.
pub(crate) fn by_key<'c>(
    index: &Index<'_>,
    from: &[&'c Fact],
    to: &[&'c Fact],
) -> BTreeMap<String, (Vec<&'c Fact>, Option<Vec<&'c Fact>>)> {
    let mut tos = index.keyed(to);
    index
        .keyed(from)
        .into_iter()
        .map(|(key, facts)| {
            let other = tos.remove(&key);
            (key, (facts, other))
        })
        .collect()
}
