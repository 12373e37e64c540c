//! Clocks: what the case says of each, and what its consistent facts leave open.

use crate::durations::{self, number};
use crate::layout::{cell, cells, row};
use crate::pen::{Pen, Written};
use fupan_model::{Block, ClockResult, ClockStanding, Gap, Inline};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    Ok(vec![pen.heading("heading-clocks")?, clocks(pen)?])
}

fn clocks(pen: &Pen<'_>) -> Written<Block> {
    let mut rows = Vec::new();
    for result in &pen.assessment.clocks {
        let clock = &result.clock;
        let cites = clock.cites.clone().unwrap_or_else(|| pen.case("clocks"));
        let standing = match clock.standing {
            ClockStanding::Civil => pen.note("clock-is-civil")?,
            ClockStanding::Unknown => pen.note("clock-is-unknown")?,
            ClockStanding::Checked { lo_ms, hi_ms } => {
                let bounds = Gap { min_ms: Some(lo_ms), max_ms: Some(hi_ms) };
                let offset = offset(pen, bounds)?;
                pen.say("clock-is-checked", &[("offset", offset)], &cites)?
            }
        };
        let mut standing = vec![standing];
        standing.extend(rate(pen, result)?);
        rows.push(row(vec![
            cell(pen.said(pen.clock(clock.id.as_str())?, &cites)),
            cells(standing),
            cell(pen.said(offset(pen, result.offset)?, &cites)),
        ]));
    }
    let columns = [("column-clock", 4), ("column-clock-standing", 5), ("column-clock-offset", 5)];
    pen.table_or("no-clocks", "table-clocks", &columns, rows)
}

/// What is assumed of a clock's rate, and whether the records bear it out.
fn rate(pen: &Pen<'_>, result: &ClockResult) -> Written<Vec<Inline>> {
    let Some(drift) = &result.drift else { return Ok(Vec::new()) };
    if drift.rate_ppb == 0 {
        return Ok(vec![pen.note("clock-one-offset")?]);
    }
    let whole = |n: i64| number(n.unsigned_abs());
    let ppm = match drift.rate_ppb % 1_000 {
        0 => whole(drift.rate_ppb / 1_000),
        rest => {
            format!("{}.{rest:03}", whole(drift.rate_ppb / 1_000)).trim_end_matches('0').to_owned()
        }
    };
    let values = [("ppm", ppm), ("count", number(drift.anchors))];
    let mut said = vec![pen.say("clock-rate-bounded", &values, &drift.cites)?];
    if drift.anchors > 1 {
        let found = match (drift.fits, drift.constant_rate_fits) {
            (true, true) => "clock-rate-constant",
            (true, false) => "clock-rate-not-constant",
            (false, _) => "clock-rate-unfit",
        };
        said.push(pen.say(found, &[], &drift.cites)?);
    }
    Ok(said)
}

/// An offset: fast is positive, slow is negative.
fn offset(pen: &Pen<'_>, bounds: Gap) -> Written<String> {
    let side = |ms: i64| -> Written<String> {
        let length = durations::span(&pen.wording, ms.saturating_abs())?;
        let id = if ms < 0 { "clock-slow" } else { "clock-fast" };
        pen.wording.fill(id, &[("length", length)])
    };
    // Bounds that differ are rounded outward to the second; a known offset prints exactly.
    let down = |ms: i64| ms.div_euclid(1_000).saturating_mul(1_000);
    let (min, max) = match bounds {
        Gap { min_ms, max_ms } if min_ms == max_ms => (min_ms, max_ms),
        Gap { min_ms, max_ms } => (min_ms.map(down), max_ms.map(|ms| down(ms.saturating_add(999)))),
    };
    match (min, max) {
        (Some(0), Some(0)) => pen.wording.word("clock-right"),
        (Some(min), Some(max)) if min == max => side(min),
        (Some(min), Some(max)) => {
            pen.wording.fill("clock-between", &[("min", side(min)?), ("max", side(max)?)])
        }
        (Some(end), None) => pen.wording.fill("clock-from", &[("min", side(end)?)]),
        (None, Some(end)) => pen.wording.fill("clock-until", &[("max", side(end)?)]),
        (None, None) => pen.wording.word("clock-any"),
    }
}
