//! Exact decimal numbers, so that no float order can leak into a result.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::cmp::Ordering;
use std::fmt;
use thiserror::Error;

/// A decimal number (十进制数): `mantissa` / 10^`scale`, as written (`3.0` stays `3.0`).
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

/// Why a text is no decimal number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not a decimal number of at most 18 digits")]
pub struct DecimalError(pub String);

impl Decimal {
    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self { mantissa: value, scale: 0 }
    }

    /// Reads `-12`, `3.0`, `0.25`; thousands separators and exponents are refused.
    ///
    /// # Errors
    /// [`DecimalError`] with the text.
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        let refuse = || DecimalError(text.to_owned());
        let trimmed = text.trim();
        let (sign, digits) = match trimmed.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, trimmed.strip_prefix('+').unwrap_or(trimmed)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = || whole.bytes().chain(fraction.bytes());
        let plain = !whole.is_empty() && all().all(|b| b.is_ascii_digit());
        let dangling = whole.len() < digits.len() && fraction.is_empty();
        if !plain || dangling || whole.len() + fraction.len() > 18 {
            return Err(refuse());
        }
        // Eighteen digits are below 2^63.
        let mantissa = all().fold(0, |so_far, digit| so_far * 10 + i64::from(digit - b'0'));
        let scale = u8::try_from(fraction.len()).map_err(|_| refuse())?;
        Ok(Self { mantissa: sign * mantissa, scale })
    }

    /// The number as a whole number of units of 10^-scale, and the scale.
    pub fn parts(self) -> (i64, u8) {
        (self.mantissa, self.scale)
    }

    /// The number as a fraction of two whole numbers: (numerator, denominator > 0).
    pub fn ratio(self) -> (i128, i128) {
        (i128::from(self.mantissa), 10_i128.pow(u32::from(self.scale)))
    }

    /// The number times `factor`, rounded toward minus infinity; `None` beyond `i64`.
    pub fn times_floor(self, factor: i64) -> Option<i64> {
        let (n, d) = self.ratio();
        i64::try_from((n * i128::from(factor)).div_euclid(d)).ok()
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Decimal {}
impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.scale == other.scale {
            return self.mantissa.cmp(&other.mantissa);
        }
        let ((a, b), (c, d)) = (self.ratio(), other.ratio());
        (a * d).cmp(&(c * b))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.mantissa);
        }
        let unit = 10_u64.pow(u32::from(self.scale));
        let size = self.mantissa.unsigned_abs();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let width = usize::from(self.scale);
        write!(f, "{sign}{}.{:0width$}", size / unit, size % unit)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.scale, self.to_string().parse::<f64>()) {
            (1.., Ok(value)) => serializer.serialize_f64(value),
            _ => serializer.serialize_i64(self.mantissa),
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Whole(i64),
            Broken(f64),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Whole(value) => Ok(Self::whole(value)),
            // The shortest text that reads back as the same number is what the author wrote.
            Written::Broken(value) => Self::parse(&format!("{value:?}")).map_err(de::Error::custom),
            Written::Text(text) => Self::parse(&text).map_err(de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints_what_was_written() {
        for text in ["0", "-12", "3.0", "0.05", "-0.50", "123456789012345678"] {
            assert_eq!(Decimal::parse(text).map(|d| d.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "1e3", "1,000", ".5", "5.", "--1", "1234567890123456789", "١"] {
            assert!(Decimal::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn compares_by_value() {
        let of = |t: &str| Decimal::parse(t).ok();
        assert_eq!(of("3.0"), of("3"));
        assert!(of("2.99") < of("3"));
        assert_eq!(of("2.5").and_then(|d| d.times_floor(60_000)), Some(150_000));
    }
}
