//! Words that stand in row after row: decoded, checked and judged once, then known again by their
//! bytes, all of them. It never grows beyond a fixed size, and never takes one word for another.

use super::{fault, print};
use crate::mapping::Charset;
use std::borrow::Cow;

/// How many words are kept.
const MOST: usize = 1 << 12;
/// How many places there are to look for one; most are free.
const SLOTS: usize = 1 << 13;
/// How long a word may be, in bytes.
const LONGEST: usize = 1 << 8;
/// Rows after which it is asked whether keeping words is worth it.
const TRIAL: u64 = 4096;

/// Words (常见词).
#[derive(Default)]
pub(super) struct Words {
    /// Where a word stands among all, from 1; 0: free.
    slots: Vec<u16>,
    all: Vec<Word>,
    bytes: Vec<u8>,
    text: String,
    /// Rows that were cut, and those that were not made of known words.
    rows: u64,
    missed: u64,
}

/// A word of a column (词).
pub(super) struct Word {
    column: usize,
    hash: u64,
    bytes: (usize, usize),
    text: (usize, usize),
    /// The print of its text.
    pub(super) print: u64,
    /// The rules whose conditions on its column it meets.
    pub(super) fits: u64,
    /// Whether it is more than white space.
    pub(super) solid: bool,
}

impl Words {
    /// Forgets all words where no more can be kept.
    pub(super) fn make_room(&mut self) {
        if self.slots.is_empty() || self.all.len() >= MOST {
            self.slots.clear();
            self.slots.resize(SLOTS, 0);
            self.all.clear();
            self.bytes.clear();
            self.text.clear();
        }
    }

    /// Tells of a row; `known`: it was made of known words.
    pub(super) fn saw(&mut self, known: bool) {
        self.rows += 1;
        self.missed += u64::from(!known);
    }

    /// Whether the words of the log come again.
    pub(super) fn is_worth(&self) -> bool {
        self.rows < TRIAL || self.missed < self.rows / 4
    }

    /// The text of a word.
    pub(super) fn text(&self, at: usize) -> &str {
        let word = self.all.get(at);
        word.and_then(|word| self.text.get(word.text.0..word.text.1)).unwrap_or_default()
    }

    /// A word by its bytes, and its place among all. One that is new is judged: `None` where it is
    /// none, has anything odd, or no room is left.
    pub(super) fn find(
        &mut self,
        column: usize,
        bytes: &[u8],
        charset: Charset,
        judge: impl FnOnce(&str) -> Option<u64>,
    ) -> Option<(usize, &Word)> {
        let hash = print::join(column as u64, print::of_text(bytes));
        let mut slot = usize::try_from(hash >> 32).ok()? % SLOTS;
        loop {
            let Some(at) = usize::from(*self.slots.get(slot)?).checked_sub(1) else {
                let at = self.learn((slot, column, hash), bytes, charset, judge)?;
                return Some((at, self.all.get(at)?));
            };
            let word = self.all.get(at)?;
            if word.hash == hash
                && word.column == column
                && self.bytes.get(word.bytes.0..word.bytes.1) == Some(bytes)
            {
                return Some((at, self.all.get(at)?));
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    fn learn(
        &mut self,
        (slot, column, hash): (usize, usize, u64),
        bytes: &[u8],
        charset: Charset,
        judge: impl FnOnce(&str) -> Option<u64>,
    ) -> Option<usize> {
        if self.all.len() >= MOST || bytes.len() > LONGEST {
            return None;
        }
        let text = read(bytes, charset)?;
        if fault(&text, charset).is_some() {
            return None;
        }
        let fits = judge(&text)?;
        let ends = (self.bytes.len(), self.text.len());
        self.bytes.extend_from_slice(bytes);
        self.text.push_str(&text);
        let word = Word {
            column,
            hash,
            bytes: (ends.0, self.bytes.len()),
            text: (ends.1, self.text.len()),
            print: print::of_text(text.as_bytes()),
            fits,
            solid: !text.trim().is_empty(),
        };
        self.all.push(word);
        *self.slots.get_mut(slot)? = u16::try_from(self.all.len()).ok()?;
        Some(self.all.len() - 1)
    }
}

/// The text of whole characters.
fn read(bytes: &[u8], charset: Charset) -> Option<Cow<'_, str>> {
    charset.encoding().decode_without_bom_handling_and_without_replacement(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_all_their_bytes_in_their_column() {
        let mut words = Words::default();
        words.make_room();
        let gb = Charset::Gb18030.encoding().encode("一号装置区").0.into_owned();
        let mut judged = Vec::new();
        for (column, bytes) in [(1, &*gb), (1, b"x"), (2, b"x"), (1, b""), (1, &*gb), (2, b"x")] {
            let judge = |text: &str| {
                judged.push(text.to_owned());
                Some(7)
            };
            let found = words.find(column, bytes, Charset::Gb18030, judge);
            let (at, word) = found.expect("a word");
            assert_eq!((word.fits, word.solid), (7, !bytes.is_empty()));
            assert_eq!(words.text(at).is_empty(), bytes.is_empty());
        }
        assert_eq!(judged, ["一号装置区", "x", "x", ""]);
    }

    #[test]
    fn what_is_odd_or_refused_is_no_word_and_room_is_fixed() {
        let mut words = Words::default();
        let mut find = |bytes: &[u8], fits| {
            words.make_room();
            words.find(0, bytes, Charset::Gb18030, |_| fits).is_some()
        };
        for odd in [&b"\xff"[..], b"a\0", b"\x81\x30", "二号二".as_bytes(), &[b'x'; 300]] {
            assert!(!find(odd, Some(0)), "{odd:?}");
        }
        assert!(!find(b"refused", None) && find(b"refused", Some(0)));
        for number in 0..3 * MOST {
            assert!(find(format!("word {number}").as_bytes(), Some(0)));
        }
        assert!(words.all.len() <= MOST && words.bytes.len() <= MOST * LONGEST);
    }
}
