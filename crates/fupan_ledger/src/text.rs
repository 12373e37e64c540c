//! Strict readers of the small pieces of text formats: one spelling each, so that what is read and
//! printed again is the same bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A decimal number: digits only, no leading zeros (`0` itself excepted).
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let shortest = text == "0" || !text.starts_with('0');
    if plain && shortest { text.parse().ok() } else { None }
}

/// A decimal number that may be negative; `-0` is refused.
pub(crate) fn signed(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(digits) if decimal(digits)? > 0 => text.parse().ok(),
        Some(_) => None,
        None => i64::try_from(decimal(text)?).ok(),
    }
}

/// Standard base64 (RFC 4648 §4): with padding, no unused bits set, nothing between.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// 32 bytes in base64.
pub(crate) fn base64_hash(text: &str) -> Option<[u8; 32]> {
    base64(text)?.try_into().ok()
}

/// Standard base64 with padding.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Lowercase hexadecimal digits, two a byte.
pub(crate) fn hex(text: &str) -> Option<Vec<u8>> {
    let lower = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !lower || !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// A number of bytes fixed by the type, in lowercase hexadecimal digits.
pub(crate) fn hex_array<const N: usize>(text: &str) -> Option<[u8; N]> {
    hex(text)?.try_into().ok()
}

/// Lowercase hexadecimal digits.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(bytes.len() * 2);
    for half in bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        out.push(DIGITS.get(usize::from(half)).copied().map_or('0', char::from));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_has_one_spelling() {
        assert_eq!(decimal("0"), Some(0));
        assert_eq!(decimal("18446744073709551615"), Some(u64::MAX));
        for bad in ["", "00", "01", "+1", "-1", " 1", "1 ", "18446744073709551616", "٣"] {
            assert_eq!(decimal(bad), None, "{bad}");
        }
        assert_eq!(signed("-132"), Some(-132));
        assert_eq!(signed("-9223372036854775808"), Some(i64::MIN));
        for bad in ["-0", "--1", "-01", "9223372036854775808", "-"] {
            assert_eq!(signed(bad), None, "{bad}");
        }
        assert_eq!(base64("AQI="), Some(vec![1, 2]));
        for bad in ["AQI", "AQJ=", "AQI=\n", "AQ I=", "AQI==", "_-A="] {
            assert_eq!(base64(bad), None, "{bad}");
        }
        assert_eq!(hex("00ff"), Some(vec![0, 255]));
        for bad in ["0", "0F", "+f", "0x", "é"] {
            assert_eq!(hex(bad), None, "{bad}");
        }
        assert_eq!(hex_array::<2>("00ff"), Some([0, 255]));
        assert_eq!(hex_array::<3>("00ff"), None);
        assert_eq!(to_hex(&[0, 171]), "00ab");
    }
}
