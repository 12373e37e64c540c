//! Old numbers, asked for in any order, over a log that others write to as well.

use super::*;
use crate::stream::header::object;
use crate::stream::line::read;
use crate::stream::sealer::{Known, Sealed, Sealer};
use fupan_ledger::{LeafValue, Scheme, SigningKey};
use fupan_vault::{LogSigner, MemoryStore, Opening, Vault};
use std::sync::Arc;

const IDS: (Ulid, Ulid) = (Ulid([1; 16]), Ulid([2; 16]));

fn raw(seq: u64) -> String {
    format!("{{\"seq\":{seq},\"at\":{seq},\"values\":{{\"ch4\":{seq}}}}}")
}

fn digest(seq: u64) -> [u8; 32] {
    Digests::of(raw(seq).as_bytes()).sha256
}

/// A vault in memory with a stream's chunks in it.
struct Scene {
    store: Store,
    vault: Vault,
    key: SigningKey,
    last: Option<u64>,
}

impl Scene {
    fn new() -> Self {
        let key = SigningKey::from_seed("a.fupan", Scheme::Ed25519, &[1; 32]).unwrap();
        let signer = Arc::new(LogSigner::new(key.clone(), None).unwrap());
        let store = Store::of(Arc::new(MemoryStore::default()));
        Vault::init(&store, &*signer).unwrap();
        let vault = Vault::open(store.clone(), signer, Opening::default()).unwrap();
        Self { store, vault, key, last: None }
    }

    /// A chunk of these numbers; those below `next` are repetitions.
    fn chunk(&mut self, next: u64, seqs: &[u64], stream: Ulid) -> [u8; 32] {
        let mut sealer = Sealer::new(Known { next, last_ms: Some(0) }, 1 << 40, 0);
        for seq in seqs {
            let reading = read(raw(*seq).as_bytes(), None).unwrap();
            sealer.take(&reading, Some(digest(*seq)), 1 << 40).unwrap();
        }
        let Some(Sealed::Chunk(open)) = sealer.end(None).pop() else { panic!("no chunk") };
        let bytes = object(&open, (IDS.0, stream), None, &self.key).unwrap();
        let kept = self.vault.objects().put_bytes(&bytes).unwrap().digests;
        let number = |value: u64| i64::try_from(value).unwrap();
        let mut leaf = Leaf::new(LeafKind::Chunk)
            .with(LeafField::Case, LeafValue::Ulid(IDS.0))
            .with(LeafField::Stream, LeafValue::Ulid(stream))
            .with(LeafField::Obj, LeafValue::Sha256(kept.sha256))
            .with(LeafField::ObjSm3, LeafValue::Sm3(kept.sm3))
            .number(LeafField::At, 0)
            .number(LeafField::Seq, number(open.seq))
            .number(LeafField::Count, number(open.count))
            .number(LeafField::First, open.first_ms)
            .number(LeafField::Last, open.last_ms)
            .number(LeafField::Size, number(kept.size));
        if stream == IDS.1 {
            self.last
                .iter()
                .for_each(|at| leaf.set(LeafField::Prev, LeafValue::Number(number(*at))));
            self.last = Some(self.vault.append(leaf, 0).unwrap().index);
        } else {
            self.vault.append(leaf, 0).unwrap();
        }
        kept.sha256
    }

    fn past(&self) -> Past {
        let mut past = Past::over(Path::new("memory"), &self.store, IDS);
        past.grown(self.last, self.vault.head().unwrap().1.size);
        past
    }
}

#[test]
fn every_number_is_found_in_any_order_and_little_is_remembered() {
    let mut scene = Scene::new();
    // Two numbers a chunk, every third number missing; repetitions and another stream between.
    for at in 0..60 {
        let (a, b) = (at * 3, at * 3 + 1);
        scene.chunk(a, &[a, 0, b, a], IDS.1);
        if at % 5 == 0 {
            scene.chunk(b + 1, &[0, 1], IDS.1);
            scene.chunk(a, &[a, b], Ulid([9; 16]));
        }
    }
    let mut past = scene.past();
    past.most = 4;
    let there = |number: u64| (number % 3 != 2 && number < 180).then(|| digest(number));
    let forward = 0..200;
    let mixed = (0..200).map(|at| at * 73 % 199);
    for number in forward.clone().chain(forward.clone().rev()).chain(mixed).chain(forward) {
        assert_eq!(past.digest(number).unwrap(), there(number), "{number}");
        assert!(past.marks.len() <= 4);
    }
    // A stream that is not there, and one whose head is not what it says.
    past.grown(None, 0);
    past.marks.clear();
    past.near = None;
    assert_eq!(past.digest(3).unwrap(), None);
    let mut other = Past::over(Path::new("memory"), &scene.store, (IDS.0, Ulid([8; 16])));
    other.grown(scene.last, scene.vault.head().unwrap().1.size);
    assert_eq!(other.digest(3).unwrap_err().kind, FailureKind::Integrity);
}

#[test]
fn of_an_erased_chunk_nobody_can_say_and_a_damaged_one_is_told() {
    let mut scene = Scene::new();
    let first = scene.chunk(0, &[0, 1], IDS.1);
    let second = scene.chunk(2, &[2, 3], IDS.1);
    let name = |digest| Objects::place(digest).parse::<fupan_vault::BlobName>().unwrap();
    scene.store.blobs.remove(&name(&first)).unwrap();
    let name = name(&second);
    let mut bytes = scene.store.blobs.read(&name).unwrap().unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    scene.store.blobs.remove(&name).unwrap();
    scene.store.blobs.create(&name, &bytes).unwrap();
    let mut past = scene.past();
    assert_eq!(past.digest(1).unwrap(), None);
    assert_eq!(past.digest(2).unwrap_err().kind, FailureKind::Integrity);
}
