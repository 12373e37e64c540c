//! `fupan vault` and the verbs on cases that live in one: the same reports as from the folder, nothing
//! stated without a name, nothing written upon an old version, nothing changed unseen.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic here is the test failing"
)]

mod door;

use door::{Run, Scratch, copy, project, run};
use fupan_ledger::{Checkpoint, ProofFile, VerifyKey, leaf_hash, verify_inclusion};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const CASE: &str = "cases/leak-clean";

/// Runs the command with the keys of the scratch folder, as an author.
fn fupan(scratch: &Scratch, args: &[&str]) -> Run {
    let mut command = door::command(args);
    command.env("FUPAN_KEYS", scratch.path("keys")).env("FUPAN_AUTHOR", "assessor");
    run(command)
}

/// A case folder with a vault inside.
fn kept(scratch: &Scratch) -> String {
    let case = scratch.path("case");
    copy(Path::new(&project(CASE)), Path::new(&case));
    let made = fupan(scratch, &["vault", "init", &case, "--json"]).json();
    assert_eq!(made["entry"]["version"], 1);
    case
}

fn key_of(scratch: &Scratch, vault: &str) -> String {
    let head = fupan(scratch, &["vault", "head", vault, "--json"]).json();
    head["keys"][0].as_str().unwrap().to_owned()
}

/// `assessment.json` of a case, as bytes, for a reader without a name, of whom nothing is noted.
fn assessed(scratch: &Scratch, case: &str, out: &str) -> Vec<u8> {
    let out = scratch.path(out);
    let mut command = door::command(&["assess", case, "--out", &out, "--format", "json"]);
    command.env_remove("FUPAN_AUTHOR");
    let answer = run(command);
    assert_eq!(answer.code, 0, "{}", answer.err);
    fs::read(format!("{out}/assessment.json")).unwrap()
}

/// A fact, upon a version where one is named.
fn fact(scratch: &Scratch, case: &str, id: &str, more: &[&str]) -> Run {
    let words = ["--party", "plant", "--event", "e", "--kind", "call-placed", "--text", "said so"];
    let cite = ["--evidence", "E01", "--row", "2", "--json"];
    fupan(scratch, &[&["fact", case, "--id", id], &words[..], &cite[..], more].concat())
}

/// The object of a digest below a vault.
fn object(vault: &str, digest: &str) -> PathBuf {
    let (a, b) = (&digest[..2], &digest[2..4]);
    [vault, "objects", "sha256", a, b, digest].iter().collect()
}

#[test]
fn a_folder_becomes_a_vault_and_its_reports_say_the_same_and_name_the_log() {
    let scratch = Scratch::new("vault-same");
    let case = kept(&scratch);
    let forms = ["--format", "json,html,docx,xlsx"];
    let (plain, vaulted) = (scratch.path("plain"), scratch.path("vaulted"));
    let source = project(CASE);
    let of = |case: &str, out: &str| {
        fupan(&scratch, &[&["assess", case, "--out", out], &forms[..]].concat())
    };
    assert_eq!(of(&source, &plain).code, 0);
    let answer = of(&case, &vaulted);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let names = door::names(Path::new(&plain));
    assert_eq!(names, door::names(Path::new(&vaulted)));
    for name in names {
        let read = |folder: &str| fs::read(format!("{folder}/{name}")).unwrap();
        let (plain, vaulted) = (read(&plain), read(&vaulted));
        if name.ends_with(".html") {
            // One line more: the log that keeps the case.
            let lines = |bytes: &[u8]| -> Vec<String> {
                String::from_utf8(bytes.to_vec()).unwrap().lines().map(str::to_owned).collect()
            };
            let (mut plain, vaulted) = (lines(&plain), lines(&vaulted));
            let at = vaulted.iter().position(|line| line.contains(".fupan")).expect("the log");
            plain.insert(at, vaulted[at].clone());
            assert!(plain == vaulted, "{name}");
        } else if !name.ends_with(".docx") {
            assert!(plain == vaulted, "{name}");
        }
    }
    let all = fupan(&scratch, &["vault", "history", &case, "--json"]).json();
    assert_eq!(all[0]["act"], "state");
    let (look, came) = all.as_array().unwrap()[1..].split_last().unwrap();
    assert!(look["act"] == "viewed" && came.iter().all(|one| one["act"] == "received"), "{all}");
    fupan(&scratch, &["vault", "init", &case]).refused(4, "already");
}

