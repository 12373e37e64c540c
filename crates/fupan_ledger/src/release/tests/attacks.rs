//! Bags that must be refused: what somebody can do who has the bag, somebody who also makes keys of
//! his own, and somebody who even has the log's key. Shared by the tests and by `examples/bag.rs`.

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::ledger::release::BagSeal;
use super::ledger::{Fixity, Manifest, ManifestKind, Note, Payload, Scheme, SigningKey};
use super::made::{self, Files, Owner, Roll, TRUE};
use super::streamed::Sealed;

const STRANGER: Owner = Owner(100, Roll::Early, Sealed::Nothing);

/// Who signs the seal anew.
#[derive(Clone, Copy)]
enum Seal {
    /// It is left as it was.
    Left,
    /// Keys of somebody else, under the log's name.
    Strange,
    /// The log's own keys.
    True,
}

/// Makes all manifests true of the files that are there.
fn rewrite(files: &mut Files, seal: Seal) {
    for kind in [ManifestKind::Payload, ManifestKind::Tags] {
        for fixity in [Fixity::Sha256, Fixity::Sm3] {
            let mut manifest = Manifest::new(kind, fixity);
            for (path, bytes) in files.iter() {
                if path.starts_with("tagmanifest-") || path == "bag.note" {
                    continue;
                }
                let sum: [u8; 32] = match fixity {
                    Fixity::Sha256 => Sha256::digest(bytes).into(),
                    Fixity::Sm3 => Sm3::digest(bytes).into(),
                };
                let _ = manifest.insert(path, sum);
            }
            files.insert(manifest.file_name().into(), manifest.to_string().into_bytes());
        }
        if kind == ManifestKind::Payload {
            let payload = payload(files);
            let info = String::from_utf8(files["bag-info.txt"].clone()).unwrap();
            let kept: String = info
                .lines()
                .filter(|line| !line.starts_with("Payload-Oxum"))
                .map(|line| format!("{line}\n"))
                .collect();
            let info = format!("{kept}Payload-Oxum: {}.{}\n", payload.bytes, payload.files);
            files.insert("bag-info.txt".into(), info.into_bytes());
        }
    }
    let owner = match seal {
        Seal::Left => return,
        Seal::Strange => STRANGER,
        Seal::True => TRUE,
    };
    reseal(files, owner);
}

fn payload(files: &Files) -> Payload {
    let data = files.iter().filter(|(path, _)| path.starts_with("data/"));
    data.fold(Payload { bytes: 0, files: 0 }, |sum, (_, bytes)| Payload {
        bytes: sum.bytes + bytes.len() as u64,
        files: sum.files + 1,
    })
}

fn reseal(files: &mut Files, owner: Owner) {
    let note = Note::parse(&files["bag.note"]).unwrap();
    let seal = BagSeal {
        payload: payload(files),
        sha256: Sha256::digest(&files["tagmanifest-sha256.txt"]).into(),
        sm3_manifest: Sha256::digest(&files["tagmanifest-sm3.txt"]).into(),
        ..BagSeal::parse(note.text()).unwrap()
    };
    let mut note = Note::new(&seal.to_string()).unwrap();
    owner.log().iter().for_each(|key| note.sign(key).unwrap());
    files.insert("bag.note".into(), note.to_string().into_bytes());
}

/// Path of the only file that begins and ends so.
pub(crate) fn path(files: &Files, begins: &str, ends: &str) -> String {
    let mut found = files.keys().filter(|path| path.starts_with(begins) && path.ends_with(ends));
    let one = found.next().unwrap();
    one.clone()
}

fn photo(files: &Files) -> String {
    path(files, "data/EV4/", ".jpg")
}

fn edit(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path}: {from}");
    files.insert(path.into(), text.replacen(from, to, 1).into_bytes());
}

/// The bag after `change`, with its manifests rewritten.
fn after(seal: Seal, change: impl Fn(&mut Files)) -> Files {
    let mut files = made::bag(TRUE);
    change(&mut files);
    rewrite(&mut files, seal);
    files
}

