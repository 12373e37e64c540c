//! A bag that has everything: captures that two people signed, one of them later, with keys of all three
//! schemes; a key that was revoked afterwards; evidence that was only taken in; heads that two organisations
//! cosigned; time stamps. Who has key, policy and authority from elsewhere accepts it, with our program and
//! with programs of others; nobody accepts it for others, or after a change, not even one that was sealed
//! again with the log's own key.

use crate::door::cosigner::Cosigner;
use crate::door::scene::{SETTING, Scene};
use crate::door::{Run, copy, fupan};
use crate::openssl::Authority;
use crate::server::{Server, answer};
use crate::vaulted::{bagit, every, find, rewrite, sceptic};
use fupan_ledger::release::BagSeal;
use fupan_ledger::{Note, Scheme, SigningKey};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The case, those who vouch for its log while it is released, and the bag.
struct Released {
    scene: Scene,
    log: String,
}

impl Released {
    fn new(name: &str) -> Self {
        let scene = Scene::with_people(name, &SETTING);
        let alarm = scene.scratch.file("alarm.csv", "time,text\n13:13,alarm\n");
        let gauge = scene.scratch.file("gauge.csv", "time,ppm\n13:14,41\n");
        let (first, carols) = (draft(&scene, "alice", &alarm), draft(&scene, "carol", &gauge));
        sign(&scene, &first, "bob", &alarm);
        assert_eq!(submit(&scene, &first, &alarm, &["--id", "E1"])["status"], "witnessed");
        sign(&scene, &carols, "dave", &gauge);
        assert_eq!(submit(&scene, &carols, &gauge, &["--id", "E2"])["status"], "witnessed");
        let plan = scene.scratch.path("plan");
        scene.plain(&["assess", &scene.vault, "--out", &plan, "--format", "docx"]);
        let plan = find(Path::new(&plan), ".docx").to_string_lossy().into_owned();
        let later = draft(&scene, "alice", &plan);
        assert_eq!(submit(&scene, &later, &plan, &["--id", "E3"])["status"], "pending");
        sign(&scene, &later, "bob", &plan);
        assert_eq!(submit(&scene, &later, &plan, &[])["status"], "witnessed");
        let said = scene.scratch.file("said.txt", "heard of it at noon\n");
        scene.ok(&["add", &said, "--case", &scene.vault, "--id", "E4", "--author", "keeper"]);
        let (dave, lab) = (scene.verify_key("dave"), scene.key("works-lab"));
        scene.ok(&["key", "revoke", &scene.vault, "--key", &dave, "--by", &lab]);
        let head = fupan(&["vault", "head", &scene.vault, "--json"]).json();
        let log = head["keys"][0].as_str().unwrap().to_owned();
        scene.scratch.file("log.vkey", &log);
        let released = Self { scene, log };
        released.release();
        released
    }

    /// Has the head stamped and cosigned, and makes the bag. Whoever answered is gone afterwards.
    fn release(&self) {
        let Self { scene, log } = self;
        let [bureau, works] = ["bureau.example", "works.example"]
            .map(|name| Cosigner::start(&scene.scratch, name, log));
        let (bureau, works) = ((bureau.line("bureau"), bureau), (works.line("works"), works));
        let policy = self.policy("policy.txt", log, &[&bureau.0, &works.0]);
        let authority = Authority::new();
        let roots = scene.scratch.file("tsa.pem", &authority.root_pem());
        let tsa = Server::start(move |_, asked| {
            Some(answer(200, "application/timestamp-reply", &authority.reply(asked)))
        });
        let stamp = ["vault", "stamp", &scene.vault, "--tsa", &tsa.url("/"), "--tsa-ca", &roots];
        scene.ok(&[&stamp[..], &["--sm3"]].concat());
        let made = scene.ok(&[
            "export",
            &scene.vault,
            "--as",
            "bag",
            "--out",
            &scene.scratch.path("bag"),
            "--policy",
            &policy,
            "--to",
            "court",
            "--author",
            "keeper",
            "--json",
        ]);
        let made = made.json();
        assert_eq!(made["evidence"], 4, "{made}");
        assert_eq!(made["notices"].as_array().map(Vec::len), Some(0), "{made}");
    }

