//! Indicators: each row of the book, computed by the closed set of formulas, as an interval.

mod calendar;
mod delay;
mod score;
mod share;

use crate::fraction::Fraction;
use crate::index::Index;
use crate::times::Times;
use fupan_model::{Arg, Args, Cites, GapResult, IndicatorResult, IndicatorStatus, RowId, Verdict};
use fupan_standard::{Book, Formula, Indicator, Row, Unit};

/// What a formula looks at.
pub(crate) struct Desk<'a, 'c, 'n> {
    pub(crate) index: &'a Index<'c>,
    pub(crate) times: &'a mut Times<'n>,
    pub(crate) book: &'c Book,
    pub(crate) grade: Option<&'a str>,
    /// The row computed.
    pub(crate) row: &'c Row<Indicator>,
}

/// What a formula gives: bounds in the row's unit, or why there are none.
pub(crate) struct Measured {
    pub(crate) min: Option<Fraction>,
    pub(crate) max: Option<Fraction>,
    /// Whether an unresolved contradiction touches it.
    pub(crate) contested: bool,
    /// The verdict where a gap already has one under each explanation.
    pub(crate) verdict: Option<Verdict>,
    /// The gap itself, where it is one.
    pub(crate) gap: Option<GapResult>,
    pub(crate) cites: Cites,
}

/// Why a value could not be computed.
pub(crate) struct Missing {
    pub(crate) reason: &'static str,
    pub(crate) args: Args,
    pub(crate) cites: Cites,
}

/// Indicators, by id, and the gaps among them.
pub(crate) struct Indicators {
    pub(crate) results: Vec<IndicatorResult>,
    pub(crate) gaps: Vec<GapResult>,
}

/// Computes every indicator of the book.
pub(crate) fn run<'c>(
    index: &Index<'c>,
    times: &mut Times<'_>,
    book: &'c Book,
    grade: Option<&str>,
) -> Indicators {
    let mut list = Indicators { results: Vec::new(), gaps: Vec::new() };
    for row in &book.indicators {
        let mut desk = Desk { index, times: &mut *times, book, grade, row };
        let (result, gap) = indicator(&mut desk);
        list.results.push(result);
        list.gaps.extend(gap);
    }
    list.results.sort_by(|a, b| a.id.cmp(&b.id));
    list.gaps.sort_by(|a, b| a.id.cmp(&b.id));
    list
}

fn indicator(desk: &mut Desk<'_, '_, '_>) -> (IndicatorResult, Option<GapResult>) {
    let id = RowId::new(&desk.row.id);
    let measured = match measure(desk) {
        Ok(measured) => measured,
        Err(missing) => {
            let Missing { reason, args, cites } = missing;
            let result = IndicatorResult {
                id,
                value: None,
                score: None,
                status: IndicatorStatus::NotComputed,
                verdict: None,
                reason: Some(reason.to_owned()),
                args,
                cites,
            };
            return (result, None);
        }
    };
    let verdict = measured.verdict.or_else(|| score::statutory(desk, &measured));
    let body = &desk.row.body;
    let negative = measured.max.is_some_and(|max| max.num < 0);
    let (status, reason, score) = if measured.contested {
        (IndicatorStatus::Undecided, Some("contested"), None)
    } else {
        let reason = negative.then_some("negative");
        (IndicatorStatus::Computed, reason, Some(score::score(body, &measured, verdict)))
    };
    let mut args = Args::new();
    if let (Some(_), Some(gap)) = (reason, &measured.gap) {
        args.insert("gap".to_owned(), Arg::Gap(gap.gap()));
    }
    let result = IndicatorResult {
        id,
        value: Some(crate::fraction::outward(measured.min, measured.max, 3)),
        score,
        status,
        verdict,
        reason: reason.map(str::to_owned),
        args,
        cites: measured.cites,
    };
    (result, measured.gap)
}

fn measure(desk: &mut Desk<'_, '_, '_>) -> Result<Measured, Missing> {
    let row = desk.row;
    match &row.body.formula {
        Formula::Delay(leg) => delay::delay(desk, leg),
        Formula::WorstKey { leg } => delay::worst_key(desk, leg),
        Formula::WorstHop { chain } => delay::worst_hop(desk, chain),
        Formula::ShareWithin { leg, max_s } => share::share_within(desk, leg, *max_s),
        Formula::DelayRatio { leg, by } => delay::delay_ratio(desk, leg, by),
        Formula::Ratio { numerator, denominator } => share::ratio(desk, numerator, denominator),
        Formula::Coverage { required, have } => share::coverage(desk, required, have),
        Formula::CountPerPeriod { of, per, over_months, at_least } => {
            calendar::count_per_period(desk, of, *per, *over_months, *at_least)
        }
        Formula::RelativeError { left, right, fields, as_of_same } => {
            share::relative_error(desk, left, right, fields, *as_of_same)
        }
        Formula::WorkingDays { leg } => calendar::working_days(desk, leg),
        Formula::MonthsSince { of, until } => calendar::months_since(desk, of, until),
        Formula::Uptime { down, up, stated, days, until } => {
            let outages = calendar::Outages { down, up, stated, days: *days, until };
            calendar::uptime(desk, &outages)
        }
    }
}

impl<'c> Desk<'_, 'c, '_> {
    /// The facts of a term, or why the value cannot be computed.
    pub(crate) fn facts(
        &self,
        term: &'c fupan_standard::Term,
        reason: &'static str,
    ) -> Result<Vec<&'c fupan_model::Fact>, Missing> {
        match self.index.chosen(term) {
            Some(chosen) => Ok(chosen.facts),
            None => Err(self.missing(reason, &term.kinds)),
        }
    }

    /// Input of these kinds is missing; cited by the request that asked for it, if one did.
    pub(crate) fn missing(&self, reason: &'static str, kinds: &[String]) -> Missing {
        let names: Vec<&str> = kinds.iter().map(String::as_str).collect();
        let first = kinds.first().map(|kind| ("kind".to_owned(), Arg::Row(RowId::new(kind))));
        Missing { reason, args: first.into_iter().collect(), cites: self.index.absence(&names) }
    }

    /// A point value with its cites.
    pub(crate) fn exactly(
        &self,
        value: Option<Fraction>,
        facts: &[&fupan_model::Fact],
    ) -> Result<Measured, Missing> {
        let cites = self.index.cites_of_facts(facts.iter().copied());
        match value {
            Some(value) => Ok(Measured {
                min: Some(value),
                max: Some(value),
                contested: false,
                verdict: None,
                gap: None,
                cites,
            }),
            None => Err(Missing { reason: "input-missing", args: Args::new(), cites }),
        }
    }

    /// A share in the row's unit: percent, or a plain ratio.
    pub(crate) fn in_unit(&self, share: Option<Fraction>) -> Option<Fraction> {
        match self.row.body.unit {
            Unit::Percent => share?.times(100, 1),
            Unit::Second
            | Unit::Minute
            | Unit::Hour
            | Unit::Day
            | Unit::WorkingDay
            | Unit::Month
            | Unit::Ratio
            | Unit::PerDay => share,
        }
    }
}