fn change_photo(files: &mut Files) {
    let photo = photo(files);
    files.get_mut(&photo).unwrap()[100] ^= 1;
}

/// The photo changed, and every text that names its digests made to name the new ones.
fn restate(files: &mut Files) {
    let photo = photo(files);
    let hex = |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("{byte:02x}")).collect() };
    let sums = |bytes: &[u8]| [hex(&Sha256::digest(bytes)), hex(&Sm3::digest(bytes))];
    let before = sums(&files[&photo]);
    change_photo(files);
    let now = sums(&files[&photo]);
    let texts: Vec<String> = files.keys().filter(|path| !path.ends_with(".jpg")).cloned().collect();
    for text in texts {
        if let Ok(mut words) = String::from_utf8(files[&text].clone()) {
            for (old, new) in before.iter().zip(&now) {
                words = words.replace(old, new);
            }
            files.insert(text, words.into_bytes());
        }
    }
}

/// A statement signed by somebody whom nobody enrolled, in place of the second attestor.
fn strange_attestor(files: &mut Files) {
    let stranger = SigningKey::from_seed("p/9@nobody.example", Scheme::Ed25519, &[99; 32]).unwrap();
    let statement = path(files, "data/statements/", "/40.note");
    let old = Note::parse(&files[&statement]).unwrap();
    let mut note = Note::new(old.text()).unwrap();
    note.add(old.signatures()[0].clone());
    note.sign(&stranger).unwrap();
    files.insert(statement, note.to_string().into_bytes());
    let key = format!("{}\n", stranger.verify_key());
    files.insert("keys/people/0123456789abcdef.vkey".into(), key.into_bytes());
}

/// Only one of the cosigners the policy asks for, in the head and in all proofs.
fn one_cosigner(files: &mut Files) {
    for path in files.keys().cloned().collect::<Vec<_>>() {
        if path == "log/checkpoint" || path.ends_with(".tlog-proof") {
            let text = String::from_utf8(files[&path].clone()).unwrap();
            let kept = text.lines().filter(|line| !line.contains("w2.example"));
            let kept: String = kept.map(|line| format!("{line}\n")).collect();
            files.insert(path, kept.into_bytes());
        }
    }
}

fn own_keys(files: &mut Files) {
    let strange = made::bag(STRANGER);
    files.retain(|path, _| !path.starts_with("keys/log/"));
    files.extend(strange.into_iter().filter(|(path, _)| path.starts_with("keys/log/")));
}

fn change_photo_and_keys(files: &mut Files) {
    change_photo(files);
    own_keys(files);
}

fn add_evidence(files: &mut Files) {
    files.insert("data/EV4/01JDA3ZK5Q8Y6W2M4N7P9RSTV9/new.jpg".into(), b"new".to_vec());
}

fn remove_evidence(files: &mut Files) {
    let photo = photo(files);
    files.remove(&photo);
}

fn remove_statement(files: &mut Files) {
    files.retain(|path, _| !path.contains("/40.note") && !path.contains("/40.meta"));
}

fn remove_enrolment(files: &mut Files) {
    files.retain(|path, _| !path.starts_with("proofs/log/1."));
}

fn swap_originals(files: &mut Files) {
    let (photo, table) = (photo(files), path(files, "data/EV4/", ".csv"));
    let (a, b) = (files[&photo].clone(), files[&table].clone());
    files.insert(photo, b);
    files.insert(table, a);
}

fn change_list(files: &mut Files) {
    let list = path(files, "data/", "单.csv");
    edit(files, &list, ",5000,", ",5001,");
}

fn change_case(files: &mut Files) {
    edit(files, "bag.note", made::CASE, "01JD9Z0000000000000000000B");
}

