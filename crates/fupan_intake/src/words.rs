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
    /// First half of a day of twice twelve hours.
    pub(crate) am: Vec<String>,
    /// Second half of it.
    pub(crate) pm: Vec<String>,
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
        assert_eq!(super::date_words().pm, words.pm);
    }
}
