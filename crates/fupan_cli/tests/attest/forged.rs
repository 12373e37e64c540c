//! Statements as a forger makes them: lines taken away and doubled, keys that look alike, numbers used
//! again. Each is refused for its own reason, with an entry, and nothing of the bytes is kept.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests: a panic here is the test failing"
)]

use super::door::scene::{SETTING, Scene};
use super::{SYNCED, draft, refused, sha2_hex, sign, submit};
use fupan_ledger::{Capture, Note, Scheme, SigningKey};
use std::fs;

/// A statement made anew: what it says changed, and signed by these, whose keys the thief has.
fn forge(scene: &Scene, note: &str, change: impl FnOnce(&mut Capture), signers: &[&str]) {
    let text = fs::read_to_string(note).unwrap();
    let mut capture = Capture::parse(Note::parse(text.as_bytes()).unwrap().text()).unwrap();
    change(&mut capture);
    let mut forged = Note::new(&capture.to_string()).unwrap();
    for person in signers {
        let secret = fs::read_to_string(scene.key(person)).unwrap();
        forged.sign(&secret.trim().parse().unwrap()).unwrap();
    }
    fs::write(note, forged.to_string()).unwrap();
}

/// Lines of a note by a person, and all others.
fn lines_of(note: &str, person: &str) -> (String, String) {
    let text = fs::read_to_string(note).unwrap();
    let by = format!("\u{2014} p/{person} ");
    let whole = |ours: bool| -> String {
        let lines = text.lines().filter(|line| line.starts_with(&by) == ours);
        lines.map(|line| format!("{line}\n")).collect()
    };
    (whole(true), whole(false))
}

#[test]
fn who_signed_is_told_by_the_lines_of_the_statement() {
    let scene = Scene::with_people("attest-lines", &SETTING);
    let file = scene.scratch.file("a.bin", "bytes");
    let submitted = |note: &str| submit(&scene, note, &file, &["--id", "E1"]);
    // One key twice is one.
    let note = draft(&scene, "alice", &file, &SYNCED);
    let (alice, others) = lines_of(&note, "alice");
    fs::write(&note, format!("{others}{alice}{alice}")).unwrap();
    refused(&scene, &submitted(&note), &file, "same-key");
    // The device that captured must have signed.
    fs::write(&note, format!("{others}{alice}")).unwrap();
    sign(&scene, &note, "bob", &file);
    let both = fs::read_to_string(&note).unwrap();
    fs::write(&note, lines_of(&note, "alice").1).unwrap();
    refused(&scene, &submitted(&note), &file, "device-unsigned");
    // A text that nobody signed is no statement at all: a note has a line.
    for unsigned in [others.clone(), others.trim_end().to_owned() + "\n"] {
        fs::write(&note, unsigned).unwrap();
        refused(&scene, &submitted(&note), &file, "statement-malformed");
    }
    // Two keys of one name and one id, found by trying (32 bits are no proof): neither is the device.
    for (person, of, seed) in [("nina", "works", 77_873_u32), ("olaf", "bureau", 80_140)] {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&seed.to_be_bytes());
        let key = SigningKey::from_seed("p/twin", Scheme::Ed25519, &bytes).unwrap();
        fs::write(scene.key(person), format!("{}\n", key.secret_string())).unwrap();
        scene.enrol(person, of, Some(&format!("phone-{person}")), "file");
    }
    let twins = draft(&scene, "nina", &file, &SYNCED);
    forge(&scene, &twins, |_| {}, &["nina", "olaf"]);
    refused(&scene, &submitted(&twins), &file, "device-ambiguous");
    // All of it was refused for that alone.
    fs::write(&note, both).unwrap();
    assert_eq!(submitted(&note).code, 0);
    scene.verified();
}

#[test]
fn two_people_with_one_credential_are_not_two() {
    let scene = Scene::with_people("attest-credential", &SETTING);
    let hold = format!("passkey:{}", "7".repeat(64));
    for (person, of) in [("henry", "bureau"), ("iris", "works")] {
        scene.draw(person, "p256");
        scene.enrol(person, of, Some(&format!("phone-{person}")), &hold);
    }
    let file = scene.scratch.file("a.bin", "bytes");
    let note = draft(&scene, "henry", &file, &SYNCED);
    sign(&scene, &note, "iris", &file);
    refused(&scene, &submit(&scene, &note, &file, &["--id", "E1"]), &file, "same-credential");
    let note = draft(&scene, "henry", &file, &SYNCED);
    sign(&scene, &note, "bob", &file);
    let gap = ["--id", "E1", "--gap-reason", "a test"];
    assert_eq!(submit(&scene, &note, &file, &gap).code, 0, "with another's it is two");
}

#[test]
fn attack_16_a_nonce_used_again_a_broken_chain_and_another_list_of_chunks() {
    let scene = Scene::with_people("attest-forged", &SETTING);
    let (one, two) = (scene.scratch.file("1.bin", "one"), scene.scratch.file("2.bin", "two"));
    let first = draft(&scene, "alice", &one, &SYNCED);
    sign(&scene, &first, "bob", &one);
    assert_eq!(submit(&scene, &first, &one, &["--id", "E1"]).code, 0);
    let text = fs::read_to_string(&first).unwrap();
    let taken = Capture::parse(Note::parse(text.as_bytes()).unwrap().text()).unwrap();
    // Another device states with the nonce of a statement that is on record: both are kept.
    let again = draft(&scene, "bob", &two, &SYNCED);
    forge(&scene, &again, |capture| capture.nonce = taken.nonce, &["bob", "alice"]);
    let run = submit(&scene, &again, &two, &["--id", "E2"]);
    refused(&scene, &run, &two, "nonce-reused");
    assert!(run.code == 5 && run.err.contains("Alarm"), "{}", run.err);
    for note in [&first, &again] {
        let digest = sha2_hex(&fs::read(note).unwrap());
        let object = format!("objects/sha256/{}/{}/{digest}", &digest[..2], &digest[2..4]);
        assert!(std::path::Path::new(&scene.vault).join(object).exists(), "{note}");
    }
    // The device's next statement names another one before it.
    let next = draft(&scene, "alice", &two, &SYNCED);
    forge(&scene, &next, |capture| capture.prev = Some([9; 32]), &["alice", "bob"]);
    let run = submit(&scene, &next, &two, &["--id", "E2"]);
    refused(&scene, &run, &two, "prev-mismatch");
    assert!(!run.err.contains("prev-gap"), "{}", run.err);
    // A list of chunks that the bytes do not come to, though their digests are right.
    let right = |capture: &mut Capture| capture.prev = Some(taken.digest());
    forge(
        &scene,
        &next,
        |capture| {
            right(capture);
            capture.chunks = Some([9; 32]);
        },
        &["alice", "bob"],
    );
    let run = submit(&scene, &next, &two, &["--id", "E2"]);
    refused(&scene, &run, &two, "chunks-mismatch");
    assert!(run.code == 5 && !run.err.contains("digest-mismatch"), "{}", run.err);
    // Without the forgeries it is taken.
    forge(
        &scene,
        &next,
        |capture| {
            right(capture);
            capture.chunks = None;
        },
        &["alice", "bob"],
    );
    assert_eq!(submit(&scene, &next, &two, &["--id", "E2"]).code, 0);
    scene.verified();
}
