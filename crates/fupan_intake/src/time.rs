//! Times as they stand in logs and papers: the forms of `docs/case-format.md`, section 4. Nothing is
//! guessed: a text that is not wholly understood is refused, a day the calendar lacks as well.

use crate::scan::Scan;
use crate::words::date_words;
use fupan_model::Moment;
use serde::{Deserialize, Serialize};

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

/// A text read as a time (读数).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The moment, in the zone the text or the source names.
    pub at: Moment,
    /// How precise the words are.
    pub precision: Precision,
    /// Whether the text itself names its offset.
    pub zoned: bool,
}

/// Why a text is no time (读数失败).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeError {
    /// None of the forms that are read, or a moment that does not exist.
    NoTime,
    /// A time without offset, and no zone is stated for the source.
    NoZone,
}

/// Milliseconds of a day.
pub(crate) const DAY_MS: i64 = 86_400_000;

/// Reads a time. `zone_s` is the offset of the source's civil time, in seconds east of UTC.
///
/// # Errors
/// [`TimeError`] when the text is no time of the forms read, or lacks an offset nobody states.
pub fn read_time(text: &str, zone_s: Option<i32>, order: DateOrder) -> Result<Reading, TimeError> {
    let mut scan = Scan(text.trim());
    let days = date(&mut scan, order).ok_or(TimeError::NoTime)?;
    let gap = scan.0;
    if scan.one_of(&['T', 't']).is_none() {
        scan.spaces();
    }
    let (clock_ms, precision, offset) = if scan.done() {
        (0, Precision::Day, None)
    } else {
        // A figure must not run into the next: "2021/1/1013:13" is refused.
        let parted = gap.starts_with(|c: char| !c.is_ascii_digit())
            || text
                .trim()
                .strip_suffix(gap)
                .is_some_and(|d| !d.ends_with(|c: char| c.is_ascii_digit()));
        time_of_day(&mut scan).filter(|_| parted).ok_or(TimeError::NoTime)?
    };
    if !scan.done() {
        return Err(TimeError::NoTime);
    }
    let offset_s = offset.or(zone_s).ok_or(TimeError::NoZone)?;
    let ms = days * DAY_MS + clock_ms - i64::from(offset_s) * 1000;
    Ok(Reading { at: Moment::new(ms, offset_s), precision, zoned: offset.is_some() })
}

/// Reads `YYYY-MM-DD` and nothing else: days since 1970-01-01.
pub(crate) fn read_date(text: &str) -> Option<i64> {
    let mut scan = Scan(text);
    let days = date(&mut scan, DateOrder::Ymd)?;
    let shape = text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2;
    (scan.done() && shape).then_some(days)
}

/// Reads `+08:00` or `Z`: seconds east of UTC, between -12:00 and +14:00, as civil times have them.
pub fn read_zone(text: &str) -> Option<i32> {
    let mut scan = Scan(text);
    let zone = offset(&mut scan)?;
    (scan.done() && (text.len() == 6 || text == "Z")).then_some(zone)
}

/// Reads the date, and gives days since 1970-01-01.
fn date(scan: &mut Scan<'_>, order: DateOrder) -> Option<i64> {
    let words = date_words();
    let (first, width) = scan.number(4)?;
    if width == 4 && scan.word(&words.year) {
        scan.spaces();
        let (month, _) = scan.number(2)?;
        if !scan.word(&words.month) {
            return None;
        }
        scan.spaces();
        let (day, _) = scan.number(2)?;
        scan.word(&words.day);
        return days_of(first, month, day);
    }
    let mark = scan.one_of(&['-', '/', '.'])?;
    let (second, _) = scan.number(2)?;
    scan.one_of(&[mark])?;
    let (third, last_width) = scan.number(4)?;
    match (order, width, last_width) {
        (_, 4, 1 | 2) => days_of(first, second, third),
        (DateOrder::Mdy, 1 | 2, 4) => days_of(third, first, second),
        (DateOrder::Dmy, 1 | 2, 4) => days_of(third, second, first),
        _ => None,
    }
}

