//! The dual-track timeline as SVG: lanes under one axis, delays as brackets below.
//!
//! Every coordinate is a whole number of hundredths of a pixel, computed from integers and from
//! the advance widths of the committed font; the same timeline gives the same text.

mod axis;
mod bracket;
mod curve;
mod draw;
mod lane;
mod plan;
mod ruler;
mod tick;
mod time;

use super::words::Words;
use fupan_model::{Bar, Picture, Timeline};
use plan::Plan;
use ruler::Ruler;
use std::cmp::Reverse;

/// A length or place in hundredths of a pixel.
type Px = i64;

/// Width of a picture: A4 landscape between its margins, at 4.2 pixels a millimetre.
const WIDTH: Px = 108_000;
/// Taller than this, and a picture is split in time, so that each part fits a page.
const TALLEST: Px = 64_000;
/// A part of a split picture holds at least this many events.
const FEWEST: usize = 6;

/// An event, numbered in the order of time over all lanes and parts.
#[derive(Clone, Copy, Debug)]
struct Event<'a> {
    number: usize,
    lane: usize,
    bar: &'a Bar,
}

impl Event<'_> {
    /// Where the event stands among the others: its middle, else its one bound.
    fn key(&self) -> Option<i64> {
        match (self.bar.min_ms, self.bar.max_ms) {
            (Some(a), Some(b)) => Some(a + (b - a) / 2),
            (a, b) => a.or(b),
        }
    }
}

/// The figure as SVG pictures (双轨时间线图), in the order of time; one when it fits a page of A4
/// landscape, else several that each do. Every event's full text stands in its `<title>`.
/// `lang` chooses the words of the key.
pub fn svg(timeline: &Timeline, lang: &str) -> Vec<String> {
    parts(timeline, &Words::of(lang), "f")
}

/// The pictures of a figure, with `prefix` before every id so that several figures can stand in
/// one page.
pub(super) fn pictures(picture: &Picture, words: &Words, prefix: &str) -> Vec<String> {
    match picture {
        Picture::Timeline(timeline) => parts(timeline, words, prefix),
        Picture::Curve(curve) => vec![curve::draw(curve, words)],
    }
}

fn parts(timeline: &Timeline, words: &Words, prefix: &str) -> Vec<String> {
    let ruler = Ruler::new();
    let events = numbered(timeline);
    let mut parts = Vec::new();
    split(timeline, &events, words, &ruler, &mut parts);
    let of = parts.len();
    let draw = |(n, plan): (usize, &Plan<'_>)| {
        draw::draw(plan, words, &ruler, &format!("{prefix}{}", n + 1), (n + 1, of))
    };
    parts.iter().enumerate().map(draw).collect()
}

/// All events in the order of time; undated ones last.
fn numbered(timeline: &Timeline) -> Vec<Event<'_>> {
    let lanes = timeline.lanes.iter().enumerate();
    let mut events: Vec<Event<'_>> = lanes
        .flat_map(|(lane, row)| row.bars.iter().map(move |bar| Event { number: 0, lane, bar }))
        .collect();
    events.sort_by_key(|event| (event.key().is_none(), event.key(), event.lane));
    for (n, event) in events.iter_mut().enumerate() {
        event.number = n + 1;
    }
    events
}

/// One plan if it is low enough; else that of as many first events as fit a page, cut where
/// the fewest delays are parted and, among such places in their second half, the longest quiet
/// stretch lies; and the plans of the rest.
fn split<'a>(
    timeline: &'a Timeline,
    events: &[Event<'a>],
    words: &Words,
    ruler: &Ruler,
    out: &mut Vec<Plan<'a>>,
) {
    let lay = |some: &[Event<'a>]| Plan::lay(timeline, some, words, ruler);
    let plan = lay(events);
    if plan.height <= TALLEST || events.len() < 2 * FEWEST {
        out.push(plan);
        return;
    }
    let (mut fits, mut over) = (FEWEST, events.len());
    while over - fits > 1 {
        let middle = (fits + over) / 2;
        let low = events.get(..middle).is_some_and(|some| lay(some).height <= TALLEST);
        if low { fits = middle } else { over = middle }
    }
    let to = fits.min(events.len() - FEWEST);
    let from = (fits / 2).clamp(FEWEST, to);
    let quiet = |at: usize| {
        let before = at.checked_sub(1).and_then(|i| events.get(i)).and_then(Event::key);
        let after = events.get(at).and_then(Event::key);
        before.zip(after).map_or(i64::MAX, |(a, b)| b.saturating_sub(a))
    };
    let cut = |at: usize| {
        let (first, rest) = events.split_at(at);
        let has = |some: &[Event<'a>], name: &str| some.iter().any(|e| e.bar.event == name);
        let parts = |(a, b): (&str, &str)| has(first, a) && has(rest, b);
        let ends = timeline.brackets.iter().map(|b| (b.from.as_str(), b.to.as_str()));
        ends.filter(|(a, b)| parts((a, b)) || parts((b, a))).count()
    };
    let worth = |at: &usize| (Reverse(cut(*at)), quiet(*at), *at);
    let best = (from..=to).max_by_key(worth).unwrap_or(to);
    let (first, rest) = events.split_at(best);
    out.push(lay(first));
    split(timeline, rest, words, ruler, out);
}

#[cfg(test)]
mod tests;
