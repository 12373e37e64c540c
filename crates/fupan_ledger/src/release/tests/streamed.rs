//! In a release to test with: a chunk of a sensor stream that is evidence, its leaf naming the key of the gateway.

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::ledger::release::fingerprint;
use super::ledger::{Chunk, Leaf, LeafField, LeafKind, LeafValue, Note, Ulid};
use super::made::{CASE, Owner};

/// Index of the leaf.
pub(crate) const INDEX: u64 = 61;
const STREAM: Ulid = Ulid([2; 16]);
const LINES: &str = "{\"at\":0,\"seq\":0,\"values\":{\"ch4\":1.5}}\n";

/// Who sealed a stream that is among the evidence.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Sealed {
    /// There is none.
    Nothing,
    /// Whose key its leaf names.
    Named,
    /// Somebody else, whose key is on the roll as well.
    Another,
}

/// The evidence's bytes: a run of one chunk.
pub(crate) fn run(owner: Owner) -> Vec<u8> {
    let chunk = Chunk {
        case: CASE.parse().unwrap(),
        stream: STREAM,
        seq: 0,
        prev: None,
        first_ms: 0,
        last_ms: 0,
        count: 1,
        lines: 1,
        size: LINES.len() as u64,
        sha256: Sha256::digest(LINES).into(),
        sm3: Sm3::digest(LINES).into(),
        ranges: vec!["ch4 1.5 1.5".to_owned()],
    };
    let [named, _, another] = owner.people();
    let mut note = Note::new(&chunk.to_string()).unwrap();
    note.sign(if owner.2 == Sealed::Another { &another } else { &named }).unwrap();
    format!("{note}\n{LINES}").into_bytes()
}

/// The leaf of the chunk.
pub(crate) fn entry(owner: Owner) -> String {
    let run = run(owner);
    let print: String = fingerprint(owner.people()[0].verify_key());
    let digest = |hex: &str| -> Vec<u8> {
        let pairs = (0..hex.len()).step_by(2);
        pairs.map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    };
    let leaf = Leaf::new(LeafKind::Chunk)
        .number(LeafField::At, 0)
        .with(LeafField::Case, LeafValue::Ulid(CASE.parse().unwrap()))
        .number(LeafField::Count, 1)
        .number(LeafField::First, 0)
        .with(LeafField::Key, LeafValue::Sha256(digest(&print).try_into().unwrap()))
        .number(LeafField::Last, 0)
        .with(LeafField::Obj, LeafValue::Sha256(Sha256::digest(&run).into()))
        .with(LeafField::ObjSm3, LeafValue::Sm3(Sm3::digest(&run).into()))
        .number(LeafField::Seq, 0)
        .number(LeafField::Size, i64::try_from(run.len()).unwrap())
        .with(LeafField::Stream, LeafValue::Ulid(STREAM));
    String::from_utf8(leaf.encode().unwrap()).unwrap()
}
