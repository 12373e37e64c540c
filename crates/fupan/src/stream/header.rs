//! The header of a chunk: the text of a signed note, and how header and lines are one object.

use super::sealer::Open;
use crate::Failure;
use fupan_ledger::{Note, SigningKey, Ulid};
use fupan_vault::{Digests, hex_of};
use std::fmt::Write as _;

const HEADER: &str = "fupan.example/chunk/v1";

/// The object of a chunk: its signed header, an empty line, its lines.
///
/// # Errors
/// A key that signs no notes.
pub(super) fn object(
    open: &Open,
    (case, stream): (Ulid, Ulid),
    prev: Option<[u8; 32]>,
    key: &SigningKey,
) -> Result<Vec<u8>, Failure> {
    let digests = Digests::of(open.payload.as_bytes());
    let prev = prev.map_or_else(|| "none".to_owned(), |prev| format!("sha256:{}", hex_of(&prev)));
    let mut text = format!(
        "{HEADER}\ncase {case}\nstream {stream}\nseq {}\nprev {prev}\nfirst {}\nlast {}\n\
         count {}\nlines {}\nsize {}\nsha256 {}\nsm3 {}\n",
        open.seq,
        open.first_ms,
        open.last_ms,
        open.count,
        open.lines,
        digests.size,
        hex_of(&digests.sha256),
        hex_of(&digests.sm3),
    );
    for (name, (low, high)) in &open.ranges {
        writeln!(text, "range {name} {low} {high}").map_err(Failure::bug)?;
    }
    let mut note = Note::new(&text).map_err(Failure::bug)?;
    note.sign(key).map_err(Failure::bug)?;
    Ok(format!("{note}\n{}", open.payload).into_bytes())
}

/// Header and lines of an object; `None`: it is no chunk.
pub(super) fn split(object: &[u8]) -> Option<(Note, &str)> {
    let whole = std::str::from_utf8(object).ok()?;
    let signatures = whole.find("\n\n")? + 2;
    let end = signatures + whole.get(signatures..)?.find("\n\n")? + 1;
    let note = Note::parse(whole.get(..end)?.as_bytes()).ok()?;
    let payload = whole.get(end + 1..)?;
    let size = note.text().lines().find_map(|line| line.strip_prefix("size "))?;
    let whole = note.text().starts_with(HEADER) && size.parse() == Ok(payload.len());
    whole.then_some((note, payload))
}

#[cfg(test)]
mod tests {
    use super::super::line::read;
    use super::super::sealer::{Known, Sealed, Sealer};
    use super::*;
    use fupan_ledger::Scheme;

    #[test]
    fn header_and_lines_come_apart_as_they_went_together() {
        let key = SigningKey::from_seed("gw", Scheme::Sm2, &[7; 32]).unwrap();
        let mut sealer = Sealer::new(Known::default(), 1000, 0);
        for raw in [
            r#"{"seq":0,"at":5,"values":{"b":2,"a":-1.5}}"#,
            r#"{"seq":1,"at":6,"values":{"a":3}}"#,
        ] {
            sealer.take(&read(raw.as_bytes(), None).unwrap(), None, 100).unwrap();
        }
        let rest = sealer.end(None);
        let [Sealed::Chunk(open)] = rest.as_slice() else { panic!("{rest:?}") };
        let bytes = object(open, (Ulid([1; 16]), Ulid([2; 16])), Some([3; 32]), &key).unwrap();
        let (note, lines) = split(&bytes).unwrap();
        note.verify(&[key.verify_key().clone()]).unwrap();
        assert_eq!(lines, open.payload);
        assert!(note.text().ends_with("range a -1.5 3\nrange b 2 2\n"), "{}", note.text());
        assert!(note.text().contains("\ncount 2\nlines 2\n"));
        let cut = bytes.get(..bytes.len() - 1).unwrap();
        assert!(split(cut).is_none() && split(b"").is_none() && split(b"a\n\nb\n\nc").is_none());
    }
}