#[test]
fn a_vault_of_many_cases_is_added_to_as_a_folder_is() {
    let scratch = Scratch::new("vault-many");
    let (vault, beside) = (scratch.path("vault"), scratch.path("beside"));
    assert_eq!(fupan(&scratch, &["vault", "init", &vault]).code, 0);
    fupan(&scratch, &["assess", &vault, "--out", &beside]).refused(3, "no case");
    let source = project(CASE);
    let json = project("cases/public/buncefield_2005.case.json");
    for case in [&source, &json] {
        assert_eq!(fupan(&scratch, &["vault", "take", &vault, case]).code, 0);
    }
    fupan(&scratch, &["vault", "take", &vault, &source]).refused(4, "leak-clean");
    fupan(&scratch, &["assess", &vault, "--out", &beside]).refused(2, "VAULT#CASE");
    let nobody = format!("{vault}#nobody");
    fupan(&scratch, &["assess", &nobody, "--out", &beside]).refused(3, "nobody");
    let named = format!("{vault}#buncefield_2005");
    assert_eq!(assessed(&scratch, &named, "a"), assessed(&scratch, &json, "b"));

    // The same verbs, there and in a folder, come to the same.
    let (case, folder) = (format!("{vault}#leak-clean"), scratch.path("folder"));
    copy(Path::new(&source), Path::new(&folder));
    let note = scratch.file("note.txt", "13:13 alarm\n");
    for (at, file) in [(&case, false), (&folder, true)] {
        let stated = fact(&scratch, at, "zz1", &[]).json();
        assert_eq!(stated["files"].as_array().unwrap().is_empty(), !file);
        assert_eq!(stated["entry"].is_null(), file);
        let add = ["add", &note, "--case", at, "--id", "E900", "--clock", "civil"];
        assert_eq!(fupan(&scratch, &add).code, 0);
        fact(&scratch, at, "zz1", &[]).refused(2, "zz1");
    }
    assert_eq!(assessed(&scratch, &case, "c"), assessed(&scratch, &folder, "d"));
    let out = scratch.path("written");
    assert_eq!(fupan(&scratch, &["export", &case, "--as", "folder", "--out", &out]).code, 0);
    assert_eq!(assessed(&scratch, &out, "e"), assessed(&scratch, &case, "f"));
    let all = fupan(&scratch, &["vault", "history", &case, "--json"]).json();
    let last = all.as_array().unwrap().last().unwrap();
    assert_eq!((&last["act"], &last["author"]), (&"exported".into(), &"assessor".into()));
}

#[test]
fn nothing_is_stated_without_a_name_a_key_and_the_present_version() {
    let scratch = Scratch::new("vault-stale");
    let case = kept(&scratch);
    let before = fs::read(format!("{case}/facts.toml")).ok();
    let unnamed = |args: &[&str]| {
        let mut command = door::command(args);
        command.env("FUPAN_KEYS", scratch.path("keys")).env_remove("FUPAN_AUTHOR");
        run(command)
    };
    let choose = ["choose", &case, "--retract", "x", "--by", "y", "--reason", "z"];
    unnamed(&choose).refused(2, "--author");
    fact(&scratch, &case, "zz1", &["--keys", &scratch.path("elsewhere")]).refused(2, "--keys");
    fact(&scratch, &case, "zz1", &["--expect", "7"]).refused(4, "7");
    assert_eq!(fact(&scratch, &case, "zz1", &["--expect", "1"]).json()["entry"]["version"], 2);
    let stale = fact(&scratch, &case, "zz2", &["--expect", "1"]);
    stale.refused(4, "version 1");
    assert!(stale.err.contains("now 2"), "{}", stale.err);
    assert_ne!(fs::read(format!("{case}/facts.toml")).ok(), before);
    let text = fs::read_to_string(format!("{case}/facts.toml")).unwrap();
    assert!(text.contains("zz1") && !text.contains("zz2"));
}

