//! What the one-byte codes and glyph names of simple fonts mean, and radicals that stand for words.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Radicals and the characters that fonts draw alike, in pairs.
static RADICALS: OnceLock<BTreeMap<char, char>> = OnceLock::new();

/// The text with radicals as the characters they are drawn like. Where a font has one glyph for
/// both, programs that print (Chromium among them) name the radical, and no search finds the word.
pub(super) fn without_radicals(text: &str) -> String {
    let pairs = RADICALS.get_or_init(|| {
        let mut chars = include_str!("../../../words/radicals.txt").chars().filter(|c| *c != '\n');
        std::iter::from_fn(|| chars.next().zip(chars.next())).collect()
    });
    text.chars().map(|c| pairs.get(&c).copied().unwrap_or(c)).collect()
}

/// Names of the glyphs of ASCII, from the space on.
const ASCII: &str = "space exclam quotedbl numbersign dollar percent ampersand quotesingle \
    parenleft parenright asterisk plus comma hyphen period slash zero one two three four five six \
    seven eight nine colon semicolon less equal greater question at A B C D E F G H I J K L M N O \
    P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore grave a b c d \
    e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde";

/// Other names that reports use.
const OTHERS: &[(&str, &str)] = &[
    ("bullet", "\u{2022}"),
    ("copyright", "\u{a9}"),
    ("degree", "\u{b0}"),
    ("ellipsis", "\u{2026}"),
    ("emdash", "\u{2014}"),
    ("endash", "\u{2013}"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("minus", "\u{2212}"),
    ("multiply", "\u{d7}"),
    ("nbspace", "\u{a0}"),
    ("periodcentered", "\u{b7}"),
    ("plusminus", "\u{b1}"),
    ("quotedblleft", "\u{201c}"),
    ("quotedblright", "\u{201d}"),
    ("quoteleft", "\u{2018}"),
    ("quoteright", "\u{2019}"),
    ("section", "\u{a7}"),
];

/// What a glyph name means: `A`, `quoteright`, `uni53D1`, `u20000`.
pub(super) fn of_name(name: &str) -> Option<String> {
    if let Some(at) = ASCII.split_whitespace().position(|one| one == name) {
        return char::from_u32(0x20 + u32::try_from(at).ok()?).map(String::from);
    }
    if let Some((_, text)) = OTHERS.iter().find(|(one, _)| *one == name) {
        return Some((*text).to_owned());
    }
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    let valid = (4..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| valid)?;
    char::from_u32(code).map(String::from)
}

/// What a code means in a base encoding.
pub(super) fn of_code(encoding: Option<&[u8]>, code: u8) -> Option<String> {
    let charset: &Encoding = match encoding {
        Some(b"MacRomanEncoding") => MACINTOSH,
        _ => WINDOWS_1252,
    };
    if code < 0x20 {
        return None;
    }
    let bytes = [code];
    Some(charset.decode_without_bom_handling(&bytes).0.into_owned())
}
