//! The picture of the dual-track timeline, as positions and cited labels; drawing is the pen's.

use crate::{Inline, Sentence, Tone};

/// The dual-track timeline (双轨时间线).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Seconds east of UTC in which the axis prints.
    pub offset_s: i32,
    /// Lanes, from top to bottom.
    pub lanes: Vec<Lane>,
    /// Delays between events.
    pub brackets: Vec<Bracket>,
}

/// A lane (泳道): one party or group of parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Its title.
    pub title: Inline,
    /// Which track it belongs to, a party kind of the book: lanes of one track share a tint.
    pub track: String,
    /// Its events.
    pub bars: Vec<Bar>,
}

/// An event on a lane (事件条): a bar as long as its uncertainty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Name of the event, for links and brackets.
    pub event: String,
    /// Earliest, in ms since the epoch; `None`: open to the left.
    pub min_ms: Option<i64>,
    /// Latest; `None`: open to the right.
    pub max_ms: Option<i64>,
    /// What happened, cited.
    pub label: Sentence,
    /// `Bad` where a contradiction touches it.
    pub tone: Tone,
}

/// A delay between two events (间隔括注).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// Event it starts at.
    pub from: String,
    /// Event it ends at.
    pub to: String,
    /// e.g. "47 min (46–48) / limit 60 min", cited.
    pub label: Sentence,
    /// `Bad` over the limit, `Good` within, `Doubt` undecided.
    pub tone: Tone,
}