#[test]
fn a_hand_edit_is_seen_and_recorded_with_its_reason() {
    let scratch = Scratch::new("vault-edit");
    let case = kept(&scratch);
    let first = assessed(&scratch, &case, "first");
    let head = format!("{case}/case.toml");
    let text = fs::read_to_string(&head).unwrap();
    let title = text.lines().find(|line| line.starts_with("title")).unwrap().to_owned();
    fs::write(&head, text.replace(&title, "title = \"Another title\"")).unwrap();
    let out = scratch.path("noted");
    let noted = fupan(&scratch, &["assess", &case, "--out", &out, "--format", "json"]);
    assert!(noted.code == 0 && noted.err.contains("fupan vault record"), "{}", noted.err);
    assert_eq!(fs::read(format!("{out}/assessment.json")).unwrap(), first);
    fact(&scratch, &case, "zz1", &[]).refused(4, "fupan vault record");
    let record = ["vault", "record", &case, "--json"];
    fupan(&scratch, &record).refused(2, "--reason");
    let reason = ["--reason", "the order of the county names it so"];
    let done = fupan(&scratch, &[&record[..], &reason[..]].concat()).json();
    assert_eq!((&done["new"], &done["corrected"]), (&0.into(), &1.into()));
    assert!(fupan(&scratch, &record).json()["entry"].is_null());
    assert_ne!(assessed(&scratch, &case, "second"), first);
    let all = fupan(&scratch, &["vault", "history", &case, "--json"]).json();
    let last = all.as_array().unwrap().last().unwrap();
    assert_eq!((&last["act"], &last["author"]), (&"correct".into(), &"assessor".into()));
}

#[test]
fn a_clock_that_is_put_right_is_a_correction_and_the_first_statement_stays() {
    let scratch = Scratch::new("vault-clock");
    let (folder, vault) = (kept(&scratch), scratch.path("office"));
    assert_eq!(fupan(&scratch, &["vault", "init", &vault]).code, 0);
    assert_eq!(fupan(&scratch, &["vault", "take", &vault, &project(CASE)]).code, 0);
    for case in [folder, vault] {
        let clock = |more: &[&str]| {
            fupan(&scratch, &[&["clock", &case, "--id", "dcs9", "--json"][..], more].concat())
        };
        assert_eq!(clock(&["--standing", "unknown"]).json()["entry"]["version"], 2);
        let checked = ["--standing", "checked", "--offset-from", "88", "--offset-to", "92"];
        let cite = ["--evidence", "E01", "--row", "2"];
        let right = [&checked[..], &cite, &["--reason", "compared on site"]].concat();
        clock(&[&right[..], &["--expect", "1"]].concat()).refused(4, "version 1");
        assert_eq!(clock(&right).json()["entry"]["version"], 3);
        let all = fupan(&scratch, &["vault", "history", &case, "--json"]).json();
        let all = all.as_array().unwrap();
        let last = all.last().unwrap();
        assert_eq!((&last["act"], &last["author"]), (&"correct".into(), &"assessor".into()));
        assert_eq!(last["about"][1], "compared on site");
        assert!(all.iter().any(|one| one["about"][0] == "clock dcs9"), "{all:?}");
        assert_eq!(fupan(&scratch, &["vault", "record", &case]).code == 0, case.ends_with("case"));
    }
}

