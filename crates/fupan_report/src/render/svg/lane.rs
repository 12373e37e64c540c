//! The events of a lane: where each bar and its words stand, so that none covers another.

use super::axis::Axis;
use super::time::window;
use super::{Event, Px, Ruler};
use crate::render::words::Words;

/// Size of an event's words and the pitch of its lines.
pub(super) const SIZE: Px = 1_150;
pub(super) const PITCH: Px = 1_500;
/// Thickness of a bar.
pub(super) const BAR: Px = 1_000;
/// Width and height of the badge that holds an event's number.
pub(super) const BADGE: Px = 1_900;
/// A bar narrower than this prints as a diamond.
const POINT: Px = 200;
/// Length of an end that is open.
const STUB: Px = 6_000;
/// Bars up to this length have their words beside them.
const BESIDE: Px = 9_000;
/// The widest a label's words get, and the most lines they take.
const WORDS: Px = 17_800;
const LINES: usize = 4;
/// Room between a bar and its words, between neighbours, and between shelves.
const ROOM: Px = 700;

/// An event as it will be drawn (图上事件).
#[derive(Debug)]
pub(super) struct Item<'a> {
    pub(super) event: Event<'a>,
    pub(super) x0: Px,
    pub(super) x1: Px,
    /// Lines of words, and where their badge begins.
    pub(super) lines: Vec<String>,
    pub(super) text_x: Px,
    /// Top of the item and of its words below the lane's top.
    pub(super) y: Px,
    pub(super) text_dy: Px,
    /// Full words, for the `<title>`.
    pub(super) title: String,
    left: Px,
    right: Px,
    height: Px,
}

impl Item<'_> {
    /// Whether the event prints as a diamond.
    pub(super) fn is_point(&self) -> bool {
        let bar = self.event.bar;
        bar.min_ms.is_some() && bar.max_ms.is_some() && self.x1 - self.x0 < POINT
    }
}

/// What all items of a picture share.
pub(super) struct Scene<'s> {
    pub(super) axis: &'s Axis,
    pub(super) offset_s: i32,
    /// The day that labels need not name: that of a picture of one day, else its year's first.
    pub(super) day: &'s str,
    pub(super) words: &'s Words,
    pub(super) ruler: &'s Ruler,
}

/// The items of one lane, shelved, and the height they take.
pub(super) fn shelve<'a>(events: &[Event<'a>], scene: &Scene<'_>) -> (Vec<Item<'a>>, Px) {
    let mut items: Vec<Item<'a>> = events.iter().map(|event| item(*event, scene)).collect();
    let mut shelves: Vec<(Px, Vec<(Px, Px)>)> = Vec::new();
    let mut seats = Vec::new();
    for item in &items {
        let taken = (item.left, item.right);
        let free = |shelf: &(Px, Vec<(Px, Px)>)| {
            shelf.1.iter().all(|(a, b)| taken.0 >= b + ROOM || taken.1 + ROOM <= *a)
        };
        let seat = shelves.iter().position(free).unwrap_or(shelves.len());
        match shelves.get_mut(seat) {
            Some(shelf) => {
                shelf.0 = shelf.0.max(item.height);
                shelf.1.push(taken);
            }
            None => shelves.push((item.height, vec![taken])),
        }
        seats.push(seat);
    }
    let mut tops = Vec::new();
    let mut y = ROOM;
    for (height, _) in &shelves {
        tops.push(y);
        y += height + ROOM;
    }
    for (item, seat) in items.iter_mut().zip(seats) {
        item.y = tops.get(seat).copied().unwrap_or(ROOM);
    }
    (items, y)
}

/// Where one event's bar and words stand, before it is shelved.
fn item<'a>(event: Event<'a>, scene: &Scene<'_>) -> Item<'a> {
    let Scene { axis, offset_s, day, words, ruler } = *scene;
    let bar = event.bar;
    let (x0, x1) = match (bar.min_ms, bar.max_ms) {
        (Some(min), Some(max)) => (axis.x(min), axis.x(max)),
        (Some(min), None) => (axis.x(min), (axis.x(min) + STUB).min(axis.right)),
        (None, Some(max)) => ((axis.x(max) - STUB).max(axis.left), axis.x(max)),
        (None, None) => (axis.left + ROOM, axis.left + ROOM + STUB),
    };
    let when = window(bar.min_ms, bar.max_ms, offset_s, day, words);
    let sign = words.sign(bar.tone).map(|sign| format!("{} ", sign.sign)).unwrap_or_default();
    let title = format!("{sign}{when} {}", bar.label.text());
    let (lines, _) = ruler.wrap(&title, SIZE, WORDS, LINES);
    let text_w = BADGE + 400 + ruler.widest(&lines, SIZE);
    let text_h = PITCH * Px::try_from(lines.len()).unwrap_or(1);
    let short = x1 - x0 <= BESIDE;
    let (text_x, text_dy) = if short && x1 + ROOM + text_w <= axis.right {
        (x1 + ROOM, 0)
    } else if short && x0 - ROOM - text_w >= axis.left {
        (x0 - ROOM - text_w, 0)
    } else {
        (x0.min(axis.right - text_w).max(axis.left), BAR + 500)
    };
    let (left, right) = (x0.min(text_x) - 400, x1.max(text_x + text_w) + 400);
    let height = (text_dy + text_h).max(BAR + 400);
    Item { event, x0, x1, lines, text_x, y: 0, text_dy, title, left, right, height }
}
