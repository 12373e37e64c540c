//! A row as rules see it: one of its own, or a place in a part that was read in a block.

use super::part::{Part, Reading, Value};
use super::values::Parsed;
use crate::table::Row;
use fupan_model::{Decimal, Moment};

/// An offered row (待选行).
#[derive(Clone, Copy)]
pub(super) enum Offer<'r> {
    /// A row of its own.
    Row { row: &'r Row, parsed: &'r [Parsed] },
    /// The row `at` of a part, before which so many lines stand.
    Part { part: &'r Part, at: usize, lines: u64, reading: &'r Reading<'r> },
}

impl<'r> Offer<'r> {
    /// Its number.
    pub(super) fn number(&self) -> u64 {
        match self {
            Self::Row { row, .. } => row.number,
            Self::Part { part, at, lines, .. } => {
                lines + part.piece.rows.get(*at).map_or(0, |row| u64::from(row.line))
            }
        }
    }

    /// The words of a cell.
    pub(super) fn text(&self, place: usize) -> &'r str {
        match self {
            Self::Row { row, .. } => row.cells.get(place).map_or("", |cell| cell.text.trim()),
            Self::Part { part, at, .. } => {
                part.piece.rows.get(*at).map_or("", |row| part.piece.cell(row, place).trim())
            }
        }
    }

    /// The moment that a rule of a column made of its cell.
    pub(super) fn moment(&self, rule: usize) -> Option<Moment> {
        match self {
            Self::Row { parsed, .. } => parsed.get(rule)?.at(),
            Self::Part { part, at, reading, .. } => match reading.value(part, *at, rule) {
                Value::Time(time) => Some(time),
                Value::Number(_) | Value::Empty => None,
            },
        }
    }

    /// The number that a rule of a column made of its cell.
    pub(super) fn decimal(&self, rule: usize) -> Option<Decimal> {
        match self {
            Self::Row { parsed, .. } => match parsed.get(rule)? {
                Parsed::Number(number) => Some(*number),
                Parsed::Empty | Parsed::Time(_) | Parsed::Text => None,
            },
            Self::Part { part, at, reading, .. } => match reading.value(part, *at, rule) {
                Value::Number(number) => Some(number),
                Value::Time(_) | Value::Empty => None,
            },
        }
    }

    /// As a row of its own, with all that was read of it.
    pub(super) fn owned(&self) -> (Row, Vec<Parsed>) {
        match self {
            Self::Row { row, parsed } => ((*row).clone(), parsed.to_vec()),
            Self::Part { part, at, lines, reading } => reading.owned(part, *at, *lines),
        }
    }
}
