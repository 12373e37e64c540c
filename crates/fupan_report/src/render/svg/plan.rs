//! The plan of one picture: what stands where, before a single line is drawn.

use super::axis::Axis;
use super::bracket::{Delay, delays};
use super::lane::{Item, Scene, shelve};
use super::tick::{Tick, ticks};
use super::time::local;
use super::{Event, Px, Ruler, WIDTH, numbered};
use crate::render::words::Words;
use fupan_model::Timeline;

/// Edge of the picture.
pub(super) const EDGE: Px = 1_000;
/// Width of the column of lane titles.
pub(super) const TITLES: Px = 13_200;
/// Height of the axis' head.
pub(super) const HEAD: Px = 4_200;
/// Size of a lane's title, and the pitch of its lines.
pub(super) const TITLE: Px = 1_250;
pub(super) const TITLE_PITCH: Px = 1_600;
/// Size and pitch of the key.
pub(super) const KEY: Px = 1_050;
pub(super) const KEY_PITCH: Px = 1_500;
/// Room between two tracks.
const BETWEEN: Px = 900;

/// A lane of the plan.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) title: Vec<String>,
    pub(super) track: usize,
    pub(super) y: Px,
    pub(super) height: Px,
    pub(super) items: Vec<Item<'a>>,
}

/// A picture, planned (图样).
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) axis: Axis,
    pub(super) ticks: Vec<Tick>,
    pub(super) rows: Vec<Row<'a>>,
    pub(super) delays: Vec<Delay<'a>>,
    pub(super) delays_y: Px,
    pub(super) key: Vec<String>,
    pub(super) key_y: Px,
    pub(super) height: Px,
}

impl<'a> Plan<'a> {
    /// Lays out `events`, which are some or all of the timeline's.
    pub(super) fn lay(
        timeline: &'a Timeline,
        events: &[Event<'a>],
        words: &Words,
        ruler: &Ruler,
    ) -> Self {
        let points = events.iter().flat_map(|e| [e.bar.min_ms, e.bar.max_ms]).flatten().collect();
        let axis = Axis::new(points, EDGE + TITLES, WIDTH - EDGE);
        let ticks = ticks(&axis, timeline.offset_s, ruler);
        let day = day(&axis, timeline.offset_s);
        let scene = Scene { axis: &axis, offset_s: timeline.offset_s, day: &day, words, ruler };
        let tracks = tracks(timeline);
        let mut rows: Vec<Row<'a>> = Vec::new();
        let mut y = EDGE + HEAD + 400;
        for (n, lane) in timeline.lanes.iter().enumerate() {
            let own: Vec<Event<'a>> = events.iter().filter(|e| e.lane == n).copied().collect();
            if own.is_empty() {
                continue;
            }
            let (items, tall) = shelve(&own, &scene);
            let (title, _) = ruler.wrap(lane.title.text(), TITLE, TITLES - 1_800, 4);
            let lines = Px::try_from(title.len()).unwrap_or(1);
            let height = tall.max(lines * TITLE_PITCH + 1_000);
            let track = tracks.iter().position(|t| *t == lane.track).unwrap_or(0);
            if rows.last().is_some_and(|row| row.track != track) {
                y += BETWEEN;
            }
            rows.push(Row { title, track, y, height, items });
            y += height + 200;
        }
        let all = numbered(timeline);
        let (delays, tall) = delays(&timeline.brackets, events, &all, &axis, words, ruler);
        let delays_y = y;
        let key_y = y + tall + 400;
        let (key, _) = ruler.wrap(&key(words), KEY, WIDTH - 2 * EDGE - 2_600, 3);
        let height = key_y + KEY_PITCH * Px::try_from(key.len()).unwrap_or(1) + EDGE;
        Self { timeline, axis, ticks, rows, delays, delays_y, key, key_y, height }
    }
}

/// The day of a picture that shows one; else the year it begins in, with no day of it.
fn day(axis: &Axis, offset_s: i32) -> String {
    let date = |ms| local(ms, offset_s).0;
    let first = axis.stretches.first().map(|s| date(s.from)).unwrap_or_default();
    let last = axis.stretches.last().map(|s| date(s.to)).unwrap_or_default();
    if first == last { first } else { first.get(..4).unwrap_or_default().to_owned() }
}

/// The tracks of a timeline, each once, in the order they first stand in.
fn tracks(timeline: &Timeline) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for lane in &timeline.lanes {
        if !out.contains(&lane.track.as_str()) {
            out.push(&lane.track);
        }
    }
    out
}

/// The words of the key.
fn key(words: &Words) -> String {
    let figure = &words.figure;
    let all = [
        &figure.point,
        &figure.bar,
        &figure.open,
        &figure.conflict,
        &figure.bracket,
        &figure.broken,
    ];
    format!("{}{}", words.tone.note, all.map(String::as_str).join(&words.tone.stop))
}
