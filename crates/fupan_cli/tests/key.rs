//! `fupan key` at the door: drawn, enrolled by two organisations, revoked, listed; and every refusal.

mod door;

use door::scene::{SETTING, Scene, Setting};
use door::{Scratch, fupan};
use std::fs;

#[test]
fn a_key_is_drawn_into_a_file_of_its_own_and_its_secret_never_printed() {
    let scratch = Scratch::new("key-new");
    for scheme in ["ed25519", "p256", "sm2"] {
        let file = scratch.path(&format!("{scheme}.key"));
        let run = fupan(&["key", "new", "p/alice", "--out", &file, "--scheme", scheme, "--json"]);
        let drawn = run.json();
        let secret = fs::read_to_string(&file).expect("the file");
        let key: fupan_ledger::SigningKey = secret.trim().parse().expect("a secret key");
        assert_eq!(drawn["key"], key.verify_key().to_string(), "{scheme}");
        assert!(!run.out.contains("PRIVATE") && !run.err.contains("PRIVATE"));
        fupan(&["key", "new", "p/alice", "--out", &file]).refused(4, "never written over");
        assert_eq!(fs::read_to_string(&file).expect("the file"), secret);
    }
    let file = scratch.path("x.key");
    fupan(&["key", "new", "a b", "--out", &file]).refused(2, "a b");
    fupan(&["key", "new", "a", "--out", &file, "--scheme", "rsa"]).refused(2, "rsa");
    assert!(!scratch.names().contains(&"x.key".to_owned()));
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_a_secret() {
    use std::os::unix::fs::PermissionsExt as _;
    let scratch = Scratch::new("key-mode");
    let file = scratch.path("a.key");
    assert_eq!(fupan(&["key", "new", "a", "--out", &file]).code, 0);
    let mode = fs::metadata(&file).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn two_organisations_on_two_devices_put_a_key_on_the_roll_and_take_it_off() {
    let scene = Scene::new("key-whole", &SETTING);
    let key = scene.draw("alice", "sm2");
    let note = scene.scratch.path("alice.note");
    // One organisation begins and signs where its key is; the other signs elsewhere; both hand in.
    let begun = ["key", "enrol", "--key", &key, "--person", "alice", "--organisation", "bureau"];
    let rest = ["--device", "phone-a", "--by", &scene.key("bureau"), "--out", &note];
    scene.plain(&[&begun[..], &rest].concat());
    scene.run(&["key", "enrol", &scene.vault, "--note", &note]).refused(2, "second organisation");
    scene.plain(&["key", "approve", &note, "--by", &scene.key("union")]);
    scene.ok(&["key", "enrol", &scene.vault, "--note", &note]);
    scene.run(&["key", "enrol", &scene.vault, "--note", &note]).refused(2, "on the roll already");
    let listed = fupan(&["key", "list", &scene.vault, "--json"]).json();
    let alice = &listed["keys"][0];
    assert_eq!(listed["keys"].as_array().map(Vec::len), Some(1), "{listed}");
    assert_eq!((&alice["person"], &alice["organisation"]), (&"alice".into(), &"bureau".into()));
    assert_eq!((&alice["scheme"], &alice["assurance"]), (&"sm2".into(), &"file-held".into()));
    assert!(alice["revoked"].is_null());
    let added = alice["added"].as_u64().expect("an index");
    // Its own organisation takes it off, from the leaf on that put it there.
    let since = added.to_string();
    let revoke = ["key", "revoke", &scene.vault, "--key", &key, "--since", &since];
    scene.run(&revoke).refused(2, "nobody signed");
    scene.run(&[&revoke[..], &["--by", &scene.key("works")]].concat()).refused(2, "two others");
    scene.ok(&[&revoke[..], &["--by", &scene.key("bureau")]].concat());
    let listed = fupan(&["key", "list", &scene.vault, "--json"]).json();
    assert_eq!(listed["keys"][0]["revoked"]["since"], added);
    let text = fupan(&["key", "list", &scene.vault]).out;
    assert!(text.contains("alice") && text.contains("revoked since leaf"), "{text}");
    let zh = fupan(&["key", "list", &scene.vault, "--lang", "zh"]).out;
    assert!(zh.contains("alice") && !zh.contains("key-list"), "{zh}");
    scene.verified();
}

#[test]
fn whoever_the_rules_do_not_allow_is_refused_and_nothing_is_written() {
    let scene = Scene::new("key-refused", &SETTING);
    let size = || fupan(&["vault", "head", &scene.vault, "--json"]).json()["size"].clone();
    let before = size();
    let key = scene.draw("dave", "ed25519");
    let enrol = |of: &str, device: &[&str], by: &[&str]| {
        let mut asked = vec!["key", "enrol", &scene.vault, "--key", &key, "--person", "dave"];
        asked.extend(["--organisation", of]);
        asked.extend(device);
        let files: Vec<String> = by.iter().map(|name| scene.key(name)).collect();
        files.iter().for_each(|file| asked.extend(["--by", file]));
        scene.run(&asked)
    };
    let device = ["--device", "phone-d"];
    enrol("works-lab", &device, &["works-lab", "works"]).refused(2, "above or below");
    enrol("works-lab", &device, &["works", "union"]).refused(2, "own organisation");
    enrol("nobody", &device, &["works", "union"]).refused(2, "nobody");
    enrol("works-lab", &[], &["works-lab", "union"]).refused(2, "no device");
    enrol("works lab", &device, &["works-lab", "union"]).refused(2, "no blanks");
    enrol("works-lab", &device, &["dave"]).refused(2, "nobody signed who may");
    scene.run(&["key", "enrol", &scene.vault]).refused(2, "--person");
    let hold = ["--hold", "pocket"];
    enrol("works-lab", &[&device[..], &hold].concat(), &["union"]).refused(2, "pocket");
    assert_eq!(size(), before);
    // Keys of those who approve sign nothing else.
    let admin = scene.verify_key("works");
    let asked = ["key", "enrol", &scene.vault, "--key", &admin, "--person", "w"];
    let rest = ["--organisation", "works", "--device", "d"];
    let by = ["--by", &scene.key("works"), "--by", &scene.key("union")];
    scene.run(&[&asked[..], &rest, &by].concat()).refused(2, "approves for an organisation");
}

#[test]
fn later_rules_need_two_organisations_of_the_rules_before() {
    let scene = Scene::new("key-rules", &SETTING);
    let text = scene.rules(&Setting { window_s: 60, ..SETTING });
    let file = scene.scratch.file("stricter.txt", &text);
    let put = |by: &[&str]| {
        let files: Vec<String> = by.iter().map(|name| scene.key(name)).collect();
        let mut asked = vec!["key", "rules", &file, "--vault", &scene.vault];
        files.iter().for_each(|file| asked.extend(["--by", file]));
        scene.run(&asked)
    };
    put(&[]).refused(2, "must sign them");
    put(&["works", "works-lab"]).refused(2, "must sign them");
    assert_eq!(put(&["works", "union"]).code, 0);
    let broken = scene.scratch.file("broken.txt", "fupan.example/attest-rules/v1\nlate never\n");
    let run = scene.run(&["key", "rules", &broken, "--vault", &scene.vault]);
    run.refused(2, "Line 2 of the rules");
    scene.verified();
    let listed = fupan(&["key", "list", &scene.vault, "--json"]).json();
    assert!(listed["rules"]["index"].as_u64() > Some(1), "{listed}");
}
