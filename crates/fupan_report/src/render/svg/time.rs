//! Times and lengths of time as the figure prints them.

use crate::moments::outward;
use crate::render::words::{Words, fill};
use fupan_model::Moment;
use std::fmt::Write as _;

/// Date and time of day of a moment, as they print: `2021-01-10`, `13:13` or `13:13:05`.
pub(super) fn local(ms: i64, offset_s: i32) -> (String, String) {
    let mut text = String::new();
    if write!(text, "{}", Moment::new(ms, offset_s)).is_err() {
        return (ms.to_string(), String::new());
    }
    let (date, tail) = text.split_once('T').unwrap_or((&text, ""));
    let end = tail.find(['+', '-']).unwrap_or(tail.len());
    let time = tail.get(..end).unwrap_or(tail);
    (date.to_owned(), time.strip_suffix(":00").unwrap_or(time).to_owned())
}

/// Offset of the axis as people write it: `+08:00`.
pub(super) fn zone(offset_s: i32) -> String {
    let sign = if offset_s < 0 { '-' } else { '+' };
    let minutes = offset_s.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// When an event was, in as few signs as say it: `13:12–13:14`, `≤ 01-10 13:14`; the words for
/// an unknown time where both ends are open. Ends are rounded outward. Of the date, what it shares with `day` is left out:
/// all of it, or its year.
pub(super) fn window(
    min: Option<i64>,
    max: Option<i64>,
    offset_s: i32,
    day: &str,
    words: &Words,
) -> String {
    let (min, max) = outward(min, max);
    let year = day.get(..4).unwrap_or_default();
    let full = |ms: i64| {
        let (date, time) = local(ms, offset_s);
        (if date == day { String::new() } else { short(&date, year) }, time)
    };
    match (min, max) {
        (None, None) => words.figure.undated.clone(),
        (Some(min), None) => format!("≥ {}", both(&full(min))),
        (None, Some(max)) => format!("≤ {}", both(&full(max))),
        (Some(min), Some(max)) => {
            let (a, b) = (full(min), full(max));
            if a == b {
                both(&a)
            } else if a.0 == b.0 {
                format!("{}–{}", both(&a), b.1)
            } else {
                format!("{} – {}", both(&a), both(&b))
            }
        }
    }
}

fn both((date, time): &(String, String)) -> String {
    if date.is_empty() { time.clone() } else { format!("{date} {time}") }
}

/// A date without the year where it is `year`.
pub(super) fn short(date: &str, year: &str) -> String {
    date.strip_prefix(year).and_then(|rest| rest.strip_prefix('-')).unwrap_or(date).to_owned()
}

/// A length of time in its two largest units: `3 d 2 h`. Rounded down to the smaller of them.
pub(super) fn length(ms: i64, words: &Words) -> String {
    let figure = &words.figure;
    let seconds = ms / 1000;
    let (d, h) = (seconds / 86_400, seconds / 3600 % 24);
    let (m, s) = (seconds / 60 % 60, seconds % 60);
    let two = |a: (&str, i64), b: (&str, i64)| {
        let first = fill(a.0, a.1);
        let joint = if words.join.is_empty() { "" } else { " " };
        if b.1 == 0 { first } else { format!("{first}{joint}{}", fill(b.0, b.1)) }
    };
    if d > 0 {
        two((&figure.day, d), (&figure.hour, h))
    } else if h > 0 {
        two((&figure.hour, h), (&figure.minute, m))
    } else {
        two((&figure.minute, m), (&figure.second, s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: i64 = 1_610_255_580_000; // 2021-01-10T13:13:00+08:00

    #[test]
    fn times_print_in_the_zone_of_the_axis() {
        assert_eq!(local(AT, 28_800), ("2021-01-10".into(), "13:13".into()));
        assert_eq!(local(AT + 5_000, 28_800).1, "13:13:05");
        assert_eq!(local(AT, -18_000), ("2021-01-10".into(), "00:13".into()));
        assert_eq!(zone(28_800), "+08:00");
        assert_eq!(zone(-12_600), "-03:30");
        assert!(!local(i64::MAX, 0).0.is_empty());
    }

    #[test]
    fn windows_say_no_more_than_is_known() {
        let zh = Words::of("zh");
        let say = |a, b| window(a, b, 28_800, "2021-01-01", &zh);
        assert_eq!(say(Some(AT), Some(AT)), "01-10 13:13");
        assert_eq!(say(Some(AT), Some(AT + 120_000)), "01-10 13:13–13:15");
        let same = window(Some(AT), Some(AT + 120_000), 28_800, "2021-01-10", &zh);
        assert_eq!(same, "13:13–13:15");
        assert_eq!(say(Some(AT), None), "≥ 01-10 13:13");
        assert_eq!(say(None, None), "时间未定");
        assert_eq!(say(Some(AT), Some(AT + 59_999)), "01-10 13:13–13:14");
        assert_eq!(say(Some(AT + 1), Some(AT + 60_000)), "01-10 13:13–13:14");
        assert_eq!(say(Some(AT - 1), Some(AT + 60_001)), "01-10 13:12:59–13:14:01");
        assert_eq!(say(Some(AT + 250), Some(AT + 250)), "01-10 13:13:00.250");
        assert_eq!(length(93_600_000, &zh), "1天2时");
        assert_eq!(length(7_200_000, &Words::of("en")), "2 h");
    }
}
