//! What ours finds in bags: nothing in a sound one, something after every change.

use std::io;

use super::attacks;
use super::made::{self, Files, Memory, Owner, Roll, TRUE};
use super::streamed::Sealed;
use crate::release::{
    Anchors, BagFault, BagSource, Found, FoundKind, Notice, Report, certificates, keys_inside,
    verify,
};
use crate::testing::Dice;
use crate::{Policy, Trust, Use};

/// A bag in memory; a name that starts with `!` is a link, with `?` no file.
struct Bag<'a>(&'a Files);

impl BagSource for Bag<'_> {
    fn list(&self) -> io::Result<Vec<Found>> {
        let found = self.0.iter().map(|(path, bytes)| {
            let kind = match path.as_bytes().first() {
                Some(b'!') => FoundKind::Link,
                Some(b'?') => FoundKind::Special,
                _ => FoundKind::File(bytes.len() as u64),
            };
            Found { path: path.clone(), kind }
        });
        Ok(found.collect())
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn io::Read + Send + '_>> {
        let bytes = self.0.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(bytes.as_slice()))
    }
}

fn anchors() -> Anchors {
    let [log, _] = TRUE.log();
    let anchors = certificates(made::STAMP_ROOT).unwrap();
    Anchors {
        log_key: log.verify_key().clone(),
        policy: Policy::parse(TRUE.policy().as_bytes(), Use::Checkpoints).unwrap(),
        stamps: Some(Trust { anchors, known: Vec::new() }),
    }
}

fn check(files: &Files) -> Report {
    verify(&Bag(files), &anchors(), 1).unwrap()
}

/// Codes and places of the faults.
fn faults(files: &Files) -> Vec<String> {
    let report = check(files);
    report.faults.iter().map(|one| format!("{} {}", one.fault.code(), one.place)).collect()
}

#[test]
fn a_sound_bag_is_believed_and_its_doubts_are_told() {
    let files = made::bag(TRUE);
    let report = check(&files);
    assert_eq!(report.faults, []);
    assert!(report.is_sound());
    assert_eq!(report.case.as_deref(), Some(made::CASE));
    assert_eq!(report.origin.as_deref(), Some(made::ORIGIN));
    assert_eq!((report.size, report.leaves), (Some(300), 11));
    assert_eq!(report.files, files.len() as u64);
    assert_eq!(report.cosigned.len(), 2);
    assert!(report.stamps.len() == 2 && report.stamps.iter().all(|stamp| stamp.trusted));
    let notices: Vec<Notice> = report.notices.iter().map(|(_, notice)| *notice).collect();
    assert_eq!(notices, [Notice::Unwitnessed, Notice::Withheld, Notice::Recorded]);
    let signers: Vec<usize> = report.evidence.iter().map(|one| one.signers.len()).collect();
    assert_eq!(signers, [2, 2, 1, 2, 2, 0]);
    assert_eq!(report.evidence[3].path, None);
    let threads = verify(&Bag(&files), &anchors(), 3).unwrap();
    assert_eq!(threads, report, "the number of threads changes nothing");
}

/// The time stamps at hand are over another head; they are left out.
fn streamed(sealed: Sealed) -> Vec<String> {
    let mut sink = Memory::default();
    made::release(Owner(0, Roll::Early, sealed), &mut sink, |release| release.stamps.clear())
        .unwrap();
    faults(&sink.files)
}

#[test]
fn a_stream_is_believed_if_the_gateway_that_its_leaf_names_sealed_it() {
    assert_eq!(streamed(Sealed::Nothing), [""; 0]);
    assert_eq!(streamed(Sealed::Named), [""; 0]);
    // Somebody else on the roll has signed.
    let found = streamed(Sealed::Another);
    assert_eq!(found, ["leaf proofs/监测-1/61.entry"], "{found:#?}");
}

