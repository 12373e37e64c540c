//! Backup while running, restore, and a vault on disk from end to end.

use super::temp::Temp;
use super::*;

#[test]
fn a_copy_made_while_writing_restores_to_a_whole_vault() {
    let temp = Temp::new("copy");
    let from = begun(DiskStore::open(&temp.path().join("vault")).unwrap());
    let vault = open(&from);
    filled(&vault);
    let copy = Store::of(Arc::new(DiskStore::open(&temp.path().join("copy")).unwrap()));
    let writing = std::sync::atomic::AtomicBool::new(true);
    let first = std::thread::scope(|scope| {
        let (vault, writing) = (&vault, &writing);
        scope.spawn(move || {
            let mut version = 3;
            while writing.load(std::sync::atomic::Ordering::SeqCst) || version < 12 {
                let name = format!("P{version}");
                let act = Act::State(vec![party(&name, "x")]);
                vault.record(&made(1, 100 + version), Some(version), act).unwrap();
                version += 1;
            }
        });
        let first = backup(&from, &copy, signer().verify_key()).unwrap();
        writing.store(false, std::sync::atomic::Ordering::SeqCst);
        first
    });
    assert!(first.size >= 4);
    let seen = report(&copy);
    assert!(seen.is_whole(), "{:?}", seen.faults);
    assert_eq!(seen.entries, first.size);

    // Brought up to date, then restored elsewhere.
    let second = backup(&from, &copy, signer().verify_key()).unwrap();
    assert!(second.there > 0 && second.size >= 13);
    let to = Store::of(Arc::new(DiskStore::open(&temp.path().join("restored")).unwrap()));
    assert!(restore(&copy, &to, signer().verify_key()).unwrap().is_whole());
    let restored = open(&to);
    assert_eq!(restored.case_file(id(1)).unwrap(), vault.case_file(id(1)).unwrap());
    assert_eq!(restored.index_dump().unwrap(), vault.index_dump().unwrap());
    // A target with a log of its own, and a copy that is ahead, are refused.
    assert!(matches!(restore(&copy, &to, signer().verify_key()), Err(BackupError::Target)));
    let other = begun(MemoryStore::default());
    assert!(backup(&copy, &other, signer().verify_key()).is_ok(), "an empty log grows");
    vault.record(&made(1, 900), None, hold(None, true)).unwrap();
    backup(&from, &copy, signer().verify_key()).unwrap();
    assert!(matches!(backup(&to, &copy, signer().verify_key()), Err(BackupError::Target)));
}

#[test]
fn a_damaged_copy_is_not_restored() {
    let (memory, vault) = in_memory();
    let stored = filled(&vault);
    let copy = MemoryStore::default();
    let to = Store::of(Arc::new(copy.clone()));
    backup(&Store::of(Arc::new(memory)), &to, signer().verify_key()).unwrap();
    let hex = hex_of(&stored.digests.sha256);
    let name = copy.list("objects").unwrap().names;
    let name = name.iter().find(|name| name.as_str().ends_with(&hex)).unwrap();
    copy.tamper(name, Some(b"13:31 alarm\n".to_vec()));
    let target = Store::of(Arc::new(MemoryStore::default()));
    let refused = restore(&to, &target, signer().verify_key()).unwrap_err();
    assert!(matches!(refused, BackupError::Damaged(report) if report.faults.len() == 1));
    assert_eq!(target.head.load().unwrap(), None);
}

#[test]
fn erased_here_is_erased_in_the_copy() {
    let (memory, vault) = in_memory();
    let stored = filled(&vault);
    let from = Store::of(Arc::new(memory));
    let copy = Store::of(Arc::new(MemoryStore::default()));
    backup(&from, &copy, signer().verify_key()).unwrap();
    vault.record(&made(1, 50), None, erase(&stored)).unwrap();
    backup(&from, &copy, signer().verify_key()).unwrap();
    assert!(!Objects::new(copy.blobs.clone()).has(&stored.digests.sha256).unwrap());
    let seen = report(&copy);
    assert!(seen.is_whole() && seen.erased == 1, "{:?}", seen.faults);
}
