//! `fupan attest` at the door: two people, two devices, one vault; every refusal leaves an entry and
//! nothing of the bytes.

#[path = "attest/forged.rs"]
mod forged;

mod door;

use door::scene::{SETTING, Scene, Setting};
use door::{Run, fupan};
use std::fs;

/// Drafts a statement by a person over a file.
fn draft(scene: &Scene, person: &str, file: &str, rest: &[&str]) -> String {
    let note = scene.scratch.path(&format!("{person}-{}.note", scene.scratch.names().len()));
    let key = scene.key(person);
    let asked = ["attest", "draft", file, "--case", &scene.vault, "--key", &key, "--out", &note];
    scene.plain(&[&asked[..], rest].concat());
    note
}

fn sign(scene: &Scene, note: &str, person: &str, file: &str) {
    scene.plain(&["attest", "sign", note, "--key", &scene.key(person), "--file", file]);
}

fn submit(scene: &Scene, note: &str, file: &str, rest: &[&str]) -> Run {
    let asked = ["attest", "submit", &scene.vault, note, "--file", file, "--author", "keeper"];
    scene.run(&[&asked[..], rest].concat())
}

/// A refusal with this code: in words, as an entry, and with nothing of the bytes kept.
fn refused(scene: &Scene, run: &Run, file: &str, code: &str) {
    assert!(run.code == 2 || run.code == 5, "{code}: {} {}{}", run.code, run.out, run.err);
    assert!(run.err.contains(code), "{code}: {}", run.err);
    let history = scene.history();
    let mut refusals = history.iter().filter(|one| one["act"] == "refused");
    assert!(
        refusals.next_back().is_some_and(|one| one["about"].to_string().contains(code)),
        "{code}"
    );
    let digest = sha2_hex(&fs::read(file).unwrap_or_default());
    let object = format!("{}/objects/sha256/{}/{}", scene.vault, &digest[..2], &digest[2..4]);
    assert!(!std::path::Path::new(&object).join(&digest).exists(), "{code}: bytes were kept");
    scene.verified();
}

fn sha2_hex(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

const SYNCED: [&str; 6] = ["--offset-ms", "-12", "--rtt-ms", "40", "--sync-age-s", "5"];

#[test]
fn two_people_witness_a_capture_and_the_case_says_so() {
    let scene = Scene::with_people("attest-whole", &SETTING);
    let file = scene.scratch.file("alarm.csv", "13:13 alarm\n");
    let note = draft(&scene, "alice", &file, &[&SYNCED[..], &["--place", "gate 3"]].concat());
    sign(&scene, &note, "bob", &file);
    let done = submit(&scene, &note, &file, &["--id", "E1", "--title", "Alarms", "--json"]).json();
    assert_eq!(done["status"], "witnessed", "{done}");
    assert_eq!(done["clock"], "realtime", "{done}");
    assert_eq!(done["assurance"], "file-held");
    assert_eq!(done["attestors"][1]["person"], "bob");
    assert_eq!(done["stated"]["entry"]["version"], 2);
    let json = scene.scratch.path("json");
    scene.ok(&["export", &scene.vault, "--as", "case-json", "--out", &json, "--author", "alice"]);
    let text = fs::read_dir(&json)
        .unwrap()
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap_or_default());
    let text: String = text.collect();
    for word in ["\"alice\"", "\"bob\"", "\"collected_at\"", "Alarms"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    let acts: Vec<String> = scene.history().iter().map(|one| one["act"].to_string()).collect();
    assert!(acts.ends_with(&["\"received\"".to_owned(), "\"exported\"".to_owned()]), "{acts:?}");
    assert!(acts.contains(&"\"capture-witnessed\"".to_owned()), "{acts:?}");
    let shown = fupan(&["vault", "history", &scene.vault]).out;
    assert!(shown.contains("alice, bob") && shown.contains("file-held"), "{shown}");
    // The same again adds nothing.
    let again = submit(&scene, &note, &file, &["--id", "E1", "--json"]).json();
    assert!(again["leaf"].is_null(), "{again}");
    scene.verified();
}

#[test]
fn a_witness_who_signs_later_is_added_and_the_first_signature_stays() {
    let scene = Scene::with_people("attest-late", &SETTING);
    let file = scene.scratch.file("photo.jpg", "photo");
    let note = draft(&scene, "alice", &file, &SYNCED);
    let first = submit(&scene, &note, &file, &["--id", "E1", "--json"]).json();
    assert_eq!(first["status"], "pending", "{first}");
    assert!(first["until_ms"].as_i64() > Some(0), "{first}");
    sign(&scene, &note, "carol", &file);
    let run = submit(&scene, &note, &file, &[]);
    refused_but_kept(&scene, &run, "same-organisation");
    // Carol's line comes off again; the bureau cannot witness itself.
    let text = fs::read_to_string(&note).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.contains("p/carol")).collect();
    fs::write(&note, lines.join("\n") + "\n").unwrap();
    sign(&scene, &note, "bob", &file);
    let second = submit(&scene, &note, &file, &["--json"]).json();
    assert_eq!(second["status"], "witnessed", "{second}");
    let history = scene.history();
    let cosign = history.iter().find(|one| one["act"] == "cosign").unwrap();
    assert_eq!(cosign["author"], "bob");
    assert!(history.iter().any(|one| one["act"] == "correct"));
    scene.verified();
}

