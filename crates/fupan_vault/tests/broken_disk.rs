//! Breaks the system's calls under a writing process, one after the other: a full disk and a bad disk at
//! each write, each making durable, each naming, each folder. What must hold: whatever receipt was
//! given is in the log after the next start, the log is whole, and nothing panics. Needs strace, which
//! does the breaking; so Linux only.
#![cfg(target_os = "linux")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test: a panic here is the test failing"
)]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use fupan_ledger::{Scheme, SigningKey};
use fupan_vault::{DiskStore, LogSigner, Opening, Signer as _, Store, Vault, verify};

/// Calls by which something is written, and how each is broken. The system's names of one and the same
/// differ between processors; a question mark lets strace pass over those it does not have.
const BREAKS: [(&str, &str); 10] = [
    ("write", "ENOSPC"),
    ("write", "EIO"),
    ("fdatasync", "EIO"),
    ("fdatasync", "ENOSPC"),
    ("fsync", "EIO"),
    ("?rename,?renameat,?renameat2", "ENOSPC"),
    ("?rename,?renameat,?renameat2", "EIO"),
    (LINKS, "ENOSPC"),
    (LINKS, "EIO"),
    ("?mkdir,?mkdirat", "ENOSPC"),
];
/// Folders of which making durable is broken, each by itself: strace counts calls by the thread, and folders of one
/// step are made durable by threads of their own.
const FOLDERS: [&str; 10] = [
    "log",
    "log/checkpoints",
    "log/tile",
    "log/tile/0",
    "log/tile/0/000.p",
    "log/tile/entries",
    "log/tile/entries/000.p",
    "log/wal",
    "objects",
    "objects/sha256",
];
/// Names are given by links where the system cannot rename a file only if the name is free; here it says so.
const LINKS: &str = "?link,?linkat";
const NO_STEP: &str = "inject=?renameat2:error=EINVAL";
/// Acts of one run.
const ACTS: u64 = 3;
/// No thread of a run makes as many calls of one kind.
const MANY: usize = 200;

/// The example stands beside the folder of the tests.
fn writer() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().unwrap().parent().unwrap();
    folder.join("examples").join("writer")
}

struct Run {
    broke: bool,
    ended_well: bool,
    receipts: Vec<(u64, String)>,
}

/// What breaks: calls, with what error, and on which folder alone.
#[derive(Debug, Clone, Copy)]
struct How {
    calls: &'static str,
    error: &'static str,
    folder: Option<&'static str>,
}

/// A run in which the call of that number breaks, in each thread that comes so far.
fn run(vault: &Path, trace: &Path, run: u64, How { calls, error, folder }: How, at: usize) -> Run {
    let inject = format!("inject={calls}:error={error}:when={at}");
    let links = ["-e", "trace=?renameat2,?link,?linkat", "-e", NO_STEP].map(OsString::from);
    let alone = folder.map(|folder| ["-P".into(), vault.join(folder).into_os_string()]);
    let more = links.into_iter().filter(|_| calls == LINKS).chain(alone.into_iter().flatten());
    let output = Command::new("strace")
        .args(["-f", "-qq", "-e", &format!("trace={calls}"), "-e", &inject])
        .args(more)
        .arg("-o")
        .arg(trace)
        .arg(writer())
        .args([vault.as_os_str(), run.to_string().as_ref(), ACTS.to_string().as_ref()])
        .output()
        .expect("strace is needed for this test: on Debian, apt-get install strace");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked"), "{calls} {error} {at}: {said}");
    let whole = String::from_utf8(output.stdout).unwrap();
    let whole = whole.rsplit_once('\n').map_or("", |(whole, _)| whole).to_owned();
    let receipt = |line: &str| {
        let (index, leaf) = line.strip_prefix("RECEIPT ")?.split_once(' ')?;
        Some((index.parse().unwrap(), leaf.to_owned()))
    };
    let trace = fs::read_to_string(trace).expect("strace traced nothing: may it trace here?");
    Run {
        broke: trace.lines().any(|line| line.contains("INJECTED") && !line.contains("EINVAL")),
        ended_well: output.status.success(),
        receipts: whole.lines().filter_map(receipt).collect(),
    }
}

#[test]
fn attack_23_whatever_call_breaks_no_receipt_is_lost_and_the_log_is_whole() {
    let base = std::env::temp_dir().join(format!("fupan-broken-{}", std::process::id()));
    drop(fs::remove_dir_all(&base));
    fs::create_dir_all(&base).unwrap();
    let (folder, trace) = (base.join("vault"), base.join("trace"));
    let key = SigningKey::from_seed("killed.fupan", Scheme::Ed25519, &[5; 32]).unwrap();
    let signer = Arc::new(LogSigner::new(key, None).unwrap());
    let begun = Store::of(Arc::new(DiskStore::open(&folder).unwrap()));
    Vault::init(&begun, &*signer).unwrap();
    drop(begun);
    let (mut number, mut broken, mut failed, mut given) = (0, 0, 0, 0);
    let calls = BREAKS.map(|(calls, error)| How { calls, error, folder: None });
    let folders = FOLDERS.map(|one| How { calls: "fsync", error: "EIO", folder: Some(one) });
    for how in calls.into_iter().chain(folders) {
        // Elsewhere the head is renamed by the very call that is said not to be there.
        if how.calls == LINKS && !cfg!(target_arch = "x86_64") {
            continue;
        }
        let mut of_this = 0;
        for at in 1..=MANY {
            number += 1;
            let run = run(&folder, &trace, number, how, at);
            let store = Store::of(Arc::new(DiskStore::open(&folder).unwrap()));
            let opened = Vault::open(store.clone(), signer.clone(), Opening::default());
            let vault = opened.unwrap_or_else(|error| panic!("{how:?} {at}: {error}"));
            let size = vault.head().unwrap().1.size;
            for (index, leaf) in &run.receipts {
                let kept = vault.log().entry(*index, size).unwrap();
                assert_eq!(kept, leaf.as_bytes(), "{how:?} {at}: receipt {index} of {size}");
            }
            given += run.receipts.len();
            drop(vault);
            if !run.broke {
                assert!(run.ended_well && run.receipts.len() as u64 == ACTS, "{how:?} {at}");
                break;
            }
            assert!(at < MANY, "{how:?}: no end of calls");
            of_this += 1;
            failed += usize::from(!run.ended_well);
        }
        let store = Store::of(Arc::new(DiskStore::open(&folder).unwrap()));
        assert!(of_this > 0, "{how:?}: no such call was made");
        let report = verify(&store, signer.verify_key(), |_| {}).unwrap();
        assert!(report.is_whole(), "{how:?}: {:?}", report.faults);
        broken += of_this;
    }
    // One batch alone takes five writes, made durable, named, in five folders.
    assert!(broken > 40 && failed > 30, "{broken} broken, {failed} told");
    eprintln!("{broken} calls broken, {failed} runs said so, {given} receipts, none lost");
    fs::remove_dir_all(&base).unwrap();
}
