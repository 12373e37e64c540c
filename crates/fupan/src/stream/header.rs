//! The object of a chunk out of what is sealed.

use super::sealer::Open;
use crate::Failure;
use fupan_ledger::{Chunk, Note, SigningKey, Ulid};
use fupan_vault::Digests;

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
    let ranges = open.ranges.iter().map(|(name, (low, high))| format!("{name} {low} {high}"));
    let chunk = Chunk {
        case,
        stream,
        seq: open.seq,
        prev,
        first_ms: open.first_ms,
        last_ms: open.last_ms,
        count: open.count,
        lines: open.lines,
        size: digests.size,
        sha256: digests.sha256,
        sm3: digests.sm3,
        ranges: ranges.collect(),
    };
    let mut note = Note::new(&chunk.to_string()).map_err(Failure::bug)?;
    note.sign(key).map_err(Failure::bug)?;
    Ok(format!("{note}\n{}", open.payload).into_bytes())
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
        let sealed = Chunk::open(&bytes).unwrap();
        sealed.note.verify(&[key.verify_key().clone()]).unwrap();
        assert_eq!((sealed.lines, sealed.bytes), (open.payload.as_str(), bytes.as_slice()));
        let text = sealed.note.text();
        assert!(text.ends_with("range a -1.5 3\nrange b 2 2\n"), "{text}");
        assert!(text.contains("\ncount 2\nlines 2\n"));
    }
}