    /// A policy in which all of these must have cosigned.
    fn policy(&self, file: &str, log: &str, lines: &[&str]) -> String {
        let names: Vec<&str> = lines.iter().map(|line| line.split(' ').nth(1).unwrap()).collect();
        let group = format!("group all all {}\nquorum all\n", names.join(" "));
        self.scene.scratch.file(file, &format!("log {log}\n{}{group}", lines.concat()))
    }

    fn bag(&self) -> PathBuf {
        self.scene.scratch.0.join("bag")
    }

    fn anchors(&self, log: &str, policy: &str) -> Vec<String> {
        let path = |name| self.scene.scratch.path(name);
        let words = ["--log-key", log, "--policy", &path(policy), "--tsa-ca", &path("tsa.pem")];
        words.map(str::to_owned).into()
    }

    /// What our program and what the bag's own script say.
    fn verify(&self, log: &str, policy: &str) -> (Run, (i32, String)) {
        let anchors = self.anchors(log, policy);
        let anchors: Vec<&str> = anchors.iter().map(String::as_str).collect();
        let bag = self.scene.scratch.path("bag");
        let ours = fupan(&[&["verify", &bag][..], &anchors].concat());
        (ours, sceptic(&self.scene.scratch.0, "bag", &anchors))
    }

    /// Both refuse, and say this.
    fn refused(&self, what: &str, (log, policy): (&str, &str), says: [&str; 2]) {
        let (ours, (code, theirs)) = self.verify(log, policy);
        assert_eq!((ours.code, code), (5, 5), "{what}: {}{}{theirs}", ours.out, ours.err);
        assert!(ours.err.contains(says[0]), "{what}: {}", ours.err);
        assert!(theirs.contains(says[1]), "{what}: {theirs}");
    }

    fn seal_again(&self) {
        seal_again(&self.scene, &self.log, &self.bag());
    }
}

/// Makes manifests and seal true of a changed bag: what a releasing side can do that holds the log's key.
pub(crate) fn seal_again(scene: &Scene, log: &str, bag: &Path) {
    let origin = log.split('+').next().unwrap();
    rewrite(bag);
    let note = Note::parse(&fs::read(bag.join("bag.note")).unwrap()).unwrap();
    let sum = |name: &str| Sha256::digest(fs::read(bag.join(name)).unwrap()).into();
    let files = every(&bag.join("data"));
    let bytes = files.iter().map(|file| fs::metadata(file).unwrap().len());
    let mut seal = BagSeal {
        sha256: sum("tagmanifest-sha256.txt"),
        sm3_manifest: sum("tagmanifest-sm3.txt"),
        ..BagSeal::parse(note.text()).unwrap()
    };
    (seal.payload.bytes, seal.payload.files) = (bytes.sum(), files.len() as u64);
    let mut note = Note::new(&seal.to_string()).unwrap();
    let keys = fs::read_to_string(scene.scratch.path(&format!("keys/{origin}.key"))).unwrap();
    let keys = keys.lines().map(|key| key.parse::<SigningKey>().unwrap());
    for key in keys.filter(|key| key.verify_key().to_string() == log) {
        note.sign(&key).unwrap();
    }
    fs::write(bag.join("bag.note"), note.to_string()).unwrap();
}

/// What is changed, how, and what our program and the script then say.
type Attack<'a> = (&'a str, &'a dyn Fn(), [&'a str; 2]);

/// Drafts a statement by a person over a file.
pub(crate) fn draft(scene: &Scene, person: &str, file: &str) -> String {
    let note = scene.scratch.path(&format!("{person}-{}.note", scene.scratch.names().len()));
    let key = scene.key(person);
    let synced = ["--offset-ms", "-12", "--rtt-ms", "40", "--sync-age-s", "5", "--place", "gate 3"];
    let asked = ["attest", "draft", file, "--case", &scene.vault, "--key", &key, "--out", &note];
    scene.plain(&[&asked[..], &synced].concat());
    note
}

