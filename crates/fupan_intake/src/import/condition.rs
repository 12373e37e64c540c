//! The conditions of a rule, with the places of their columns found once.

use super::columns::Columns;
use crate::mapping::{FactRule, Test};

/// Conditions (条件组): all must hold.
pub(super) struct Conditions<'a>(Vec<(Option<usize>, &'a Test)>);

impl<'a> Conditions<'a> {
    pub(super) fn new(rule: &'a FactRule, columns: &Columns<'_>) -> Self {
        let find = |column: &str| columns.place(column);
        Self(rule.conditions.iter().map(|one| (find(&one.column), &one.test)).collect())
    }

    /// Whether they hold for a row; `text` gives the words of a cell.
    pub(super) fn hold<'r>(&self, text: impl Fn(usize) -> &'r str) -> bool {
        self.0.iter().all(|(place, test)| test.holds(place.map_or("", &text)))
    }

    /// Whether those on one column hold for its words.
    pub(super) fn hold_on(&self, column: usize, text: &str) -> bool {
        let own = self.0.iter().filter(|(place, _)| *place == Some(column));
        own.into_iter().all(|(_, test)| test.holds(text))
    }

    /// Whether all are on columns that are `such`.
    pub(super) fn are_on(&self, such: impl Fn(usize) -> bool) -> bool {
        self.0.iter().all(|(place, _)| place.is_some_and(&such))
    }
}
