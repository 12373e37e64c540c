//! Days of the civil calendar, with no zone and no clock.

use std::fmt;

/// Date (日期): a day of the Gregorian calendar, ordered as days are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: i32,
    month: u32,
    day: u32,
}

impl Date {
    /// The day, or `None` where there is none such (30 February, years outside 1–9999).
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let fits = (1..=9999).contains(&year) && (1..=12).contains(&month);
        (fits && day >= 1 && day <= month_length(year, month)).then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |width: usize| {
            let part = parts.next()?;
            let plain = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            if plain { part.parse::<u32>().ok() } else { None }
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return None;
        }
        Self::new(i32::try_from(year).ok()?, month, day)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u32 {
        self.day
    }

    /// Days since 1970-01-01, negative before.
    pub fn number(self) -> i64 {
        // Years are counted from March, so that the leap day is the last of its year.
        let shifted = i64::from(self.year) - i64::from(self.month <= 2);
        let era = shifted.div_euclid(400);
        let year_of_era = shifted.rem_euclid(400);
        let month_from_march = (i64::from(self.month) + 9).rem_euclid(12);
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The next day, `None` after 9999-12-31.
    pub fn next(self) -> Option<Self> {
        Self::new(self.year, self.month, self.day + 1)
            .or_else(|| Self::new(self.year, self.month + 1, 1))
            .or_else(|| Self::new(self.year + 1, 1, 1))
    }

    /// Whether it is a Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        // 1970-01-01 was a Thursday, three days after a Monday.
        (self.number() + 3).rem_euclid(7) >= 5
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn month_length(year: i32, month: u32) -> u32 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_real_days() {
        for text in ["2020-02-29", "2026-11-23", "0001-01-01"] {
            assert_eq!(Date::parse(text).map(|d| d.to_string()), Some(text.to_owned()));
        }
        for text in ["2021-02-29", "2021-13-01", "2021-1-01", "2021-01-01-", "21-01-01", ""] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn counts_days_and_weekends() {
        let day = |t: &str| Date::parse(t).unwrap();
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(day("2000-03-01").number(), 11_017);
        assert_eq!(day("1969-12-31").number(), -1);
        assert!(day("2026-11-22").is_weekend());
        assert!(!day("2026-11-23").is_weekend());
        assert_eq!(day("2023-12-31").next(), Date::parse("2024-01-01"));
        assert_eq!(day("9999-12-31").next(), None);
    }
}
