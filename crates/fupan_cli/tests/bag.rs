//! `fupan export --as bag` at the door: a case of a vault released, checked by programs that are not ours,
//! and refused after every change.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a panic is the test failing; a check that is left out is said aloud"
)]

#[path = "bag/broken.rs"]
mod broken;
mod door;
#[path = "bag/everything.rs"]
mod everything;
#[path = "bag/great.rs"]
mod great;
#[path = "../../fupan_wire/tests/authority/openssl.rs"]
#[allow(dead_code, reason = "what forges is for other tests")]
mod openssl;
#[path = "bag/redacted.rs"]
mod redacted;
#[path = "../../fupan_wire/tests/authority/server.rs"]
#[allow(dead_code, reason = "as above")]
mod server;
#[path = "bag/streamed.rs"]
mod streamed;
#[path = "bag/vaulted.rs"]
mod vaulted;

use door::{copy, fupan, project};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use vaulted::{Vaulted, bagit, find, rewrite, sceptic};

#[test]
fn a_case_of_a_vault_leaves_as_a_bag_that_everybody_accepts() {
    let vaulted = Vaulted::new("bag-whole");
    let bag = vaulted.export();
    let checked = vaulted.verify();
    assert_eq!(checked.code, 0, "{}", checked.err);
    assert!(checked.out.contains("cosigned by nobody"), "{}", checked.out);
    let told = |said: &str| said.matches("ever to be used as witnessed").count();
    let of_all = |said: &str| said.contains("/1.entry and others, 72 in all");
    assert!(told(&checked.out) == 1 && of_all(&checked.out), "{}", checked.out);
    // As somebody checks who was handed the anchors, and sees each note.
    vaulted.ask(&["vault", "head", "案卷", "--out", "handed"]);
    let policy = vaulted.0.file("handed/policy.txt", "quorum none\n");
    vaulted.ask(&["vault", "head", "案卷", "--out", "handed"]).refused(4, "policy.txt");
    fs::remove_file(policy).unwrap();
    vaulted.ask(&["vault", "head", "案卷", "--out", "handed"]);
    let handed = ["--log-key", "handed/log.vkey", "--policy", "handed/policy.txt"];
    for (each, count) in [(&[][..], 1), (&["--all"], 72)] {
        let (code, said) = sceptic(&vaulted.0.0, "包", &[&handed, each].concat());
        assert_eq!((code, told(&said), of_all(&said)), (0, count, count == 1), "{said}");
    }
    assert_ne!(bagit(&bag), Some(false));
    // The case in the bag is the case.
    for (of, out) in [("案卷", "a"), ("包", "b")] {
        let assessed = vaulted.ask(&["assess", of, "--out", out, "--format", "json"]);
        assert_eq!(assessed.code, 0, "{}", assessed.err);
    }
    let read = |out: &str| fs::read(vaulted.0.0.join(out).join("assessment.json")).unwrap();
    assert!(read("a") == read("b"), "the assessment differs");
    let history = vaulted.ask(&["vault", "history", "案卷", "--json"]).json();
    let history = history.as_array().unwrap();
    let last = history.iter().rfind(|one| one["act"] != "viewed").unwrap();
    assert_eq!((last["act"].as_str(), last["author"].as_str()), (Some("exported"), Some("张某")));
    assert!(last["about"].to_string().contains("法院"));
    let list = fs::read_to_string(bag.join("data").join("清单.csv")).unwrap();
    assert!(list.contains("未经见证") && list.contains("由张某于"), "{list}");
    let paper = fupan(&["examine", &bag.join("data/清单.docx").to_string_lossy(), "--text"]);
    assert!(paper.out.contains("持有人（提供人）") && paper.out.contains("E05"), "{}", paper.out);
    // It is sealed: read, never written to.
    vaulted.ask(&["export", "包", "--as", "folder", "--out", "again"]);
    let again = vaulted.ask(&["assess", "again", "--out", "c", "--format", "json"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(read("a") == read("c"), "a folder made of the bag differs");
    vaulted.ask(&["add", "policy.txt", "--case", "包", "--id", "X"]).refused(2, "sealed");
}

#[test]
fn what_cannot_be_released_is_refused_and_leaves_nothing() {
    let vaulted = Vaulted::new("bag-refused");
    let before = vaulted.0.names();
    let plain = project("cases/leak-clean");
    let export = |case: &str, more: &[&str]| {
        vaulted.ask(&[&["export", case, "--as", "bag", "--out", "包"], more].concat())
    };
    export(&plain, &[]).refused(2, "fupan vault init");
    export("nowhere", &[]).refused(3, "nowhere");
    export("案卷", &["--author", " "]).refused(2, "--author");
    // A policy that a cosigner must satisfy, who never signed.
    let policy = fs::read_to_string(vaulted.0.path("policy.txt")).unwrap();
    let seed = [7; 32];
    let cosigner = fupan_ledger::SigningKey::from_seed(
        "w1.example/cosigner",
        fupan_ledger::Scheme::Cosignature,
        &seed,
    )
    .unwrap();
    let asks = policy.replace("quorum none", "")
        + &format!("witness w1 {}\nquorum w1\n", cosigner.verify_key());
    vaulted.0.file("asks.txt", &asks.replace("\n\n", "\n"));
    let size = |of: &Vaulted| of.ask(&["vault", "head", "案卷", "--json"]).json()["size"].clone();
    let entries = size(&vaulted);
    export("案卷", &["--policy", "asks.txt"]).refused(2, "cosignatures");
    assert_eq!(size(&vaulted), entries, "nothing left, so nothing is noted");
    fs::create_dir(vaulted.0.path("包")).unwrap();
    fs::write(vaulted.0.0.join("包").join("mine"), "kept").unwrap();
    export("案卷", &[]).refused(4, "not empty");
    fs::remove_dir_all(vaulted.0.path("包")).unwrap();
    // An original that rotted in the vault.
    let digest = Sha256::digest(fs::read(first_original(&vaulted.0.0.join("案卷"))).unwrap());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let object = vaulted.0.0.join("案卷/.vault/objects/sha256").join(&hex[..2]).join(&hex[2..4]);
    let object = object.join(&hex);
    let mut bytes = fs::read(&object).unwrap();
    bytes[0] ^= 1;
    fs::remove_file(&object).unwrap();
    fs::write(&object, bytes).unwrap();
    export("案卷", &[]).refused(5, "digest");
    let mut after = vaulted.0.names();
    after.retain(|name| name != "asks.txt");
    assert_eq!(after, before);
}

fn first_original(case: &Path) -> PathBuf {
    let mut files: Vec<PathBuf> =
        fs::read_dir(case.join("evidence")).unwrap().map(|one| one.unwrap().path()).collect();
    files.sort();
    files.into_iter().find(|file| file.extension().is_some_and(|e| e == "csv")).unwrap()
}

#[test]
fn attack_28_no_change_of_a_released_bag_passes() {
    let vaulted = Vaulted::new("bag-attacked");
    let bag = vaulted.export();
    let kept = vaulted.0.0.join("kept");
    copy(&bag, &kept);
    let original = find(&bag.join("data/EV4"), ".csv");
    let body = find(&bag.join("data/statements"), ".body.json");
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    let attacks: [(&str, &dyn Fn()); 9] = [
        ("a changed original", &|| flip(&original)),
        ("rewritten manifests", &|| {
            flip(&original);
            rewrite(&bag);
        }),
        ("rewritten words of an act", &|| {
            flip(&body);
            rewrite(&bag);
        }),
        ("a changed case file", &|| flip(&bag.join("data/case/case.json"))),
        ("a wrong SM3 manifest", &|| {
            let path = bag.join("manifest-sm3.txt");
            let text = fs::read_to_string(&path).unwrap();
            let other = if text.starts_with('0') { "1" } else { "0" };
            fs::write(&path, format!("{other}{}", &text[1..])).unwrap();
        }),
        ("a foreign log key inside", &|| {
            let key = fupan_ledger::SigningKey::from_seed(
                "x.fupan",
                fupan_ledger::Scheme::Ed25519,
                &[9; 32],
            );
            let path = find(&bag.join("keys/log"), ".vkey");
            fs::write(path, format!("{}\n", key.unwrap().verify_key())).unwrap();
            rewrite(&bag);
        }),
        ("a path that leads out", &|| {
            let path = bag.join("manifest-sha256.txt");
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, text.replacen("  data/", "  data/../../", 1)).unwrap();
        }),
        ("a name that is not in normal form, and one with a line break", &|| {
            fs::write(bag.join("data/EV4/e\u{301}.csv"), "x").unwrap();
            fs::write(bag.join("data/EV4/a\rb.csv"), "x").unwrap();
        }),
        ("a withdrawn proof", &|| fs::remove_file(find(&bag.join("proofs"), ".entry")).unwrap()),
    ];
    for (name, attack) in attacks {
        attack();
        assert_eq!(vaulted.verify().code, 5, "{name}");
        assert_eq!(vaulted.sceptic(), 5, "{name}, verify.sh");
        fs::remove_dir_all(&bag).unwrap();
        copy(&kept, &bag);
    }
    #[cfg(unix)]
    {
        fs::remove_file(&original).unwrap();
        std::os::unix::fs::symlink(vaulted.0.path("policy.txt"), &original).unwrap();
        assert_eq!(vaulted.verify().code, 5, "a link");
        assert_eq!(vaulted.sceptic(), 5, "a link, verify.sh");
        fs::remove_dir_all(&bag).unwrap();
        copy(&kept, &bag);
    }
    assert_eq!(vaulted.verify().code, 0);
    // The same changes are seen by who only reads the case.
    flip(&original);
    vaulted.ask(&["assess", "包", "--out", "x"]).refused(5, "digest");
}

#[test]
fn a_transcript_is_evidence_of_its_own_and_is_found() {
    let vaulted = Vaulted::new("bag-transcript");
    vaulted.0.file("笔录.txt", "值班员说：阀门自七点起一直关着。\n");
    let typed = ["vault", "transcript", "案卷", "--evidence", "E05", "--file", "笔录.txt"];
    let made = vaulted.ask(&typed);
    assert_eq!(made.code, 0, "{}", made.err);
    vaulted.ask(&typed).refused(4, "E05-T1");
    vaulted
        .ask(&["vault", "transcript", "案卷", "--evidence", "no", "--file", "笔录.txt"])
        .refused(3, "no");
    let hits = vaulted.ask(&["vault", "search", "案卷", "阀门自七点", "--json"]).json();
    assert_eq!(hits.as_array().unwrap().len(), 1, "{hits}");
    let none = vaulted.ask(&["vault", "search", "案卷", "从未说过"]);
    assert_eq!(none.out, "Nothing holds these words.\n");
    vaulted.export();
    let case = fs::read_to_string(vaulted.0.path("包/data/case/case.json")).unwrap();
    assert!(case.contains("\"derived-from\": \"E05\""), "the tie to the original travels along");
    assert_eq!(vaulted.verify().code, 0);
}
