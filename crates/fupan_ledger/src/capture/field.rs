//! The values of a statement's fields, each in its one spelling.

use jiff::Timestamp;

use super::Beacon;
use crate::text;
use crate::tree::Hash;

/// A ULID: 26 characters of Crockford's base 32, at most 128 bits.
pub(crate) fn ulid(value: &str) -> Option<String> {
    let letters = value.bytes().all(|byte| {
        byte.is_ascii_digit()
            || (byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'L' | b'O' | b'U'))
    });
    let fits = value.len() == 26 && value.bytes().next().is_some_and(|first| first <= b'7');
    (letters && fits).then(|| value.to_owned())
}

/// A code of the book: up to 16 capital letters and digits. Whether the book has it is for the book.
pub(crate) fn code(value: &str) -> Option<String> {
    let plain = value.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    (plain && (1..=16).contains(&value.len())).then(|| value.to_owned())
}

/// A word of up to 32 small letters and inner hyphens.
pub(crate) fn word(value: &str) -> Option<String> {
    let plain = value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let ends = !value.starts_with('-') && !value.ends_with('-');
    (plain && ends && (1..=32).contains(&value.len())).then(|| value.to_owned())
}

/// `sha256:` and 64 digits.
pub(crate) fn digest(value: &str) -> Option<[u8; 32]> {
    text::hex_array(value.strip_prefix("sha256:")?)
}

/// What `read` makes of the value, or the word `none`.
pub(crate) fn optional<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if value == "none" { Some(None) } else { read(value).map(Some) }
}

/// A moment in UTC with milliseconds: `2026-11-22T07:25:19.123Z`.
pub(super) fn moment(value: &str) -> Option<Timestamp> {
    let moment: Timestamp = value.parse().ok()?;
    (format!("{moment:.3}") == value).then_some(moment)
}

/// Size and root of a checkpoint.
pub(super) fn beacon(value: &str) -> Option<Beacon> {
    let (size, root) = value.split_once(' ')?;
    Some(Beacon { size: text::decimal(size)?, root: Hash(text::base64_hash(root)?) })
}
