//! Words for moments, windows and numbers. Windows are rounded outward.

use crate::durations::number;
use crate::wording::{ComposeError, Wording};
use fupan_model::{Decimal, Interval, Moment, Window};

/// A moment in the zone of the case, without needless zeros.
pub(crate) fn moment(
    wording: &Wording<'_>,
    at: Moment,
    offset_s: i32,
) -> Result<String, ComposeError> {
    let shown = Moment::new(at.ms, offset_s).to_string();
    let (day, clock) = shown.split_once('T').unwrap_or((&shown, ""));
    wording.fill("moment", &[("day", day_words(wording, day)?), ("clock", clock_words(clock))])
}

/// A day `YYYY-MM-DD` in words; anything else as it stands.
pub(crate) fn day_words(wording: &Wording<'_>, day: &str) -> Result<String, ComposeError> {
    let mut pieces = day.splitn(3, '-').map(|piece| piece.trim_start_matches('0').to_owned());
    let (Some(year), Some(month), Some(date)) = (pieces.next(), pieces.next(), pieces.next())
    else {
        return Ok(day.to_owned());
    };
    let two = |piece: String| match piece.len() {
        1 => wording.fill("one-digit-date", &[("n", piece)]),
        _ => Ok(piece),
    };
    wording.fill("day", &[("year", year), ("month", two(month)?), ("date", two(date)?)])
}

/// `13:13:00.250+08:00` as `13:13:00.25`, `13:13:00+08:00` as `13:13`.
fn clock_words(clock: &str) -> String {
    let end = clock.find(['+', '-']).unwrap_or(clock.len());
    let (clock, _) = clock.split_at(end);
    let clock = if clock.contains('.') { clock.trim_end_matches('0') } else { clock };
    clock.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(clock).to_owned()
}

/// The ends of a window in ms, rounded outward to whole seconds, so that an end within 1 ms of a
/// minute prints as that minute; never inward. A single moment stays as it is.
pub(crate) fn outward(min: Option<i64>, max: Option<i64>) -> (Option<i64>, Option<i64>) {
    if min == max && min.is_some() {
        return (min, max);
    }
    let down = |ms: i64| ms.div_euclid(1_000).saturating_mul(1_000);
    (min.map(down), max.map(|ms| down(ms.saturating_add(999))))
}

/// A window: one moment, two, or one that is open. Ends are rounded outward to the second.
pub(crate) fn window(
    wording: &Wording<'_>,
    window: Window,
    offset_s: i32,
) -> Result<String, ComposeError> {
    let text = |at: Moment| moment(wording, at, offset_s);
    let (min, max) = outward(window.min.map(|at| at.ms), window.max.map(|at| at.ms));
    let at = |ms: i64| Moment::new(ms, offset_s);
    match (min.map(at), max.map(at)) {
        (None, None) => wording.word("window-open"),
        (Some(min), None) => wording.fill("window-from", &[("min", text(min)?)]),
        (None, Some(max)) => wording.fill("window-until", &[("max", text(max)?)]),
        (Some(min), Some(max)) if min == max => text(min),
        (Some(min), Some(max)) => {
            let day = |at: Moment| {
                let shown = Moment::new(at.ms, offset_s).to_string();
                shown.split_once('T').map(|(d, c)| (d.to_owned(), clock_words(c)))
            };
            let last = match (day(min), day(max)) {
                (Some((a, _)), Some((b, clock))) if a == b => clock,
                _ => text(max)?,
            };
            wording.fill("window-between", &[("min", text(min)?), ("max", last)])
        }
    }
}

/// A decimal with its thousands set apart.
pub(crate) fn decimal(value: Decimal) -> String {
    let text = value.to_string();
    let (sign, size) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = size.split_once('.').unwrap_or((size, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), number);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

/// A value between bounds, to one place after the point, rounded outward; equal ends exactly.
pub(crate) fn interval(wording: &Wording<'_>, value: Interval) -> Result<String, ComposeError> {
    match (value.min, value.max) {
        (Some(min), Some(max)) if min == max => Ok(decimal(min)),
        (Some(min), Some(max)) => {
            wording.fill("interval", &[("min", tenth(min, false)), ("max", tenth(max, true))])
        }
        (Some(min), None) => wording.fill("interval-from", &[("min", tenth(min, false))]),
        (None, Some(max)) => wording.fill("interval-until", &[("max", tenth(max, true))]),
        (None, None) => wording.word("interval-open"),
    }
}

/// A decimal rounded down or up to one place.
fn tenth(value: Decimal, up: bool) -> String {
    let (above, below) = value.ratio();
    let floor = (above * 10).div_euclid(below);
    let tenths = if up && floor * below != above * 10 { floor + 1 } else { floor };
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    let whole = u64::try_from(size / 10).map_or_else(|_| (size / 10).to_string(), number);
    match size % 10 {
        0 => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{rest}"),
    }
}

#[cfg(test)]
mod tests;
