//! Numbers of chapters, headings and captions, counted in reading order.

use super::words::{Words, fill};

/// Counts while a document is walked.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    chapter: u32,
    heading: u32,
    figure: u32,
    table: u32,
}

impl Numbers {
    /// The number before the next chapter's title.
    pub(super) fn chapter(&mut self, words: &Words) -> String {
        self.chapter += 1;
        self.heading = 0;
        fill(&words.number.chapter, numeral(self.chapter, words))
    }

    /// The number before the next heading of the chapter.
    pub(super) fn heading(&mut self, words: &Words) -> String {
        self.heading += 1;
        let chapter = numeral(self.chapter, words);
        fill(&words.number.heading, numeral(self.heading, words)).replace("{chapter}", &chapter)
    }

    /// Number of the next figure.
    pub(super) fn figure(&mut self) -> u32 {
        self.figure += 1;
        self.figure
    }

    /// Number of the next table.
    pub(super) fn table(&mut self) -> u32 {
        self.table += 1;
        self.table
    }
}

/// Words before and after the number of a caption.
pub(super) fn caption_parts(words: &Words, word: &str) -> (String, String) {
    let pattern = words.number.caption.replace("{word}", word);
    let (before, after) = pattern.split_once("{}").unwrap_or((&pattern, ""));
    (before.to_owned(), after.to_owned())
}

/// A count in the numerals of the language: 12 is 十二 where it has its own, else `12`.
fn numeral(n: u32, words: &Words) -> String {
    let digit = |d: u32| {
        usize::try_from(d).ok().and_then(|d| words.number.numerals.get(d)).map_or("", |s| s)
    };
    if words.number.numerals.is_empty() || n > 99 {
        return n.to_string();
    }
    let ten = &words.number.ten;
    match (n / 10, n % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, 0) => ten.clone(),
        (1, ones) => format!("{ten}{}", digit(ones)),
        (tens, 0) => format!("{}{ten}", digit(tens)),
        (tens, ones) => format!("{}{ten}{}", digit(tens), digit(ones)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_count_in_the_numerals_of_the_language() {
        let zh = Words::of("zh");
        let mut count = Numbers::default();
        let all: Vec<String> = (0..21).map(|_| count.chapter(&zh)).collect();
        assert_eq!(all.first().map(String::as_str), Some("一、"));
        assert_eq!(all.get(9).map(String::as_str), Some("十、"));
        assert_eq!(all.get(11).map(String::as_str), Some("十二、"));
        assert_eq!(all.get(20).map(String::as_str), Some("二十一、"));
        assert_eq!(count.heading(&zh), "（一）");
    }

    #[test]
    fn english_headings_name_their_chapter() {
        let en = Words::of("en");
        let mut count = Numbers::default();
        count.chapter(&en);
        count.heading(&en);
        assert_eq!(count.heading(&en).trim(), "1.2");
        count.chapter(&en);
        assert_eq!(count.heading(&en).trim(), "2.1");
    }
}