/// As [`refused`], where the bytes are there from before.
fn refused_but_kept(scene: &Scene, run: &Run, code: &str) {
    assert!(run.err.contains(code), "{}{}", run.out, run.err);
    assert!(scene.history().iter().any(|one| one["about"].to_string().contains(code)));
}

#[test]
fn attack_08_to_12_two_who_are_not_two() {
    let scene = Scene::with_people("attest-two", &SETTING);
    for (person, of, device, hold) in [
        ("alice", "bureau", Some("phone-x"), "file"),
        ("eve", "works", Some("phone-a"), "file"),
        ("henry", "bureau", None, "server"),
        ("iris", "works", None, "server"),
    ] {
        let key = format!("{person}-2");
        let (name, file) = (format!("p/{person}2"), scene.key(&key));
        scene.plain(&["key", "new", &name, "--out", &file]);
        let verify = scene.verify_key(&key);
        let (own, union) = (scene.key(of), scene.key("union"));
        let mut asked = vec!["key", "enrol", &scene.vault, "--key", &verify, "--person", person];
        asked.extend(["--organisation", of, "--hold", hold, "--by", &own, "--by", &union]);
        asked.extend(device.iter().flat_map(|device| ["--device", device]));
        scene.ok(&asked);
    }
    let file = scene.scratch.file("a.bin", "bytes");
    for (first, second, code) in [
        ("alice", "alice-2", "same-person"),
        ("alice", "carol", "same-organisation"),
        ("bob", "dave", "related-organisations"),
        ("alice", "eve-2", "same-device"),
        ("henry-2", "iris-2", "server-held"),
    ] {
        let note = draft(&scene, first, &file, &[]);
        sign(&scene, &note, second, &file);
        let run = submit(&scene, &note, &file, &["--id", "E1"]);
        refused(&scene, &run, &file, code);
    }
}

