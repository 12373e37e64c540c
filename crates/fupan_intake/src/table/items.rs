//! Cells that hold many values: their items, the day of a time of day among them, and what is wrong
//! with one. A day is stated by a column; that midnight lies between two values is told by the half
//! of a day between them, in columns the mapping names, never by a guess.

use super::stage::{HALF_DAY_MS, day_of};
use super::{Cell, Row};
use crate::mapping::{FactRule, Mapping, Split, Test};
use crate::time::{DAY_MS, TimeError, TimeForm, read_clock, read_formed, written_day};

/// Items of a cell at work (多值单元格取数).
pub(crate) struct Items {
    split: Split,
    column: usize,
    date: Option<usize>,
    since: Vec<usize>,
    date_form: TimeForm,
    form: TimeForm,
    /// Whether the values are times, or must have keys.
    checked: bool,
    /// What the row must be for the rule to speak of it.
    conditions: Vec<(usize, Test)>,
}

/// Words of a time with its day, and the midnight that was passed: local ms before and after it.
pub(crate) type Dated = (String, Option<(i64, i64)>);

impl Items {
    /// Those of a rule; `at` finds a column. `None`: the rule splits nothing, or its column is not
    /// there, which the import names.
    pub(crate) fn find(
        rule: &FactRule,
        mapping: &Mapping,
        at: impl Fn(&str) -> Option<usize>,
    ) -> Option<Self> {
        let split = rule.split.as_ref()?;
        let timed =
            [&rule.time, &rule.time_end].into_iter().flatten().any(|name| *name == split.value);
        let date_form = split.date.as_deref().map(|name| mapping.time_rule(name).form());
        let conditions = rule.conditions.iter();
        Some(Self {
            column: at(&split.column)?,
            date: split.date.as_deref().and_then(&at),
            since: split.since.iter().filter_map(|name| at(name)).collect(),
            date_form: date_form.unwrap_or_default(),
            form: mapping.time_rule(&split.value).form(),
            checked: timed || split.pair.is_some(),
            conditions: conditions
                .filter_map(|one| Some((at(&one.column)?, one.test.clone())))
                .collect(),
            split: split.clone(),
        })
    }

    /// The name of its column.
    pub(crate) fn column(&self) -> &str {
        &self.split.column
    }

    /// Whether the rule speaks of the row.
    fn speaks(&self, row: &Row) -> bool {
        self.conditions.iter().all(|(at, test)| test.holds(text_of(row, *at)))
    }

    /// What is wrong with an item of the row's cell; and the midnights passed in it.
    pub(crate) fn check(&self, row: &Row) -> Result<Vec<(i64, i64)>, (String, &'static str)> {
        let mut midnights = Vec::new();
        if !self.checked || !self.speaks(row) {
            return Ok(midnights);
        }
        for item in self.split.cut(text_of(row, self.column)) {
            let wrong = |expected| Err((item.text.to_owned(), expected));
            let Some((key, value)) = item.parts else { return wrong("pair") };
            if value.is_empty() {
                return wrong("value");
            }
            let Some((text, midnight)) = self.dated(row, key, value) else { return wrong("time") };
            let read = read_formed(&text, Some(0), &self.form);
            if !matches!(read, Ok(_) | Err(TimeError::NoOrder | TimeError::NoPivot)) {
                return wrong("time");
            }
            midnights.extend(midnight);
        }
        Ok(midnights)
    }

    /// The words of a value with its day; those of a value that names its day itself as they are.
    pub(crate) fn dated(&self, row: &Row, key: &str, value: &str) -> Option<Dated> {
        if self.split.date.is_none() {
            return Some((value.to_owned(), None));
        }
        let cell: &Cell = row.cells.get(self.date?)?;
        let (mut days, mut before) = day_of(cell, &self.date_form)?;
        for column in &self.since {
            let mut items = self.split.cut(text_of(row, *column)).filter_map(|item| item.parts);
            let earlier = items.find(|(other, _)| *other == key);
            if let Some(clock) = earlier.and_then(|(_, value)| read_clock(value)) {
                days += i64::from(turned(clock.ms, before));
                before = Some(clock.ms);
            }
        }
        let clock = read_clock(value)?;
        let midnight = before.filter(|_| turned(clock.ms, before)).map(|ms| {
            let next = (days + 1) * DAY_MS + clock.ms;
            (days * DAY_MS + ms, next)
        });
        days += i64::from(midnight.is_some());
        Some((format!("{} {value}", written_day(days)), midnight))
    }
}

/// Whether midnight lies between an earlier time of day and a later one.
fn turned(ms: i64, before: Option<i64>) -> bool {
    before.is_some_and(|before| ms + HALF_DAY_MS < before)
}

fn text_of(row: &Row, at: usize) -> &str {
    row.cells.get(at).map_or("", |cell| cell.text.trim())
}
