//! A clock that drifts: the true time of a reading between anchors, where the rate may change but
//! is bounded (chain) or is constant and bounded (affine). Both are exact; sums that do not come
//! out whole are rounded outward.

use std::cmp::Ordering;

use thiserror::Error;

const PPB: i128 = 1_000_000_000;
const RANGE: i64 = 1 << 40;

/// Reading (读数): what a clock showed, with the error of reading, milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// What it showed.
    pub local: i64,
    /// Lower reading error.
    pub lo: i64,
    /// Upper reading error.
    pub hi: i64,
}

/// Anchor (锚点): a reading whose true time is known to lie in a range, milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The reading.
    pub reading: Reading,
    /// Earliest true time.
    pub true_lo: i64,
    /// Latest true time.
    pub true_hi: i64,
}

/// Drift model (漂移模型): what is assumed of a clock's rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriftModel {
    /// It is right: the bound given is 0.
    OffsetOnly,
    /// It may change, within the bound given.
    BoundedRate,
}

/// Drift bounds (漂移界): the true time of the reading asked for under each model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DriftBounds {
    /// The model whose bounds (`chain`) are to be relied upon: the one that assumes least.
    pub model: DriftModel,
    /// With any rate within the bound, from each anchor by itself, milliseconds; empty (first
    /// above second) when no rate within the bound fits.
    pub chain: (i64, i64),
    /// With one constant rate, in ten-thousandths of a millisecond, outward; `None` when no
    /// constant rate fits. Each error of reading is widened by the bound on the rate by itself, as
    /// if its rate were not the clock's, so this may exceed `chain` by the errors times the bound.
    pub affine: Option<(i128, i128)>,
}

impl DriftBounds {
    /// Whether some rate within the bound, changing or not, fits.
    #[must_use]
    pub fn is_feasible(&self) -> bool {
        self.chain.0 <= self.chain.1
    }

    /// A changing rate fits and a constant one does not: the clock was set, or its rate changed.
    #[must_use]
    pub fn rate_changed(&self) -> bool {
        self.is_feasible() && self.constant().is_none()
    }

    /// With one constant rate, whole milliseconds outward: what both models allow, since a
    /// constant rate is one that might have changed. `None` when no constant rate fits.
    #[must_use]
    pub fn constant(&self) -> Option<(i64, i64)> {
        let (lo, hi) = self.affine?;
        let down = i64::try_from(lo.div_euclid(10_000)).ok()?;
        let up = i64::try_from(-(-hi).div_euclid(10_000)).ok()?;
        let both = (down.max(self.chain.0), up.min(self.chain.1));
        (both.0 <= both.1).then_some(both)
    }
}

/// Fault of drift data (漂移数据错误).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DriftFault {
    /// Without an anchor nothing is known.
    #[error("there is no anchor")]
    NoAnchor,
    /// A rate below 0 or of 1 and more.
    #[error("the rate must be at least 0 and below 1,000,000,000 ppb, not {0}")]
    Rate(i64),
    /// A time beyond 2^40 ms.
    #[error("{0} ms lies beyond +-2^40 ms of the epoch")]
    OutOfRange(i64),
    /// A range whose lower end lies above its upper end.
    #[error("the span [{0}, {1}] is empty")]
    EmptySpan(i64, i64),
}

/// Bounds the true time of `asked`, read from a clock whose rate is off by at most `rho_ppb`
/// parts in 10^9.
///
/// # Errors
/// [`DriftFault`] for the first thing wrong.
pub fn drift(rho_ppb: i64, anchors: &[Anchor], asked: Reading) -> Result<DriftBounds, DriftFault> {
    if anchors.is_empty() {
        return Err(DriftFault::NoAnchor);
    }
    if !(0..1_000_000_000).contains(&rho_ppb) {
        return Err(DriftFault::Rate(rho_ppb));
    }
    check(asked)?;
    for anchor in anchors {
        check(anchor.reading)?;
        check_span(anchor.true_lo, anchor.true_hi)?;
    }
    let affine = affine(i128::from(rho_ppb), anchors, asked);
    let model = if rho_ppb == 0 { DriftModel::OffsetOnly } else { DriftModel::BoundedRate };
    Ok(DriftBounds { model, chain: chain(rho_ppb, anchors, asked), affine })
}

fn check(reading: Reading) -> Result<(), DriftFault> {
    let Reading { local, lo, hi } = reading;
    check_span(lo, hi)?;
    check_span(local, local)?;
    check_span(local + lo, local + hi)
}

