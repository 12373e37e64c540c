//! Figures of the declared columns: least, greatest, sum; and the span of the log.

use super::columns::Columns;
use super::values::Parsed;
use crate::mapping::ColumnKind;
use fupan_model::{ColumnSummary, Decimal, Moment};

/// Figures of all declared columns (列统计).
#[derive(Debug)]
pub(super) struct Figures {
    columns: Vec<Column>,
    /// Which of them is the log's own time: the first time column the mapping declares or uses.
    time: Option<usize>,
    declared: usize,
}

#[derive(Debug)]
struct Column {
    name: String,
    kind: ColumnKind,
    times: Option<(Moment, Moment)>,
    numbers: Option<(Decimal, Decimal)>,
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
                sum: Sum { value: Some(0), scale: 0 },
            })
            .collect();
        let time = list.iter().position(|column| column.kind == ColumnKind::Time);
        Self { columns: list, time, declared: columns.declared }
    }

    pub(super) fn add(&mut self, row: &[Parsed]) {
        for (column, cell) in self.columns.iter_mut().zip(row) {
            match cell {
                Parsed::Time(stated) => {
                    let (first, last) = column.times.unwrap_or((stated.at, stated.at));
                    // Of equal moments the first one read decides the zone it prints in.
                    let first = if stated.at < first { stated.at } else { first };
                    let last = if stated.at > last { stated.at } else { last };
                    column.times = Some((first, last));
                }
                Parsed::Number(value) => {
                    let (least, most) = column.numbers.unwrap_or((*value, *value));
                    column.numbers = Some((least.min(*value), most.max(*value)));
                    column.sum.add(*value);
                }
                Parsed::Empty | Parsed::Text => {}
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
                let (min, max) = times.or(numbers).unzip();
                let summed = column.kind == ColumnKind::Number && column.numbers.is_some();
                let sum = summed.then(|| column.sum.text()).flatten();
                ColumnSummary { name: column.name, min, max, sum }
            })
            .collect()
    }
}

impl Sum {
    fn add(&mut self, value: Decimal) {
        let (mut amount, unit) = value.ratio();
        let scale = unit.checked_ilog10().unwrap_or(0);
        let lift = |value: i128, by: u32| value.checked_mul(10_i128.checked_pow(by)?);
        if scale > self.scale {
            self.value = self.value.and_then(|sum| lift(sum, scale - self.scale));
            self.scale = scale;
        } else {
            match lift(amount, self.scale - scale) {
                Some(lifted) => amount = lifted,
                None => self.value = None,
            }
        }
        self.value = self.value.and_then(|sum| sum.checked_add(amount));
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
