//! The order of check and keep, under interleavings that a network seldom shows.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use fupan_ledger::{
    AddCheckpoint, Checkpoint, Edge, Hash, MemoryTree, Note, Scheme, SigningKey, consistency_proof,
    leaf_hash,
};

use crate::{Answer, Cosigner, HeadStore, StoreError};

fn key(name: &str, scheme: Scheme, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, scheme, &[seed; 32]).unwrap()
}

fn request(old: u64, size: u64) -> (AddCheckpoint, Checkpoint) {
    let leaves: Vec<Hash> = (0..size).map(|at| leaf_hash(&at.to_be_bytes())).collect();
    let mut edge = Edge::default();
    edge.append(&leaves).unwrap();
    let mut tree = MemoryTree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    let checkpoint =
        Checkpoint { origin: "log".into(), size, root: edge.root(), extensions: Vec::new() };
    let mut note = Note::new(&checkpoint.to_string()).unwrap();
    note.sign(&key("log", Scheme::Ed25519, 9)).unwrap();
    let proof = consistency_proof(&tree, old, size).unwrap();
    (AddCheckpoint { old, proof, note }, checkpoint)
}

/// A state in memory that lets others go first, as a seeded roll says, between reading a head and
/// keeping the next: the very place of the race that the specification describes.
struct Wavering {
    head: Mutex<Option<Note>>,
    kept: Mutex<Vec<u64>>,
    dice: Mutex<u64>,
    steps: AtomicUsize,
}

impl Wavering {
    fn new(seed: u64) -> Self {
        let (head, kept) = (Mutex::new(None), Mutex::new(Vec::new()));
        Self { head, kept, dice: Mutex::new(seed), steps: AtomicUsize::new(0) }
    }

    /// Waits until another thread took a step, but not for ever: it may be kept out by the lock.
    fn waver(&self) {
        let mut dice = self.dice.lock().unwrap();
        *dice =
            dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let waits = *dice >> 62 != 0;
        drop(dice);
        let seen = self.steps.fetch_add(1, Ordering::SeqCst) + 1;
        for _ in 0..200 {
            if !waits || self.steps.load(Ordering::SeqCst) != seen {
                break;
            }
            thread::yield_now();
        }
    }
}

fn size_of(note: &Note) -> u64 {
    Checkpoint::parse(note.text()).unwrap().size
}

impl HeadStore for &Wavering {
    fn head(&self, _origin: &str) -> Result<Option<Note>, StoreError> {
        let head = self.head.lock().unwrap().clone();
        self.waver();
        Ok(head)
    }

    fn keep(&self, _origin: &str, head: &Note) -> Result<(), StoreError> {
        self.waver();
        let mut held = self.head.lock().unwrap();
        self.kept.lock().unwrap().push(size_of(head));
        *held = Some(head.clone());
        Ok(())
    }

    fn alarm(&self, _: &str, _: u64, _: &Note, _: &Note) -> Result<Vec<PathBuf>, StoreError> {
        Ok(Vec::new())
    }
}

/// Runs three requests at once, two of which grow from the same size, and answers whether a head was
/// kept that is smaller than one kept before.
fn rolled_back(
    seed: u64,
    add: impl Fn(&Cosigner<&Wavering>, &AddCheckpoint) -> Answer + Sync,
) -> bool {
    let store = Wavering::new(seed);
    let logs = vec![key("log", Scheme::Ed25519, 9).verify_key().clone()];
    let own = key("cosigner", Scheme::Cosignature, 1);
    let cosigner = Cosigner::new(own, logs, &store, |_| {}).unwrap();
    let signed: Mutex<Vec<u64>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for (old, size) in [(0, 5), (0, 8), (5, 8)] {
            let (add, cosigner, signed) = (&add, &cosigner, &signed);
            scope.spawn(move || {
                let (request, _) = request(old, size);
                if matches!(add(cosigner, &request), Answer::Cosigned(_)) {
                    signed.lock().unwrap().push(size);
                }
            });
        }
    });
    let kept = store.kept.lock().unwrap().clone();
    let last = size_of(store.head.lock().unwrap().as_ref().unwrap());
    assert_eq!(kept.len(), signed.lock().unwrap().len(), "each cosignature has its head kept");
    kept.iter().any(|size| *size > last) || !kept.is_sorted()
}

#[test]
fn attack_07_no_interleaving_of_a_thousand_rolls_a_log_back() {
    let add = |cosigner: &Cosigner<&Wavering>, request: &AddCheckpoint| {
        cosigner.add(request.to_string().as_bytes(), 1_700_000_000)
    };
    assert_eq!((0..1000).filter(|seed| rolled_back(*seed, add)).count(), 0);
}

/// The same without the lock: what the test above would see if check and keep were two steps.
#[test]
fn attack_07_without_the_lock_the_race_is_seen() {
    let add = |cosigner: &Cosigner<&Wavering>, request: &AddCheckpoint| {
        let checkpoint = Checkpoint::parse(request.note.text()).unwrap();
        cosigner.decide(request, &checkpoint, 1_700_000_000).unwrap()
    };
    assert!((0..1000).any(|seed| rolled_back(seed, add)));
}

/// A disk that keeps nothing.
struct Full;

impl HeadStore for Full {
    fn head(&self, _origin: &str) -> Result<Option<Note>, StoreError> {
        Ok(None)
    }

    fn keep(&self, _origin: &str, _head: &Note) -> Result<(), StoreError> {
        let error = std::io::Error::from(std::io::ErrorKind::StorageFull);
        Err(StoreError::Io { path: "checkpoint".into(), error })
    }

    fn alarm(&self, _: &str, _: u64, _: &Note, _: &Note) -> Result<Vec<PathBuf>, StoreError> {
        Ok(Vec::new())
    }
}

#[test]
fn what_cannot_be_kept_is_not_signed() {
    let logs = vec![key("log", Scheme::Ed25519, 9).verify_key().clone()];
    let own = key("cosigner", Scheme::Cosignature, 1);
    let cosigner = Cosigner::new(own, logs, Full, |_| {}).unwrap();
    let (request, _) = request(0, 5);
    let answer = cosigner.add(request.to_string().as_bytes(), 1_700_000_000);
    assert!(matches!(answer, Answer::Broken(StoreError::Io { .. })), "{answer:?}");
}