fn check_span(lo: i64, hi: i64) -> Result<(), DriftFault> {
    match [lo, hi].into_iter().find(|v| !(-RANGE..=RANGE).contains(v)) {
        Some(v) => Err(DriftFault::OutOfRange(v)),
        None if lo > hi => Err(DriftFault::EmptySpan(lo, hi)),
        None => Ok(()),
    }
}

/// The correction moves by at most the rate times the longest time that may have passed.
fn chain(rho_ppb: i64, anchors: &[Anchor], asked: Reading) -> (i64, i64) {
    let (first, last) = (asked.local + asked.lo, asked.local + asked.hi);
    let (mut lo, mut hi) = (i64::MIN, i64::MAX);
    for Anchor { reading, true_lo, true_hi } in anchors {
        let (least, most) = (reading.local + reading.lo, reading.local + reading.hi);
        let passed = (last - least).abs().max((first - most).abs());
        let product = i128::from(rho_ppb) * i128::from(passed);
        let moved = ceil_div(product, PPB) as i64;
        lo = lo.max(first + true_lo - most - moved);
        hi = hi.min(last + true_hi - least + moved);
    }
    (lo, hi)
}

/// At `at` (ms) the correction lies in `[lo, hi]`, in 10^-9 ms.
#[derive(Clone, Copy)]
struct Slot {
    at: i128,
    lo: i128,
    hi: i128,
}

/// The correction is a line over local time, its slope within the rate, through every slot.
fn affine(rho: i128, anchors: &[Anchor], asked: Reading) -> Option<(i128, i128)> {
    let slots: Vec<Slot> = anchors
        .iter()
        .map(|a| {
            let (lo, hi) = stretched(a.reading, rho);
            let at = i128::from(a.reading.local);
            let gap = |truth: i64| (i128::from(truth) - at) * PPB;
            Slot { at, lo: gap(a.true_lo) - hi, hi: gap(a.true_hi) - lo }
        })
        .collect();
    let mirrored: Vec<Slot> =
        slots.iter().map(|s| Slot { at: s.at, lo: -s.hi, hi: -s.lo }).collect();
    let at = i128::from(asked.local);
    let most = most_at(&slots, at, rho)?;
    let least = -most_at(&mirrored, at, rho)?;
    let (lo, hi) = stretched(asked, rho);
    let unit = PPB / 10_000;
    let down = |v: i128| v.div_euclid(unit);
    Some((down(at * PPB + least + lo), -down(-(at * PPB + most + hi))))
}

/// The reading error as true time, widened by the rate, in 10^-9 ms.
fn stretched(reading: Reading, rho: i128) -> (i128, i128) {
    let (lo, hi) = (i128::from(reading.lo), i128::from(reading.hi));
    (lo * PPB - lo.abs() * rho, hi * PPB + hi.abs() * rho)
}

/// A slope as a fraction, its denominator above 0.
type Slope = (i128, i128);

fn compare(a: Slope, b: Slope) -> Ordering {
    (a.0 * b.1).cmp(&(b.0 * a.1))
}

/// The greatest value a line through all slots has at `at`, rounded up: the least over slots taken
/// with the steepest slope toward `at`, and over pairs on either side of it (duality of linear
/// programs in one variable). `None` when no line fits.
fn most_at(slots: &[Slot], at: i128, rho: i128) -> Option<i128> {
    let (mut low, mut high): (Slope, Slope) = ((-rho, 1), (rho, 1));
    for a in slots {
        for b in slots {
            let run = b.at - a.at;
            if run == 0 && a.lo > b.hi {
                return None;
            }
            if run > 0 {
                let (flat, steep) = ((b.lo - a.hi, run), (b.hi - a.lo, run));
                low = if compare(flat, low).is_gt() { flat } else { low };
                high = if compare(steep, high).is_lt() { steep } else { high };
            }
        }
    }
    if compare(low, high).is_gt() {
        return None;
    }
    let mut most: Option<i128> = None;
    let mut offer = |value: i128| most = Some(most.map_or(value, |old| old.min(value)));
    for a in slots {
        let (rise, run) = if a.at <= at { high } else { low };
        offer(ceil_div(a.hi * run + rise * (at - a.at), run));
        for b in slots.iter().filter(|b| a.at <= at && at <= b.at && a.at < b.at) {
            offer(ceil_div(a.hi * (b.at - at) + b.hi * (at - a.at), b.at - a.at));
        }
    }
    most
}

fn ceil_div(a: i128, b: i128) -> i128 {
    -(-a).div_euclid(b)
}
