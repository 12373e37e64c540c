//! Chunks of sensor streams, and runs of them.

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use crate::testing::damage;
use crate::{Chunk, ChunkFault, Malformed, Note, Part, Run, Scheme, SigningKey, Ulid};

fn chunk(seq: u64, lines: &str) -> Chunk {
    Chunk {
        case: Ulid([1; 16]),
        stream: Ulid([2; 16]),
        seq,
        prev: (seq > 0).then_some([3; 32]),
        first_ms: -5,
        last_ms: 1_716_009_180_000,
        count: 2,
        lines: 2,
        size: lines.len() as u64,
        sha256: Sha256::digest(lines).into(),
        sm3: Sm3::digest(lines).into(),
        ranges: vec!["ch4 -1.5 3".to_owned(), "温度 2 2".to_owned()],
    }
}

fn key() -> SigningKey {
    SigningKey::from_seed("gw", Scheme::Ed25519, &[7; 32]).unwrap()
}

fn sealed(seq: u64, lines: &str) -> Vec<u8> {
    let mut note = Note::new(&chunk(seq, lines).to_string()).unwrap();
    note.sign(&key()).unwrap();
    format!("{note}\n{lines}").into_bytes()
}

/// All chunks of some bytes, or why there are no more.
fn all(bytes: &[u8]) -> Result<Vec<(u64, usize)>, ChunkFault> {
    let mut run = Run::new(bytes);
    let mut found = Vec::new();
    while let Some(next) = run.next_chunk().unwrap() {
        let next = next?;
        next.note.verify(&[key().verify_key().clone()]).unwrap();
        found.push((next.chunk.seq, next.bytes.len()));
    }
    Ok(found)
}

#[test]
fn a_header_is_read_as_it_was_printed_and_nothing_else_is() {
    let text = chunk(7, "a\n").to_string();
    assert_eq!(Chunk::parse(&text), Ok(chunk(7, "a\n")));
    let refused = |from: &str, to: &str| Chunk::parse(&text.replacen(from, to, 1)).unwrap_err();
    let value = |line, name| Malformed { line, part: Part::Value(name) };
    assert_eq!(refused("chunk/v1", "chunk/v2"), Malformed { line: 1, part: Part::Header });
    assert_eq!(refused("seq 7", "seq 07"), value(4, "seq"));
    assert_eq!(refused("prev sha256:", "prev "), value(5, "prev"));
    assert_eq!(refused("range ch4 -1.5 3", "range ch4 -1.5"), value(13, "range"));
    let field = |line, name| Malformed { line, part: Part::Field(name) };
    assert_eq!(refused("count 2\n", ""), field(8, "count"));
    assert_eq!(refused("range ch4", "ranges ch4"), field(13, "range"));
    assert_eq!(Chunk::parse(text.trim_end()).unwrap_err().part, Part::FinalBreak);
    damage(text.as_bytes(), 20_000, |bytes| {
        let Ok(text) = str::from_utf8(bytes) else { return };
        if let Ok(chunk) = Chunk::parse(text) {
            assert_eq!(chunk.to_string(), text);
        }
    });
}

#[test]
fn a_run_comes_apart_into_the_objects_it_was_made_of() {
    // Longer than what is read at a time, and lines that look like a gap between text and signatures.
    let long = "x".repeat(100_000) + "\n\n\n";
    let parts = [sealed(0, "one\ntwo\n"), sealed(2, &long), sealed(4, "\n\n"), sealed(6, "")];
    let run = parts.concat();
    let wanted: Vec<(u64, usize)> =
        parts.iter().zip([0, 2, 4, 6]).map(|(part, seq)| (seq, part.len())).collect();
    assert_eq!(all(&run), Ok(wanted));
    assert_eq!(all(b""), Ok(Vec::new()));
    let first = Chunk::open(&run).unwrap();
    assert_eq!((first.lines, first.bytes), ("one\ntwo\n", parts[0].as_slice()));
}

#[test]
fn what_is_cut_off_changed_or_too_long_is_no_run() {
    let whole = sealed(0, "one\ntwo\n");
    for end in 1..whole.len() {
        assert!(all(&whole[..end]).is_err(), "{end}");
    }
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        let opened = Chunk::open(&flipped);
        let known = [key().verify_key().clone()];
        assert!(opened.is_err() || opened.unwrap().note.verify(&known).is_err(), "{at}");
    }
    assert_eq!(all(&[whole.as_slice(), b"x"].concat()), Err(ChunkFault::Short));
    assert_eq!(all(&sealed(0, &"y".repeat(2 << 20))), Err(ChunkFault::Long));
    let header = ChunkFault::Header(Malformed { line: 1, part: Part::Header });
    assert_eq!(all(&[7; 5_000_000]), Err(header));
    let mut other = sealed(0, "one\ntwo\n");
    *other.last_mut().unwrap() = b'!';
    assert_eq!(all(&other), Err(ChunkFault::Lines("SHA-256")));
    damage(&[whole.clone(), sealed(2, "three\n")].concat(), 5_000, |bytes| {
        drop(Chunk::open(bytes));
    });
}
