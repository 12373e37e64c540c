//! What an import did: every row is counted, no bad row vanishes.

use crate::{Decimal, Digest, EvidenceId, Moment};
use serde::{Deserialize, Serialize};

/// A row that could not be read (坏行).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectedRow {
    /// Row of the file, from 1, header included.
    pub row: u64,
    /// Column, by its header.
    pub column: String,
    /// What stood there.
    pub text: String,
    /// What was expected.
    pub expected: String,
}

/// Figures of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSummary {
    /// Column, by its header.
    pub name: String,
    /// Smallest value, as text of its type; of words the first, by the numbers of their characters.
    pub min: Option<String>,
    /// Largest value.
    pub max: Option<String>,
    /// Sum of the numbers; `None` for a column of times or words.
    pub sum: Option<String>,
}

/// A step between two stamps of a log (时标跳步).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockStep {
    /// The row that bears the second stamp.
    pub row: u64,
    /// The stamp before it.
    pub from: Moment,
    /// Its own stamp.
    pub to: Moment,
}

/// What a log says of its own clock (时钟附注): facts about the clock, never corrections of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClockNotes {
    /// Whether the log runs from the latest row to the earliest; the order is judged accordingly.
    pub descending: bool,
    /// Rows whose stamp lies before that of the row before (after it, where descending).
    pub out_of_order: u64,
    /// Rows whose stamp is that of the row before.
    pub repeated: u64,
    /// How often a new day was begun because a time of day started again.
    pub roll_overs: u64,
    /// The first 100 of them.
    pub rolled: Vec<ClockStep>,
    /// How many jumps there are: steps back by more than a minute, and, where the mapping says how
    /// often rows come, steps ahead by more than twice that.
    pub jumps_total: u64,
    /// The first 100 of them.
    pub jumps: Vec<ClockStep>,
}

impl ClockNotes {
    /// Whether there is nothing to say.
    pub fn is_quiet(&self) -> bool {
        *self == Self::default()
    }
}

/// The readings of one column over time (曲线数据), few enough to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The instrument it is of, as the log names it; empty: the log is of one alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Column that was read, by its header.
    pub quantity: String,
    /// Unit of the readings, as the mapping states it.
    pub unit: String,
    /// Buckets in the order of time, at most 400: when each begins, its lowest and highest
    /// reading.
    pub points: Vec<(Moment, Decimal, Decimal)>,
    /// Thresholds, in the same unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thresholds: Vec<Decimal>,
    /// When a threshold was first crossed, and each time again after falling below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crossings: Vec<Moment>,
}

/// Import report (导入报告).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportReport {
    /// The log.
    pub evidence: EvidenceId,
    /// SHA-256 of the mapping's text.
    pub mapping: Digest,
    /// Rows read, without header.
    pub rows: u64,
    /// How many rows were rejected.
    pub rejected_total: u64,
    /// The first 1,000 of them.
    pub rejected: Vec<RejectedRow>,
    /// Rows that repeat an earlier row to the letter.
    pub duplicates: u64,
    /// Earliest time read.
    pub first: Option<Moment>,
    /// Latest time read.
    pub last: Option<Moment>,
    /// Figures per column.
    pub columns: Vec<ColumnSummary>,
    /// Facts made.
    pub facts: u64,
    /// Cells of a workbook that a formula computed: the value saved with it was read.
    #[serde(default, skip_serializing_if = "is_none")]
    pub formulas: u64,
    /// Curves of its columns, where the mapping asks for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<Series>,
    /// What the log says of its own clock.
    #[serde(default, skip_serializing_if = "ClockNotes::is_quiet")]
    pub clock: ClockNotes,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_none(count: &u64) -> bool {
    *count == 0
}