#[test]
fn without_a_certificate_from_outside_no_time_stamp_counts_as_checked() {
    let files = made::bag(TRUE);
    let report = verify(&Bag(&files), &Anchors { stamps: None, ..anchors() }, 1).unwrap();
    assert!(report.is_sound());
    assert!(report.stamps.iter().all(|stamp| !stamp.trusted));
    let untrusted = |(_, notice): &&(String, Notice)| *notice == Notice::StampUntrusted;
    assert_eq!(report.notices.iter().filter(untrusted).count(), 2);
    // The chain in the bag is no anchor.
    let none = Anchors { stamps: Some(Trust::default()), ..anchors() };
    let report = verify(&Bag(&files), &none, 1).unwrap();
    let codes: Vec<&str> = report.faults.iter().map(|one| one.fault.code()).collect();
    assert_eq!(codes, ["stamp", "stamp"]);
}

#[test]
fn every_attack_is_refused() {
    for (name, files) in attacks::all() {
        let found = faults(&files);
        assert!(!found.is_empty(), "{name}");
        let says = |code: &str| {
            let begins = |one: &String| one.split(' ').next() == Some(code);
            assert!(found.iter().any(begins), "{name}: {code} not in {found:#?}");
        };
        match name {
            "rewritten-manifests" => ["seal", "statement"].map(says),
            "sealed-by-a-stranger" => ["unknown-signer", "signature"].map(says),
            "sealed-by-a-stranger-with-own-keys-inside" => ["foreign-key", "signature"].map(says),
            "whole-bag-under-own-keys" => ["foreign-key", "refused"].map(says),
            "log-key-in-the-wrong-hands" => ["statement", "statement"].map(says),
            "log-key-in-the-wrong-hands-restated" => ["proof", "unexplained"].map(says),
            "foreign-log-key-inside" => ["foreign-key", "foreign-key"].map(says),
            "strange-attestor" => ["not-enrolled", "leaf"].map(says),
            "one-cosigner-too-few" => ["refused", "refused"].map(says),
            "added-evidence" => ["unexplained", "unexplained"].map(says),
            "removed-evidence" | "other-words-in-the-list" => ["list", "list"].map(says),
            "removed-statement" => ["absent", "unexplained"].map(says),
            "removed-enrolment" => ["not-enrolled", "few-signatures"].map(says),
            "keys-enrolled-after-they-signed" => ["enrolled-later", "few-signatures"].map(says),
            "key-revoked-before-it-signed" => ["revoked", "few-signatures"].map(says),
            "swapped-originals" => ["statement", "statement"].map(says),
            "other-case" => ["statement", "statement"].map(says),
            "stream-sealed-by-another-gateway" => ["leaf", "leaf"].map(says),
            "wrong-sm3-manifest" => ["changed", "changed"].map(says),
            "name-that-disks-change" => ["name", "list"].map(says),
            "path-out-of-the-bag" => ["malformed", "changed"].map(says),
            "no-seal" => ["absent", "absent"].map(says),
            other => panic!("an attack that nobody expects: {other}"),
        };
    }
}

#[test]
fn a_wrong_sm3_manifest_alone_is_seen() {
    let (_, files) = attacks::all().into_iter().find(|one| one.0 == "wrong-sm3-manifest").unwrap();
    let report = check(&files);
    let [one] = report.faults.as_slice() else { panic!("{:#?}", report.faults) };
    assert_eq!(one.fault, BagFault::Changed("manifest-sm3.txt"));
}

/// Every file: one bit changed, cut, emptied, lengthened, removed; and a new one beside it.
#[test]
fn a_change_to_any_file_is_seen() {
    let files = made::bag(TRUE);
    let seen = |change: &str, path: &str, changed: &Files| {
        assert!(!faults(changed).is_empty(), "{change}: {path}");
    };
    for (path, bytes) in &files {
        let with = |bytes: Vec<u8>| {
            let mut changed = files.clone();
            changed.insert(path.clone(), bytes);
            changed
        };
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 1;
        seen("flipped", path, &with(flipped));
        seen("cut", path, &with(bytes[..bytes.len() - 1].to_vec()));
        seen("emptied", path, &with(Vec::new()));
        seen("lengthened", path, &with([bytes.as_slice(), b"\n"].concat()));
        let mut removed = files.clone();
        removed.remove(path);
        seen("removed", path, &removed);
        let mut added = files.clone();
        added.insert(format!("{path}.new"), b"new".to_vec());
        seen("added", path, &added);
    }
}

