//! SHA-256 of bytes, and of a case file in its canonical form.

use fupan_model::{CaseFile, Digest};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::{self, Read};

/// SHA-256 of `bytes`, as 64 lower-case hexadecimal digits.
pub fn digest_of(bytes: &[u8]) -> Digest {
    written(&Sha256::digest(bytes))
}

/// SHA-256 of all that a reader gives, and how many bytes that was; nothing is kept of them.
///
/// # Errors
/// What the reader says.
pub fn digest_read(reader: &mut dyn Read) -> io::Result<(Digest, u64)> {
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut buffer = vec![0_u8; 1 << 18];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok((written(&hash.finalize()), size)),
            Ok(count) => {
                hash.update(buffer.get(..count).unwrap_or_default());
                size += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn written(hash: &[u8]) -> Digest {
    let mut text = String::with_capacity(64);
    for byte in hash {
        let _ = write!(text, "{byte:02x}");
    }
    Digest::new(text)
}

/// The digest of a case file in its canonical form (卷宗摘要): its JSON with the digest left empty,
/// evidence in the natural order of its ids, facts by id, imports by evidence. It is equal however
/// the case was written down.
pub fn case_digest(case: &CaseFile) -> Digest {
    let mut canonical = case.clone();
    canonical.digest = Digest::new("");
    in_order(&mut canonical);
    // A value of plain structs, texts and numbers always has a JSON form.
    digest_of(&serde_json::to_vec(&canonical).unwrap_or_default())
}

/// Puts the lists whose order says nothing into the order every reader gives them.
pub(crate) fn in_order(case: &mut CaseFile) {
    case.evidence.sort_by(|a, b| natural(a.id.as_str(), b.id.as_str()));
    case.facts.sort_by(|a, b| a.id.cmp(&b.id));
    case.imports.sort_by(|a, b| natural(a.evidence.as_str(), b.evidence.as_str()));
}

/// Compares ids as people count them: `E2` before `E10`. Equal only when the texts are equal.
pub(crate) fn natural(a: &str, b: &str) -> std::cmp::Ordering {
    let (left, right) = (pieces(a), pieces(b));
    left.cmp(&right).then_with(|| a.cmp(b))
}

/// A text cut into runs of digits (by length, then by value) and other characters.
fn pieces(text: &str) -> Vec<(bool, usize, String)> {
    let mut out: Vec<(bool, usize, String)> = Vec::new();
    for c in text.chars() {
        let word = !c.is_ascii_digit();
        match out.last_mut() {
            Some((kind, _, run)) if *kind == word => run.push(c),
            _ => out.push((word, 0, c.to_string())),
        }
    }
    for (word, length, run) in &mut out {
        if !*word {
            let value = run.trim_start_matches('0').to_owned();
            *length = value.len();
            *run = value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Ordering;

    #[test]
    fn known_digest() {
        assert_eq!(
            digest_of(b"abc").as_str(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_reader_gives_the_same_digest() {
        let bytes = vec![7_u8; 1_000_003];
        let read = digest_read(&mut bytes.as_slice()).expect("bytes");
        assert_eq!(read, (digest_of(&bytes), 1_000_003));
    }

    #[test]
    fn ids_sort_as_people_count() {
        assert_eq!(natural("E2", "E10"), Ordering::Less);
        assert_eq!(natural("E02", "E2"), Ordering::Less);
        assert_eq!(natural("E2", "E2"), Ordering::Equal);
        assert_eq!(natural("E2a", "E2b"), Ordering::Less);
        assert_eq!(natural("A9", "E1"), Ordering::Less);
    }
}
