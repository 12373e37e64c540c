//! A cursor over a short text: what the reader of times is written with.

/// Cursor (游标): the part of a text not yet read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scan<'a>(pub(crate) &'a str);

impl<'a> Scan<'a> {
    /// Reads 1 to `most` ASCII digits; gives the number and how many they were.
    pub(crate) fn number(&mut self, most: usize) -> Option<(i64, usize)> {
        let count = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(count)?;
        let value = digits.parse().ok()?;
        self.0 = rest;
        Some((value, count))
    }

    /// Reads exactly two digits.
    pub(crate) fn two(&mut self) -> Option<i64> {
        let (value, count) = self.number(2)?;
        (count == 2).then_some(value)
    }

    /// Reads one of `chars`, and says which.
    pub(crate) fn one_of(&mut self, chars: &[char]) -> Option<char> {
        let first = self.0.chars().next().filter(|c| chars.contains(c))?;
        self.0 = self.0.get(first.len_utf8()..)?;
        Some(first)
    }

    /// Reads one of `words`, and says whether it did.
    pub(crate) fn word(&mut self, words: &[String]) -> bool {
        for word in words {
            if let Some(rest) = self.0.strip_prefix(word.as_str()) {
                self.0 = rest;
                return true;
            }
        }
        false
    }

    /// Skips white space.
    pub(crate) fn spaces(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// Whether all was read.
    pub(crate) fn done(&self) -> bool {
        self.0.is_empty()
    }
}