/// Ordinary runs flip few bits; with `FUPAN_SOAK=1`, 10,000. Drawn before, so that they are the same however
/// many hands share them.
#[test]
fn every_flipped_bit_is_seen() {
    let rounds: usize = if std::env::var_os("FUPAN_SOAK").is_some() { 10_000 } else { 150 };
    let files = made::bag(TRUE);
    let total: usize = files.values().map(Vec::len).sum();
    let mut dice = Dice(0x000f_0a00_bab5);
    let drawn: Vec<(usize, usize)> =
        (0..rounds).map(|_| (dice.below(total), dice.below(8))).collect();
    let hands = std::thread::available_parallelism().map_or(1, usize::from);
    let seen: usize = std::thread::scope(|scope| {
        let files = &files;
        let share = |part| scope.spawn(move || flipped_are_seen(files, part));
        let hands: Vec<_> = drawn.chunks(rounds.div_ceil(hands)).map(share).collect();
        hands.into_iter().map(|hand| hand.join().unwrap()).sum()
    });
    assert_eq!(seen, rounds, "of {total} bytes in {} files", files.len());
}

fn flipped_are_seen(files: &Files, drawn: &[(usize, usize)]) -> usize {
    let mut changed = files.clone();
    for (mut at, bit) in drawn.iter().copied() {
        let (path, bytes) = files
            .iter()
            .find(|(_, bytes)| {
                let inside = at < bytes.len();
                at = if inside { at } else { at - bytes.len() };
                inside
            })
            .unwrap();
        changed.get_mut(path).unwrap()[at] ^= 1 << bit;
        assert!(!faults(&changed).is_empty(), "{path}, byte {at}, bit {bit}");
        changed.insert(path.clone(), bytes.clone());
    }
    drawn.len()
}

#[test]
fn links_devices_and_names_of_other_systems_are_named() {
    let sound = made::bag(TRUE);
    for (path, code) in [
        ("!data/link", "link"),
        ("?data/pipe", "special"),
        ("data/EV4/01JDA3ZK5Q8Y6W2M4N7P9RSTV1/\u{e9}.jpg", "name"),
        ("data/EV4/01JDA3ZK5Q8Y6W2M4N7P9RSTV1/e\u{301}.jpg", "name"),
        ("data/EV4/01JDA3ZK5Q8Y6W2M4N7P9RSTV1/a\rb", "path"),
        ("data/EV4/01JDA3ZK5Q8Y6W2M4N7P9RSTV1/NUL.jpg", "path"),
        ("data/EV4/01JDA3ZK5Q8Y6W2M4N7P9RSTV1/a.", "path"),
        ("data/EV4/../x", "path"),
        ("VERIFY/verify.sh", "collision"),
        ("readme.txt", "stranger"),
        ("data/EV4/01JDA3ZK5Q8Y6W2M4N7P9RSTV8/strange.jpg", "unexplained"),
    ] {
        let mut files = sound.clone();
        files.insert(path.into(), b"x".to_vec());
        let found = faults(&files);
        assert!(found.iter().any(|one| one.starts_with(code)), "{path}: {found:#?}");
    }
}

#[test]
fn keys_in_a_bag_are_shown_and_nothing_else() {
    let files = made::bag(TRUE);
    let inside = keys_inside(&Bag(&files));
    let mut wanted = TRUE.log().map(|key| key.verify_key().to_string());
    let mut found: Vec<String> = inside.iter().map(|(key, _)| key.to_string()).collect();
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
}