pub(crate) fn sign(scene: &Scene, note: &str, person: &str, file: &str) {
    scene.plain(&["attest", "sign", note, "--key", &scene.key(person), "--file", file]);
}

pub(crate) fn submit(scene: &Scene, note: &str, file: &str, rest: &[&str]) -> serde_json::Value {
    let asked = ["attest", "submit", &scene.vault, note, "--file", file, "--author", "keeper"];
    scene.ok(&[&asked[..], &["--json"], rest].concat()).json()
}

/// Changes a byte of a file from its end on.
fn change(file: &Path, from_end: usize) {
    let mut bytes = fs::read(file).unwrap();
    let at = bytes.len() - from_end;
    bytes[at] ^= 1;
    fs::write(file, bytes).unwrap();
}

/// Another signature in the place of the one by this key.
fn resign(file: &Path, key: &str) {
    let text = fs::read_to_string(file).unwrap();
    let line = text.lines().find(|line| line.contains(key)).expect("their line");
    // A letter in the middle: still base64, still as long.
    let middle = line.len() - 40;
    let letter = if line[middle..].starts_with('A') { "B" } else { "A" };
    let other = format!("{}{letter}{}", &line[..middle], &line[middle + 1..]);
    fs::write(file, text.replace(line, &other)).unwrap();
}

/// Takes away the lines of a file that hold this.
fn without(file: &Path, key: &str) {
    let text = fs::read_to_string(file).unwrap();
    let kept: String =
        text.lines().filter(|line| !line.contains(key)).map(|line| format!("{line}\n")).collect();
    assert_ne!(kept, text, "{key}");
    fs::write(file, kept).unwrap();
}

/// The statement of a capture that this person signed as the second.
fn statement(bag: &Path, key: &str) -> PathBuf {
    let mut notes = every(&bag.join("data/statements")).into_iter().filter(|path| {
        path.extension().is_some_and(|ending| ending == "note")
            && fs::read_to_string(path).unwrap().contains(key)
    });
    notes.next().expect("a statement")
}

