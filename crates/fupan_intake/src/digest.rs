//! SHA-256 of bytes, and of a case file in its canonical form.

use fupan_model::{CaseFile, Digest};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::{self, Read};

/// SHA-256 of `bytes`, as 64 lower-case hexadecimal digits.
pub fn digest_of(bytes: &[u8]) -> Digest {
    Digest::new(hexadecimal(&Sha256::digest(bytes)))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// SHA-256 and size of all bytes of a reader from where it stands, in little memory.
///
/// # Errors
/// What the system says.
pub fn digest_read(reader: &mut dyn Read) -> io::Result<(Digest, u64)> {
    let mut hasher = Sha256::new();
    let mut chunk = vec![0_u8; 1 << 17];
    let mut size = 0_u64;
    loop {
        match reader.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => {
                hasher.update(chunk.get(..count).unwrap_or_default());
                size += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok((Digest::new(hexadecimal(&hasher.finalize())), size))
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
    fn a_stream_has_the_digest_of_its_bytes() {
        let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
        let read = digest_read(&mut bytes.as_slice()).expect("memory");
        assert_eq!(read, (digest_of(&bytes), 300_000));
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
