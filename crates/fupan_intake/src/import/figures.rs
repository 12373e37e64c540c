//! Figures of the declared columns: least, greatest, sum; and the span of the log.

use super::columns::Columns;
use super::values::Parsed;
use crate::error::cut;
use crate::mapping::ColumnKind;
use crate::table::piece::trimmed;
use fupan_model::{ColumnSummary, Decimal, Moment};

/// Figures of all declared columns (列统计).
#[derive(Clone, Debug)]
pub(super) struct Figures {
    columns: Vec<Column>,
    /// Which of them is the log's own time: the first time column the mapping declares or uses.
    time: Option<usize>,
    declared: usize,
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    kind: ColumnKind,
    times: Option<(Moment, Moment)>,
    numbers: Option<(Decimal, Decimal)>,
    /// The first and last words, in the order of their characters' numbers.
    words: Option<(String, String)>,
    sum: Sum,
}

/// An exact sum: a whole number of units of 10^-`scale`; `None` once it is beyond 128 bits.
#[derive(Clone, Copy, Debug)]
struct Sum {
    value: Option<i128>,
    scale: u32,
}

impl Figures {
    pub(super) fn new(columns: &Columns<'_>) -> Self {
        let list: Vec<Column> = columns
            .rules
            .iter()
            .map(|(_, rule)| Column {
                name: rule.name.clone(),
                kind: rule.kind,
                times: None,
                numbers: None,
                words: None,
                sum: Sum { value: Some(0), scale: 0 },
            })
            .collect();
        let time = list.iter().position(|column| column.kind == ColumnKind::Time);
        Self { columns: list, time, declared: columns.declared }
    }

    /// Adds a row; `text`: the words of a column.
    pub(super) fn add<'t>(&mut self, row: &[Parsed], text: impl Fn(usize) -> &'t str) {
        for (at, cell) in row.iter().enumerate() {
            match cell {
                Parsed::Time(stated) => self.time(at, stated.at),
                Parsed::Number(value) => self.number(at, *value),
                Parsed::Text => self.text(at, text(at)),
                Parsed::Empty => {}
            }
        }
    }

    /// Words of the column `at`; an empty cell says nothing.
    #[inline]
    pub(super) fn text(&mut self, at: usize, text: &str) {
        let text = trimmed(text);
        if let Some(column) = self.columns.get_mut(at).filter(|_| !text.is_empty()) {
            column.words(text, text);
        }
    }

    /// A time of the column `at`.
    #[inline]
    pub(super) fn time(&mut self, at: usize, time: Moment) {
        if let Some(column) = self.columns.get_mut(at) {
            column.time(time, time);
        }
    }

    /// A number of the column `at`.
    #[inline]
    pub(super) fn number(&mut self, at: usize, value: Decimal) {
        if let Some(column) = self.columns.get_mut(at) {
            column.number(value, value);
            column.sum.add(value);
        }
    }

    /// Adds those of the rows that follow.
    pub(super) fn merge(&mut self, after: &Self) {
        for (column, more) in self.columns.iter_mut().zip(&after.columns) {
            if let Some((first, last)) = more.times {
                column.time(first, last);
            }
            if let Some((least, most)) = more.numbers {
                column.number(least, most);
                column.sum.join(more.sum);
            }
            if let Some((first, last)) = &more.words {
                column.words(first, last);
            }
        }
    }

    /// The earliest and latest moment of the log's own time column.
    pub(super) fn span(&self) -> (Option<Moment>, Option<Moment>) {
        let times = self.time.and_then(|at| self.columns.get(at)).and_then(|column| column.times);
        (times.map(|(first, _)| first), times.map(|(_, last)| last))
    }

    pub(super) fn finish(self) -> Vec<ColumnSummary> {
        let declared = self.columns.into_iter().take(self.declared);
        declared
            .map(|column| {
                let times = column.times.map(|(a, b)| (a.to_string(), b.to_string()));
                let numbers = column.numbers.map(|(a, b)| (a.to_string(), b.to_string()));
                let words = column.words.map(|(a, b)| (cut(&a), cut(&b)));
                let (min, max) = times.or(numbers).or(words).unzip();
                let summed = column.kind == ColumnKind::Number && column.numbers.is_some();
                let sum = summed.then(|| column.sum.text()).flatten();
                ColumnSummary { name: column.name, min, max, sum }
            })
            .collect()
    }
}

impl Column {
    fn time(&mut self, earliest: Moment, latest: Moment) {
        let (first, last) = self.times.unwrap_or((earliest, latest));
        // Of equal moments the first one read decides the zone it prints in.
        let first = if earliest < first { earliest } else { first };
        let last = if latest > last { latest } else { last };
        self.times = Some((first, last));
    }

    fn words(&mut self, low: &str, high: &str) {
        match &mut self.words {
            None => self.words = Some((low.to_owned(), high.to_owned())),
            Some((first, last)) => {
                if low < first.as_str() {
                    low.clone_into(first);
                }
                if high > last.as_str() {
                    high.clone_into(last);
                }
            }
        }
    }

    fn number(&mut self, low: Decimal, high: Decimal) {
        let (least, most) = self.numbers.unwrap_or((low, high));
        self.numbers = Some((least.min(low), most.max(high)));
    }
}

impl Sum {
    fn add(&mut self, value: Decimal) {
        let (amount, scale) = value.parts();
        if self.scale == u32::from(scale) {
            self.value = self.value.and_then(|sum| sum.checked_add(i128::from(amount)));
            return;
        }
        self.join(Self { value: Some(i128::from(amount)), scale: u32::from(scale) });
    }

    fn join(&mut self, more: Self) {
        let lift = |value: Option<i128>, by: u32| match by {
            0 => value,
            by => value?.checked_mul(10_i128.checked_pow(by)?),
        };
        let scale = self.scale.max(more.scale);
        let own = lift(self.value, scale - self.scale);
        let more = lift(more.value, scale - more.scale);
        self.value = own.zip(more).and_then(|(own, more)| own.checked_add(more));
        self.scale = scale;
    }

    fn text(self) -> Option<String> {
        let value = self.value?;
        if self.scale == 0 {
            return Some(value.to_string());
        }
        let unit = 10_u128.checked_pow(self.scale)?;
        let width = usize::try_from(self.scale).ok()?;
        let sign = if value < 0 { "-" } else { "" };
        let size = value.unsigned_abs();
        Some(format!("{sign}{}.{:0width$}", size / unit, size % unit))
    }
}
