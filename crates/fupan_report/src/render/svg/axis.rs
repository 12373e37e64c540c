//! A time axis in stretches: even within each, with a marked break where nothing happened.
//!
//! Accidents are told in minutes and their aftermath in weeks; one even scale would crush the
//! minutes. A break is set only into a stretch without an event's bound, longest first.

use super::Px;

/// Width of a break's band.
pub(super) const BREAK: Px = 4_600;
/// No stretch is narrower.
const NARROWEST: Px = 6_400;
/// Room between the end of a stretch and its first or last event.
const PAD: Px = 1_200;
/// No more stretches than this in one picture.
const MOST: usize = 6;
/// Quiet shorter than this is never cut out (2 h).
const SHORTEST: i64 = 7_200_000;

/// A stretch of even scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// First and last moment in it, in ms.
    pub(super) from: i64,
    pub(super) to: i64,
    /// Where they stand.
    pub(super) x0: Px,
    pub(super) x1: Px,
}

/// The axis of a picture.
#[derive(Debug)]
pub(super) struct Axis {
    pub(super) stretches: Vec<Stretch>,
    pub(super) left: Px,
    pub(super) right: Px,
}

impl Axis {
    /// An axis from `left` to `right` that shows all `points` (ms, any order, repeats weigh).
    pub(super) fn new(mut points: Vec<i64>, left: Px, right: Px) -> Self {
        points.sort_unstable();
        let groups = groups(&points);
        let count = i64::try_from(groups.len()).unwrap_or(1);
        let total = i64::try_from(points.len()).unwrap_or(1).max(1);
        let free = (right - left - BREAK * (count - 1) - NARROWEST * count).max(0);
        let mut stretches = Vec::new();
        let mut x = left;
        for group in groups {
            let (Some(&from), Some(&to)) = (group.first(), group.last()) else { continue };
            let share = i64::try_from(group.len()).unwrap_or(1);
            let width = NARROWEST + free * share / total;
            let (x0, x1) = (x + PAD, x + width - PAD);
            let middle = (x0 + x1) / 2;
            let (x0, x1) = if from == to { (middle, middle) } else { (x0, x1) };
            stretches.push(Stretch { from, to, x0, x1 });
            x += width + BREAK;
        }
        Self { stretches, left, right }
    }

    /// Where a moment stands; never outside the axis.
    pub(super) fn x(&self, ms: i64) -> Px {
        let mut before: Option<&Stretch> = None;
        for stretch in &self.stretches {
            if ms < stretch.from {
                return before.map_or(self.left, |last| {
                    between(ms, (last.to, stretch.from), (last.x1, stretch.x0))
                });
            }
            if ms <= stretch.to {
                return between(ms, (stretch.from, stretch.to), (stretch.x0, stretch.x1));
            }
            before = Some(stretch);
        }
        if before.is_some() { self.right } else { (self.left + self.right) / 2 }
    }

    /// The bands of the breaks: left, right, and the time cut out in ms.
    pub(super) fn breaks(&self) -> Vec<(Px, Px, i64)> {
        let pairs = self.stretches.iter().zip(self.stretches.iter().skip(1));
        pairs
            .map(|(a, b)| {
                let middle = (a.x1 + b.x0) / 2;
                // Stretches of one moment stand in the middle of their room, so the band is
                // centred between what it parts and never wider than its own room.
                let half = (BREAK / 2).min((b.x0 - a.x1) / 2);
                (middle - half, middle + half, b.from - a.to)
            })
            .collect()
    }
}

/// Where `ms` stands between two moments that stand at two places.
fn between(ms: i64, (from, to): (i64, i64), (x0, x1): (Px, Px)) -> Px {
    let span = i128::from(to) - i128::from(from);
    if span == 0 {
        return x0;
    }
    let at = (i128::from(ms) - i128::from(from)) * i128::from(x1 - x0) / span;
    x0 + Px::try_from(at).unwrap_or(0)
}

/// Sorted points, parted at the longest quiet stretches worth a break.
fn groups(points: &[i64]) -> Vec<&[i64]> {
    let mut groups = if points.is_empty() { Vec::new() } else { vec![points] };
    while groups.len() < MOST {
        let candidates = groups.iter().enumerate().filter_map(|(n, group)| {
            let (at, quiet) = longest(group)?;
            Some((quiet, std::cmp::Reverse(n), at))
        });
        let Some((_, std::cmp::Reverse(n), at)) = candidates.max() else { break };
        let Some(group) = groups.get(n).copied() else { break };
        let (first, second) = group.split_at(at);
        groups.splice(n..=n, [first, second]);
    }
    groups
}

/// Where a group's longest quiet stretch ends and how long it is, when that is worth a break:
/// at least [`SHORTEST`], three tenths of what the group spans, and four times
/// its middle quiet: where events lie evenly, a break would gain nothing.
fn longest(group: &[i64]) -> Option<(usize, i64)> {
    let span = group.last()?.saturating_sub(*group.first()?);
    let gaps = group.iter().zip(group.iter().skip(1)).enumerate();
    let (at, quiet) = gaps
        .map(|(n, (a, b))| (n + 1, b.saturating_sub(*a)))
        .max_by_key(|(n, quiet)| (*quiet, std::cmp::Reverse(*n)))?;
    let mut all: Vec<i64> = group
        .iter()
        .zip(group.iter().skip(1))
        .map(|(a, b)| b.saturating_sub(*a))
        .filter(|gap| *gap > 0)
        .collect();
    all.sort_unstable();
    let middle = all.get(all.len().saturating_sub(1) / 2).copied().unwrap_or(0);
    let stands_out = quiet / 3 >= span / 10 && quiet / 4 >= middle;
    (quiet >= SHORTEST && stands_out).then_some((at, quiet))
}

#[cfg(test)]
mod tests {
    use super::*;

    const H: i64 = 3_600_000;

    #[test]
    fn minutes_keep_their_room_beside_weeks() {
        let points = vec![0, H / 6, H / 2, H, 14 * 24 * H, 14 * 24 * H + H];
        let axis = Axis::new(points, 0, 100_000);
        assert_eq!(axis.stretches.len(), 2);
        assert!(axis.x(H) - axis.x(0) > 40_000);
        assert_eq!(axis.breaks().len(), 1);
        assert_eq!(axis.breaks().first().map(|b| b.2), Some(14 * 24 * H - H));
    }

    #[test]
    fn a_delay_below_two_hours_is_never_cut_out() {
        assert_eq!(Axis::new(vec![0, 60_000, 2 * H - 1], 0, 100_000).stretches.len(), 1);
    }

    #[test]
    fn places_never_run_backwards() {
        let points = vec![0, 5, 7 * H, 30 * H, 31 * H, 900 * H, 900 * H, 901 * H, 5000 * H];
        let axis = Axis::new(points, 10_000, 90_000);
        let mut last = axis.left;
        for at in (-10..5100).map(|n| n * H) {
            assert!(axis.x(at) >= last && axis.x(at) <= axis.right);
            last = axis.x(at);
        }
        assert_eq!(Axis::new(Vec::new(), 0, 10).x(5), 5);
    }
}
