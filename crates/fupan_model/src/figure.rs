//! Pictures as positions and cited labels; drawing is the pen's.

use crate::{Decimal, Gap, Inline, Sentence, Tone};

/// What a figure shows (图的内容).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Events of both sides under one axis.
    Timeline(Timeline),
    /// What an instrument read over time.
    Curve(Curve),
}

/// A curve over time (曲线): the readings of one instrument, with its thresholds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// Seconds east of UTC in which the axis prints.
    pub offset_s: i32,
    /// What was read, with its unit, cited.
    pub label: Sentence,
    /// Buckets in the order of time: ms since the epoch, the lowest and the highest reading.
    pub points: Vec<(i64, Decimal, Decimal)>,
    /// Thresholds, each with its cited label.
    pub thresholds: Vec<(Decimal, Sentence)>,
    /// When a threshold was crossed, each with its cited label.
    pub crossings: Vec<(i64, Sentence)>,
}

/// A value between bounds held against its anchors (区间条), drawn small in the cell whose
/// sentences say the same in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gauge {
    /// At least; `None`: no lower bound.
    pub min: Option<Decimal>,
    /// At most; `None`: no upper bound.
    pub max: Option<Decimal>,
    /// The anchors that score 100, 60 and 0, in this order; they rise or fall.
    pub anchors: [Decimal; 3],
    /// Limit of law, in the same unit.
    pub limit: Option<Decimal>,
    /// Mark of the value.
    pub tone: Tone,
}

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
    /// Its bounds, which may be tighter than the windows of its ends.
    pub gap: Gap,
    /// e.g. "47 min (46–48) / limit 60 min", cited.
    pub label: Sentence,
    /// `Bad` over the limit, `Good` within, `Doubt` undecided.
    pub tone: Tone,
}
