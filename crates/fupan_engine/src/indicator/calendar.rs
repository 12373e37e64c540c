//! Formulas that count by the calendar: periods, working days, months, up-time.

use super::delay::{by_key, operand};
use super::{Desk, Measured, Missing};
use crate::fraction::Fraction;
use crate::{day, period};
use fupan_model::{Arg, Args, Fact};
use fupan_standard::{Date, Leg, Operand, Period, Term};

/// Percent of whole periods with at least so many facts.
pub(crate) fn count_per_period<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    of: &'c Term,
    per: Period,
    months: u32,
    least: u32,
) -> Result<Measured, Missing> {
    let facts = desk.facts(of, "input-missing")?;
    let spans = period::before(&desk.index.case.accident.date, per, months);
    let days: Vec<Date> = facts.iter().filter_map(|fact| day::of(fact)).collect();
    let met = spans.iter().filter(|span| {
        let count = days.iter().filter(|day| span.holds(**day)).count();
        u32::try_from(count).unwrap_or(u32::MAX) >= least
    });
    let of = |n: usize| i128::try_from(n).unwrap_or(i128::MAX);
    let share = Fraction::new(of(met.count()), of(spans.len()));
    desk.exactly(desk.in_unit(share), &facts)
}

/// Working days from one day to another; the worst key.
pub(crate) fn working_days<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    leg: &'c Leg,
) -> Result<Measured, Missing> {
    let from = desk.facts(&leg.from, "from-missing")?;
    let to = desk.facts(&leg.to, "to-missing")?;
    let mut worst: Option<(i64, Vec<&Fact>)> = None;
    for (_, (starts, ends)) in by_key(desk.index, &from, &to) {
        let ends = ends.unwrap_or_default();
        let Some((a, b)) = day::earliest(&starts).zip(day::earliest(&ends)) else { continue };
        let facts: Vec<&Fact> = starts.iter().chain(&ends).copied().collect();
        let days = desk.book.working_days_between(a, b).map_err(|missing| Missing {
            reason: "calendar-missing",
            args: Args::from([("year".to_owned(), Arg::Text(missing.year.to_string()))]),
            cites: desk.index.cites_of_facts(facts.iter().copied()),
        })?;
        if worst.as_ref().is_none_or(|(most, _)| days > *most) {
            worst = Some((days, facts));
        }
    }
    match worst {
        Some((days, facts)) => desk.exactly(Fraction::new(i128::from(days), 1), &facts),
        None => Err(desk.missing("to-missing", &leg.to.kinds)),
    }
}

/// Months from the last of several acts before an event to that event.
pub(crate) fn months_since<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    of: &'c Term,
    until: &'c Term,
) -> Result<Measured, Missing> {
    let acts = desk.facts(of, "from-missing")?;
    let end = desk.index.chosen(until).map(|chosen| chosen.facts).unwrap_or_default();
    let accident = Date::parse(&desk.index.case.accident.date);
    let Some(until) = day::earliest(&end).or(accident) else {
        return Err(desk.missing("to-missing", &until.kinds));
    };
    let before: Vec<&Fact> =
        acts.iter().copied().filter(|f| day::of(f).is_some_and(|d| d <= until)).collect();
    let months = day::latest(&before).map(|last| {
        let whole = i128::from(until.year() - last.year()) * 12 + i128::from(until.month())
            - i128::from(last.month());
        // A month begun counts by its days, out of thirty-one, so that the value never shrinks.
        let days = i128::from(until.day()) - i128::from(last.day());
        Fraction { num: whole * 31 + days, den: 31 }
    });
    let facts: Vec<&Fact> = before.iter().chain(&end).copied().collect();
    desk.exactly(months, &facts)
}

/// Where outages are written down.
pub(crate) struct Outages<'c> {
    pub(crate) down: &'c Term,
    pub(crate) up: &'c Term,
    pub(crate) stated: &'c Operand,
    pub(crate) days: u32,
    pub(crate) until: &'c Term,
}

/// Percent of the days before an event in which the thing worked, over all keys alike.
pub(crate) fn uptime<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    outages: &Outages<'c>,
) -> Result<Measured, Missing> {
    let Some(down) = desk.index.chosen(outages.down) else {
        let (value, facts) = operand(desk, outages.stated)?;
        return desk.exactly(Some(value), &facts);
    };
    let end = desk.facts(outages.until, "to-missing")?;
    let up = desk.index.chosen(outages.up).map(|chosen| chosen.facts).unwrap_or_default();
    let Some(until) = end.iter().filter_map(|fact| reading(fact)).min() else {
        return Err(desk.missing("to-missing", &outages.until.kinds));
    };
    let length = i64::from(outages.days) * 86_400_000;
    let from = until - length;
    let keys = by_key(desk.index, &down.facts, &up);
    let mut lost = 0_i128;
    for (starts, ends) in keys.values() {
        let mut stops: Vec<i64> = ends.iter().flatten().filter_map(|f| reading(f)).collect();
        stops.sort_unstable();
        for start in starts.iter().filter_map(|fact| reading(fact)) {
            let stop = stops.iter().copied().find(|stop| *stop >= start).unwrap_or(until);
            lost += i128::from((stop.min(until) - start.max(from)).max(0));
        }
    }
    let count = i128::try_from(keys.len()).unwrap_or(1);
    let whole = i128::from(length) * count;
    let facts: Vec<&Fact> = down.facts.iter().chain(&up).chain(&end).copied().collect();
    desk.exactly(desk.in_unit(Fraction::new((whole - lost).max(0), whole)), &facts)
}

fn reading(fact: &Fact) -> Option<i64> {
    fact.time.as_ref().map(|stated| stated.at.ms)
}
