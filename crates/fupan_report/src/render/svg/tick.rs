//! Ticks of the axis, at round local times, no two labels over each other.

use super::axis::{Axis, Stretch};
use super::time::{local, short};
use super::{Px, Ruler};

/// Size of the axis' words.
pub(super) const SIZE: Px = 1_050;
/// Room between two labels.
const ROOM: Px = 800;
/// One day in ms.
const DAY: i64 = 86_400_000;
/// Steps that people read easily, in ms.
const STEPS: [i64; 25] = [
    1_000,
    5_000,
    10_000,
    30_000,
    60_000,
    2 * 60_000,
    5 * 60_000,
    10 * 60_000,
    15 * 60_000,
    30 * 60_000,
    3_600_000,
    2 * 3_600_000,
    3 * 3_600_000,
    6 * 3_600_000,
    12 * 3_600_000,
    DAY,
    2 * DAY,
    5 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    60 * DAY,
    180 * DAY,
    365 * DAY,
    3650 * DAY,
];

/// A tick (刻度).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tick {
    /// Where it stands.
    pub(super) x: Px,
    /// Lower label: time of day, or month and day.
    pub(super) label: String,
    /// Upper label where the day begins to differ.
    pub(super) date: Option<String>,
}

/// The ticks of an axis that prints `offset_s` east of UTC.
pub(super) fn ticks(axis: &Axis, offset_s: i32, ruler: &Ruler) -> Vec<Tick> {
    let mut out: Vec<Tick> = Vec::new();
    let mut year = String::new();
    let (mut label_end, mut date_end) = (Px::MIN, Px::MIN);
    for stretch in &axis.stretches {
        let (step, moments) = moments(stretch, offset_s, ruler);
        let mut day = String::new();
        for ms in moments {
            let (date, time) = local(ms, offset_s);
            let x = axis.x(ms);
            let by_day = step >= DAY;
            let now = date.get(..4).unwrap_or_default().to_owned();
            let label = if by_day { short(&date, &now) } else { time };
            let half = ruler.text(&label, SIZE) / 2;
            if x - half < label_end {
                continue;
            }
            label_end = x + half + ROOM;
            let news = if by_day { now != year } else { date != day };
            let text = match (by_day, now == year) {
                (true, _) => now.clone(),
                (false, true) => short(&date, &now),
                (false, false) => date.clone(),
            };
            let half = ruler.text(&text, SIZE) / 2;
            let fits = news && x - half >= date_end;
            if fits {
                date_end = x + half + ROOM;
                (day, year) = (date, now);
            }
            out.push(Tick { x, label, date: fits.then_some(text) });
        }
    }
    out
}

/// The step and the moments of a stretch's ticks: round ones, or its own ends where none is.
fn moments(stretch: &Stretch, offset_s: i32, ruler: &Ruler) -> (i64, Vec<i64>) {
    let span = stretch.to - stretch.from;
    let width = stretch.x1 - stretch.x0;
    if span == 0 {
        return (0, vec![stretch.from]);
    }
    let offset = i64::from(offset_s) * 1000;
    for step in STEPS {
        let sample = if step < 60_000 { "00:00:00" } else { "00:00" };
        let need = ruler.text(sample, SIZE) + 2 * ROOM;
        if i128::from(width) * i128::from(step) < i128::from(need) * i128::from(span) {
            continue;
        }
        let first = (stretch.from + offset + step - 1).div_euclid(step) * step - offset;
        let round: Vec<i64> = (0..200)
            .map(|n| first.saturating_add(n * step))
            .take_while(|ms| *ms <= stretch.to)
            .collect();
        if !round.is_empty() {
            return (step, round);
        }
        break;
    }
    (0, vec![stretch.from, stretch.to])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_in_local_time_and_do_not_touch() {
        let at = 1_610_255_580_000; // 2021-01-10T13:13:00+08:00
        let axis = Axis::new(vec![at, at + 3_000_000, at + 40 * 3_600_000], 0, 90_000);
        let ticks = ticks(&axis, 28_800, &Ruler::new());
        assert!(ticks.len() > 5, "{ticks:?}");
        assert_eq!(ticks.first().and_then(|t| t.date.as_deref()), Some("2021-01-10"));
        assert!(ticks.iter().any(|t| t.label == "13:30"), "{ticks:?}");
        for (a, b) in ticks.iter().zip(ticks.iter().skip(1)) {
            assert!(b.x - a.x > 3_000, "{a:?} {b:?}");
        }
    }
}