/// Reads the time of day: its ms, its precision, and its offset if it names one. 24:00 is the next
/// day's 00:00.
fn time_of_day(scan: &mut Scan<'_>) -> Option<(i64, Precision, Option<i32>)> {
    let words = date_words();
    let (hour, _) = scan.number(2)?;
    let (mut minute, mut second, mut milli) = (0, 0, 0);
    let mut precision = Precision::Hour;
    // U+FF1A is the wide colon of Chinese input methods.
    if scan.one_of(&[':', '\u{ff1a}']).is_some() {
        (minute, precision) = (scan.two()?, Precision::Minute);
        if scan.one_of(&[':', '\u{ff1a}']).is_some() {
            (second, precision) = (scan.two()?, Precision::Second);
            if scan.one_of(&['.', ',']).is_some() {
                (milli, precision) = (fraction(scan)?, Precision::Milli);
            }
        }
    } else if scan.word(&words.hour) {
        if !scan.done() && scan.0.starts_with(|c: char| c.is_ascii_digit()) {
            (minute, precision) = (scan.number(2)?.0, Precision::Minute);
            let marked = scan.word(&words.minute);
            if marked && scan.0.starts_with(|c: char| c.is_ascii_digit()) {
                (second, precision) = (scan.number(2)?.0, Precision::Second);
                if !scan.word(&words.second) {
                    return None;
                }
            }
        }
    } else {
        return None;
    }
    scan.spaces();
    let hour = half_day(scan, hour)?;
    scan.spaces();
    let offset = if scan.done() { None } else { Some(offset(scan)?) };
    let midnight = hour == 24 && minute == 0 && second == 0 && milli == 0;
    if (hour > 23 && !midnight) || minute > 59 || second > 59 {
        return None;
    }
    Some((((hour * 60 + minute) * 60 + second) * 1000 + milli, precision, offset))
}

/// The hour of the whole day, where a word says which half it is in.
fn half_day(scan: &mut Scan<'_>, hour: i64) -> Option<i64> {
    let words = date_words();
    let late = if scan.word(&words.am) {
        0
    } else if scan.word(&words.pm) {
        12
    } else {
        return Some(hour);
    };
    (1..=12).contains(&hour).then_some(hour % 12 + late)
}

/// Up to nine digits of a second, to the nearest millisecond: some programs write a whole second
/// as `.999999999`.
fn fraction(scan: &mut Scan<'_>) -> Option<i64> {
    let (value, count) = scan.number(9)?;
    let nanos = value * 10_i64.pow(u32::try_from(9 - count).ok()?);
    Some((nanos + 500_000) / 1_000_000)
}

/// Reads `Z`, `+08:00`, `+0800` or `+08`.
fn offset(scan: &mut Scan<'_>) -> Option<i32> {
    let sign = match scan.one_of(&['Z', 'z', '+', '-'])? {
        '+' => 1,
        '-' => -1,
        _ => return Some(0),
    };
    let hours = scan.two()?;
    let minutes = if scan.one_of(&[':']).is_some() || !scan.done() { scan.two()? } else { 0 };
    let seconds = i32::try_from(sign * (hours * 60 + minutes) * 60).ok()?;
    (minutes < 60 && (-43_200..=50_400).contains(&seconds)).then_some(seconds)
}

/// Days since 1970-01-01 of a day of the Gregorian calendar; `None` for a day it lacks.
pub(crate) fn days_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let longest = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => return None,
    };
    if !(1..=longest).contains(&day) || !(1..=9999).contains(&year) {
        return None;
    }
    // Years counted from March, so that the leap day is the last of its year.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let in_year = (153 * m + 2) / 5 + day - 1;
    Some(365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + in_year - 719_468)
}

#[cfg(test)]
#[path = "time_tests.rs"]
mod tests;
