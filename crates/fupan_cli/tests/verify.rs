//! `fupan verify` at the door.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "shares its material with the tests of the ledger"
)]

mod door;

#[path = "../../fupan_ledger/src/release/tests/attacks.rs"]
mod attacks;
#[path = "../../fupan_ledger/src/release/tests/made.rs"]
mod made;
#[path = "../../fupan_ledger/src/release/tests/streamed.rs"]
mod streamed;

use door::{Run, Scratch, fupan};
use fupan_ledger as ledger;
use std::fs;
use std::path::Path;

/// A bag in a folder whose name has blanks and Chinese, and the anchors beside it.
struct Released(Scratch);

impl Released {
    fn new(name: &str, files: &made::Files) -> Self {
        let scratch = Scratch::new(name);
        put(&scratch.0.join("证据 包"), files);
        let [log, _] = made::TRUE.log();
        scratch.file("log.vkey", &format!("{}\n", log.verify_key()));
        scratch.file("policy.txt", &made::TRUE.policy());
        scratch.file("roots.pem", made::STAMP_ROOT);
        Self(scratch)
    }

    fn bag(&self) -> String {
        self.0.path("证据 包")
    }

    fn verify(&self, more: &[&str]) -> Run {
        let (bag, key, policy) = (self.bag(), self.0.path("log.vkey"), self.0.path("policy.txt"));
        let args = ["verify", &bag, "--log-key", &key, "--policy", &policy];
        fupan(&[&args, more].concat())
    }
}

fn put(folder: &Path, files: &made::Files) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn a_sound_bag_passes_and_its_doubts_are_told() {
    let released = Released::new("verify-sound", &made::bag(made::TRUE));
    let roots = released.0.path("roots.pem");
    let run = released.verify(&["--tsa-ca", &roots]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    for said in [made::CASE, "11 leaves", "w1, w2", "existed by", "not witnessed", "not in the bag"]
    {
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
    assert!(!run.out.contains("bag-"), "a key without words: {}", run.out);
    let answer = released.verify(&["--json"]).json();
    assert_eq!(answer["sound"], true);
    assert_eq!(answer["evidence"].as_array().unwrap().len(), 6);
    assert_eq!(answer["stamps"][0]["trusted"], false);
    assert_eq!(answer["faults"].as_array().unwrap().len(), 0);
    let [log, _] = made::TRUE.log();
    let policy = released.0.path("policy.txt");
    let key = log.verify_key().to_string();
    let spelt = fupan(&["verify", &released.bag(), "--log-key", &key, "--policy", &policy]);
    assert_eq!(spelt.code, 0, "{}", spelt.err);
}

#[test]
fn keys_inside_a_bag_prove_nothing() {
    let released = Released::new("verify-no-key", &made::bag(made::TRUE));
    let (key, policy) = (released.0.path("log.vkey"), released.0.path("policy.txt"));
    let [log, _] = made::TRUE.log();
    for args in [&[][..], &["--log-key", &key], &["--policy", &policy]] {
        let run = fupan(&[&["verify", &released.bag()], args].concat());
        run.refused(2, "Keys inside a bag prove nothing");
        run.refused(2, &ledger::release::fingerprint(log.verify_key()));
    }
}

#[test]
fn every_fault_of_a_broken_bag_is_listed() {
    let files = attacks::all().into_iter().find(|one| one.0 == "rewritten-manifests").unwrap().1;
    let released = Released::new("verify-broken", &files);
    let run = released.verify(&[]);
    run.refused(5, "the statement says otherwise of sha256");
    run.refused(5, "the statement says otherwise of sm3");
    run.refused(5, "the seal says otherwise of its tagmanifest-sha256.txt");
    run.refused(5, "4 faults");
    let run = released.verify(&["--json"]);
    assert_eq!(run.code, 5);
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(answer["sound"], false);
    assert_eq!(answer["faults"].as_array().unwrap().len(), 4);
    let own = attacks::all().into_iter().find(|one| one.0 == "whole-bag-under-own-keys").unwrap().1;
    Released::new("verify-own", &own).verify(&[]).refused(5, "not the key from outside");
}

#[cfg(unix)]
#[test]
fn links_and_hidden_files_are_seen() {
    let released = Released::new("verify-link", &made::bag(made::TRUE));
    let bag = released.0.0.join("证据 包");
    std::os::unix::fs::symlink("/etc", bag.join("data/EV4/link")).unwrap();
    std::os::unix::fs::symlink("nowhere", bag.join("log/dangling")).unwrap();
    fs::write(bag.join("data/.hidden"), "x").unwrap();
    let run = released.verify(&[]);
    run.refused(5, "data/EV4/link: a symbolic link");
    run.refused(5, "log/dangling: a symbolic link");
    run.refused(5, "data/.hidden: a file that bags have not");
}

#[test]
fn what_is_no_bag_and_anchors_that_are_none_are_refused() {
    let released = Released::new("verify-refused", &made::bag(made::TRUE));
    let scratch = &released.0;
    let (bag, key, policy) = (released.bag(), scratch.path("log.vkey"), scratch.path("policy.txt"));
    let of = |bag: &str, key: &str, policy: &str| {
        fupan(&["verify", bag, "--log-key", key, "--policy", policy])
    };
    of(&scratch.path("none"), &key, &policy).refused(3, "none");
    of(&key, &key, &policy).refused(2, "it is a file");
    fs::create_dir(scratch.path("empty")).unwrap();
    of(&scratch.path("empty"), &key, &policy).refused(2, "no bag");
    of(&bag, &scratch.path("no.vkey"), &policy).refused(3, "no.vkey");
    of(&bag, "a+b+c", &policy).refused(2, "no log key");
    of(&bag, &key, &scratch.path("no.txt")).refused(3, "no.txt");
    let bad = scratch.file("bad.txt", "log x\nquorum all\n");
    of(&bag, &key, &bad).refused(2, "line 1");
    of(&bag, &key, &bad).refused(2, "line 2");
    let other = scratch.file(
        "other.txt",
        &made::Owner(100, made::Roll::Early, streamed::Sealed::Nothing).policy(),
    );
    of(&bag, &key, &other).refused(2, "does not name the given log key");
    let roots = scratch.file("no.pem", "nothing");
    released.verify(&["--tsa-ca", &roots]).refused(2, "no PEM certificate");
    fs::remove_file(Path::new(&bag).join("bagit.txt")).unwrap();
    released.verify(&[]).refused(5, "bagit.txt: missing");
}
