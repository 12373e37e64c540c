//! Units of indicators and limits.

/// Unit (单位) of an indicator or a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    #[default]
    Minute,
    /// Hours.
    Hour,
    /// Days of 24 hours.
    Day,
    /// Working days by the calendar of the book.
    WorkingDay,
    /// Calendar months.
    Month,
    /// Percent.
    Percent,
    /// A plain ratio.
    Ratio,
    /// Times a day.
    PerDay,
}

impl Unit {
    /// The words a book may write.
    pub const WORDS: [(&'static str, Self); 9] = [
        ("s", Self::Second),
        ("min", Self::Minute),
        ("h", Self::Hour),
        ("day", Self::Day),
        ("working-day", Self::WorkingDay),
        ("month", Self::Month),
        ("percent", Self::Percent),
        ("ratio", Self::Ratio),
        ("per-day", Self::PerDay),
    ];

    /// The word of the unit.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, unit)| *unit == self).map_or("", |(word, _)| word)
    }

    /// Milliseconds in one; `None` where the unit is no fixed span of time.
    pub fn milliseconds(self) -> Option<i64> {
        match self {
            Self::Second => Some(1_000),
            Self::Minute => Some(60_000),
            Self::Hour => Some(3_600_000),
            Self::Day => Some(86_400_000),
            Self::WorkingDay | Self::Month | Self::Percent | Self::Ratio | Self::PerDay => None,
        }
    }
}
