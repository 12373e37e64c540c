//! Times of day: of 24 hours or of twice twelve, with colons or in words, to the letter or about.

use super::{Precision, narrow};
use crate::scan::Scan;
use crate::words::{DayPart, Loose, date_words};

/// A time of day (时刻).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Milliseconds since midnight; 24:00 is 86,400,000.
    pub(crate) ms: i64,
    /// How precise the words are.
    pub(crate) precision: Precision,
    /// The offset the words name, in seconds east of UTC.
    pub(crate) offset: Option<i32>,
    /// The reading policy that a loosening word stands for.
    pub(crate) loose: Option<&'static str>,
}

impl Clock {
    /// The beginning of a day of which nothing more is said.
    pub(super) const MIDNIGHT: Self =
        Self { ms: 0, precision: Precision::Day, offset: None, loose: None };
}

/// Reads a time of day that stands alone, without a date and without an offset.
pub(crate) fn read_clock(text: &str) -> Option<Clock> {
    let text = narrow(text.trim());
    let mut scan = Scan(&text);
    let clock = time_of_day(&mut scan, None)?;
    (scan.done() && clock.offset.is_none()).then_some(clock)
}

/// The figures of a time of day, as they stand.
struct Figures {
    hour: i64,
    minute: i64,
    second: i64,
    milli: i64,
    precision: Precision,
    colon: bool,
}

/// Reads the time of day. 24:00 is the next day's 00:00. `loose`: the word before the date.
pub(super) fn time_of_day(scan: &mut Scan<'_>, loose: Option<&'static Loose>) -> Option<Clock> {
    let mut loose = loose.or_else(|| scan.loose_before());
    let before = scan.day_part();
    loose = loose.or_else(|| scan.loose_before());
    let figures = figures(scan)?;
    scan.spaces();
    loose = scan.loose_after().or(loose);
    let part = match before {
        Some(part) => Some(part),
        None => scan.day_part(),
    };
    loose = scan.loose_after().or(loose);
    let hour = hour_of(&figures, part)?;
    let offset = if scan.done() { None } else { Some(offset(scan)?) };
    let Figures { minute, second, milli, precision, .. } = figures;
    let midnight = hour == 24 && minute == 0 && second == 0 && milli == 0;
    if !(0..=23).contains(&hour) && !midnight || minute > 59 || second > 59 {
        return None;
    }
    let ms = ((hour * 60 + minute) * 60 + second) * 1000 + milli;
    let loose = loose.map(|loose| match precision {
        Precision::Day | Precision::Hour => loose.hour.as_str(),
        Precision::Minute => loose.minute.as_str(),
        Precision::Second | Precision::Milli => loose.second.as_str(),
    });
    Some(Clock { ms, precision, offset, loose })
}

fn hour_of(figures: &Figures, part: Option<&DayPart>) -> Option<i64> {
    part.map_or(Some(figures.hour), |part| part.hour(figures.hour, figures.colon))
}

fn figures(scan: &mut Scan<'_>) -> Option<Figures> {
    let words = date_words();
    let (hour, _) = scan.figure(2)?;
    let (minute, second, milli, precision) = (0, 0, 0, Precision::Hour);
    let mut out = Figures { hour, minute, second, milli, precision, colon: false };
    // U+FF1A is the wide colon of Chinese input methods.
    if scan.one_of(&[':', '\u{ff1a}']).is_some() {
        out.colon = true;
        (out.minute, out.precision) = (scan.two()?, Precision::Minute);
        if scan.one_of(&[':', '\u{ff1a}']).is_some() {
            (out.second, out.precision) = (scan.two()?, Precision::Second);
            if scan.one_of(&['.', ',']).is_some() {
                (out.milli, out.precision) = (fraction(scan)?, Precision::Milli);
            }
        }
        return Some(out);
    }
    if !scan.word(&words.hour) {
        // On a clock of twice twelve hours an hour may stand alone: "2 PM".
        let mut ahead = *scan;
        ahead.spaces();
        return ahead.day_part().map(|_| out);
    }
    let stated =
        [(&words.whole, 0), (&words.half, 30), (&words.quarter, 15), (&words.three_quarters, 45)];
    if let Some((_, minutes)) = stated.into_iter().find(|(list, _)| scan.word(list)) {
        (out.minute, out.precision) = (minutes, Precision::Minute);
    } else if scan.at_figure() {
        (out.minute, out.precision) = (scan.figure(2)?.0, Precision::Minute);
        if scan.word(&words.minute) && scan.at_figure() {
            (out.second, out.precision) = (scan.figure(2)?.0, Precision::Second);
            if !scan.word(&words.second) {
                return None;
            }
        }
    }
    Some(out)
}

/// Up to nine digits of a second, to the nearest millisecond: some programs write a whole second
/// as `.999999999`.
fn fraction(scan: &mut Scan<'_>) -> Option<i64> {
    let (value, count) = scan.number(9)?;
    let nanos = value * 10_i64.pow(u32::try_from(9 - count).ok()?);
    Some((nanos + 500_000) / 1_000_000)
}

/// Reads `Z`, `+08:00`, `+0800` or `+08`.
pub(super) fn offset(scan: &mut Scan<'_>) -> Option<i32> {
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
