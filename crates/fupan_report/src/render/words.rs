//! The words that renderers add, from the data files beside this crate.

use fupan_model::Tone;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words of one language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) join: String,
    pub(super) mark: MarkWords,
    /// Parts of the case document, by their name in a cite.
    pub(super) part: BTreeMap<String, String>,
    pub(super) number: NumberWords,
    pub(super) tone: ToneWords,
    pub(super) figure: FigureWords,
    pub(super) page: PageWords,
}

/// How a cite prints.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkWords {
    pub(super) open: String,
    pub(super) close: String,
    pub(super) between: String,
    pub(super) of: String,
    pub(super) and: String,
    pub(super) row: String,
    pub(super) rows: String,
    pub(super) page: String,
    pub(super) pages: String,
    pub(super) second: String,
    pub(super) sheet: String,
    pub(super) record: String,
    pub(super) part: String,
    pub(super) book: String,
}

/// How chapters, headings and captions are numbered.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberWords {
    pub(super) numerals: Vec<String>,
    pub(super) ten: String,
    pub(super) chapter: String,
    pub(super) heading: String,
    pub(super) caption: String,
    pub(super) part: String,
}

/// The sign and the words of each tone.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToneWords {
    pub(super) good: Sign,
    pub(super) bad: Sign,
    pub(super) doubt: Sign,
    pub(super) faint: Sign,
    pub(super) note: String,
    pub(super) stop: String,
}

/// A sign and what it says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sign {
    pub(super) sign: String,
    pub(super) word: String,
}

/// Words of the figure's axis and key.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FigureWords {
    pub(super) zone: String,
    pub(super) point: String,
    pub(super) bar: String,
    pub(super) open: String,
    pub(super) conflict: String,
    #[serde(rename = "break")]
    pub(super) broken: String,
    pub(super) bracket: String,
    pub(super) from_to: String,
    pub(super) day: String,
    pub(super) hour: String,
    pub(super) minute: String,
    pub(super) second: String,
    pub(super) undated: String,
}

/// Words at the edge of a page.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageWords {
    pub(super) footer: String,
    pub(super) skip: String,
}

impl Words {
    /// Words of a language; of `zh` where there is no file for it.
    pub(super) fn of(lang: &str) -> Self {
        let text = match lang {
            "en" => include_str!("../../words/en.toml"),
            _ => include_str!("../../words/zh.toml"),
        };
        toml::from_str(text).unwrap_or_default()
    }

    /// Sign and words of a tone; `None` for a plain one.
    pub(super) fn sign(&self, tone: Tone) -> Option<&Sign> {
        match tone {
            Tone::Plain => None,
            Tone::Good => Some(&self.tone.good),
            Tone::Bad => Some(&self.tone.bad),
            Tone::Doubt => Some(&self.tone.doubt),
            Tone::Faint => Some(&self.tone.faint),
        }
    }

    /// What goes between two pieces of running text.
    pub(super) fn joint(&self, before: &str, after: &str) -> &str {
        let closed = before.is_empty() || before.ends_with([' ', '(', '[', '“', '/']);
        let tight = after.is_empty() || after.starts_with([' ', ',', '.', ';', ':', ')', ']', '”']);
        if closed || tight { "" } else { &self.join }
    }
}

/// The class and the name in files of a tone.
pub(super) fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Doubt => "doubt",
        Tone::Faint => "faint",
    }
}

/// A pattern of the words file, its `{}` filled in.
pub(super) fn fill(pattern: &str, value: impl std::fmt::Display) -> String {
    pattern.replace("{}", &value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_read_and_hold_every_word() {
        for text in [include_str!("../../words/zh.toml"), include_str!("../../words/en.toml")] {
            let words: Words = toml::from_str(text).expect("every key, no other");
            assert!(words.mark.row.contains("{}") && words.number.chapter.contains("{}"));
        }
    }

    #[test]
    fn english_pieces_are_set_apart_and_stops_are_not() {
        let en = Words::of("en");
        assert_eq!(en.joint("The delay", "was long"), " ");
        assert_eq!(en.joint("The delay", ", then"), "");
        assert_eq!(Words::of("zh").joint("延误", "很长"), "");
    }
}
