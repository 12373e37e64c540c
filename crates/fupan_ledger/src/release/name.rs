//! File names that every file system keeps as they are. What a name may hold is a fixed alphabet:
//! characters that Linux, Windows and macOS all take, and that no Unicode normalisation changes, so
//! that a name comes back from any disk or archive as it was written. All others are spelt `_x<hex>_`.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::bag::{PathFault, check_path};
use crate::text;

/// Bytes of a name at most: with its folders it stays below the 260 characters that Windows allows.
const LIMIT: usize = 100;
/// Bytes of an ending that is kept when a name is cut.
const ENDING: usize = 12;

/// Safe name (安全文件名): an original's file name as it stands in a bag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SafeName(String);

impl SafeName {
    /// The name under which a file called `original` is released. It is not reversible: the original
    /// name stands in the list. The same name always gives the same; a safe name gives itself.
    #[must_use]
    pub fn of(original: &str) -> Self {
        let last = original.chars().count().saturating_sub(1);
        let mut name = String::new();
        for (at, letter) in original.chars().enumerate() {
            let first = at == 0 && matches!(letter, '.' | ' ' | '-' | '~');
            let end = at == last && matches!(letter, '.' | ' ');
            if plain(letter) && !first && !end {
                name.push(letter);
            } else {
                name.push_str(&format!("_x{:X}_", u32::from(letter)));
            }
        }
        if name.is_empty() || reserved(&name) {
            name.insert(0, '_');
        }
        if name.len() > LIMIT {
            name = cut(original, &name);
        }
        Self(name)
    }

    /// Whether a name is one that [`SafeName::of`] gives.
    #[must_use]
    pub fn is_safe(name: &str) -> bool {
        Self::of(name).0 == name
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Characters that no file system refuses, no shell or manifest escapes, no normalisation changes:
/// most of ASCII, unified ideographs, and the punctuation that goes with them.
fn plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || " !#&'()+,-.;=@[]^_{}~".contains(letter)
        || matches!(u32::from(letter),
            0xb7 | 0x2014 | 0x2018 | 0x2019 | 0x201c | 0x201d | 0x2026 | 0x3001 | 0x3002
            | 0x3008..=0x3011 | 0x3014 | 0x3015 | 0x3400..=0x4dbf | 0x4e00..=0x9fff
            | 0xff08 | 0xff09 | 0xff0c | 0xff1a | 0xff1b | 0x20000..=0x2a6df | 0x2a700..=0x2ebe0
            | 0x30000..=0x3134a)
}

/// Devices of Windows, with any ending, and with blanks before it.
fn reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    check_path(name) == Err(PathFault::Reserved) || check_path(stem) == Err(PathFault::Reserved)
}

/// A name that is too long, cut: its beginning, a digest of all of it, its ending.
fn cut(original: &str, name: &str) -> String {
    let ending = name.rfind('.').and_then(|at| name.get(at..));
    let ending = ending.filter(|ending| ending.len() <= ENDING).unwrap_or_default();
    let digest = text::to_hex(Sha256::digest(original).as_slice());
    let digest = digest.get(..8).unwrap_or_default();
    let room = LIMIT - ENDING - digest.len() - 1;
    let mut kept = String::new();
    for letter in name.chars() {
        if kept.len() + letter.len_utf8() > room {
            break;
        }
        kept.push(letter);
    }
    format!("{kept}~{digest}{ending}")
}