/// A name that one system gives back in another form than it was written in.
fn change_name(files: &mut Files) {
    let photo = photo(files);
    let bytes = files.remove(&photo).unwrap();
    let name = format!("{}Cafe\u{301}.jpg", photo.trim_end_matches(|c| c != '/'));
    files.insert(name, bytes);
}

/// A SM3 manifest that is wrong, in a bag that is right in all else.
fn wrong_sm3() -> Files {
    let mut files = made::bag(TRUE);
    let photo = photo(&files);
    let mut payload = Manifest::new(ManifestKind::Payload, Fixity::Sm3);
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("data/")) {
        let wrong = if *path == photo { b"other".as_slice() } else { bytes };
        payload.insert(path, Sm3::digest(wrong).into()).unwrap();
    }
    let text = payload.to_string().into_bytes();
    for (fixity, name, own) in [
        (Fixity::Sha256, "tagmanifest-sha256.txt", Sha256::digest(&text).into()),
        (Fixity::Sm3, "tagmanifest-sm3.txt", Sm3::digest(&text).into()),
    ] {
        let tags = Manifest::parse(&files[name], ManifestKind::Tags, fixity).unwrap();
        let mut anew = Manifest::new(ManifestKind::Tags, fixity);
        for (path, sum) in tags.sums() {
            anew.insert(path, if path == "manifest-sm3.txt" { own } else { *sum }).unwrap();
        }
        files.insert(name.into(), anew.to_string().into_bytes());
    }
    files.insert("manifest-sm3.txt".into(), text);
    reseal(&mut files, TRUE);
    files
}

fn path_out() -> Files {
    let mut files = made::bag(TRUE);
    let line = format!("{}  data/../../outside.txt\n", "00".repeat(32));
    files.get_mut("manifest-sha256.txt").unwrap().extend(line.as_bytes());
    files
}

fn no_seal() -> Files {
    let mut files = made::bag(TRUE);
    files.remove("bag.note");
    files
}

/// What is done to the files of a bag.
type Change = fn(&mut Files);

/// Changes after which all manifests are made true again, and who seals them.
const CHANGES: [(&str, Seal, Change); 16] = [
    ("rewritten-manifests", Seal::Left, change_photo),
    ("sealed-by-a-stranger", Seal::Strange, change_photo),
    ("sealed-by-a-stranger-with-own-keys-inside", Seal::Strange, change_photo_and_keys),
    ("log-key-in-the-wrong-hands", Seal::True, change_photo),
    ("log-key-in-the-wrong-hands-restated", Seal::True, restate),
    ("foreign-log-key-inside", Seal::True, own_keys),
    ("strange-attestor", Seal::True, strange_attestor),
    ("one-cosigner-too-few", Seal::True, one_cosigner),
    ("added-evidence", Seal::True, add_evidence),
    ("removed-evidence", Seal::True, remove_evidence),
    ("removed-statement", Seal::True, remove_statement),
    ("removed-enrolment", Seal::True, remove_enrolment),
    ("swapped-originals", Seal::True, swap_originals),
    ("other-words-in-the-list", Seal::True, change_list),
    ("other-case", Seal::True, change_case),
    ("name-that-disks-change", Seal::True, change_name),
];

/// Every attack by name.
pub(crate) fn all() -> Vec<(&'static str, Files)> {
    let changed = CHANGES.iter().map(|(name, seal, change)| (*name, after(*seal, change)));
    let others = [
        ("whole-bag-under-own-keys", made::bag(STRANGER)),
        ("keys-enrolled-after-they-signed", made::bag(Owner(0, Roll::Late, Sealed::Nothing))),
        ("key-revoked-before-it-signed", made::bag(Owner(0, Roll::Revoked, Sealed::Nothing))),
        ("stream-sealed-by-another-gateway", made::bag(Owner(0, Roll::Early, Sealed::Another))),
        ("wrong-sm3-manifest", wrong_sm3()),
        ("path-out-of-the-bag", path_out()),
        ("no-seal", no_seal()),
    ];
    changed.chain(others).collect()
}
