//! A cursor over a short text: what the reader of times is written with.

use crate::words::{DayPart, Loose, date_words};

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

    /// Reads a number of up to `most` digits, written in digits or spelt; the second part is how
    /// many digits it would have.
    pub(crate) fn figure(&mut self, most: usize) -> Option<(i64, usize)> {
        self.number(most).or_else(|| self.spelt(most))
    }

    /// Reads a spelt number: digits one by one, or tens and ones.
    fn spelt(&mut self, most: usize) -> Option<(i64, usize)> {
        let words = date_words();
        let digit = |c: char| words.digits.iter().position(|chars| chars.contains(c));
        let is_ten = |c: char| words.ten.contains(c);
        let mut scan = *self;
        let (mut value, mut count, mut tens) = (0_i64, 0_usize, false);
        while let Some(c) = scan.0.chars().next() {
            if let Some(digit) = digit(c) {
                // After the ten stands one digit at most.
                if tens && value % 10 != 0 {
                    return None;
                }
                value = if tens { value } else { value * 10 } + i64::try_from(digit).ok()?;
                count += 1;
            } else if is_ten(c) && !tens && count < 2 {
                value = if count == 0 { 10 } else { value * 10 };
                (tens, count) = (true, 1);
            } else {
                break;
            }
            if count > most {
                return None;
            }
            scan.0 = scan.0.get(c.len_utf8()..)?;
        }
        if count == 0 {
            return None;
        }
        *self = scan;
        Some((value, if tens { 2 } else { count }))
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

    /// Reads a part of the day.
    pub(crate) fn day_part(&mut self) -> Option<&'static DayPart> {
        let part = date_words().part.iter().find(|part| self.word(&part.words))?;
        self.spaces();
        Some(part)
    }

    /// Reads a word that loosens the time after it.
    pub(crate) fn loose_before(&mut self) -> Option<&'static Loose> {
        let loose = date_words().loose.iter().find(|loose| self.word(&loose.before))?;
        self.spaces();
        Some(loose)
    }

    /// Reads a word that loosens the time before it.
    pub(crate) fn loose_after(&mut self) -> Option<&'static Loose> {
        let loose = date_words().loose.iter().find(|loose| self.word(&loose.after))?;
        self.spaces();
        Some(loose)
    }

    /// Skips white space.
    pub(crate) fn spaces(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// Whether a digit stands next, in figures or spelt.
    pub(crate) fn at_figure(&self) -> bool {
        let mut ahead = *self;
        ahead.figure(2).is_some()
    }

    /// Whether all was read.
    pub(crate) fn done(&self) -> bool {
        self.0.is_empty()
    }
}
