//! What an import did: every row is counted, no bad row vanishes.

use crate::{Digest, EvidenceId, Moment};
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

/// Figures of one numeric or time column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSummary {
    /// Column, by its header.
    pub name: String,
    /// Smallest value, as text of its type.
    pub min: Option<String>,
    /// Largest value.
    pub max: Option<String>,
    /// Sum of the numbers; `None` for a column of times or words.
    pub sum: Option<String>,
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
}