#[test]
fn attack_13_and_14_other_bytes_and_keys_that_do_not_count() {
    let scene = Scene::with_people("attest-keys", &SETTING);
    let file = scene.scratch.file("a.bin", "bytes");
    let other = scene.scratch.file("b.bin", "bytes!");
    let note = draft(&scene, "alice", &file, &[]);
    // Who recomputes from another copy does not sign.
    let signing = ["attest", "sign", &note, "--key", &scene.key("bob"), "--file", &other];
    fupan(&signing).refused(5, "digest-mismatch");
    assert!(!fs::read_to_string(&note).unwrap().contains("p/bob"));
    // A signature under another statement.
    let second = draft(&scene, "alice", &file, &[]);
    sign(&scene, &second, "bob", &file);
    let line = |note: &str| {
        let text = fs::read_to_string(note).unwrap();
        text.lines().find(|line| line.contains("p/bob")).map(str::to_owned)
    };
    let text = fs::read_to_string(&note).unwrap() + &line(&second).unwrap() + "\n";
    fs::write(&note, text).unwrap();
    refused(&scene, &submit(&scene, &note, &file, &["--id", "E1"]), &file, "signed-other-bytes");
    // A key that nobody enrolled.
    scene.draw("zoe", "ed25519");
    let third = draft(&scene, "zoe", &file, &[]);
    refused(&scene, &submit(&scene, &third, &file, &["--id", "E1"]), &file, "key-unknown");
    // One that was enrolled after the head that the statement names.
    scene.enrol("zoe", "works", Some("phone-z"), "file");
    refused(&scene, &submit(&scene, &third, &file, &["--id", "E1"]), &file, "key-not-logged");
    // One that was revoked.
    let (bob, works) = (scene.verify_key("bob"), scene.key("works"));
    scene.ok(&["key", "revoke", &scene.vault, "--key", &bob, "--by", &works]);
    let run = submit(&scene, &second, &file, &["--id", "E1", "--gap-reason", "a test"]);
    refused(&scene, &run, &file, "key-revoked");
    // Bytes that are not what was signed.
    let run = submit(&scene, &second, &other, &["--id", "E1", "--gap-reason", "a test"]);
    refused(&scene, &run, &other, "size-mismatch");
    assert_eq!(run.code, 5);
    assert!(run.err.contains("digest-mismatch") && run.err.contains("sm3-mismatch"));
    // No statement, and no signature.
    let nonsense = scene.scratch.file("x.note", "a letter\n");
    refused(&scene, &submit(&scene, &nonsense, &file, &[]), &file, "statement-malformed");
}

#[test]
fn attack_16_a_number_used_twice_keeps_both_and_raises_an_alarm() {
    let scene = Scene::with_people("attest-seq", &SETTING);
    let (one, two) = (scene.scratch.file("1.bin", "one"), scene.scratch.file("2.bin", "two"));
    let first = draft(&scene, "alice", &one, &SYNCED);
    sign(&scene, &first, "bob", &one);
    assert_eq!(submit(&scene, &first, &one, &["--id", "E1"]).code, 0);
    // The device forgets what it stated.
    fs::remove_file(format!("{}.chain", scene.key("alice"))).unwrap();
    let second = draft(&scene, "alice", &two, &[]);
    sign(&scene, &second, "bob", &two);
    let run = submit(&scene, &second, &two, &["--id", "E2"]);
    refused(&scene, &run, &two, "seq-reused");
    assert!(run.code == 5 && run.err.contains("Alarm"), "{}", run.err);
    assert!(scene.history().iter().any(|one| one["act"] == "alarm"));
    for note in [&first, &second] {
        let digest = sha2_hex(&fs::read(note).unwrap());
        let object = format!("objects/sha256/{}/{}/{digest}", &digest[..2], &digest[2..4]);
        assert!(std::path::Path::new(&scene.vault).join(object).exists(), "{note}");
    }
    // A number that is missing needs a reason, and says so for ever.
    draft(&scene, "bob", &two, &[]);
    let late = draft(&scene, "bob", &two, &SYNCED);
    sign(&scene, &late, "alice", &two);
    refused(&scene, &submit(&scene, &late, &two, &["--id", "E2"]), &two, "prev-gap");
    let reason = ["--id", "E2", "--gap-reason", "taken twice", "--json"];
    let done = submit(&scene, &late, &two, &reason).json();
    assert!(done["downgrades"].to_string().contains("gap-explained"), "{done}");
}

