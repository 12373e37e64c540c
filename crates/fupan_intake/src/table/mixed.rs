//! A line of UTF-8 inside a GB18030 text: it can be decoded all the same, into words nobody wrote. Such
//! a line is found and named, never read.

use encoding_rs::GB18030;
use std::sync::OnceLock;

/// Lead bytes of the characters U+3000 to U+9FFF in UTF-8.
const LEADS: std::ops::RangeInclusive<u8> = 0xe3..=0xe9;
/// Bytes that follow.
const TRAILS: std::ops::RangeInclusive<u8> = 0x80..=0xbf;

/// Whether a text read as GB18030 was written as UTF-8: all its bytes beyond ASCII are whole
/// characters of Chinese writing in UTF-8. A GB18030 text is that by chance only where each of its
/// characters is one of a few hundred rare ones, in threes.
pub(super) fn is_utf8_inside(text: &str) -> bool {
    if !is_suspect(text) {
        return false;
    }
    // The byte 80 alone is read as the sign of the euro, and would be written otherwise.
    let parts: Vec<_> = text.split('\u{20ac}').map(|part| GB18030.encode(part).0).collect();
    let bytes = parts.join(&0x80);
    let chinese = |c: char| matches!(u32::from(c), 0x3000..=0x9fff | 0xff00..=0xffef);
    std::str::from_utf8(&bytes).is_ok_and(|text| text.chars().all(|c| c.is_ascii() || chinese(c)))
}

/// Whether a text begins, behind its ASCII, as such a text does. Almost no other does, and this asks
/// for one character only.
pub(super) fn is_suspect(text: &str) -> bool {
    let first = wide_at(text.as_bytes()).and_then(|at| text.get(at..)?.chars().next());
    first.is_some_and(|first| {
        let (word, bit) = (u32::from(first) as usize / 64, u32::from(first) % 64);
        suspects().get(word).is_some_and(|word| word >> bit & 1 == 1)
    })
}

/// Where the first byte beyond ASCII stands.
fn wide_at(bytes: &[u8]) -> Option<usize> {
    const WIDE: u64 = 0x8080_8080_8080_8080;
    let (words, _) = bytes.as_chunks::<8>();
    let plain = words.iter().take_while(|word| u64::from_le_bytes(**word) & WIDE == 0).count();
    let rest = bytes.get(plain * 8..)?;
    rest.iter().position(|byte| !byte.is_ascii()).map(|at| plain * 8 + at)
}

/// The characters of two bytes in GB18030 with which such a text begins: a bit each.
fn suspects() -> &'static [u64] {
    static ALL: OnceLock<Vec<u64>> = OnceLock::new();
    ALL.get_or_init(|| {
        let codes = LEADS.flat_map(|lead| TRAILS.map(move |trail| [lead, trail]));
        let read = |code: [u8; 2]| {
            GB18030.decode_without_bom_handling_and_without_replacement(&code)?.chars().next()
        };
        let mut all = vec![0; 0x1_0000 / 64];
        for c in codes.filter_map(read) {
            if let Some(word) = all.get_mut(u32::from(c) as usize / 64) {
                *word |= 1 << (u32::from(c) % 64);
            }
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_gb(text: &str) -> String {
        GB18030.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn lines_of_utf8_are_found_and_those_of_gb18030_are_not() {
        assert!(suspects().iter().map(|word| word.count_ones()).sum::<u32>() > 400);
        for (text, at) in
            [("", None), ("12345678", None), ("1234567二", Some(7)), ("123456789二", Some(9))]
        {
            assert_eq!(wide_at(text.as_bytes()), at, "{text}");
        }
        for text in ["二号", "可燃气体", "甲、乙", "一号装置区高报，", "中文"] {
            let read = as_gb(text);
            assert_eq!(is_utf8_inside(&read), !read.contains('\u{fffd}'), "{text}");
        }
        assert!(is_utf8_inside(&as_gb("2024-05-12 14:00,二号")));
        for text in
            ["", "plain", "二号", "可燃气体高报 一号装置区", "联通", "浜", "沣河", "浜一", "张三"]
        {
            assert!(!is_utf8_inside(text), "{text}");
        }
    }
}
