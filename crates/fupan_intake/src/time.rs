//! Times as they stand in logs and papers: the forms of `docs/case-format.md`, section 4. Nothing is
//! guessed: a text that is not wholly understood is refused, a day the calendar lacks as well.

mod calendar;
mod clock;
mod quick;

pub(crate) use calendar::{read_date, written_day};
pub(crate) use clock::{Clock, read_clock};
pub(crate) use quick::Quick;

use crate::scan::Scan;
use fupan_model::{Decimal, Moment};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Precision (精度): the smallest part a text states; the reading policy follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A date alone.
    Day,
    /// To the hour.
    Hour,
    /// To the minute.
    Minute,
    /// To the second.
    Second,
    /// To a fraction of a second.
    Milli,
}

/// Order of day and month where a date does not begin with the year (日月次序). It is stated in
/// the mapping, never guessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// The year first: the only order that needs no statement.
    #[default]
    Ymd,
    /// Month, day, year.
    Mdy,
    /// Day, month, year.
    Dmy,
}

/// Unit of a count since 1970-01-01 00:00 UTC (纪元计数单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Epoch {
    /// Seconds; a fraction may follow.
    Seconds,
    /// Milliseconds.
    Millis,
}

/// Form of the times of a column (时间写法): what the mapping states because words do not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeForm {
    /// How dates stand that do not begin with a year of four digits.
    pub order: DateOrder,
    /// Years of two digits: this and those above it are of the 1900s, those below of the 2000s.
    pub pivot: Option<i64>,
    /// The times are counts since 1970.
    pub epoch: Option<Epoch>,
}

/// A text read as a time (读数).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The moment, in the zone the text or the source names.
    pub at: Moment,
    /// How precise the words are.
    pub precision: Precision,
    /// Whether the text itself names its offset.
    pub zoned: bool,
    /// The reading policy that a loosening word of the text stands for.
    pub loose: Option<&'static str>,
}

/// Why a text is no time (读数失败).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeError {
    /// None of the forms that are read, or a moment that does not exist.
    NoTime,
    /// A time without offset, and no zone is stated for the source.
    NoZone,
    /// A date that is one day by one order of day and month and another, or none, by another; the
    /// source states no order.
    NoOrder,
    /// A year of two digits, and the source does not state of which century.
    NoPivot,
}

/// Milliseconds of a day.
pub(crate) const DAY_MS: i64 = 86_400_000;

/// Reads a time. `zone_s` is the offset of the source's civil time, in seconds east of UTC.
///
/// # Errors
/// [`TimeError`] when the text is no time of the forms read, or lacks an offset nobody states.
pub fn read_time(text: &str, zone_s: Option<i32>, order: DateOrder) -> Result<Reading, TimeError> {
    read_formed(text, zone_s, &TimeForm { order, ..TimeForm::default() })
}

/// Reads a time of a stated form.
///
/// # Errors
/// [`TimeError`], as [`read_time`]; and where the words leave open which day they mean.
pub fn read_formed(text: &str, zone_s: Option<i32>, form: &TimeForm) -> Result<Reading, TimeError> {
    let text = narrow(text.trim());
    if let Some(unit) = form.epoch {
        return count(&text, zone_s, unit).ok_or(TimeError::NoTime);
    }
    let mut scan = Scan(&text);
    let loose = scan.loose_before();
    let days = calendar::date(&mut scan, form)?;
    let gap = scan.0;
    if scan.one_of(&['T', 't']).is_none() {
        scan.spaces();
    }
    let clock = if scan.done() {
        Clock::MIDNIGHT
    } else {
        // A figure must not run into the next: "2021/1/1013:13" is refused.
        let digit = |c: char| c.is_ascii_digit();
        let parted = !gap.starts_with(digit)
            || text.strip_suffix(gap).is_some_and(|date| !date.ends_with(digit));
        clock::time_of_day(&mut scan, loose).filter(|_| parted).ok_or(TimeError::NoTime)?
    };
    // A loose date alone has no policy of its own: it is not understood.
    if !scan.done() || (loose.is_some() && clock.precision == Precision::Day) {
        return Err(TimeError::NoTime);
    }
    let offset_s = clock.offset.or(zone_s).ok_or(TimeError::NoZone)?;
    let ms = days * DAY_MS + clock.ms - i64::from(offset_s) * 1000;
    Ok(Reading {
        at: Moment::new(ms, offset_s),
        precision: clock.precision,
        zoned: clock.offset.is_some(),
        loose: clock.loose,
    })
}

/// Last moment of the year 9999, in seconds: a count beyond it is of another unit.
const MOST_SECONDS: i64 = 253_402_300_799;

/// Reads a count since 1970. It is printed in the source's zone, in UTC where none is stated.
fn count(text: &str, zone_s: Option<i32>, unit: Epoch) -> Option<Reading> {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let value = Decimal::parse(text).ok().filter(|_| text.chars().all(digits))?;
    let (ms, whole) = match unit {
        Epoch::Seconds => (value.times_floor(1000)?, !text.contains('.')),
        Epoch::Millis => (value.times_floor(1)?, false),
    };
    let precision = if whole { Precision::Second } else { Precision::Milli };
    let at = Moment::new(ms, zone_s.unwrap_or(0));
    let loose = None;
    (ms / 1000 <= MOST_SECONDS).then_some(Reading { at, precision, zoned: true, loose })
}

/// Digits and marks of Chinese input methods as plain ones.
pub(crate) fn narrow(text: &str) -> Cow<'_, str> {
    let wide = |c: char| {
        matches!(c, '\u{ff10}'..='\u{ff19}' | '\u{ff0d}' | '\u{ff0f}' | '\u{ff1a}' | '\u{3000}')
    };
    if text.is_ascii() || !text.contains(wide) {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| match c {
        '\u{3000}' => ' ',
        c if wide(c) => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    Cow::Owned(text.chars().map(plain).collect())
}

/// The longest beginning of `text` that is a time of day, with or without a date: how many bytes.
/// It looks at the first 64 characters.
pub(crate) fn leading_time(text: &str, form: &TimeForm) -> Option<usize> {
    let ends: Vec<usize> = text.char_indices().take(64).map(|(at, c)| at + c.len_utf8()).collect();
    ends.into_iter().rev().find(|end| {
        let head = text.get(..*end).unwrap_or_default();
        let tight = !head.ends_with(char::is_whitespace) && !head.starts_with(char::is_whitespace);
        tight && is_time(head, form)
    })
}

/// Whether a text is a time of day, with or without a date.
pub(crate) fn is_time(text: &str, form: &TimeForm) -> bool {
    let dated =
        read_formed(text, Some(0), form).is_ok_and(|reading| reading.precision > Precision::Day);
    dated || (form.epoch.is_none() && read_clock(text).is_some())
}

/// Reads `+08:00` or `Z`: seconds east of UTC, between -12:00 and +14:00, as civil times have them.
pub fn read_zone(text: &str) -> Option<i32> {
    let mut scan = Scan(text);
    let zone = clock::offset(&mut scan)?;
    (scan.done() && (text.len() == 6 || text == "Z")).then_some(zone)
}

#[cfg(test)]
#[path = "time_tests.rs"]
mod tests;
