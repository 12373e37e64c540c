//! Exact fractions: values and scores are computed in whole numbers and rounded outward once.

use fupan_model::{Decimal, Interval};

/// A fraction, denominator above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    pub(crate) num: i128,
    pub(crate) den: i128,
}

impl Fraction {
    pub(crate) fn new(num: i128, den: i128) -> Option<Self> {
        match den {
            0 => None,
            d if d < 0 => Some(Self { num: num.checked_neg()?, den: d.checked_neg()? }),
            _ => Some(Self { num, den }),
        }
    }

    pub(crate) fn of(value: Decimal) -> Self {
        let (num, den) = value.ratio();
        Self { num, den }
    }

    pub(crate) fn times(self, num: i128, den: i128) -> Option<Self> {
        Self::new(self.num.checked_mul(num)?, self.den.checked_mul(den)?)
    }

    pub(crate) fn over(self, by: Self) -> Option<Self> {
        Self::new(self.num.checked_mul(by.den)?, self.den.checked_mul(by.num)?)
    }

    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        let num = self.num.checked_mul(other.den)?.checked_sub(other.num.checked_mul(self.den)?)?;
        Self::new(num, self.den.checked_mul(other.den)?)
    }

    pub(crate) fn less_than(self, other: Self) -> bool {
        match (self.num.checked_mul(other.den), other.num.checked_mul(self.den)) {
            (Some(a), Some(b)) => a < b,
            _ => false,
        }
    }

    /// Rounded down to so many decimal places.
    pub(crate) fn floor(self, places: u32) -> Option<Decimal> {
        decimal(self.num.checked_mul(10_i128.pow(places))?.div_euclid(self.den), places)
    }

    /// Rounded up to so many decimal places.
    pub(crate) fn ceil(self, places: u32) -> Option<Decimal> {
        let scaled = self.num.checked_mul(10_i128.pow(places))?.checked_neg()?;
        decimal(scaled.div_euclid(self.den).checked_neg()?, places)
    }
}

/// `scaled / 10^places`, written without trailing zeros.
fn decimal(scaled: i128, places: u32) -> Option<Decimal> {
    let unit = 10_i128.pow(places);
    let (whole, rest) = (scaled.abs() / unit, scaled.abs() % unit);
    let sign = if scaled < 0 { "-" } else { "" };
    let width = usize::try_from(places).ok()?;
    let text = format!("{sign}{whole}.{rest:0width$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    Decimal::parse(text).ok()
}

/// An interval rounded outward; an end that is `None` stays open.
pub(crate) fn outward(min: Option<Fraction>, max: Option<Fraction>, places: u32) -> Interval {
    Interval { min: min.and_then(|m| m.floor(places)), max: max.and_then(|m| m.ceil(places)) }
}

/// The exact sum of decimals.
pub(crate) fn sum(values: &[Decimal]) -> Option<Decimal> {
    let mut total = Fraction { num: 0, den: 1 };
    for value in values {
        let negative = Fraction::of(*value).times(-1, 1)?;
        total = total.minus(negative)?;
        // Decimals have denominators that are powers of ten: keep the larger only.
        let shared = Fraction::of(*value).den.min(total.den);
        if shared > 1 && total.num % shared == 0 && total.den % shared == 0 {
            total = Fraction { num: total.num / shared, den: total.den / shared };
        }
    }
    total.floor(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_outward() {
        let third = Fraction { num: 1, den: 3 };
        assert_eq!(third.floor(3).map(|d| d.to_string()).as_deref(), Some("0.333"));
        assert_eq!(third.ceil(3).map(|d| d.to_string()).as_deref(), Some("0.334"));
        let minus = Fraction { num: -1, den: 3 };
        assert_eq!(minus.floor(3).map(|d| d.to_string()).as_deref(), Some("-0.334"));
        assert_eq!(minus.ceil(3).map(|d| d.to_string()).as_deref(), Some("-0.333"));
        assert_eq!(
            Fraction { num: 6, den: 3 }.ceil(2).map(|d| d.to_string()).as_deref(),
            Some("2")
        );
    }

    #[test]
    fn sums_exactly() {
        let of = |t: &str| Decimal::parse(t).unwrap();
        let total = sum(&[of("0.1"), of("0.2"), of("3"), of("-0.3")]);
        assert_eq!(total.map(|d| d.to_string()).as_deref(), Some("3"));
    }
}
