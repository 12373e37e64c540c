//! Spans of time on the screen. Bounds are rounded outward, so that no line promises more than the
//! assessment holds.

use fupan::{Message, Voice};
use fupan_model::Gap;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// A span to the millisecond: `17 min 58 s`, `1 h 0 min`, `0.999 s`.
pub(crate) fn exact(ms: i64, voice: &Voice) -> String {
    let sign = if ms < 0 { "−" } else { "" };
    let size = ms.unsigned_abs();
    let (hours, minutes) = (size / 3_600_000, size / 60_000 % 60);
    let (seconds, rest) = (size / 1_000 % 60, size % 1_000);
    let mut parts = Vec::new();
    let mut part = |number: String, unit: &str| {
        parts.push(voice.say(&Message::new(unit).text("n", number)));
    };
    if hours > 2 {
        part(hours.to_string(), "span-hours");
    }
    let minutes = if hours > 2 { minutes } else { hours * 60 + minutes };
    if minutes > 0 {
        part(minutes.to_string(), "span-minutes");
    }
    if rest > 0 {
        part(format!("{seconds}.{rest:03}"), "span-seconds");
    } else if seconds > 0 || size == 0 {
        part(seconds.to_string(), "span-seconds");
    }
    format!("{sign}{}", parts.join(" "))
}

/// A gap between bounds: whole seconds up to two minutes, whole minutes beyond.
pub(crate) fn gap(gap: Gap, voice: &Voice) -> String {
    let size = |bound: Option<i64>| bound.map_or(0, i64::abs);
    let unit = if size(gap.min_ms).max(size(gap.max_ms)) < 2 * MINUTE { SECOND } else { MINUTE };
    let low = gap.min_ms.map(|ms| ms.div_euclid(unit) * unit);
    let high = gap.max_ms.map(|ms| (-(-ms).div_euclid(unit)) * unit);
    bounds(Gap { min_ms: low, max_ms: high }, voice)
}

/// A gap with its bounds to the millisecond.
pub(crate) fn bounds(gap: Gap, voice: &Voice) -> String {
    match (gap.min_ms, gap.max_ms) {
        (Some(low), Some(high)) if low == high => exact(low, voice),
        (Some(low), Some(high)) => voice.say(
            &Message::new("span-range")
                .text("low", exact(low, voice))
                .text("high", exact(high, voice)),
        ),
        (Some(low), None) => {
            voice.say(&Message::new("span-at-least").text("low", exact(low, voice)))
        }
        (None, Some(high)) => {
            voice.say(&Message::new("span-at-most").text("high", exact(high, voice)))
        }
        (None, None) => voice.word("span-open"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fupan::Lang;

    #[test]
    fn bounds_are_rounded_outward() {
        let voice = Voice::new(Lang::En);
        let of = |min, max| gap(Gap { min_ms: min, max_ms: max }, &voice);
        assert_eq!(of(Some(46 * MINUTE + 1), Some(47 * MINUTE + 1)), "46 min – 48 min");
        assert_eq!(of(Some(47 * MINUTE), Some(47 * MINUTE)), "47 min");
        assert_eq!(of(Some(-1), Some(1)), "−1 s – 1 s");
        assert_eq!(of(Some(-90 * MINUTE - 1), None), "at least −91 min");
        assert_eq!(of(None, Some(500)), "at most 1 s");
        assert_eq!(of(None, None), "not bounded");
    }

    #[test]
    fn a_span_is_told_to_the_millisecond() {
        let voice = Voice::new(Lang::En);
        assert_eq!(exact(17 * MINUTE + 58 * SECOND, &voice), "17 min 58 s");
        assert_eq!(exact(120 * MINUTE, &voice), "120 min");
        assert_eq!(exact(30 * 60 * MINUTE + 52 * MINUTE, &voice), "30 h 52 min");
        assert_eq!(exact(-999, &voice), "−0.999 s");
        assert_eq!(exact(0, &voice), "0 s");
    }
}