#[test]
fn what_is_changed_in_a_vault_is_found() {
    let scratch = Scratch::new("vault-tamper");
    let case = kept(&scratch);
    let (vault, key) = (format!("{case}/.vault"), key_of(&scratch, &case));
    fupan(&scratch, &["verify", &case]).refused(2, "--log-key");
    let verify = ["verify", &case, "--log-key", &key, "--json"];
    assert_eq!(fupan(&scratch, &verify).json()["sound"], true);
    let history = fupan(&scratch, &["assess", &case, "--out", &scratch.path("o"), "--json"]).json();
    assert!(history["facts"].as_u64().is_some());
    let read: Value =
        serde_json::from_slice(&fs::read(scratch.path("o") + "/assessment.json").unwrap()).unwrap();
    let digest = read["register"]["evidence"][0]["sha256"].as_str().expect("a digest").to_owned();
    let file = object(&vault, &digest);
    let whole = fs::read(&file).unwrap();
    let mut bytes = whole.clone();
    bytes[0] ^= 1;
    fs::write(&file, &bytes).unwrap();
    for args in [&verify[..4], &["vault", "scrub", &case]] {
        let found = fupan(&scratch, args);
        assert_eq!(found.code, 5, "{}{}", found.out, found.err);
        assert!(found.err.contains(&digest), "{}", found.err);
    }
    fs::write(&file, whole).unwrap();
    assert_eq!(fupan(&scratch, &verify).code, 0);
    // A head that another key signed is refused, whatever key stands in the vault.
    let other = scratch.path("other");
    assert_eq!(fupan(&scratch, &["vault", "init", &other]).code, 0);
    let foreign = key_of(&scratch, &other);
    let refused = fupan(&scratch, &["verify", &case, "--log-key", &foreign]);
    assert_eq!(refused.code, 5, "{}", refused.err);
}

#[test]
fn a_copy_is_restored_and_a_broken_one_is_not() {
    let scratch = Scratch::new("vault-copy");
    let case = kept(&scratch);
    let (copy, back, key) = (scratch.path("copy"), scratch.path("back"), key_of(&scratch, &case));
    let backup = ["vault", "backup", &case, &copy, "--json"];
    assert!(fupan(&scratch, &backup).json()["copied"].as_u64().unwrap() > 0);
    assert_eq!(fact(&scratch, &case, "zz1", &[]).code, 0);
    let again = fupan(&scratch, &backup).json();
    assert!(again["copied"].as_u64() < again["there"].as_u64(), "{again}");
    // A folder that holds other things stays as it is, and no entry says that a copy was made.
    let (evidence, before) =
        (format!("{case}/evidence"), fupan(&scratch, &["vault", "head", &case]).out);
    let stood = door::names(Path::new(&evidence));
    fupan(&scratch, &["vault", "backup", &case, &evidence]).refused(4, "no copy of a vault");
    assert_eq!(door::names(Path::new(&evidence)), stood);
    assert_eq!(fupan(&scratch, &["vault", "head", &case]).out, before);
    // A first copy that was cut off is gone on with.
    let begun = scratch.path("begun");
    fs::create_dir_all(format!("{begun}/staging")).unwrap();
    assert_eq!(fupan(&scratch, &["vault", "backup", &case, &begun]).code, 0);
    fupan(&scratch, &["vault", "restore", &copy, &back]).refused(2, "--log-key");
    let restore = ["vault", "restore", &copy, &back, "--log-key", &key, "--json"];
    assert!(fupan(&scratch, &restore).json()["entries"].as_u64().unwrap() > 2);
    assert_eq!(assessed(&scratch, &back, "a"), assessed(&scratch, &case, "b"));
    fupan(&scratch, &restore).refused(4, "empty");
    let tile = format!("{copy}/log/checkpoint");
    fs::write(&tile, fs::read_to_string(&tile).unwrap().replace(".fupan\n", ".fupan\n1")).unwrap();
    let third = scratch.path("third");
    let refused = fupan(&scratch, &["vault", "restore", &copy, &third, "--log-key", &key]);
    assert_eq!(refused.code, 5, "{}", refused.err);
}

#[test]
fn the_index_is_a_cache() {
    let scratch = Scratch::new("vault-index");
    let case = kept(&scratch);
    let rebuild = ["vault", "rebuild", &case, "--json"];
    assert_eq!(fupan(&scratch, &rebuild).json()["same"], true);
    fs::write(format!("{case}/.vault/index.db"), "no database").unwrap();
    assert_eq!(fact(&scratch, &case, "zz1", &[]).code, 0);
    assert_eq!(fupan(&scratch, &rebuild).json()["same"], true);
}

