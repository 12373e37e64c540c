//! Delays below the lanes: a thick line for what is certain, thin ends for what is possible.

use super::lane::{BADGE, PITCH, SIZE};
use super::{Event, Px, Ruler, axis::Axis};
use crate::render::words::Words;
use fupan_model::{Bar, Bracket, Gap};

/// Height of the drawn bracket above its words.
pub(super) const RISE: Px = 1_200;
/// Room between two brackets.
const ROOM: Px = 700;
/// The widest the words get.
const WORDS: Px = 42_000;

/// A delay as it will be drawn (图上间隔).
#[derive(Debug)]
pub(super) struct Delay<'a> {
    pub(super) bracket: &'a Bracket,
    /// Outer ends: at most this long.
    pub(super) outer: (Px, Px),
    /// Inner ends: at least this long; `None` where nothing is certain.
    pub(super) inner: Option<(Px, Px)>,
    /// Whether an end lies outside the picture or has no bound.
    pub(super) open: (bool, bool),
    pub(super) lines: Vec<String>,
    pub(super) text_x: Px,
    /// Where the words end, if they lean on the right edge.
    pub(super) ends_at: Option<Px>,
    pub(super) y: Px,
    height: Px,
}

/// The delays whose later event stands in this picture. A bracket that names an event which no
/// lane holds has no place and is not drawn; tables of the report hold every delay.
pub(super) fn delays<'a>(
    brackets: &'a [Bracket],
    here: &[Event<'a>],
    all: &[Event<'a>],
    axis: &Axis,
    words: &Words,
    ruler: &Ruler,
) -> (Vec<Delay<'a>>, Px) {
    let mut out: Vec<Delay<'a>> = Vec::new();
    let mut shelves: Vec<(Px, Vec<(Px, Px)>)> = Vec::new();
    let mut seats = Vec::new();
    for bracket in brackets {
        let Some(delay) = delay(bracket, here, all, axis, words, ruler) else { continue };
        let text_w = ruler.widest(&delay.lines, SIZE);
        let taken = (delay.outer.0.min(delay.text_x), delay.outer.1.max(delay.text_x + text_w));
        let free = |shelf: &(Px, Vec<(Px, Px)>)| {
            shelf.1.iter().all(|(a, b)| taken.0 >= b + 2 * ROOM || taken.1 + 2 * ROOM <= *a)
        };
        let seat = shelves.iter().position(free).unwrap_or(shelves.len());
        match shelves.get_mut(seat) {
            Some(shelf) => {
                shelf.0 = shelf.0.max(delay.height);
                shelf.1.push(taken);
            }
            None => shelves.push((delay.height, vec![taken])),
        }
        seats.push(seat);
        out.push(delay);
    }
    let mut tops = Vec::new();
    let mut y = ROOM;
    for (height, _) in &shelves {
        tops.push(y);
        y += height + ROOM;
    }
    for (delay, seat) in out.iter_mut().zip(seats) {
        delay.y = tops.get(seat).copied().unwrap_or(ROOM);
    }
    (out, if shelves.is_empty() { 0 } else { y })
}

/// Where a delay's lines stand: outer ends, inner ends, and which outer ends are open.
struct Lines {
    outer: (Px, Px),
    inner: Option<(Px, Px)>,
    open: (bool, bool),
}

/// The lines begin at the earliest time of the earlier event and are as long as the bounds of the
/// delay, which may be tighter than the windows of its ends. Where a bound is missing, or the
/// delay may run either way, the windows stand in for it.
fn lines(first: &Bar, last: &Bar, gap: Gap, gone: bool, axis: &Axis) -> Lines {
    let from = if gone { Some(i64::MIN) } else { first.min_ms };
    let x = |ms: i64| axis.x(ms).clamp(axis.left, axis.right);
    let left = from.map_or(axis.left, x);
    let start = first.min_ms.filter(|_| gap.min_ms.is_none_or(|min| min >= 0));
    let after = |length: Option<i64>| Some(start?.saturating_add(length?));
    let sure = first.max_ms.zip(last.min_ms).filter(|(a, b)| a < b);
    let inner = match (after(gap.min_ms), sure) {
        (Some(end), _) => Some((left, x(end))),
        (None, Some((a, b))) => Some((if gone { left } else { x(a) }, x(b))),
        (None, None) => None,
    };
    let end = after(gap.max_ms).or(last.max_ms);
    let right = end.map_or(axis.right, x);
    let open = (gone || first.min_ms.is_none(), end.is_none());
    Lines { outer: (left, right.max(left + BADGE / 4)), inner: inner.filter(|(a, b)| a < b), open }
}

/// One delay; `None` when it belongs to another part of the picture.
fn delay<'a>(
    bracket: &'a Bracket,
    here: &[Event<'a>],
    all: &[Event<'a>],
    axis: &Axis,
    words: &Words,
    ruler: &Ruler,
) -> Option<Delay<'a>> {
    let find = |list: &[Event<'a>], name: &str| list.iter().find(|e| e.bar.event == name).copied();
    let (from, to) = (find(all, &bracket.from)?, find(all, &bracket.to)?);
    let turned = to.number < from.number;
    let (first, last) = if turned { (to, from) } else { (from, to) };
    find(here, &last.bar.event)?;
    let gone = find(here, &first.bar.event).is_none();
    let minus = |ms: Option<i64>| ms.map(i64::saturating_neg);
    let Gap { min_ms, max_ms } = bracket.gap;
    let gap =
        if turned { Gap { min_ms: minus(max_ms), max_ms: minus(min_ms) } } else { bracket.gap };
    let Lines { outer, inner, open } = lines(first.bar, last.bar, gap, gone, axis);
    let sign = words.sign(bracket.tone).map(|s| format!("{} ", s.sign)).unwrap_or_default();
    let ends = words.figure.from_to.replace("{from}", &from.number.to_string());
    let ends = ends.replace("{to}", &to.number.to_string());
    let text = format!("{sign}{ends}{}", bracket.label.text());
    let (lines, _) = ruler.wrap(&text, SIZE, WORDS, 3);
    let text_w = ruler.widest(&lines, SIZE);
    let middle = (outer.0 + outer.1 - text_w) / 2;
    let text_x = middle.min(axis.right - text_w).max(axis.left);
    // Words that lean on the right edge grow to the left where a reader's font is wider.
    let ends_at = (text_x < middle).then_some(axis.right);
    let height = RISE + 400 + PITCH * Px::try_from(lines.len()).unwrap_or(1);
    Some(Delay { bracket, outer, inner, open, lines, text_x, ends_at, y: 0, height })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fupan_model::{Cite, Cites, Locator, Sentence, Tone};

    const MIN: i64 = 60_000;

    fn bar(min: Option<i64>, max: Option<i64>) -> Bar {
        let cite = Cite { evidence: "E1".into(), digest: "00".into(), locator: Locator::Row(1) };
        let label = Sentence::new("x", Cites::one(cite));
        let (min_ms, max_ms) = (min.map(|n| n * MIN), max.map(|n| n * MIN));
        Bar { event: "e".into(), min_ms, max_ms, label, tone: Tone::Plain }
    }

    fn gap(min: Option<i64>, max: Option<i64>) -> Gap {
        Gap { min_ms: min.map(|n| n * MIN), max_ms: max.map(|n| n * MIN) }
    }

    #[test]
    fn lines_are_as_long_as_the_bounds_where_these_are_tighter_than_the_windows() {
        let axis = Axis::new(vec![0, 10 * MIN, 50 * MIN, 70 * MIN], 0, 100_000);
        let (first, last) = (bar(Some(0), Some(10)), bar(Some(50), Some(70)));
        let found = lines(&first, &last, gap(Some(46), Some(48)), false, &axis);
        assert_eq!(found.outer, (axis.x(0), axis.x(48 * MIN)));
        assert_eq!(found.inner, Some((axis.x(0), axis.x(46 * MIN))));
        assert_eq!(found.open, (false, false));
        let open = lines(&first, &bar(Some(50), None), gap(Some(46), None), false, &axis);
        assert_eq!((open.outer.1, open.open), (axis.right, (false, true)));
        let either = lines(&first, &last, gap(Some(-5), Some(48)), false, &axis);
        assert_eq!(either.inner, Some((axis.x(10 * MIN), axis.x(50 * MIN))));
    }
}
