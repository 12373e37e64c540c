//! Words for spans of time and for gaps. Bounds are rounded outward, never inward; what is exact
//! prints exactly. Formatting only: no bound is made here.

use crate::wording::{ComposeError, Wording};
use fupan_model::Gap;

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
/// Below this a range prints in seconds.
const IN_SECONDS: u64 = 2 * MINUTE;
/// Up to this a length prints in minutes alone.
const IN_MINUTES: u64 = 2 * HOUR;
/// From this on a length prints with its days.
const IN_DAYS: u64 = 3 * DAY;
/// Bounds closer than this print to the second.
const NARROW: u64 = 10 * SECOND;

/// A span of time, exactly. Negative: so much earlier.
pub(crate) fn span(wording: &Wording<'_>, ms: i64) -> Result<String, ComposeError> {
    let text = exact(wording, ms.unsigned_abs())?;
    if ms < 0 { wording.fill("gap-early", &[("length", text)]) } else { Ok(text) }
}

/// A span that something is at least: what is below its second is left off.
pub(crate) fn at_least(wording: &Wording<'_>, ms: i64) -> Result<String, ComposeError> {
    let whole = ms / 1_000 * 1_000;
    span(wording, if whole == 0 { ms } else { whole })
}

/// A gap in words. `limit_ms` is what it is held against: bounds that rounding would put on the
/// other side of it print to the second.
pub(crate) fn gap(
    wording: &Wording<'_>,
    gap: Gap,
    limit_ms: Option<i64>,
) -> Result<String, ComposeError> {
    let fill = |id: &str, ms: u64, up: bool| {
        let step = step(gap, limit_ms);
        wording.fill(id, &[("length", exact(wording, round(ms, step, up))?)])
    };
    let (min, max) = match (gap.min_ms, gap.max_ms) {
        (None, None) => return wording.word("gap-open"),
        (Some(min), None) if min < 0 => {
            return fill("gap-at-most-early", min.unsigned_abs(), true);
        }
        (Some(min), None) => return fill("gap-at-least", min.unsigned_abs(), false),
        (None, Some(max)) if max < 0 => {
            return fill("gap-at-least-early", max.unsigned_abs(), false);
        }
        (None, Some(max)) => return fill("gap-at-most", max.unsigned_abs(), true),
        (Some(min), Some(max)) => (min, max),
    };
    if min == max {
        return span(wording, min);
    }
    let (low, high, step) = (min.unsigned_abs(), max.unsigned_abs(), step(gap, limit_ms));
    if min >= 0 {
        range(wording, round(low, step, false), round(high, step, true))
    } else if max <= 0 {
        let text = range(wording, round(high, step, false), round(low, step, true))?;
        wording.fill("gap-early", &[("length", text)])
    } else {
        let early = exact(wording, round(low, step, true))?;
        let late = exact(wording, round(high, step, true))?;
        wording.fill("gap-early-or-late", &[("early", early), ("late", late)])
    }
}

/// A gap for the figure: the middle of close bounds with the bounds in brackets, else the bounds.
/// The middle of bounds that a contradiction widened says nothing, so `contested` ones go bare.
pub(crate) fn short(
    wording: &Wording<'_>,
    bounds: Gap,
    limit_ms: Option<i64>,
    contested: bool,
) -> Result<String, ComposeError> {
    let text = gap(wording, bounds, limit_ms)?;
    let (Some(min), Some(max)) = (bounds.min_ms, bounds.max_ms) else { return Ok(text) };
    let (low, high) = (min.unsigned_abs(), max.unsigned_abs());
    let close = (high.abs_diff(low)) <= IN_SECONDS.max(low / 10);
    if contested || min < 0 || min == max || high <= IN_SECONDS || high > IN_MINUTES || !close {
        return Ok(text);
    }
    if step(bounds, limit_ms) != MINUTE {
        return Ok(text);
    }
    let middle = (low + high + MINUTE) / (2 * MINUTE);
    let count = |ms: u64| (ms / MINUTE).to_string();
    let (a, b) = (count(round(low, MINUTE, false)), count(round(high, MINUTE, true)));
    let values = [("middle", middle.to_string()), ("min", a), ("max", b)];
    wording.fill("gap-short", &values)
}

