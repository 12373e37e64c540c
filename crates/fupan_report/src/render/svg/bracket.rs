//! Delays below the lanes: a thick line for what is certain, thin ends for what is possible.

use super::lane::{BADGE, PITCH, SIZE};
use super::{Event, Px, Ruler, axis::Axis};
use crate::render::words::Words;
use fupan_model::Bracket;

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
    /// Inner ends: at least this long; `None` where the windows overlap.
    pub(super) inner: Option<(Px, Px)>,
    /// Whether an end lies outside the picture or has no bound.
    pub(super) open: (bool, bool),
    pub(super) lines: Vec<String>,
    pub(super) text_x: Px,
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
    let (first, last) = if to.number < from.number { (to, from) } else { (from, to) };
    find(here, &last.bar.event)?;
    let gone = find(here, &first.bar.event).is_none();
    let left = if gone { axis.left } else { first.bar.min_ms.map_or(axis.left, |ms| axis.x(ms)) };
    let right = last.bar.max_ms.map_or(axis.right, |ms| axis.x(ms));
    let certain = first.bar.max_ms.zip(last.bar.min_ms).filter(|(a, b)| a < b);
    let inner = certain.map(|(a, b)| (if gone { axis.left } else { axis.x(a) }, axis.x(b)));
    let sign = words.sign(bracket.tone).map(|s| format!("{} ", s.sign)).unwrap_or_default();
    let ends = words.figure.from_to.replace("{from}", &from.number.to_string());
    let ends = ends.replace("{to}", &to.number.to_string());
    let text = format!("{sign}{ends}{}", bracket.label.text());
    let (lines, _) = ruler.wrap(&text, SIZE, WORDS, 3);
    let text_w = ruler.widest(&lines, SIZE);
    let text_x = ((left + right - text_w) / 2).min(axis.right - text_w).max(axis.left);
    let height = RISE + 400 + PITCH * Px::try_from(lines.len()).unwrap_or(1);
    let open = (gone || first.bar.min_ms.is_none(), last.bar.max_ms.is_none());
    let outer = (left, right.max(left + BADGE / 4));
    Some(Delay { bracket, outer, inner, open, lines, text_x, y: 0, height })
}