#[test]
fn attack_28_a_bag_with_everything_is_accepted_from_outside_and_by_nobody_after_a_change() {
    let released = Released::new("bag-everything");
    let (log, bag) = (released.log.clone(), released.bag());
    let (ours, (code, theirs)) = released.verify(&log, "policy.txt");
    assert_eq!((ours.code, code), (0, 0), "{}{}{theirs}", ours.out, ours.err);
    // In the order in which they answered.
    let both = ["cosigned by bureau, works", "cosigned by works, bureau"];
    assert!(both.iter().any(|both| ours.out.contains(both)), "{}", ours.out);
    assert_eq!(ours.out.matches("note ").count(), 1, "only what was taken in: {}", ours.out);
    released.signers();
    assert!(both.iter().any(|both| theirs.contains(both)), "{theirs}");
    assert_ne!(bagit(&bag), Some(false));
    let places: Vec<String> = every(&bag).iter().map(|path| path.display().to_string()).collect();
    for part in ["sha256.tsr", "sm3.tsr", "/text/", "/consistency/", "keys/people", "body.json"] {
        assert!(places.iter().any(|place| place.contains(part)), "{part}: {places:#?}");
    }
    released.foreign_anchors();
    let kept = released.scene.scratch.0.join("kept");
    copy(&bag, &kept);
    let second = |key: &str| statement(&bag, key);
    let (bob, carol, dave) = (second("p/bob"), second("p/carol"), second("p/dave"));
    let (sha256, sm3) = (find(&bag.join("tsa"), "sha256.tsr"), find(&bag.join("tsa"), "sm3.tsr"));
    let head = bag.join("log/checkpoint");
    let signature = "a signature does not hold";
    let stamp = ["time stamp", "the time stamp does not hold"];
    let attacks: [Attack<'_>; 7] = [
        (
            "the second's P-256 signature",
            &|| resign(&bob, "p/bob"),
            [signature, "signature of p/bob"],
        ),
        ("an SM2 signature", &|| resign(&carol, "p/carol"), [signature, "signature of p/carol"]),
        ("an Ed25519 signature", &|| resign(&dave, "p/dave"), [signature, "signature of p/dave"]),
        (
            "no second signature",
            &|| without(&bob, "p/bob"),
            ["signature", "signature that the leaf"],
        ),
        ("a token", &|| change(&sha256, 1), stamp),
        ("the other token", &|| change(&sm3, 1), stamp),
        (
            "a cosignature taken away",
            &|| without(&head, "works.example"),
            ["make no quorum", "fewer cosigners"],
        ),
    ];
    for (what, attack, says) in attacks {
        attack();
        let anchors = released.anchors(&log, "policy.txt");
        let anchors: Vec<&str> = anchors.iter().map(String::as_str).collect();
        let plainly = fupan(&[&["verify", &bag.to_string_lossy()][..], &anchors].concat());
        assert_eq!(plainly.code, 5, "{what}");
        assert!(plainly.err.contains("manifest-sha256.txt"), "{what}: {}", plainly.err);
        // Who holds the log's key hides it from manifests and seal, and from nothing else.
        released.seal_again();
        released.refused(what, (&log, "policy.txt"), says);
        fs::remove_dir_all(&bag).unwrap();
        copy(&kept, &bag);
    }
    // Sealed again without a change it is as sound as it was: what was refused is the change.
    released.seal_again();
    let (ours, (code, theirs)) = released.verify(&log, "policy.txt");
    assert_eq!((ours.code, code), (0, 0), "{}{theirs}", ours.err);
}

impl Released {
    /// Who signed is told of every capture, and of none that there were two where there were not.
    fn signers(&self) {
        let anchors = self.anchors(&self.log, "policy.txt");
        let anchors: Vec<&str> = anchors.iter().map(String::as_str).collect();
        let bag = self.scene.scratch.path("bag");
        let said = fupan(&[&["verify", &bag, "--json"][..], &anchors].concat()).json();
        let evidence = said["evidence"].as_array().unwrap().iter();
        let mut signed: Vec<String> = evidence.map(|one| one["signers"].to_string()).collect();
        signed.sort();
        let two = ["p/alice", "p/bob"].map(|name| format!("{name:?}")).join(",");
        let others = ["p/carol", "p/dave"].map(|name| format!("{name:?}")).join(",");
        let two = format!("[{two}]");
        assert_eq!(signed, [two.clone(), two, format!("[{others}]"), "[]".to_owned()], "{said}");
        assert_eq!(said["stamps"].as_array().map(Vec::len), Some(2), "{said}");
    }

    /// Anchors of others: a policy of an organisation that never cosigned, and a log of the same name.
    fn foreign_anchors(&self) {
        let third = Scheme::Cosignature;
        let third = SigningKey::from_seed("union.example", third, &[9; 32]).unwrap();
        let third = format!("witness union {}\n", third.verify_key());
        self.policy("third.txt", &self.log, &[&third]);
        let says = ["make no quorum", "fewer cosigners"];
        self.refused("the policy of a third", (&self.log, "third.txt"), says);
        let origin = self.log.split('+').next().unwrap();
        let other = SigningKey::from_seed(origin, Scheme::Ed25519, &[8; 32]).unwrap();
        let other = other.verify_key().to_string();
        let policy = fs::read_to_string(self.scene.scratch.path("policy.txt")).unwrap();
        self.scene.scratch.file("other.txt", &policy.replace(&self.log, &other));
        let says = ["log/checkpoint", "log/checkpoint"];
        self.refused("another log key", (&other, "other.txt"), says);
    }
}
