//! The plain form of a time, read quickly: `2026-05-01 08:00:00`, with or without a fraction. What
//! it does not know is for the general reader; a test holds the two together.

use super::{DAY_MS, Precision, calendar::days_of};

/// Quick reader (速读): it remembers the last day, because the next row is mostly of the same.
#[derive(Clone, Copy, Default)]
pub(crate) struct Quick {
    day: [u8; 10],
    ms: i64,
}

impl Quick {
    /// Milliseconds of civil time since 1970, and how precise the words are. `None`: not the plain
    /// form, or no time at all.
    #[inline]
    pub(crate) fn read(&mut self, text: &[u8]) -> Option<(i64, Precision)> {
        let (day, rest) = text.split_first_chunk::<10>()?;
        if *day != self.day {
            self.ms = day_of(day)?.checked_mul(DAY_MS)?;
            self.day = *day;
        }
        let (clock, rest) = rest.split_first_chunk::<9>()?;
        let [b' ' | b'T', h1, h2, b':', m1, m2, b':', s1, s2] = *clock else { return None };
        let (hour, minute, second) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let ms = self.ms + ((hour * 60 + minute) * 60 + second) * 1000;
        match *rest {
            [] => Some((ms, Precision::Second)),
            [b'.', a, b, c] => {
                let milli = two(a, b)? * 10 + two(b'0', c)?;
                Some((ms + milli, Precision::Milli))
            }
            _ => None,
        }
    }
}

fn day_of(day: &[u8; 10]) -> Option<i64> {
    let [y1, y2, y3, y4, mark @ (b'-' | b'/' | b'.'), m1, m2, again, d1, d2] = *day else {
        return None;
    };
    if mark != again {
        return None;
    }
    days_of(two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?, two(d1, d2)?)
}

fn two(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
}

#[cfg(test)]
mod tests {
    use super::super::{TimeForm, read_formed};
    use super::*;

    #[test]
    fn what_it_reads_the_general_reader_reads_alike() {
        let plain = "2026-05-01 08:00:00.013";
        let marks: Vec<char> = "0123456789-/.:T ,Z+\u{5e74}".chars().collect();
        let mut dice = 1_u64;
        let mut roll = |most: usize| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            usize::try_from(dice >> 33).expect("small") % most
        };
        let (mut quick, mut read) = (Quick::default(), 0);
        for _ in 0..200_000 {
            let mut text: Vec<char> = plain.chars().take([10, 16, 19, 23, 22][roll(5)]).collect();
            for _ in 0..roll(4) {
                let at = roll(text.len());
                text[at] = marks[roll(marks.len())];
            }
            let text: String = text.into_iter().collect();
            let Some((ms, precision)) = quick.read(text.as_bytes()) else { continue };
            let general = read_formed(&text, Some(0), &TimeForm::default()).expect(&text);
            assert_eq!((general.at.ms, general.precision), (ms, precision), "{text}");
            assert!(!general.zoned && general.loose.is_none());
            read += 1;
        }
        assert!(read > 20_000, "{read}");
        for text in ["2026-05-01 08:00:00", "2024/02/29T23:59:59.999", "0001.01.01 00:00:00.000"] {
            assert!(quick.read(text.as_bytes()).is_some(), "{text}");
        }
        for text in ["2026-02-29 08:00:00", "2026-05-01 24:00:00", "2026-05-01 08:00", ""] {
            assert!(quick.read(text.as_bytes()).is_none(), "{text}");
        }
    }
}
