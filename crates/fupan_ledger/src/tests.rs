//! Tests of the formats against published vectors, against each other, and under damage.

mod attests;
mod bags;
mod captures;
mod chunks;
mod damaged;
mod leaves;
mod notes;
mod policies;
mod proofs;
mod requests;
mod trees;
mod vectors;

use crate::{Checkpoint, MemoryTree, inclusion_proof, leaf_hash};
use crate::{Edge, Hash, Note, ProofFile, Scheme, SigningKey, VerifyKey};

/// A key whose secret is one byte over and over.
fn key(name: &str, scheme: Scheme, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, scheme, &[seed; 32]).unwrap()
}

fn public(name: &str, scheme: Scheme, seed: u8) -> VerifyKey {
    key(name, scheme, seed).verify_key().clone()
}

/// The hash of leaf number `at` of the logs of these tests.
fn leaf(at: u64) -> Hash {
    leaf_hash(format!("leaf {at}").as_bytes())
}

/// A log of `size` leaves in memory.
fn log(size: u64) -> MemoryTree {
    let mut tree = MemoryTree::default();
    (0..size).for_each(|at| tree.push(leaf(at)));
    tree
}

/// The head of that log.
fn head(size: u64) -> Checkpoint {
    let mut edge = Edge::default();
    edge.append(&(0..size).map(leaf).collect::<Vec<_>>()).unwrap();
    Checkpoint { origin: "log.example".into(), size, root: edge.root(), extensions: Vec::new() }
}

/// The head signed by the log and by cosigners 1 and 2.
fn signed_head(size: u64) -> Note {
    let checkpoint = head(size);
    let mut note = Note::new(&checkpoint.to_string()).unwrap();
    note.sign(&key("log.example", Scheme::Ed25519, 9)).unwrap();
    for at in 1..=2 {
        let cosigner = key(&format!("w{at}.example"), Scheme::Cosignature, at);
        note.add(cosigner.cosign(&checkpoint, 1_700_000_000 + u64::from(at)).unwrap());
    }
    note
}

/// The proof of one leaf in it.
fn proof_file(index: u64, size: u64) -> ProofFile {
    let path = inclusion_proof(&log(size), index, size).unwrap();
    ProofFile { extra: None, index, path, checkpoint: signed_head(size) }
}

/// A policy that knows the log and cosigners 1 to 3, of whom two must have cosigned.
fn policy_text() -> String {
    let mut text = format!("log {}\n", public("log.example", Scheme::Ed25519, 9));
    for at in 1..=3 {
        let key = public(&format!("w{at}.example"), Scheme::Cosignature, at);
        text.push_str(&format!("witness w{at} {key}\n"));
    }
    text + "group ours 2 w1 w2 w3\nquorum ours\n"
}
