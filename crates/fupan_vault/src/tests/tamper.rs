//! Changes one thing in a vault: every change is reported, with its place.

use std::sync::Arc;

use super::*;

fn whole() -> (MemoryStore, Store) {
    let (memory, vault) = in_memory();
    filled(&vault);
    vault.record(&made(1, 14), None, hold(None, true)).unwrap();
    drop(vault);
    let store = Store::of(Arc::new(memory.clone()));
    let report = report(&store);
    assert!(report.is_whole(), "{:?}", report.faults);
    assert_eq!((report.entries, report.erased), (5, 0));
    (memory, store)
}

fn faults(memory: MemoryStore) -> Vec<Fault> {
    report(&Store::of(Arc::new(memory))).faults
}

#[test]
fn each_blob_flipped_cut_lengthened_zeroed_emptied_or_gone_is_reported() {
    let (memory, store) = whole();
    let names = store.blobs.list("").unwrap().names;
    let classes =
        ["format", "keys/", "objects/", "log/tile/0", "log/tile/entries", "log/checkpoints"];
    for class in classes {
        assert!(names.iter().any(|name| name.as_str().starts_with(class)), "{class}");
    }
    for name in &names {
        let bytes = store.blobs.read(name).unwrap().unwrap();
        let mut flipped = bytes.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        let changes = [
            Some(flipped),
            Some(bytes[..bytes.len() - 1].to_vec()),
            Some([bytes.as_slice(), b"\n"].concat()),
            Some(vec![0; bytes.len()]),
            Some(Vec::new()),
            None,
        ];
        for (at, change) in changes.into_iter().enumerate() {
            let copy = memory.fork();
            copy.tamper(name, change);
            let found = faults(copy);
            assert!(!found.is_empty(), "{name} change {at}");
        }
    }
}

#[test]
fn the_head_flipped_cut_or_gone_is_reported() {
    let (memory, _) = whole();
    let head = memory.load().unwrap().unwrap();
    for at in 0..head.len() {
        let mut bytes = head.clone();
        bytes[at] ^= 1;
        let copy = memory.fork();
        copy.tamper_head(Some(bytes));
        assert!(!faults(copy).is_empty(), "byte {at}");
    }
    for bytes in [None, Some(Vec::new()), Some(head[..head.len() - 1].to_vec())] {
        let copy = memory.fork();
        copy.tamper_head(bytes);
        assert!(!faults(copy).is_empty());
    }
}

/// 1,000 random bits; with `FUPAN_SOAK=1`, 10,000.
#[test]
fn every_random_bit_flip_is_reported() {
    let (memory, store) = whole();
    let names = store.blobs.list("").unwrap().names;
    let rounds = if std::env::var_os("FUPAN_SOAK").is_some() { 10_000 } else { 1_000 };
    let mut state = 0x5eed_u64;
    let mut roll = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for round in 0..rounds {
        let name = &names[roll(names.len())];
        let mut bytes = store.blobs.read(name).unwrap().unwrap();
        let bit = roll(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        let copy = memory.fork();
        copy.tamper(name, Some(bytes));
        assert!(!faults(copy).is_empty(), "round {round}: {name} bit {bit}");
    }
}

#[test]
fn a_rebuilt_tree_and_a_rollback_are_reported_and_refused() {
    let (memory, store) = whole();
    let early = store.blobs.read(&"log/checkpoints/2".parse().unwrap()).unwrap();
    let copy = memory.fork();
    copy.tamper_head(early.clone());
    assert!(
        faults(copy.fork()).iter().any(|f| matches!(f.what, FaultKind::Rollback { newest: 5 }))
    );
    let refused = Vault::open(Store::of(Arc::new(copy)), signer(), Opening::default()).unwrap_err();
    assert!(
        matches!(&refused, VaultError::Journal(JournalError::Fault(f))
            if matches!(f.what, FaultKind::Rollback { newest: 5 })),
        "{refused}"
    );
    // All that is newer gone too, and no trace of it: somebody else must have seen the newer head.
    let copy = memory.fork();
    copy.tamper_head(early);
    for size in 3..=5 {
        copy.tamper(&format!("log/checkpoints/{size}").parse().unwrap(), None);
    }
    let note = fupan_ledger::Note::parse(&memory.load().unwrap().unwrap()).unwrap();
    let known = vec![fupan_ledger::Checkpoint::parse(note.text()).unwrap()];
    let with = Opening { known, ..Opening::default() };
    let store = Store::of(Arc::new(copy));
    assert!(Vault::open(store, signer(), with).is_err());
}

#[test]
fn a_newer_format_and_another_key_are_refused() {
    let (memory, store) = whole();
    let other = SigningKey::from_seed(ORIGIN, Scheme::Ed25519, &[8; 32]).unwrap();
    let other = Arc::new(LogSigner::new(other, None).unwrap());
    assert!(Vault::open(store, other.clone(), Opening::default()).is_err());
    let report = verify(&Store::of(Arc::new(memory.clone())), other.verify_key(), |_| {}).unwrap();
    assert!(report.faults.iter().any(|fault| fault.what == FaultKind::Signature));
    memory.tamper(&"format".parse().unwrap(), Some(b"fupan-vault/2\n".to_vec()));
    let refused = Vault::open(Store::of(Arc::new(memory)), signer(), Opening::default());
    assert!(
        matches!(refused, Err(VaultError::Journal(JournalError::Newer(v))) if v == "fupan-vault/2")
    );
}
