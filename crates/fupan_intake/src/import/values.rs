//! One cell → a time, a number or words; or the reason why its row is rejected.

use crate::defaults::Policies;
use crate::error::{Problem, cut};
use crate::fields::FAR_MS;
use crate::mapping::{ColumnKind, ColumnRule};
use crate::table::Cell;
use crate::time::{Reading, TimeError, read_formed};
use fupan_model::{Decimal, Moment, RejectedRow, Stated, Value};

/// A cell, read (单元格值).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Parsed {
    /// Nothing stands there.
    Empty,
    /// A time with its bounds.
    Time(Stated),
    /// A number.
    Number(Decimal),
    /// Words; they are looked up in the row.
    Text,
}

impl Parsed {
    /// The moment, if it is one.
    pub(super) fn at(&self) -> Option<Moment> {
        match self {
            Self::Time(stated) => Some(stated.at),
            Self::Empty | Self::Number(_) | Self::Text => None,
        }
    }
}

/// What the reading of cells needs to know (读数范围).
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Zone of times without offset, in seconds east of UTC.
    pub(super) zone_s: Option<i32>,
    /// Start of the accident's day, in ms.
    pub(super) day_ms: Option<i64>,
    /// Policies of the book.
    pub(super) policies: &'a Policies,
}

impl Scope<'_> {
    /// Whether a moment is near enough to the accident.
    pub(super) fn is_near(&self, ms: i64) -> bool {
        self.day_ms.is_none_or(|day| ms.abs_diff(day) <= FAR_MS.unsigned_abs())
    }
}

/// Why a cell cannot be read (读取失败).
#[derive(Clone)]
pub(super) enum ReadError {
    /// The row is rejected.
    Row(RejectedRow),
    /// What a person must state in the mapping first: the whole import is refused.
    Whole {
        /// The column.
        column: String,
        /// What stands there.
        text: String,
        /// The row it stands in.
        row: u64,
        /// What must be stated.
        lack: Lack,
    },
}

/// What a mapping does not state, and times of the log need (映射所缺).
#[derive(Clone, Copy)]
pub(super) enum Lack {
    Zone,
    Order,
    Pivot,
}

impl Lack {
    /// The key of the mapping, and what is wrong without it; `spot`: the file and the row.
    pub(super) fn stated(self, spot: String) -> (&'static str, Problem) {
        match self {
            Self::Zone => ("zone", Problem::NoZone(spot)),
            Self::Order => {
                let orders = ["mdy", "dmy"].map(str::to_owned).to_vec();
                ("order", Problem::NoOrder(spot, orders))
            }
            Self::Pivot => ("pivot", Problem::NoPivot(spot)),
        }
    }
}

/// Reads a cell by its column's rule.
pub(super) fn parse(
    cell: &Cell,
    rule: &ColumnRule,
    number: u64,
    scope: &Scope<'_>,
) -> Result<Parsed, ReadError> {
    let text = cell.text.trim();
    let reject = |expected: &str| {
        ReadError::Row(RejectedRow {
            row: number,
            column: rule.name.clone(),
            text: cut(text),
            expected: expected.to_owned(),
        })
    };
    if text.is_empty() {
        return if rule.required { Err(reject("required")) } else { Ok(Parsed::Empty) };
    }
    match rule.kind {
        ColumnKind::Text => Ok(Parsed::Text),
        ColumnKind::Number => {
            Decimal::parse(text).map(Parsed::Number).map_err(|_| reject("number"))
        }
        ColumnKind::Time => {
            let reading = moment(cell, text, rule, scope).map_err(|error| {
                let whole = |lack| ReadError::Whole {
                    column: rule.name.clone(),
                    text: text.to_owned(),
                    row: number,
                    lack,
                };
                match error {
                    TimeError::NoTime => reject("time"),
                    TimeError::NoZone => whole(Lack::Zone),
                    TimeError::NoOrder => whole(Lack::Order),
                    TimeError::NoPivot => whole(Lack::Pivot),
                }
            })?;
            if !scope.is_near(reading.at.ms) {
                return Err(reject("near-time"));
            }
            bounded(text, &reading, rule, scope).map(Parsed::Time).ok_or_else(|| reject("policy"))
        }
    }
}

/// A reading with its bounds; `None` where the book lacks its policy.
fn bounded(text: &str, reading: &Reading, rule: &ColumnRule, scope: &Scope<'_>) -> Option<Stated> {
    let policies = scope.policies;
    let (policy, lo_ms, hi_ms) = match &rule.policy {
        Some(id) => policies.by_name.get(id).map(|(lo, hi)| (id.clone(), *lo, *hi)),
        None => policies.of_reading(reading),
    }?;
    Some(Stated { text: text.to_owned(), at: reading.at, lo_ms, hi_ms, policy: Some(policy) })
}

/// A time that stands inside a cell, by the rule of its name.
pub(super) fn time_in(text: &str, rule: &ColumnRule, scope: &Scope<'_>) -> Option<Stated> {
    let reading = read_formed(text, scope.zone_s, &rule.form()).ok()?;
    bounded(text, &reading, rule, scope)
}

fn moment(
    cell: &Cell,
    text: &str,
    rule: &ColumnRule,
    scope: &Scope<'_>,
) -> Result<Reading, TimeError> {
    let zone_s = scope.zone_s;
    // A count since 1970 in a workbook may look like a day's serial.
    if let Some((local_ms, precision)) = cell.date.filter(|_| rule.epoch.is_none()) {
        let zone_s = zone_s.ok_or(TimeError::NoZone)?;
        let at = Moment::new(local_ms - i64::from(zone_s) * 1000, zone_s);
        return Ok(Reading { at, precision, zoned: false, loose: None });
    }
    read_formed(text, zone_s, &rule.form())
}

/// A cell as a quantity: by the type declared for its column; where none is, a plain number is a
/// number and anything else words. Leading zeros mark a number that is a name (`007`), as do more
/// than 15 digits (an identity card).
pub(super) fn quantity(text: &str, declared: Option<ColumnKind>) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    let words = || Value::Text(text.to_owned());
    let digits = text.trim_start_matches(['-', '+']);
    let zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let named = zero || digits.len() > 15;
    let number = Decimal::parse(text).ok();
    Some(match (declared, number) {
        (Some(ColumnKind::Number), Some(number)) => Value::Number(number),
        (None, Some(number)) if !named && !text.starts_with('+') => Value::Number(number),
        _ => words(),
    })
}
