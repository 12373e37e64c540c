//! Dates: days counted since 1970-01-01.

use super::{DateOrder, TimeError, TimeForm};
use crate::scan::Scan;
use crate::words::date_words;

/// Reads a date. With a year of four digits in front it needs no statement; any other needs the
/// order, and a year of two digits its century.
pub(super) fn date(scan: &mut Scan<'_>, form: &TimeForm) -> Result<i64, TimeError> {
    let no = TimeError::NoTime;
    let (first, width) = scan.figure(4).ok_or(no)?;
    if width == 4 && scan.word(&date_words().year) {
        return rest_in_words(scan, first).ok_or(no);
    }
    let mark = scan.one_of(&['-', '/', '.']).ok_or(no)?;
    let (second, middle) = scan.number(2).ok_or(no)?;
    scan.one_of(&[mark]).ok_or(no)?;
    let (third, last) = scan.number(4).ok_or(no)?;
    let places = [first, second, third];
    match (width, middle, last) {
        (4, _, 1 | 2) => days_of(first, second, third).ok_or(no),
        (1 | 2, _, 4) => by_order(places, form, Some),
        (1 | 2, _, 1 | 2) => {
            // Either end could be the year: which, the order tells; of which century, the pivot.
            let century =
                |year: i64| form.pivot.map(|pivot| year + if year >= pivot { 1900 } else { 2000 });
            let year_width = if form.order == DateOrder::Ymd { width } else { last };
            let possible =
                ORDERS.iter().any(|order| in_order(places, *order, |y| Some(y + 2000)).is_some());
            match (form.pivot, possible) {
                (_, false) => Err(no),
                (None, true) => Err(TimeError::NoPivot),
                (Some(_), true) if year_width != 2 => Err(no),
                (Some(_), true) => in_order(places, form.order, century).ok_or(no),
            }
        }
        _ => Err(no),
    }
}

const ORDERS: [DateOrder; 3] = [DateOrder::Ymd, DateOrder::Mdy, DateOrder::Dmy];

/// A date whose year stands last.
fn by_order(
    places: [i64; 3],
    form: &TimeForm,
    year: impl Fn(i64) -> Option<i64> + Copy,
) -> Result<i64, TimeError> {
    if form.order != DateOrder::Ymd {
        return in_order(places, form.order, year).ok_or(TimeError::NoTime);
    }
    let possible = ORDERS.iter().skip(1).any(|order| in_order(places, *order, year).is_some());
    Err(if possible { TimeError::NoOrder } else { TimeError::NoTime })
}

fn in_order(
    [a, b, c]: [i64; 3],
    order: DateOrder,
    year: impl Fn(i64) -> Option<i64>,
) -> Option<i64> {
    match order {
        DateOrder::Ymd => days_of(year(a)?, b, c),
        DateOrder::Mdy => days_of(year(c)?, a, b),
        DateOrder::Dmy => days_of(year(c)?, b, a),
    }
}

fn rest_in_words(scan: &mut Scan<'_>, year: i64) -> Option<i64> {
    let words = date_words();
    scan.spaces();
    let (month, _) = scan.figure(2)?;
    if !scan.word(&words.month) {
        return None;
    }
    scan.spaces();
    let (day, _) = scan.figure(2)?;
    scan.word(&words.day);
    days_of(year, month, day)
}

/// Reads `YYYY-MM-DD` and nothing else: days since 1970-01-01.
pub(crate) fn read_date(text: &str) -> Option<i64> {
    let mut scan = Scan(text);
    let days = date(&mut scan, &TimeForm::default()).ok()?;
    let shape = text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2;
    (scan.done() && shape).then_some(days)
}

/// A day as `YYYY-MM-DD`.
pub(crate) fn written_day(days: i64) -> String {
    let text = fupan_model::Moment::new(days.saturating_mul(super::DAY_MS), 0).to_string();
    text.split_once('T').map(|(day, _)| day.to_owned()).unwrap_or_default()
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
