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
        Self::read(text.trim().as_bytes()).ok_or_else(|| DecimalError(text.to_owned()))
    }

    /// Reads the bytes of such a text, around which no white space stands.
    #[inline]
    pub fn read(text: &[u8]) -> Option<Self> {
        let (negative, digits) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, text),
        };
        // Eighteen digits and a point; they are below 2^63.
        if digits.len() > 19 {
            return None;
        }
        let (mut mantissa, mut point) = (0_i64, None);
        for (at, byte) in digits.iter().enumerate() {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa.wrapping_mul(10).wrapping_add(i64::from(byte - b'0'));
                }
                b'.' if point.is_none() && at > 0 => point = Some(at + 1),
                _ => return None,
            }
        }
        let scale = digits.len() - point.unwrap_or(digits.len());
        let count = digits.len() - usize::from(point.is_some());
        if count == 0 || count > 18 || point == Some(digits.len()) {
            return None;
        }
        let mantissa = if negative { -mantissa } else { mantissa };
        Some(Self { mantissa, scale: u8::try_from(scale).ok()? })
    }

    /// The number as a whole number of units of 10^-scale, and the scale.
    #[inline]
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
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Decimal {
    #[inline]
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
