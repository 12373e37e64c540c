//! ULIDs: 128 bits as 26 characters of Crockford's base 32. Their bytes come from outside.

use std::fmt;
use std::str::FromStr;

use super::LeafError;

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Ulid (唯一标识): 16 bytes, the first six a time in milliseconds where the maker wished it so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ulid(pub [u8; 16]);

impl fmt::Display for Ulid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = u128::from_be_bytes(self.0);
        let mut text = [b'0'; 26];
        for (at, place) in text.iter_mut().rev().enumerate() {
            let digit = usize::try_from((number >> (at * 5)) & 31).unwrap_or(0);
            *place = DIGITS.get(digit).copied().unwrap_or(b'0');
        }
        f.write_str(str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Ulid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ulid({self})")
    }
}

impl FromStr for Ulid {
    type Err = LeafError;

    fn from_str(text: &str) -> Result<Self, LeafError> {
        let wrong = LeafError::Value("id");
        if text.len() != 26 || text.as_bytes().first().is_none_or(|first| *first > b'7') {
            return Err(wrong);
        }
        let mut number = 0_u128;
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|digit| *digit == byte).ok_or(wrong)?;
            number = (number << 5) | digit as u128;
        }
        Ok(Self(number.to_be_bytes()))
    }
}
