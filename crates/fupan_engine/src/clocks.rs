//! Clocks: the offsets the facts leave open, and whether a bounded or a constant rate fits them.

use crate::index::{Index, clock_record, rate_record};
use crate::network::{Anchor, DriftBounds, Reading, drift};
use crate::times::{Stock, Times};
use fupan_model::{Cites, Clock, ClockResult, ClockStanding, DriftResult, Fact, Gap, Stated};
use fupan_standard::Shape;

/// Readings of one clock that are held against a constant rate; of more, every so many.
const ANCHORS: usize = 500;

/// Clocks, by id, with the offsets the facts leave open.
pub(crate) fn clocks(index: &Index<'_>, times: &mut Times<'_>, stock: &Stock) -> Vec<ClockResult> {
    let mut clocks: Vec<&Clock> = index.case.clocks.iter().collect();
    clocks.sort_by(|a, b| a.id.cmp(&b.id));
    let one = |clock: &Clock| match clock.standing {
        ClockStanding::Civil => {
            let offset = Gap { min_ms: Some(0), max_ms: Some(0) };
            ClockResult { clock: clock.clone(), offset, drift: None }
        }
        ClockStanding::Checked { .. } | ClockStanding::Unknown => {
            let offset = times.offset(&stock.sources(clock.id.as_str()));
            let drift = Some(rate(index, times, stock.epoch, clock));
            ClockResult { clock: clock.clone(), offset, drift }
        }
    };
    clocks.into_iter().map(one).collect()
}

/// What is assumed of a clock's rate, held against the readings whose true time others bound.
fn rate(index: &Index<'_>, times: &mut Times<'_>, epoch: i64, clock: &Clock) -> DriftResult {
    let own = clock.cites.clone().unwrap_or_else(|| index.case.cite_part("clocks"));
    let plain = |cites: Cites| DriftResult {
        model: "offset_only".to_owned(),
        rate_ppb: 0,
        anchors: 0,
        fits: true,
        constant_rate_fits: true,
        rate_changed: false,
        cites,
    };
    let Some(rate_ppb) = clock.rate_ppb else { return plain(own) };
    let facts: Vec<&Fact> = index
        .case
        .facts
        .iter()
        .filter(|fact| fact.clock == clock.id)
        .filter(|fact| fact.time.as_ref().is_some_and(|s| index.shape(s) == Shape::Bounds))
        .collect();
    let anchors = anchors(times, epoch, clock, &facts);
    let cites = Cites::all(anchors.iter().filter_map(|(_, fact)| Some(&(*fact)?.cites)));
    let list: Vec<Anchor> = anchors.iter().map(|(anchor, _)| *anchor).collect();
    // A changing rate fits when it fits between any two of them.
    let each = list.iter().map(|anchor| drift(rate_ppb, &list, anchor.reading).ok());
    let each: Option<Vec<_>> = each.collect();
    let each = each.unwrap_or_default();
    let fits = each.iter().all(DriftBounds::is_feasible);
    let constant = each.iter().all(|bounds| bounds.affine.is_some());
    DriftResult {
        model: "bounded_rate".to_owned(),
        rate_ppb,
        anchors: u64::try_from(list.len()).unwrap_or(u64::MAX),
        fits,
        constant_rate_fits: constant,
        rate_changed: fits && !constant,
        cites: cites.map_or(own.clone(), |cites| cites.and(&own)),
    }
}

/// The check of the clock and its readings of events whose time is bounded without it.
fn anchors<'f>(
    times: &mut Times<'_>,
    epoch: i64,
    clock: &Clock,
    facts: &[&'f Fact],
) -> Vec<(Anchor, Option<&'f Fact>)> {
    let id = clock.id.as_str();
    let mut aside: Vec<String> = facts.iter().map(|fact| fact.id.to_string()).collect();
    aside.extend([clock_record(id), rate_record(id)]);
    let events: Vec<&str> = facts.iter().map(|fact| fact.event.as_str()).collect();
    let windows = times.windows(aside, &events);
    let read = |stated: &Stated| Reading {
        local: stated.at.ms.saturating_sub(epoch),
        lo: stated.lo_ms,
        hi: stated.hi_ms,
    };
    let known = facts.iter().zip(windows).filter_map(|(fact, window)| {
        let (true_lo, true_hi) = window?;
        Some((Anchor { reading: read(fact.time.as_ref()?), true_lo, true_hi }, Some(*fact)))
    });
    let mut list: Vec<(Anchor, Option<&Fact>)> = check(epoch, clock).into_iter().collect();
    list.extend(known);
    list.sort_by_key(|(a, fact)| {
        (a.reading.local, a.true_lo, a.true_hi, fact.map(|fact| fact.id.clone()))
    });
    let step = list.len().div_ceil(ANCHORS).max(1);
    list.into_iter().step_by(step).collect()
}

/// The check as an anchor: at that moment the clock showed so much more than the truth.
fn check(epoch: i64, clock: &Clock) -> Option<(Anchor, Option<&'static Fact>)> {
    let ClockStanding::Checked { lo_ms, hi_ms } = clock.standing else { return None };
    let at = clock.checked_at?.ms.saturating_sub(epoch);
    let reading = Reading { local: at, lo: lo_ms, hi: hi_ms };
    Some((Anchor { reading, true_lo: at, true_hi: at }, None))
}
