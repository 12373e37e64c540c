//! Clocks: the time sources of logs and people.

use crate::{Cites, ClockId, Moment};
use serde::{Deserialize, Serialize};

/// What is known of a clock's offset (local reading minus true time), in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "standing", deny_unknown_fields)]
pub enum ClockStanding {
    /// Assumed right (civil time): shown as a doubt, for nobody checked it.
    Civil,
    /// Checked against a reference: the offset lies within the bounds.
    Checked {
        /// Local minus true, at least.
        lo_ms: i64,
        /// Local minus true, at most.
        hi_ms: i64,
    },
    /// Nothing is known: only differences of its own readings count.
    Unknown,
}

/// Clock (时钟): the time source of a log or a witness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Its id in the case.
    pub id: ClockId,
    /// What it is, e.g. the DCS server of the plant.
    #[serde(default)]
    pub name: String,
    /// What is known of it.
    #[serde(flatten)]
    pub standing: ClockStanding,
    /// When it was checked; `None`: what the check found is taken to hold throughout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Moment>,
    /// How fast it may run wrong, parts in 10^9; `None`: its offset is taken to stay the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_ppb: Option<i64>,
    /// Where the check of the clock is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cites: Option<Cites>,
}

/// Two clocks compared with each other (两钟比对): reading of `a` minus reading of `b`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRelation {
    /// Its id: one retractable record.
    pub id: String,
    /// First clock.
    pub a: ClockId,
    /// Second clock.
    pub b: ClockId,
    /// Offset of `a` minus offset of `b`, at least, in milliseconds.
    pub lo_ms: i64,
    /// Offset of `a` minus offset of `b`, at most, in milliseconds.
    pub hi_ms: i64,
    /// Where the comparison is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cites: Option<Cites>,
}
