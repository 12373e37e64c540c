//! The words around the figures of a time, from `words/dates.toml`: data, so that no language
//! stands in the code.

use serde::Deserialize;
use std::sync::OnceLock;

/// Date words (日期用词): every way a part of a time may be marked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DateWords {
    /// After the year.
    pub(crate) year: Vec<String>,
    /// After the month.
    pub(crate) month: Vec<String>,
    /// After the day of the month.
    pub(crate) day: Vec<String>,
    /// After the hour.
    pub(crate) hour: Vec<String>,
    /// After the minute.
    pub(crate) minute: Vec<String>,
    /// After the second.
    pub(crate) second: Vec<String>,
    /// In place of minutes: none.
    pub(crate) whole: Vec<String>,
    /// In place of minutes: thirty.
    pub(crate) half: Vec<String>,
    /// In place of minutes: fifteen.
    pub(crate) quarter: Vec<String>,
    /// In place of minutes: forty-five.
    pub(crate) three_quarters: Vec<String>,
    /// The characters of each figure, from 0 to 9.
    pub(crate) digits: Vec<String>,
    /// The characters of ten.
    pub(crate) ten: String,
    /// Parts of a day.
    pub(crate) part: Vec<DayPart>,
    /// Words that loosen a time.
    pub(crate) loose: Vec<Loose>,
}

/// Part of a day (时段): which hours may be said with it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DayPart {
    /// Its words.
    pub(crate) words: Vec<String>,
    /// Ranges of hours, with what is added to make them hours of the whole day.
    pub(crate) hours: Vec<[i64; 3]>,
    /// Ranges that only stand where a clock wrote them.
    #[serde(default)]
    pub(crate) clock: Vec<[i64; 3]>,
}

impl DayPart {
    /// The hour of the whole day; `None` for an hour nobody says with this word.
    pub(crate) fn hour(&self, hour: i64, colon: bool) -> Option<i64> {
        let more: &[[i64; 3]] = if colon { &self.clock } else { &[] };
        let ranges = self.hours.iter().chain(more);
        ranges
            .clone()
            .find(|[from, to, _]| (from..=to).contains(&&hour))
            .map(|[.., add]| hour + add)
    }
}

/// Loosening words (约数词), and the reading policies they stand for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Loose {
    /// Words before the time.
    pub(crate) before: Vec<String>,
    /// Words after it.
    pub(crate) after: Vec<String>,
    /// The policy of words to the hour.
    pub(crate) hour: String,
    /// The policy of words to the minute.
    pub(crate) minute: String,
    /// The policy of words to the second.
    pub(crate) second: String,
}

/// The words, parsed once. The file is part of the program; a test reads it.
pub(crate) fn date_words() -> &'static DateWords {
    static WORDS: OnceLock<DateWords> = OnceLock::new();
    WORDS.get_or_init(|| toml::from_str(include_str!("../words/dates.toml")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_file_is_read() {
        let words: super::DateWords =
            toml::from_str(include_str!("../words/dates.toml")).expect("words/dates.toml");
        assert_eq!(words.year, ["年"]);
        assert_eq!(words.digits.len(), 10);
        assert_eq!(super::date_words().part.len(), words.part.len());
        assert!(words.part.iter().all(|part| !part.hours.is_empty()));
    }
}