#[test]
fn attack_16_and_17_another_case_another_log_and_clocks() {
    let scene = Scene::with_people("attest-other", &SETTING);
    let file = scene.scratch.file("a.bin", "bytes");
    let key = scene.key("alice");
    let note = scene.scratch.path("other.note");
    let other = "01JDA3ZZZZZZZZZZZZZZZZZZZZ";
    let asked = ["attest", "draft", &file, "--case", other, "--key", &key, "--out", &note];
    scene.plain(&asked);
    let run = submit(&scene, &note, &file, &["--id", "E1"]);
    refused(&scene, &run, &file, "other-case");
    assert!(run.err.contains("beacon-missing"), "{}", run.err);
    // A head of a longer log, and of another one.
    let head = format!("{}/log/checkpoint", scene.vault);
    let text = fs::read_to_string(&head).unwrap();
    let size = text.lines().nth(1).unwrap();
    for (line, code) in
        [(format!("\n{size}9\n"), "beacon-ahead"), ("\n2\n".to_owned(), "beacon-forked")]
    {
        let forged = scene.scratch.file("head", &text.replacen(&format!("\n{size}\n"), &line, 1));
        let note = draft(&scene, "carol", &file, &["--beacon", &forged]);
        let run = submit(&scene, &note, &file, &["--id", "E1", "--gap-reason", "a test"]);
        refused(&scene, &run, &file, code);
        assert!(run.err.contains("Alarm"), "{}", run.err);
    }
    // A clock that runs ahead of the time of receipt, and one that is from 1970.
    let ahead = ["--captured", "2199-01-01T00:00:00.000Z"];
    let note = draft(&scene, "dave", &file, &[&SYNCED[..], &ahead].concat());
    refused(&scene, &submit(&scene, &note, &file, &["--id", "E1"]), &file, "captured-in-future");
    let past = ["--captured", "1970-01-01T00:00:01.000Z"];
    let note = draft(&scene, "bob", &file, &past);
    sign(&scene, &note, "alice", &file);
    let reason = ["--id", "E1", "--reason", "a clock without a battery", "--json"];
    let done = submit(&scene, &note, &file, &reason).json();
    assert_eq!((&done["clock"], &done["status"]), (&"untrusted".into(), &"late".into()), "{done}");
    assert!(done["downgrades"].to_string().contains("clock-untrusted"), "{done}");
}

#[test]
fn a_missing_witness_needs_a_reason_and_a_video_and_is_unwitnessed_for_ever() {
    let scene = Scene::with_people("attest-alone", &SETTING);
    let video = scene.scratch.file("video.mp4", "video");
    let note = draft(&scene, "alice", &video, &["--medium", "video"]);
    sign(&scene, &note, "bob", &video);
    let film = submit(&scene, &note, &video, &["--id", "E1", "--reason", "no clock", "--json"]);
    let film = film.json()["evidence"].as_str().unwrap().to_owned();
    let file = scene.scratch.file("valve.bin", "valve");
    let alone = draft(&scene, "alice", &file, &[]);
    let with = |rest: &[&str]| submit(&scene, &alone, &file, &[&["--id", "E2"][..], rest].concat());
    refused(&scene, &with(&["--reason", "x"]), &file, "exception-without-video");
    refused(&scene, &with(&["--video", &film]), &file, "exception-without-reason");
    let forged = ["--reason", "x", "--video", "01JDA3ZZZZZZZZZZZZZZZZZZZZ"];
    refused(&scene, &with(&forged), &file, "exception-without-video");
    let done = with(&["--reason", "nobody else could enter", "--video", &film, "--json"]).json();
    assert_eq!(done["status"], "unwitnessed", "{done}");
    assert!(done["downgrades"].to_string().contains("unwitnessed"), "{done}");
    assert!(scene.history().iter().any(|one| one["act"] == "capture-unwitnessed"));
    scene.verified();
}

