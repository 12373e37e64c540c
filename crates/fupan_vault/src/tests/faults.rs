//! Breaks each write on the way of a batch, in each way. What must hold: no receipt without the entry,
//! nothing half, and the next start goes on from a whole log.

use std::sync::Arc;

use super::faulty::{Break, Faulty};
use super::*;

/// The writes of one act: the body, then the batch in its order.
#[test]
fn a_batch_is_written_in_the_order_of_the_specification() {
    let (memory, vault) = in_memory();
    drop(vault);
    let faulty = Faulty::new(memory, usize::MAX, Break::Fails);
    let trace = faulty.trace.clone();
    let vault = open(&Store::of(Arc::new(faulty)));
    trace.lock().unwrap().clear();
    vault.record(&made(1, 1), Some(0), Act::State(vec![head("a")])).unwrap();
    let written = trace.lock().unwrap().clone();
    let starts = [
        "objects/sha256/",
        "log/wal/",
        "log/tile/entries/",
        "log/tile/0/",
        "log/checkpoints/1",
        "log/checkpoint",
    ];
    assert_eq!(written.len(), starts.len(), "{written:?}");
    for (place, start) in written.iter().zip(starts) {
        assert!(place.starts_with(start), "{written:?}");
    }
}

/// Writes of opening alone: the probe's, and what the run before left over.
pub(super) fn writes_of_opening(memory: &MemoryStore) -> usize {
    let faulty = Faulty::new(memory.fork(), usize::MAX, Break::Fails);
    let trace = faulty.trace.clone();
    let vault = open(&Store::of(Arc::new(faulty)));
    let count = trace.lock().unwrap().len();
    drop(vault);
    count
}

#[test]
fn every_write_that_breaks_stops_the_journal_and_loses_no_receipt() {
    // Step, and whether a break there that persists leaves the act in the log after the next start.
    for (step, how) in (1..=6).flat_map(|step| Break::ALL.map(|how| (step, how))) {
        let (memory, vault) = in_memory();
        let first = vault.record(&made(1, 1), Some(0), Act::State(vec![head("a")])).unwrap();
        drop(vault);
        let count = writes_of_opening(&memory);
        let faulty = Faulty::new(memory.clone(), count + step, how);
        let vault = open(&Store::of(Arc::new(faulty)));
        let act = || Act::State(vec![party("P1", "x")]);
        let broken = vault.record(&made(1, 2), Some(1), act());
        assert!(broken.is_err(), "step {step} {how:?}");
        let journal = vault.journal().unwrap();
        // A body that cannot be written stops nothing; any later step does.
        assert_eq!(journal.stopped().is_some(), step > 1, "step {step} {how:?}");
        if step > 1 {
            let after = vault.record(&made(1, 3), Some(1), act()).unwrap_err();
            assert!(matches!(after, VaultError::Journal(JournalError::Stopped(_))), "{after}");
        }
        drop(vault);

        let store = Store::of(Arc::new(memory));
        let vault = open(&store);
        let (_, head) = vault.head().unwrap();
        let expected = match (step, how) {
            (1, _) => 1,
            (2, Break::FailsButPersists) => 2,
            (2, _) => 1,
            _ => 2,
        };
        assert_eq!(head.size, expected, "step {step} {how:?}");
        let again = vault.journal().unwrap().receipt(0, 0).unwrap();
        assert_eq!(again.leaf, first.receipt.leaf);
        again.check(&policy()).unwrap();
        // The same act a second time: once in the log, whatever happened.
        let retried = vault.record(&made(1, 2), Some(1), act()).unwrap();
        assert_eq!(retried.receipt.index, 1);
        retried.receipt.check(&policy()).unwrap();
        drop(vault);
        let report = report(&store);
        assert!(report.is_whole(), "step {step} {how:?}: {:?}", report.faults);
        assert_eq!(report.entries, 2);
    }
}

#[test]
fn a_break_while_finishing_a_batch_is_finished_at_the_start_after() {
    let (memory, vault) = in_memory();
    vault.record(&made(1, 1), Some(0), Act::State(vec![head("a")])).unwrap();
    drop(vault);
    // Stops after the WAL: body, WAL, then the bundle breaks.
    let after = writes_of_opening(&memory) + 3;
    let vault = open(&Store::of(Arc::new(Faulty::new(memory.clone(), after, Break::Fails))));
    assert!(vault.record(&made(1, 2), Some(1), Act::State(vec![party("P", "")])).is_err());
    drop(vault);
    // Five writes of the probe, then bundle, tile, checkpoint, head: each breaks once.
    for how in [Break::Fails, Break::FailsButPersists] {
        for after in 6..=9 {
            let copy = memory.fork();
            let store = Store::of(Arc::new(Faulty::new(copy.clone(), after, how)));
            assert!(Vault::open(store, signer(), Opening::default()).is_err(), "{after}");
            let vault = open(&Store::of(Arc::new(copy)));
            assert_eq!(vault.head().unwrap().1.size, 2);
        }
    }
    let store = Store::of(Arc::new(memory));
    let vault = open(&store);
    vault.record(&made(1, 2), Some(1), Act::State(vec![party("P", "")])).unwrap();
    drop(vault);
    assert!(report(&store).is_whole(), "{:?}", report(&store).faults);
}

/// A stream of several writes; a long one, with a list of chunks behind it, at its last writes.
#[test]
fn every_write_of_a_stream_that_breaks_is_told_and_the_next_try_keeps_it() {
    let (memory, vault) = in_memory();
    drop(vault);
    let long = usize::try_from(CHUNK).unwrap() + 1000;
    for (size, last) in [(600_000, usize::MAX), (long, 2)] {
        let bytes = vec![7; size];
        let whole = Faulty::new(memory.fork(), usize::MAX, Break::Fails);
        Objects::new(Arc::new(whole.clone())).put(&bytes[..], &Declared::default()).unwrap();
        let writes = whole.trace.lock().unwrap().len();
        assert!(writes >= 5, "begun, written block by block, named");
        let first = writes.saturating_sub(last) + 1;
        for (at, how) in (first.max(1)..=writes).flat_map(|at| Break::ALL.map(|how| (at, how))) {
            let copy = memory.fork();
            let faulty = Objects::new(Arc::new(Faulty::new(copy.clone(), at, how)));
            let broken = faulty.put(&bytes[..], &Declared::default());
            assert!(broken.is_err(), "write {at} of {writes} {how:?}");
            let store = Store::of(Arc::new(copy));
            assert!(report(&store).is_whole(), "write {at} {how:?}: nothing half is kept");
            let objects = Objects::new(store.blobs.clone());
            let stored = objects.put(&bytes[..], &Declared::default()).unwrap();
            assert_eq!(objects.check(&stored.digests.sha256).unwrap(), stored.digests);
            let list = stored.chunks.map(|list| objects.check(&list.sha256).unwrap());
            assert_eq!(list, stored.chunks);
        }
    }
}
