//! An export that is killed, stopped, or meets a full or a bad disk, at each of its calls of the system. What
//! must hold: where the bag was to be stands what stood there before, or a whole bag that is accepted; the
//! vault is whole; what a killed run left is told by the next, which makes the bag. Needs strace, which does
//! the breaking; so Linux only.
#![cfg(target_os = "linux")]

use crate::door::{Run, Scratch, command};
use crate::vaulted::Vaulted;
use std::fs;
use std::process::Command;

/// Calls by which something is written, and what happens at them. The system's names of one and the same
/// differ between processors; a question mark lets strace pass over those it does not have.
const WAYS: [(&str, &str); 14] = [
    ("write", "error=ENOSPC"),
    ("write", "error=EIO"),
    ("?mkdir,?mkdirat", "error=ENOSPC"),
    ("fsync", "error=EIO"),
    ("fdatasync", "error=EIO"),
    ("?rename,?renameat,?renameat2", "error=EIO"),
    ("openat", "signal=SIGKILL"),
    ("write", "signal=SIGKILL"),
    ("?mkdir,?mkdirat", "signal=SIGKILL"),
    ("fsync", "signal=SIGKILL"),
    ("?rename,?renameat,?renameat2", "signal=SIGKILL"),
    ("write", "signal=SIGINT"),
    ("fsync", "signal=SIGINT"),
    ("?rename,?renameat,?renameat2", "signal=SIGINT"),
];

/// No thread of an export makes as many calls of one kind.
const MANY: usize = 5_000;

/// What a broken run left.
struct Broken {
    met: bool,
    /// Whether something stands beside the bag's place now that did not before.
    cut: bool,
    bag: bool,
}

/// A case of three pieces of evidence in a vault.
fn small() -> Vaulted {
    let scratch = Scratch::new("bag-broken");
    let case = scratch.path("案卷");
    let head = ["--date", "2024-05-18", "--place", "x", "--kind", "leak", "--zone", "+08:00"];
    let ok = |args: &[&str]| {
        let run = crate::door::fupan(args);
        assert_eq!(run.code, 0, "{args:?}: {}", run.err);
    };
    ok(&[&["new", &case, "--id", "c1"][..], &head].concat());
    for id in ["E1", "E2", "E3"] {
        let file = scratch.file(&format!("{id}.csv"), &format!("time,text\n13:13,{id}\n"));
        ok(&["add", &file, "--case", &case, "--id", id]);
    }
    let vaulted = Vaulted::of(scratch);
    fs::create_dir(vaulted.0.path("out")).unwrap();
    vaulted
}

const EXPORT: [&str; 7] = ["export", "案卷", "--as", "bag", "--out", "out/包", "--json"];

/// Names beside the bag's place, itself included.
fn beside(vaulted: &Vaulted) -> Vec<String> {
    crate::door::names(&vaulted.0.0.join("out"))
}

/// What killed runs left there.
fn left(vaulted: &Vaulted) -> usize {
    beside(vaulted).into_iter().filter(|name| name != "包").count()
}

/// Whether a bag stands there; it is one that is accepted, or an empty folder that stood there before.
fn bag_is_whole(vaulted: &Vaulted, empty: bool, what: &str) -> bool {
    let place = vaulted.0.0.join("out/包");
    if !place.exists() {
        assert!(!empty, "{what}: the folder that stood there is gone");
        return false;
    }
    if fs::read_dir(&place).unwrap().next().is_none() {
        assert!(empty, "{what}: an empty folder where nothing stood");
        return false;
    }
    let anchors = ["--log-key", "log.vkey", "--policy", "policy.txt"];
    let checked = vaulted.ask(&[&["verify", "out/包"][..], &anchors].concat());
    assert_eq!(checked.code, 0, "{what}: half a bag: {}{}", checked.out, checked.err);
    true
}

