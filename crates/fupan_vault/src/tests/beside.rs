//! A walk beside a writer, and over what a killed one left: what is on its way is no fault, and is still seen
//! when it is changed.

use std::sync::atomic::{AtomicBool, Ordering};

use super::faults::writes_of_opening;
use super::faulty::{Break, Faulty};
use super::journal::leaf;
use super::*;
use crate::journal::{Wal, wal_name};

/// Batches of 200, so that bundles and tiles fill on the way.
const BATCH: u64 = 90;

fn submit(vault: &Vault, from: u64, count: u64) -> Result<(), JournalError> {
    let leaves = (from..from + count).map(leaf).collect();
    vault.journal().unwrap().submit_all(leaves, 0).map(|_| ())
}

#[test]
fn a_walk_beside_writers_reports_nothing() {
    const SENDERS: u64 = 3;
    const EACH: u64 = 25;
    let (memory, vault) = in_memory();
    let store = Store::of(Arc::new(memory));
    let (done, mut walks) = (AtomicBool::new(false), 0);
    std::thread::scope(|scope| {
        let send = |sender| {
            (0..EACH).for_each(|at| submit(&vault, (sender * EACH + at) * BATCH, BATCH).unwrap());
        };
        let writers: Vec<_> =
            (0..SENDERS).map(|sender| scope.spawn(move || send(sender))).collect();
        scope.spawn(|| {
            writers.into_iter().for_each(|writer| writer.join().unwrap());
            done.store(true, Ordering::SeqCst);
        });
        let mut last = false;
        while !last {
            last = done.load(Ordering::SeqCst);
            let found = report(&store);
            assert!(found.is_whole(), "{:?}", found.faults);
            walks += 1;
        }
    });
    assert!(walks > 1, "one walk at least began while the writers wrote");
    // With the roots that the log puts between.
    assert!(report(&store).entries >= SENDERS * EACH * BATCH);
}

/// A log whose writer was killed at a step of its third batch.
fn killed(step: usize, how: Break) -> MemoryStore {
    let (memory, vault) = in_memory();
    submit(&vault, 0, BATCH).unwrap();
    submit(&vault, BATCH, BATCH).unwrap();
    drop(vault);
    let opening = writes_of_opening(&memory);
    let vault = open(&Store::of(Arc::new(Faulty::new(memory.clone(), opening + step, how))));
    submit(&vault, 2 * BATCH, BATCH).unwrap_err();
    drop(vault);
    memory
}

#[test]
fn what_a_killed_writer_left_is_no_fault_and_its_change_is_one() {
    let mut changed = 0;
    // The WAL; two bundles; three tiles; the kept checkpoint; the head: whatever comes to stand.
    let ways = [Break::Fails, Break::FailsButPersists];
    for (step, how) in (1..=8).flat_map(|step| ways.map(|how| (step, how))) {
        let memory = killed(step, how);
        let store = Store::of(Arc::new(memory.clone()));
        let left = report(&store);
        assert!(left.is_whole(), "step {step} {how:?}: {:?}", left.faults);
        for name in store.blobs.list("log").unwrap().names {
            let mut bytes = store.blobs.read(&name).unwrap().unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            let copy = memory.fork();
            copy.tamper(&name, Some(bytes));
            assert!(!report(&Store::of(Arc::new(copy))).is_whole(), "step {step} {how:?}: {name}");
            changed += 1;
        }
        drop(open(&store));
        let whole = report(&store);
        assert!(whole.is_whole() && whole.entries >= left.entries, "{:?}", whole.faults);
    }
    assert!(changed > 8 * 2 * 6, "{changed}");
}

/// Writes a batch into the WAL, as a writer does that is killed then.
fn ahead(memory: &MemoryStore, from: u64, count: u64) {
    let entries: Vec<Vec<u8>> = (from..from + count).map(|at| leaf(at).encode().unwrap()).collect();
    memory.create(&wal_name(from), &Wal::print(from, &entries)).unwrap();
}

#[test]
fn two_batches_in_the_wal_are_finished_in_their_order() {
    let (memory, vault) = in_memory();
    submit(&vault, 0, 5).unwrap();
    drop(vault);
    ahead(&memory, 5, 300);
    ahead(&memory, 305, 7);
    let store = Store::of(Arc::new(memory.clone()));
    let before = report(&store);
    assert!(before.is_whole() && before.entries == 5, "{:?}", before.faults);
    let vault = open(&store);
    assert_eq!(vault.head().unwrap().1.size, 312);
    let last = vault.journal().unwrap().receipt(311, 0).unwrap();
    last.check(&policy()).unwrap();
    assert_eq!(last.leaf, leaf(311).encode().unwrap());
    drop(vault);
    assert!(report(&store).is_whole());
    // The second alone begins where the log does not end.
    ahead(&memory, 320, 7);
    let found = report(&store);
    assert!(found.faults.iter().any(|fault| fault.what == FaultKind::Differs), "{found:?}");
    assert!(Vault::open(store, signer(), Opening::default()).is_err());
}

#[test]
fn a_forged_batch_at_the_end_of_all_numbers_is_reported_and_refused() {
    let (memory, vault) = in_memory();
    drop(vault);
    let entries = vec![leaf(0).encode().unwrap(); 3];
    let from = u64::MAX - 1;
    memory.create(&wal_name(from), &Wal::print(from, &entries)).unwrap();
    let store = Store::of(Arc::new(memory));
    let found = report(&store);
    assert!(found.faults.iter().any(|fault| fault.what == FaultKind::Differs), "{found:?}");
    assert!(Vault::open(store, signer(), Opening::default()).is_err());
}

/// Several send while one write breaks, whichever batch it is of: what was acknowledged is in the log after the
/// next start, what is in the WAL comes in, and the log is whole.
#[test]
fn whatever_write_breaks_while_several_send_no_receipt_is_lost() {
    let ways = [Break::Fails, Break::FailsButPersists];
    for (step, how) in (1..=24).flat_map(|step| ways.map(|how| (step, how))) {
        let (memory, vault) = in_memory();
        drop(vault);
        let opening = writes_of_opening(&memory);
        let vault = open(&Store::of(Arc::new(Faulty::new(memory.clone(), opening + step, how))));
        let send = |sender: u64| {
            let one = |at: u64| vault.append(leaf(sender * 1000 + at), 0);
            (0..).map_while(|at| one(at).ok()).collect::<Vec<Receipt>>()
        };
        let receipts: Vec<Receipt> = std::thread::scope(|scope| {
            let send = &send;
            let senders: Vec<_> = (0..3).map(|sender| scope.spawn(move || send(sender))).collect();
            senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect()
        });
        drop(vault);
        let store = Store::of(Arc::new(memory));
        let left = report(&store);
        assert!(left.is_whole(), "step {step} {how:?}: {:?}", left.faults);
        let vault = open(&store);
        let size = vault.head().unwrap().1.size;
        for receipt in &receipts {
            assert_eq!(vault.log().entry(receipt.index, size).unwrap(), receipt.leaf);
        }
        assert!(size >= left.entries && size >= receipts.len() as u64, "step {step} {how:?}");
        drop(vault);
        let whole = report(&store);
        assert!(whole.is_whole() && store.blobs.list("log/wal").unwrap().names.is_empty());
    }
}
