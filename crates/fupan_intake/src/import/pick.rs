//! Which rows make facts: first, last or each of those that fit, or a threshold crossed and kept.

use super::ImportInput;
use super::columns::Columns;
use super::facts::make;
use super::values::Parsed;
use crate::mapping::{ColumnKind, Condition, Crossing, FactRule, Pick, Test};
use crate::table::Row;
use fupan_model::{Decimal, Fact, Moment};

/// A rule at work (取数).
pub(super) struct Picker<'a> {
    rule: &'a FactRule,
    input: &'a ImportInput<'a>,
    columns: &'a Columns<'a>,
    sheet: Option<String>,
    facts: Vec<Fact>,
    /// The best row so far, for first and last.
    best: Option<Candidate>,
    stay: Stay,
}

/// A row that may make a fact, with its time.
#[derive(Clone)]
struct Candidate {
    row: Row,
    parsed: Vec<Parsed>,
    at: Option<Moment>,
}

/// Where the value stands with regard to the threshold.
enum Stay {
    /// On the near side.
    Out,
    /// Beyond since this row, not yet for long enough.
    Waiting(Box<Candidate>),
    /// Beyond for long enough: the fact is made.
    Told,
}

impl<'a> Picker<'a> {
    pub(super) fn new(
        rule: &'a FactRule,
        input: &'a ImportInput<'a>,
        columns: &'a Columns<'a>,
        sheet: Option<&str>,
    ) -> Self {
        let sheet = sheet.map(str::to_owned);
        Self { rule, input, columns, sheet, facts: Vec::new(), best: None, stay: Stay::Out }
    }

    /// Offers a row.
    pub(super) fn offer(&mut self, row: &Row, parsed: &[Parsed]) {
        let fits = self.rule.conditions.iter().all(|condition| self.holds(condition, row));
        if !fits {
            return;
        }
        let at = self.time_of(parsed);
        match &self.rule.crossing {
            None => self.found(row, parsed, at),
            Some(crossing) => self.cross(crossing, row, parsed, at),
        }
    }

    /// The facts of this rule.
    pub(super) fn finish(mut self) -> Vec<Fact> {
        if let Some(best) = self.best.take() {
            self.make(&best.row, &best.parsed);
        }
        self.facts
    }

    fn time_of(&self, parsed: &[Parsed]) -> Option<Moment> {
        let column = self.rule.time.as_deref()?;
        self.columns.parsed(parsed, column, ColumnKind::Time)?.at()
    }

    /// A row that fits. Rows without a readable time cannot be first or last of a dated rule; of
    /// equal times, and of undated rows, the earlier row is first and is last.
    fn found(&mut self, row: &Row, parsed: &[Parsed], at: Option<Moment>) {
        if self.rule.pick == Pick::Each {
            self.make(row, parsed);
            return;
        }
        if self.rule.time.is_some() && at.is_none() {
            return;
        }
        let better = match &self.best {
            None => true,
            Some(best) if self.rule.time.is_none() => {
                self.rule.pick == Pick::Last && row.number > best.row.number
            }
            Some(best) if self.rule.pick == Pick::First => at < best.at,
            Some(best) => at > best.at,
        };
        if better {
            self.best = Some(Candidate { row: row.clone(), parsed: parsed.to_vec(), at });
        }
    }

    /// Follows the value. Rows count in the order of the log; one without value or time says
    /// nothing and changes nothing.
    fn cross(&mut self, crossing: &Crossing, row: &Row, parsed: &[Parsed], at: Option<Moment>) {
        let value = self.columns.parsed(parsed, &crossing.column, ColumnKind::Number);
        let (Some(Parsed::Number(value)), Some(at)) = (value, at) else { return };
        let beyond =
            if crossing.above { *value > crossing.threshold } else { *value < crossing.threshold };
        if !beyond {
            self.stay = Stay::Out;
            return;
        }
        let start = match std::mem::replace(&mut self.stay, Stay::Told) {
            Stay::Told => return,
            Stay::Waiting(start) => start,
            Stay::Out => {
                let parsed = parsed.to_vec();
                Box::new(Candidate { row: row.clone(), parsed, at: Some(at) })
            }
        };
        let held = start.at.map_or(0, |since| at.ms.saturating_sub(since.ms));
        if held >= crossing.hold_ms {
            self.found(&start.row, &start.parsed, start.at);
        } else {
            self.stay = Stay::Waiting(start);
        }
    }

    fn make(&mut self, row: &Row, parsed: &[Parsed]) {
        let fact = make(self.rule, self.input, self.columns, self.sheet.as_deref(), row, parsed);
        self.facts.extend(fact);
    }

    fn holds(&self, condition: &Condition, row: &Row) -> bool {
        let text = self.columns.text(row, &condition.column);
        let number = || Decimal::parse(text).ok();
        match &condition.test {
            Test::Is(word) => text == word,
            Test::In(words) => words.iter().any(|word| text == word),
            Test::Contains(part) => text.contains(part.as_str()),
            Test::AtLeast(least) => number().is_some_and(|value| value >= *least),
            Test::AtMost(most) => number().is_some_and(|value| value <= *most),
            Test::Empty(empty) => text.is_empty() == *empty,
        }
    }
}
