//! Curves that a mapping asks for: which column over which time, and the thresholds drawn with it.

use super::{Condition, Template};
use fupan_model::Decimal;

/// A curve of readings (曲线规则).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesRule {
    /// Column of the readings.
    pub value: String,
    /// Column of their times.
    pub time: String,
    /// Unit of the readings.
    pub unit: String,
    /// What tells instruments apart; each has a curve of its own.
    pub key: Option<Template>,
    /// What a row must be; all must hold.
    pub conditions: Vec<Condition>,
    /// Thresholds, in the same unit.
    pub thresholds: Vec<Decimal>,
}

impl SeriesRule {
    /// The columns it names.
    pub(crate) fn named(&self) -> Vec<String> {
        let own = [self.value.clone(), self.time.clone()];
        let conditions = self.conditions.iter().map(|one| one.column.clone());
        let key = self.key.iter().flat_map(Template::columns).map(str::to_owned);
        own.into_iter().chain(conditions).chain(key).collect()
    }
}
