//! The time between two groups of facts: earliest to earliest, or as the book asks.

use crate::index::{Index, ids};
use crate::network::{Bounds, Solved};
use crate::times::{Answer, Aside, Times};
use fupan_model::{ClockStanding, Fact, FactId, Gap};
use fupan_standard::{Pick, Shape};
use std::collections::BTreeSet;

/// A delay between two groups of facts, each standing for its earliest or latest event.
pub(crate) struct Delay<'a, 'c> {
    pub(crate) from: &'a [&'c Fact],
    pub(crate) from_pick: Pick,
    pub(crate) to: &'a [&'c Fact],
    pub(crate) to_pick: Pick,
}

impl Delay<'_, '_> {
    /// Both groups' earliest.
    pub(crate) fn firsts<'a, 'c>(from: &'a [&'c Fact], to: &'a [&'c Fact]) -> Delay<'a, 'c> {
        Delay { from, from_pick: Pick::First, to, to_pick: Pick::First }
    }

    /// The facts it rests on.
    pub(crate) fn facts(&self) -> Vec<FactId> {
        ids(self.from.iter().chain(self.to))
    }

    /// The delay under each explanation. Where both groups speak of one event, their readings of
    /// it are held against each other instead: the network would answer 0.
    pub(crate) fn ask(&self, index: &Index<'_>, times: &mut Times<'_>) -> Answer {
        let (from, to) = (events(self.from), events(self.to));
        if from.intersection(&to).next().is_some() {
            let pairs = |f: &&Fact, t: &&Fact| readings_apart(index, f, t);
            let gap = fold(self.from, self.to, self.from_pick, self.to_pick, &pairs);
            return Answer { gap, by: Vec::new(), aside: Aside::default() };
        }
        let (from, to): (Vec<&str>, Vec<&str>) =
            (from.into_iter().collect(), to.into_iter().collect());
        times.ask(&|solved: &Solved<'_>| {
            let pair = |a: &&str, b: &&str| {
                let bounds = solved.gap(a, b);
                Gap { min_ms: bounds.min, max_ms: bounds.max }
            };
            let gap = fold(&from, &to, self.from_pick, self.to_pick, &pair);
            Bounds { min: gap.min_ms, max: gap.max_ms }
        })
    }
}

/// The events facts speak of.
pub(crate) fn events<'c>(facts: &[&'c Fact]) -> BTreeSet<&'c str> {
    facts.iter().map(|fact| fact.event.as_str()).collect()
}

/// Bounds of `pick(to) − pick(from)` from the bounds of every pair. The first of several is the
/// least of them, so the bounds of a first are the least of the bounds, and of a last the
/// greatest; whichever fact it is never matters.
fn fold<T>(
    from: &[T],
    to: &[T],
    from_pick: Pick,
    to_pick: Pick,
    pair: &dyn Fn(&T, &T) -> Gap,
) -> Gap {
    let one = |t: &T| -> Option<(i64, i64)> {
        let over = from.iter().map(|f| {
            let gap = pair(f, t);
            (gap.min_ms.unwrap_or(i64::MIN), gap.max_ms.unwrap_or(i64::MAX))
        });
        // t − first(from) is the greatest of t − f; t − last(from) the least.
        match from_pick {
            Pick::First => over.reduce(greatest),
            Pick::Last => over.reduce(least),
        }
    };
    let over = to.iter().filter_map(one);
    let bounds = match to_pick {
        Pick::First => over.reduce(least),
        Pick::Last => over.reduce(greatest),
    };
    let (min, max) = bounds.unwrap_or((i64::MIN, i64::MAX));
    Gap { min_ms: (min > i64::MIN).then_some(min), max_ms: (max < i64::MAX).then_some(max) }
}

fn least(a: (i64, i64), b: (i64, i64)) -> (i64, i64) {
    (a.0.min(b.0), a.1.min(b.1))
}

fn greatest(a: (i64, i64), b: (i64, i64)) -> (i64, i64) {
    (a.0.max(b.0), a.1.max(b.1))
}

/// How far the readings of two facts lie apart, by their clocks alone; an offset both share
/// cancels.
pub(crate) fn readings_apart(index: &Index<'_>, from: &Fact, to: &Fact) -> Gap {
    let open = Gap::default();
    let (Some(a), Some(b)) = (&from.time, &to.time) else { return open };
    if [a, b].into_iter().any(|stated| index.shape(stated) != Shape::Bounds) {
        return open;
    }
    let apart = b.at.ms - a.at.ms;
    let bare =
        Gap { min_ms: Some(apart + b.lo_ms - a.hi_ms), max_ms: Some(apart + b.hi_ms - a.lo_ms) };
    if from.clock == to.clock {
        return bare;
    }
    let (Some((a_lo, a_hi)), Some((b_lo, b_hi))) =
        (offset(index.standing(from)), offset(index.standing(to)))
    else {
        return open;
    };
    // True time is reading minus offset.
    Gap {
        min_ms: bare.min_ms.map(|min| min - b_hi + a_lo),
        max_ms: bare.max_ms.map(|max| max - b_lo + a_hi),
    }
}

/// Bounds of a clock's offset by its standing alone.
fn offset(standing: ClockStanding) -> Option<(i64, i64)> {
    match standing {
        ClockStanding::Civil => Some((0, 0)),
        ClockStanding::Checked { lo_ms, hi_ms } => Some((lo_ms, hi_ms)),
        ClockStanding::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two froms at 0 and 10 (±1), two tos at 30 and 50 (±2), as bounds of pairs.
    fn gap(picks: (Pick, Pick)) -> Gap {
        let pair = |f: &i64, t: &i64| Gap { min_ms: Some(t - f - 3), max_ms: Some(t - f + 3) };
        fold(&[0, 10], &[30, 50], picks.0, picks.1, &pair)
    }

    #[test]
    fn picks_are_bounds_of_least_and_greatest() {
        let of = |min, max| Gap { min_ms: Some(min), max_ms: Some(max) };
        assert_eq!(gap((Pick::First, Pick::First)), of(27, 33));
        assert_eq!(gap((Pick::First, Pick::Last)), of(47, 53));
        assert_eq!(gap((Pick::Last, Pick::First)), of(17, 23));
        assert_eq!(gap((Pick::Last, Pick::Last)), of(37, 43));
    }

    #[test]
    fn a_pair_that_is_open_leaves_open_what_turns_on_it() {
        let pair = |f: &i64, t: &i64| {
            if *f == 10 { Gap::default() } else { Gap { min_ms: Some(t - f), max_ms: Some(t - f) } }
        };
        // The first of 0 and an unknown: at least as early as 0, perhaps earlier.
        let gap = fold(&[0, 10], &[30], Pick::First, Pick::First, &pair);
        assert_eq!(gap, Gap { min_ms: Some(30), max_ms: None });
    }
}
