//! Formulas that measure a share: within a time, of a number, of what is required, of what was so.

use super::delay::{by_key, operand};
use super::{Desk, Measured, Missing};
use crate::between::Delay;
use crate::fraction::Fraction;
use crate::index::Index;
use crate::value;
use fupan_model::{Arg, CheckStatus, Fact};
use fupan_standard::{Leg, Operand, Required, Term};
use std::collections::BTreeSet;

/// Percent of keys whose delay is at most so long; a key without an end counts as not within.
pub(crate) fn share_within<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    leg: &'c Leg,
    max_s: i64,
) -> Result<Measured, Missing> {
    let from = desk.facts(&leg.from, "from-missing")?;
    let to = desk.index.chosen(&leg.to).map(|chosen| chosen.facts).unwrap_or_default();
    let (mut sure, mut perhaps, mut total, mut contested) = (0_i128, 0_i128, 0_i128, false);
    for (_, (starts, ends)) in by_key(desk.index, &from, &to) {
        total += 1;
        let Some(ends) = ends else { continue };
        let answer = Delay::firsts(&starts, &ends).ask(desk.index, desk.times);
        contested |= answer.touched();
        match crate::check::judge(answer.gap, None, Some(max_s.saturating_mul(1_000))) {
            CheckStatus::Consistent => {
                sure += 1;
                perhaps += 1;
            }
            CheckStatus::Unverifiable | CheckStatus::Absent => perhaps += 1,
            CheckStatus::Discrepant => {}
        }
    }
    let all: Vec<&Fact> = from.iter().chain(&to).copied().collect();
    let of = |count| desk.in_unit(Fraction::new(count, total));
    Ok(Measured {
        min: of(sure),
        max: of(perhaps),
        contested,
        verdict: None,
        gap: None,
        cites: desk.index.cites_of_facts(all),
    })
}

/// One number divided by another.
pub(crate) fn ratio<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    numerator: &'c Operand,
    denominator: &'c Operand,
) -> Result<Measured, Missing> {
    // Nothing counted above a line that has something below is zero, not unknown.
    let below = operand(desk, denominator)?;
    let above = match operand(desk, numerator) {
        Err(_) if numerator.take == fupan_standard::Take::Count => {
            (Fraction { num: 0, den: 1 }, Vec::new())
        }
        other => other?,
    };
    let facts: Vec<&Fact> = above.1.iter().chain(&below.1).copied().collect();
    let share = desk.in_unit(above.0.over(below.0));
    desk.exactly(share, &facts)
}

/// Percent of required items that are there.
pub(crate) fn coverage<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    required: &'c Required,
    have: &'c Term,
) -> Result<Measured, Missing> {
    let facts = desk.facts(have, "input-missing")?;
    let there = elements(desk.index, &facts, have);
    let (wanted, mut rests): (BTreeSet<String>, Vec<&Fact>) = match required {
        Required::List(id) => {
            let items = desk.book.list_items(id).unwrap_or_default();
            (items.into_iter().map(|(key, _)| key.to_owned()).collect(), Vec::new())
        }
        Required::Facts(term) => {
            let facts = desk.facts(term, "input-missing")?;
            (elements(desk.index, &facts, term), facts)
        }
    };
    let count = |n: usize| i128::try_from(n).unwrap_or(i128::MAX);
    let filled = wanted.intersection(&there).count();
    let share = desk.in_unit(Fraction::new(count(filled), count(wanted.len())));
    rests.extend(&facts);
    desk.exactly(share, &rests)
}

/// Elements of the term's set quantity over all facts, or the facts' keys.
fn elements(index: &Index<'_>, facts: &[&Fact], term: &Term) -> BTreeSet<String> {
    let of = |fact: &&Fact| match &term.set {
        Some(set) => fact.quantities.get(set).map(value::names).unwrap_or_default(),
        None => index.key(fact).into_iter().map(str::to_owned).collect(),
    };
    facts.iter().flat_map(of).map(|name| name.trim().to_owned()).collect()
}

/// 100 × (1 − |left − right| ÷ right), the worst over the fields, not below 0.
pub(crate) fn relative_error<'c>(
    desk: &mut Desk<'_, 'c, '_>,
    left: &'c Term,
    right: &'c Term,
    fields: &'c [String],
    as_of_same: bool,
) -> Result<Measured, Missing> {
    let (said, so) = (desk.facts(left, "from-missing")?, desk.facts(right, "to-missing")?);
    let mut worst: Option<Fraction> = None;
    let mut rests: Vec<&Fact> = Vec::new();
    for field in fields {
        for (a, b) in statements(&said, &so, field, as_of_same) {
            let (Some(x), Some(y)) = (stated(a, field), stated(b, field)) else { continue };
            let Some(accuracy) = accuracy(x, y) else { continue };
            rests.extend([a, b]);
            if worst.is_none_or(|w| accuracy.less_than(w)) {
                worst = Some(accuracy);
            }
        }
    }
    match worst {
        Some(worst) => desk.exactly(desk.in_unit(Some(worst)), &rests),
        None => {
            let mut missing = desk.missing("input-missing", &left.kinds);
            let names = Arg::Text(fields.join(", "));
            missing.args.insert("quantity".to_owned(), names);
            Err(missing)
        }
    }
}

fn stated(fact: &Fact, field: &str) -> Option<Fraction> {
    value::number(value::stated(fact, field)?.0).map(Fraction::of)
}

/// Facts of both sides that state the field, of the same time if that is asked for.
fn statements<'c>(
    left: &[&'c Fact],
    right: &[&'c Fact],
    field: &str,
    same: bool,
) -> Vec<(&'c Fact, &'c Fact)> {
    let as_of = |fact: &Fact| value::stated(fact, field).map(|(_, as_of)| as_of);
    let mut list = Vec::new();
    for a in left {
        for b in right {
            if let (Some(x), Some(y)) = (as_of(a), as_of(b))
                && (!same || (x.is_some() && x == y))
            {
                list.push((*a, *b));
            }
        }
    }
    list
}

/// 1 − |said − so| ÷ so, not below 0; where none were so, 1 if none were said, else 0.
fn accuracy(said: Fraction, so: Fraction) -> Option<Fraction> {
    let (nothing, whole) = (Fraction { num: 0, den: 1 }, Fraction { num: 1, den: 1 });
    if so.num == 0 {
        return Some(if said.num == 0 { whole } else { nothing });
    }
    let error = said.minus(so)?.over(so)?;
    let error = Fraction { num: error.num.abs(), den: error.den };
    let accuracy = whole.minus(error)?;
    Some(if accuracy.num < 0 { nothing } else { accuracy })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accuracy_is_one_minus_the_relative_error() {
        let of = |n: i128| Fraction { num: n, den: 1 };
        let floor = |f: Option<Fraction>| f.and_then(|f| f.floor(2)).map(|d| d.to_string());
        assert_eq!(floor(accuracy(of(8), of(10))).as_deref(), Some("0.8"));
        assert_eq!(floor(accuracy(of(30), of(10))).as_deref(), Some("0"));
        assert_eq!(floor(accuracy(of(0), of(0))).as_deref(), Some("1"));
        assert_eq!(floor(accuracy(of(1), of(0))).as_deref(), Some("0"));
    }
}
