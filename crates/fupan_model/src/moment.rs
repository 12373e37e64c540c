//! Time: moments, what a source states, windows and gaps. All in whole milliseconds.

use crate::RowId;
use jiff::{Timestamp, tz::Offset};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::cmp::Ordering;
use std::fmt;

/// Moment (时刻): milliseconds since 1970-01-01T00:00Z, printed in the zone it carries.
/// Two moments are equal when they are the same instant; the zone is only how it prints.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Milliseconds since the Unix epoch.
    pub ms: i64,
    /// Offset of the zone it prints in, in seconds east of UTC.
    pub offset_s: i32,
}

impl Moment {
    /// A moment at `ms`, printing with `offset_s`.
    pub fn new(ms: i64, offset_s: i32) -> Self {
        Self { ms, offset_s }
    }

    /// The same instant, `by_ms` later, in the same zone.
    #[must_use]
    pub fn plus(self, by_ms: i64) -> Self {
        Self { ms: self.ms.saturating_add(by_ms), ..self }
    }

    /// Reads ISO 8601 with an offset (`2021-01-10T13:13:00+08:00`, `…Z`); fractions beyond a
    /// millisecond are refused by returning `None`, as is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_timestamp(text).ok()?;
        let offset_s = offset_of(text)?;
        if pieces.as_nanosecond() % 1_000_000 != 0 {
            return None;
        }
        Some(Self { ms: pieces.as_millisecond(), offset_s })
    }
}

/// Seconds east of UTC named at the end of an ISO 8601 text.
fn offset_of(text: &str) -> Option<i32> {
    let time = text.find(['T', 't', ' '])?;
    let tail = text.get(time..)?;
    if tail.ends_with(['Z', 'z']) {
        return Some(0);
    }
    let at = tail.rfind(['+', '-'])?;
    let sign = if tail.get(at..)?.starts_with('-') { -1 } else { 1 };
    let digits: String = tail.get(at + 1..)?.chars().filter(char::is_ascii_digit).collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |m| m.parse().ok())?;
    Some(sign * (hours * 3600 + minutes * 60))
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.ms == other.ms
    }
}
impl Eq for Moment {}
impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.ms.cmp(&other.ms)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stamp = Timestamp::from_millisecond(self.ms).map_err(|_| fmt::Error)?;
        let offset = Offset::from_seconds(self.offset_s).map_err(|_| fmt::Error)?;
        let civil = offset.to_datetime(stamp);
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            civil.year(),
            civil.month(),
            civil.day(),
            civil.hour(),
            civil.minute(),
            civil.second()
        )?;
        if civil.millisecond() != 0 {
            write!(f, ".{:03}", civil.millisecond())?;
        }
        let sign = if self.offset_s < 0 { '-' } else { '+' };
        let minutes = self.offset_s.abs() / 60;
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            de::Error::custom(format!(
                "{text:?} is not ISO 8601 with an offset, to the millisecond"
            ))
        })
    }
}

/// A stated time (所述时刻): what a source says, with the error its reading may carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// The words of the source, as read.
    pub text: String,
    /// The reading of the source's clock.
    pub at: Moment,
    /// The true reading lies no earlier than `at + lo_ms`.
    pub lo_ms: i64,
    /// The true reading lies no later than `at + hi_ms`.
    pub hi_ms: i64,
    /// The reading policy of the book that gave the error bounds, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<RowId>,
}

/// Window (时间窗): a moment known between bounds. `None` is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Not earlier than this.
    pub min: Option<Moment>,
    /// Not later than this.
    pub max: Option<Moment>,
}

/// Gap (间隔): a delay known between bounds, in milliseconds. `None` is unbounded; negative
/// values are allowed and said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// At least this long.
    pub min_ms: Option<i64>,
    /// At most this long.
    pub max_ms: Option<i64>,
}

impl Gap {
    /// The smallest gap that holds both (凸包).
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            min_ms: self.min_ms.zip(other.min_ms).map(|(a, b)| a.min(b)),
            max_ms: self.max_ms.zip(other.max_ms).map(|(a, b)| a.max(b)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_prints_as_it_was_read() {
        for text in [
            "2021-01-10T13:13:00+08:00",
            "2013-04-17T19:50:38.250-05:00",
            "2005-12-11T06:01:32+00:00",
            "1969-12-31T23:59:59.999+00:00",
        ] {
            assert_eq!(Moment::parse(text).map(|m| m.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_not_a_full_moment_is_refused() {
        for text in [
            "2021-01-10T13:13:00",
            "2021-02-30T00:00:00Z",
            "",
            "13:13",
            "2021-01-10T13:13:00.0001Z",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_hull_is_open_where_either_is_open() {
        let a = Gap { min_ms: Some(1), max_ms: Some(5) };
        let b = Gap { min_ms: Some(-2), max_ms: None };
        assert_eq!(a.hull(b), Gap { min_ms: Some(-2), max_ms: None });
    }
}
