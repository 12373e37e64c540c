//! The accident, as the case's head states it.

use crate::Decimal;
use serde::{Deserialize, Serialize};

/// Accident (事故): the figures an assessment starts from. `None` is "not found", never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accident {
    /// Date of the accident, `YYYY-MM-DD`.
    pub date: String,
    /// Where.
    pub place: String,
    /// Offset of civil time there, `+08:00`.
    pub timezone: String,
    /// Type of accident, in words.
    pub kind: String,
    /// Deaths.
    pub deaths: Option<u64>,
    /// Missing persons; they count as casualties in the report (D493 art. 12(4)).
    pub missing: Option<u64>,
    /// All injured, of whatever degree: never used for the grade.
    pub injuries: Option<u64>,
    /// Seriously injured, acute industrial poisoning included (D493 art. 3).
    pub serious_injuries: Option<u64>,
    /// Trapped at first.
    pub trapped: Option<u64>,
    /// Direct loss, in CNY.
    pub direct_loss_cny: Option<Decimal>,
    /// Grade as published.
    pub grade: Option<String>,
    /// Province, for stricter local limits.
    pub province: Option<String>,
    /// A note.
    pub note: Option<String>,
}