/// The unit bounds are rounded to.
fn step(gap: Gap, limit_ms: Option<i64>) -> u64 {
    let size = |end: Option<i64>| end.map(i64::unsigned_abs);
    let largest = size(gap.min_ms).max(size(gap.max_ms)).unwrap_or_default();
    let width = gap.min_ms.zip(gap.max_ms).map(|(min, max)| max.abs_diff(min));
    let minute = |ms: i64, up: bool| {
        let floor = ms.div_euclid(60_000) * 60_000;
        if up && floor != ms { floor + 60_000 } else { floor }
    };
    let hidden = limit_ms.is_some_and(|limit| {
        gap.min_ms.is_some_and(|min| min > limit && minute(min, false) <= limit)
            || gap.max_ms.is_some_and(|max| max <= limit && minute(max, true) > limit)
    });
    let narrow = width.is_some_and(|width| width < NARROW);
    if largest < IN_SECONDS || hidden || narrow { SECOND } else { MINUTE }
}

fn round(ms: u64, step: u64, up: bool) -> u64 {
    if up { ms.div_ceil(step) * step } else { ms / step * step }
}

fn range(wording: &Wording<'_>, low: u64, high: u64) -> Result<String, ComposeError> {
    let whole = |unit: u64| low.is_multiple_of(unit) && high.is_multiple_of(unit);
    let pair = |unit: u64| vec![("min", number(low / unit)), ("max", number(high / unit))];
    if high < IN_SECONDS && whole(SECOND) {
        return wording.fill("range-seconds", &pair(SECOND));
    }
    if high <= IN_MINUTES && whole(MINUTE) {
        return wording.fill("range-minutes", &pair(MINUTE));
    }
    let ends = [("min", parts(wording, low)?), ("max", parts(wording, high)?)];
    let text = wording.fill("range-lengths", &ends)?;
    if !whole(MINUTE) || high <= IN_MINUTES || whole(HOUR) {
        return Ok(text);
    }
    let minutes = wording.fill("range-minutes", &pair(MINUTE))?;
    wording.fill("length-in-minutes", &[("length", text), ("minutes", minutes)])
}

fn exact(wording: &Wording<'_>, ms: u64) -> Result<String, ComposeError> {
    let text = parts(wording, ms)?;
    if ms <= IN_MINUTES || !ms.is_multiple_of(MINUTE) || ms.is_multiple_of(HOUR) {
        return Ok(text);
    }
    let minutes = wording.fill("length-minutes", &[("n", number(ms / MINUTE))])?;
    wording.fill("length-in-minutes", &[("length", text), ("minutes", minutes)])
}

/// A length in its units, the largest first, none that is zero.
fn parts(wording: &Wording<'_>, ms: u64) -> Result<String, ComposeError> {
    let (days, hours) = (("length-days", DAY), ("length-hours", HOUR));
    let minutes = ("length-minutes", MINUTE);
    let units = match ms {
        _ if ms <= MINUTE => vec![],
        _ if ms <= IN_MINUTES => vec![minutes],
        _ if ms < IN_DAYS => vec![hours, minutes],
        _ => vec![days, hours, minutes],
    };
    let (mut texts, mut rest) = (Vec::new(), ms);
    for (id, unit) in units {
        if rest / unit > 0 {
            texts.push(wording.fill(id, &[("n", number(rest / unit))])?);
        }
        rest %= unit;
    }
    if rest > 0 || texts.is_empty() {
        let fraction = format!("{:03}", rest % SECOND);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        let n = format!("{}{point}{fraction}", number(rest / SECOND));
        texts.push(wording.fill("length-seconds", &[("n", n)])?);
    }
    Ok(texts.join(&wording.word("length-join")?))
}

/// A whole number with its thousands set apart.
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests;
