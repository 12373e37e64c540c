//! The conditions of a rule, with the places of their columns found once.

use super::columns::Columns;
use crate::mapping::{FactRule, Test};
use fupan_model::Decimal;

/// Conditions (条件组): all must hold.
pub(super) struct Conditions<'a>(Vec<(Option<usize>, &'a Test)>);

impl<'a> Conditions<'a> {
    pub(super) fn new(rule: &'a FactRule, columns: &Columns<'_>) -> Self {
        let find = |column: &str| columns.place(column);
        Self(rule.conditions.iter().map(|one| (find(&one.column), &one.test)).collect())
    }

    /// Whether they hold for a row; `text` gives the words of a cell.
    pub(super) fn hold<'r>(&self, text: impl Fn(usize) -> &'r str) -> bool {
        self.0.iter().all(|(place, test)| holds(test, place.map_or("", &text)))
    }
}

fn holds(test: &Test, text: &str) -> bool {
    let number = || Decimal::parse(text).ok();
    match test {
        Test::Is(word) => text == word,
        Test::In(words) => words.iter().any(|word| text == word),
        Test::Contains(part) => text.contains(part.as_str()),
        Test::AtLeast(least) => number().is_some_and(|value| value >= *least),
        Test::AtMost(most) => number().is_some_and(|value| value <= *most),
        Test::Empty(empty) => text.is_empty() == *empty,
    }
}