/// An export to which something happens at the call of that number, in each thread that comes so far.
fn broken(vaulted: &Vaulted, (calls, how): (&str, &str), at: usize, empty: bool) -> Broken {
    let what = format!("{calls} {how} {at}");
    if empty {
        fs::create_dir(vaulted.0.path("out/包")).unwrap();
    }
    let trace = vaulted.0.path("trace");
    let before = left(vaulted);
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-e", &format!("trace={calls}"), "-e"]);
    strace.arg(format!("inject={calls}:{how}:when={at}")).args(["-o", &trace]);
    let plain = command(&EXPORT);
    strace.arg(plain.get_program()).args(plain.get_args()).current_dir(&vaulted.0.0);
    strace.env("FUPAN_KEYS", vaulted.0.path("keys")).env("FUPAN_AUTHOR", "张某");
    let run =
        strace.output().expect("strace is needed for this test: on Debian, apt-get install strace");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(!said.contains("panicked"), "{what}: {said}");
    let trace = fs::read_to_string(&trace).expect("strace traced nothing: may it trace here?");
    let met = ["INJECTED", "SIGKILL", "SIGINT"].iter().any(|mark| trace.contains(mark));
    let (code, killed) = (run.status.code(), trace.contains("SIGKILL"));
    assert!(
        killed || code.is_some_and(|code| [0, 74, 130].contains(&code)),
        "{what}: {code:?} {said}"
    );
    let bag = bag_is_whole(vaulted, empty, &what);
    assert!(code != Some(0) || bag, "{what}: done, and no bag: {said}");
    assert!(code != Some(130) || !bag, "{what}: stopped, and a bag");
    let left = left(vaulted) - before;
    assert!(left <= usize::from(killed), "{what}: {:?}", beside(vaulted));
    if empty && !bag {
        fs::remove_dir(vaulted.0.path("out/包")).unwrap();
    }
    if bag {
        fs::remove_dir_all(vaulted.0.path("out/包")).unwrap();
    }
    Broken { met, cut: left == 1, bag }
}

/// The next run makes the bag, and tells what a killed one left.
fn again(vaulted: &Vaulted, left: usize, what: &str) {
    let made: Run = vaulted.ask(&EXPORT);
    assert_eq!(made.code, 0, "{what}: {}", made.err);
    let told = made.err.matches("was left by an export that was cut off").count();
    assert_eq!(told, left, "{what}: {}", made.err);
    assert!(bag_is_whole(vaulted, false, what));
    for name in beside(vaulted) {
        fs::remove_dir_all(vaulted.0.0.join("out").join(name)).unwrap();
    }
    let verify = ["verify", "案卷", "--log-key", "log.vkey"];
    let checked = vaulted.ask(&verify);
    assert_eq!(checked.code, 0, "{what}: {}{}", checked.out, checked.err);
}

/// Ordinary runs break every call of the first few and ever fewer after; with `FUPAN_SOAK=1` each.
#[test]
fn attack_23_whatever_call_breaks_an_export_leaves_no_half_bag() {
    let vaulted = small();
    let soak = std::env::var_os("FUPAN_SOAK").is_some();
    let (mut runs, mut cut, mut whole) = (0, 0, 0);
    for way in WAYS {
        let (mut at, mut left) = (1, 0);
        loop {
            let run = broken(&vaulted, way, at, at % 2 == 0);
            left += usize::from(run.cut);
            whole += usize::from(run.bag);
            if !run.met {
                assert!(run.bag, "{way:?}: nothing happened, and no bag");
                break;
            }
            runs += 1;
            assert!(at < MANY, "{way:?}: no end of calls");
            at += if soak { 1 } else { 1 + at / 2 };
        }
        again(&vaulted, left, &format!("{way:?}"));
        cut += left;
    }
    // The last run of each way meets nothing and is whole; whether one that was asked to stop ended before it
    // heard of it is chance.
    assert!(
        runs > 60 && cut > 5 && whole >= WAYS.len(),
        "{runs} runs, {cut} cut off, {whole} whole"
    );
    eprintln!(
        "{runs} exports broken: {cut} left something beside, {whole} a whole bag, none half of one"
    );
}
