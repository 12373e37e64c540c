//! Kills a writing process at random points: every receipt that it gave is in the log after it, and
//! the log is whole. 25 times; with `FUPAN_SOAK=1`, 500 times.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test: a panic here is the test failing"
)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use fupan_ledger::{Scheme, SigningKey};
use fupan_vault::{DiskStore, LogSigner, Opening, Store, Vault, verify};

/// The example stands beside the folder of the tests.
fn writer() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().unwrap().parent().unwrap();
    folder.join("examples").join(format!("writer{}", std::env::consts::EXE_SUFFIX))
}

/// Receipts that one killed run gave: index and leaf.
fn run(folder: &Path, number: u64, lines: usize) -> Vec<(u64, String)> {
    let mut child = Command::new(writer())
        .args([folder.as_os_str(), number.to_string().as_ref(), "1000000".as_ref()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    for _ in 0..lines {
        out.read_line(&mut text).unwrap();
    }
    child.kill().unwrap();
    out.read_to_string(&mut text).unwrap();
    child.wait().unwrap();
    // The last line may be torn.
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let receipt = |line: &str| {
        let (index, leaf) = line.strip_prefix("RECEIPT ")?.split_once(' ')?;
        Some((index.parse().unwrap(), leaf.to_owned()))
    };
    whole.lines().filter_map(receipt).collect()
}

#[test]
fn no_receipt_of_a_killed_writer_is_lost() {
    let rounds = if std::env::var_os("FUPAN_SOAK").is_some() { 500 } else { 25 };
    let folder = std::env::temp_dir().join(format!("fupan-kill-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    let key = SigningKey::from_seed("killed.fupan", Scheme::Ed25519, &[5; 32]).unwrap();
    let signer = Arc::new(LogSigner::new(key, None).unwrap());
    let mut given = 0;
    let mut state = 0x1234_5678_u64;
    for round in 0..rounds {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
        let lines = usize::try_from(state >> 33).unwrap() % 24;
        let receipts = run(&folder, round, lines);
        given += receipts.len();
        assert!(receipts.len() >= lines);
        let store = Store::of(Arc::new(DiskStore::open(&folder).unwrap()));
        if store.head.load().unwrap().is_none() {
            // Killed before it had begun.
            Vault::init(&store, &*signer).unwrap();
        }
        let vault = Vault::open(store.clone(), signer.clone(), Opening::default()).unwrap();
        let size = vault.head().unwrap().1.size;
        for (index, leaf) in receipts {
            let kept = vault.log().entry(index, size).unwrap();
            assert_eq!(kept, leaf.as_bytes(), "round {round}, receipt {index} of {size}");
        }
        drop(vault);
        if round % 10 == 9 || round + 1 == rounds {
            let report = verify(&store, fupan_vault::Signer::verify_key(&*signer), |_| {}).unwrap();
            assert!(report.is_whole(), "round {round}: {:?}", report.faults);
            assert_eq!(report.entries, size);
        }
    }
    assert!(given > usize::try_from(rounds).unwrap());
    eprintln!("{rounds} kills, {given} receipts, none lost");
    std::fs::remove_dir_all(&folder).unwrap();
}