#[test]
fn a_window_that_is_over_and_people_without_a_role_are_refused() {
    let scene = Scene::with_people("attest-window", &Setting { window_s: 0, ..SETTING });
    let file = scene.scratch.file("a.bin", "bytes");
    let old = [&SYNCED[..], &["--captured", "2020-01-01T00:00:00.000Z"]].concat();
    let note = draft(&scene, "alice", &file, &old);
    refused(&scene, &submit(&scene, &note, &file, &["--id", "E1"]), &file, "too-few-attestors");
    sign(&scene, &note, "bob", &file);
    refused(&scene, &submit(&scene, &note, &file, &["--id", "E1"]), &file, "late-unexplained");
    for (person, of, code) in
        [("ken", "works", "role-not-allowed"), ("mona", "works", "conflict-of-interest")]
    {
        scene.draw(person, "ed25519");
        scene.enrol(person, of, Some(&format!("phone-{person}")), "file");
        let note = draft(&scene, person, &file, &[]);
        sign(&scene, &note, "carol", &file);
        refused(&scene, &submit(&scene, &note, &file, &["--id", "E1"]), &file, code);
    }
}

#[test]
fn a_statement_may_come_before_its_bytes() {
    let scene = Scene::with_people("attest-pending", &SETTING);
    let file = scene.scratch.file("long.mp4", "a long video");
    let note = draft(&scene, "alice", &file, &["--medium", "video"]);
    sign(&scene, &note, "bob", &file);
    let waiting = ["attest", "submit", &scene.vault, &note, "--author", "keeper", "--json"];
    let reason = ["--reason", "no clock was compared"];
    let first = scene.run(&[&waiting[..], &reason].concat()).json();
    assert_eq!((&first["status"], &first["clock"]), (&"pending".into(), &"untrusted".into()));
    assert!(first["stated"]["entry"].is_null());
    scene.verified();
    let rest = [&["--id", "E1", "--json"][..], &reason].concat();
    let second = submit(&scene, &note, &file, &rest).json();
    assert_eq!(second["status"], "late", "{second}");
    assert!(second["stated"]["entry"]["version"] == 2, "{second}");
    scene.verified();
}

#[test]
fn a_case_folder_with_its_vault_inside_says_the_same_as_the_vault() {
    let scene = Scene::inside("attest-folder");
    let file = scene.scratch.file("photo.jpg", "photo");
    let note = draft(&scene, "alice", &file, &SYNCED);
    let first = submit(&scene, &note, &file, &["--id", "E1", "--json"]).json();
    let described = format!("{}/evidence/photo.jpg.toml", scene.vault);
    let text = fs::read_to_string(&described).unwrap();
    assert!(text.contains("alice") && !text.contains("witnessed_by"), "{text}");
    sign(&scene, &note, "bob", &file);
    // The bytes are there: the signature alone is enough, and they came when they came.
    let alone = ["attest", "submit", &scene.vault, &note, "--author", "keeper", "--json"];
    let done = scene.run(&alone).json();
    assert_eq!(done["status"], "witnessed", "{done}");
    assert_eq!(done["latency_ms"], first["latency_ms"], "{done}");
    assert!(fs::read_to_string(&described).unwrap().contains("witnessed_by = [\"bob\"]"));
    // What people add to the descriptor by hand does not take the witness away.
    let text = fs::read_to_string(&described).unwrap().replace("photo.jpg\"", "valve 3\"");
    fs::write(&described, text).unwrap();
    let record = ["vault", "record", &scene.vault, "--author", "keeper", "--reason", "a title"];
    scene.ok(&record);
    let again = submit(&scene, &note, &file, &["--json"]).json();
    assert!(again["leaf"].is_null(), "still known as the evidence of this capture: {again}");
    assert!(scene.ok(&record).out.contains("nothing to record"));
}
