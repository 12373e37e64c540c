//! Columns of a mapping: what their cells are, and how their times are put together.

use crate::time::{DateOrder, Epoch, TimeForm};
use fupan_model::RowId;

/// Type of a column (列类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A time.
    Time,
    /// A number.
    Number,
    /// Words.
    Text,
}

/// Where the day of a time of day comes from (日期来源).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DaySource {
    /// Another column of the row.
    Column(String),
    /// A stated day, in days since 1970-01-01; the day of the first row.
    Stated(i64),
}

/// A column whose cells are checked (受检列).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnRule {
    /// Its head.
    pub name: String,
    /// What its cells are.
    pub kind: ColumnKind,
    /// Reading policy of its times; `None`: by the precision of the words.
    pub policy: Option<RowId>,
    /// Order of day and month.
    pub order: DateOrder,
    /// Whether an empty cell rejects the row.
    pub required: bool,
    /// Where years of two digits change the century.
    pub pivot: Option<i64>,
    /// The unit of times that are counts.
    pub epoch: Option<Epoch>,
    /// Where the day of its times of day comes from; `None`: its times name their day.
    pub day: Option<DaySource>,
    /// The column of the time of day, where this one is made of others; `None`: its own cells.
    pub clock: Option<String>,
    /// Whether a time of day that starts again begins the next day.
    pub roll_over: bool,
    /// How often rows come, in ms, where the mapping says so.
    pub every_ms: Option<i64>,
}

impl ColumnRule {
    /// The rule of a column that the mapping uses and does not declare.
    pub(crate) fn undeclared(name: &str, kind: ColumnKind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            policy: None,
            order: DateOrder::Ymd,
            required: false,
            pivot: None,
            epoch: None,
            day: None,
            clock: None,
            roll_over: false,
            every_ms: None,
        }
    }

    /// How its times are written.
    pub(crate) fn form(&self) -> TimeForm {
        TimeForm { order: self.order, pivot: self.pivot, epoch: self.epoch }
    }

    /// Whether a cell says all there is to say of its time.
    pub(crate) fn is_plain(&self) -> bool {
        self.epoch.is_none() && self.day.is_none() && self.clock.is_none()
    }

    /// The columns it names: itself, and those it is made of.
    pub(crate) fn named(&self) -> Vec<String> {
        let mut out = vec![self.name.clone()];
        if let Some(DaySource::Column(name)) = &self.day {
            out.push(name.clone());
        }
        out.extend(self.clock.clone());
        out
    }
}