#[test]
fn what_must_be_kept_is_not_erased_and_what_is_erased_leaves_its_proof() {
    let scratch = Scratch::new("vault-erase");
    let case = kept(&scratch);
    let key = key_of(&scratch, &case);
    let of = |verb, more: &[&str]| {
        let reason = ["--reason", "order of the court"];
        fupan(&scratch, &[&["vault", verb, &case], &reason[..], more].concat())
    };
    assert_eq!(of("hold", &[]).code, 0);
    of("erase", &["--evidence", "E01"]).refused(2, "must be kept");
    assert_eq!(of("release", &[]).code, 0);
    of("erase", &["--evidence", "E999"]).refused(3, "E999");
    assert_eq!(of("erase", &["--evidence", "E01"]).code, 0);
    let verified = fupan(&scratch, &["verify", &case, "--log-key", &key, "--json"]).json();
    assert_eq!((&verified["sound"], &verified["erased"]), (&true.into(), &1.into()));
    let custody = ["vault", "custody", &case, "--evidence", "E02", "--deed"];
    let given = ["handed-over", "--from", "team", "--to", "county court", "--json"];
    assert!(fupan(&scratch, &[&custody[..], &given[..]].concat()).json()["index"].is_u64());
    fupan(&scratch, &[&custody[..], &["lost"]].concat()).refused(2, "lost");
}

#[test]
fn a_proof_is_checked_with_nothing_but_the_key() {
    let scratch = Scratch::new("vault-prove");
    let case = kept(&scratch);
    let out = scratch.path("proof");
    let prove = |index: &str| fupan(&scratch, &["vault", "prove", &case, index, "--out", &out]);
    assert_eq!(prove("0").code, 0);
    prove("9999").refused(3, "9999");
    let leaf = fs::read(format!("{out}/0.entry")).unwrap();
    let proof = ProofFile::parse(&fs::read(format!("{out}/0.tlog-proof")).unwrap()).unwrap();
    let key: VerifyKey = key_of(&scratch, &case).parse().unwrap();
    proof.checkpoint.verify(&[key]).unwrap();
    let head = Checkpoint::parse(proof.checkpoint.text()).unwrap();
    let (hash, path) = (leaf_hash(&leaf), &proof.path);
    verify_inclusion(&hash, proof.index, head.size, path, &head.root).unwrap();
}

#[test]
fn a_vault_whose_case_did_not_come_in_is_finished() {
    let scratch = Scratch::new("vault-half");
    let (case, empty) = (scratch.path("case"), scratch.path("empty"));
    copy(Path::new(&project(CASE)), Path::new(&case));
    assert_eq!(fupan(&scratch, &["vault", "init", &empty]).code, 0);
    fs::rename(&empty, format!("{case}/.vault")).unwrap();
    let made = fupan(&scratch, &["vault", "init", &case, "--json"]).json();
    assert_eq!(made["entry"]["version"], 1);
    assert!(made["key_file"].is_null());
    let absent = scratch.file("note.txt", "");
    fupan(&scratch, &["vault", "head", &absent]).refused(2, "vault init");
}

#[test]
fn a_vault_put_back_to_an_older_state_takes_nothing_more() {
    let scratch = Scratch::new("vault-back");
    let case = kept(&scratch);
    let (vault, old) = (format!("{case}/.vault"), scratch.path("old"));
    let facts = format!("{case}/facts.toml");
    copy(Path::new(&vault), Path::new(&old));
    let text = fs::read(&facts).unwrap();
    assert_eq!(fact(&scratch, &case, "zz1", &[]).code, 0);
    fs::remove_dir_all(&vault).unwrap();
    fs::rename(&old, &vault).unwrap();
    fs::write(&facts, text).unwrap();
    fact(&scratch, &case, "zz2", &[]).refused(5, "older");
}
