//! Whoever looks at a case of a vault is in its log, and so is what was handed in and not taken.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic here is the test failing"
)]

mod door;

use door::{Run, Scratch, copy, project, run};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use std::fs;
use std::path::Path;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A case folder with a vault inside.
struct Kept(Scratch);

impl Kept {
    fn new(name: &str) -> Self {
        let kept = Self(Scratch::new(name));
        copy(Path::new(&project("cases/leak-clean")), &kept.0.0.join("case"));
        assert_eq!(kept.ask(&["vault", "init", "case"]).code, 0);
        kept
    }

    fn ask(&self, args: &[&str]) -> Run {
        self.as_whom(args, Some("assessor"), "keys")
    }

    fn as_whom(&self, args: &[&str], author: Option<&str>, keys: &str) -> Run {
        let mut command = door::command(args);
        command.current_dir(&self.0.0).env("FUPAN_KEYS", self.0.path(keys));
        command.env_remove("FUPAN_AUTHOR");
        command.envs(author.map(|author| ("FUPAN_AUTHOR", author)));
        run(command)
    }

    /// Acts after the `from`th with what they are about.
    fn acts(&self, from: usize) -> Vec<(String, String)> {
        let history = self.ask(&["vault", "history", "case", "--json"]).json();
        let act = |one: &Value| (one["act"].as_str().unwrap().into(), one["about"].to_string());
        history.as_array().unwrap()[from..].iter().map(act).collect()
    }
}

#[test]
fn the_report_names_the_log_and_its_key_and_the_assessment_is_that_of_the_folder() {
    let kept = Kept::new("named");
    let head = kept.ask(&["vault", "head", "case", "--json"]).json();
    let [origin, print] =
        ["origin", "fingerprint"].map(|key| head[key].as_str().unwrap().to_owned());
    assert_eq!(kept.ask(&["assess", "case", "--out", "kept", "--report-lang", "zh,en"]).code, 0);
    // Without its vault the same folder gives the same judgement, and a report that names no log.
    fs::rename(kept.0.path("case/.vault"), kept.0.path("vault")).unwrap();
    assert_eq!(kept.ask(&["assess", "case", "--out", "bare", "--report-lang", "zh,en"]).code, 0);
    let read = |name: &str| fs::read_to_string(kept.0.path(name)).unwrap();
    assert_eq!(read("kept/assessment.json"), read("bare/assessment.json"));
    for lang in ["zh", "en"] {
        let [with, without] =
            ["kept", "bare"].map(|folder| read(&format!("{folder}/report.{lang}.html")));
        assert!(with.contains(&origin) && with.contains(&print), "{lang}");
        assert!(!without.contains(&origin) && !without.contains(&print), "{lang}");
    }
}

#[test]
fn who_looks_and_who_checks_is_in_the_log() {
    let kept = Kept::new("looks");
    let key = kept.ask(&["vault", "head", "case", "--json"]).json()["keys"][0].clone();
    let key = key.as_str().unwrap();
    let before = kept.acts(0).len();
    let assess = ["assess", "case", "--out", "out", "--format", "json"];
    let explain = ["timeline", "explain", "case", "--from", "known", "--to", "response"];
    let looks: [&[&str]; 6] = [
        &assess,
        &explain,
        &["verify", "case", "--log-key", key],
        &["vault", "scrub", "case"],
        &["vault", "search", "case", "Chlorine"],
        &["vault", "backup", "case", "copy"],
    ];

    // Nobody named, or no key to write with: the answer is the same, and it is said that there is no entry.
    let mut said = Vec::new();
    for asked in looks {
        let nobody = kept.as_whom(asked, None, "keys");
        let reader = kept.as_whom(asked, Some("judge"), "elsewhere");
        assert_eq!((nobody.code, reader.code), (0, 0), "{}{}", nobody.err, reader.err);
        let all = |run: &Run| format!("{}{}", run.out, run.err);
        assert!(all(&nobody).contains("FUPAN_AUTHOR"), "{asked:?}: {}", all(&nobody));
        assert!(all(&reader).contains("the key of its log is not here"), "{}", all(&reader));
        said.push(nobody.out);
    }
    assert_eq!(kept.acts(before), [], "a look that could not be noted");
    let nobody = fs::read(kept.0.path("out/assessment.json")).unwrap();

    for asked in looks {
        let run = kept.ask(asked);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{asked:?}");
    }
    let acts = kept.acts(before);
    let deeds: Vec<&str> = acts.iter().map(|(act, _)| act.as_str()).collect();
    assert_eq!(deeds, ["viewed", "viewed", "verified", "verified", "viewed", "exported"]);
    // The entry names the report by its digest, and looking changes no report.
    let report = fs::read(kept.0.path("out/assessment.json")).unwrap();
    assert_eq!(report, nobody);
    let digest = hex(&Sha256::digest(&report));
    assert!(acts[0].1.contains(&format!("assessment.json sha256:{digest}")), "{}", acts[0].1);
    assert!(acts[1].1.contains("explain known response"), "{}", acts[1].1);
    assert!(acts[2].1.contains("verify ") && acts[3].1.contains("scrub "), "{acts:?}");
    assert!(acts[4].1.contains("search Chlorine") && acts[5].1.contains("backup"), "{acts:?}");
    // The copy holds the entry that says it was made.
    let head = |vault: &str| kept.ask(&["vault", "head", vault, "--json"]).json()["size"].clone();
    assert_eq!(head("copy"), head("case"));
    assert_eq!(kept.ask(&["verify", "case", "--log-key", key]).code, 0);
}

#[test]
fn bytes_that_are_not_as_handed_in_are_refused_and_the_refusal_is_an_entry() {
    let kept = Kept::new("handed");
    let bytes = b"13:13 alarm\n";
    kept.0.file("note.txt", "13:13 alarm\n");
    let (sha256, sm3) = (hex(&Sha256::digest(bytes)), hex(&Sm3::digest(bytes)));
    let other = "0".repeat(64);
    let before = kept.acts(0).len();
    let add = ["add", "note.txt", "--case", "case", "--id", "E900", "--clock", "civil"];
    let with = |more: &[&str]| kept.ask(&[&add[..], more].concat());
    with(&["--sha256", &other]).refused(5, &sha256);
    with(&["--sm3", &other]).refused(5, &sm3);
    with(&["--size", "13"]).refused(5, "Given 13 bytes, found 12");
    with(&["--type", "jpg"]).refused(2, "text/plain");
    with(&["--type", "image/jpeg"]).refused(2, "text/plain");
    let both = with(&["--sha256", &other, "--size", "13"]);
    both.refused(5, "SHA-256");
    assert!(both.err.contains("found 12") && both.err.contains("entry"), "{}", both.err);
    with(&["--sha256", "abc"]).refused(2, "64 hexadecimal digits");
    kept.ask(&["add", "note.txt", "--case", "case", "--id", "E01"]).refused(2, "E01");
    let acts = kept.acts(before);
    let codes = [
        "handed-sha256",
        "handed-sm3",
        "handed-size",
        "handed-media",
        "handed-media",
        "handed-sha256 handed-size",
        "handed-digest",
        "import-id-taken",
    ];
    assert_eq!(acts.len(), codes.len(), "{acts:?}");
    for ((act, about), code) in acts.iter().zip(codes) {
        assert_eq!(act, "refused");
        assert!(about.contains(&format!(": {code};")), "{code}: {about}");
        assert!(about.contains(&format!("sha256:{sha256}, 12 bytes")), "{about}");
    }
    // Nothing of the bytes is kept.
    let object = format!("case/.vault/objects/sha256/{}/{}/{sha256}", &sha256[..2], &sha256[2..4]);
    assert!(!Path::new(&kept.0.path(&object)).exists());
    assert!(!Path::new(&kept.0.path("case/evidence/note.txt")).exists());

    let upper = sha256.to_uppercase();
    let right = ["--sha256", &upper, "--sm3", &sm3, "--size", "12", "--type", "txt"];
    assert_eq!(with(&right).code, 0);
    assert!(Path::new(&kept.0.path(&object)).exists());
}

#[test]
fn a_log_that_is_not_as_handed_in_is_refused_too_and_a_plain_folder_has_no_log() {
    let kept = Kept::new("handed-log");
    let log = kept.0.file("a.csv", "time,event\n2024-05-18 13:13:00,alarm\n");
    let mapping = kept.ask(&["import", &log, "--suggest"]);
    kept.0.file("m.toml", &mapping.out);
    let import = ["import", "a.csv", "--mapping", "m.toml", "--source", "E901", "--size", "1"];
    let before = kept.acts(0).len();
    kept.ask(&[&import[..], &["--case", "case"]].concat()).refused(5, "Given 1 bytes");
    assert!(kept.acts(before)[0].1.contains("handed-size"));

    let plain = kept.0.path("plain");
    copy(Path::new(&project("cases/leak-clean")), Path::new(&plain));
    let run = kept.ask(&[&import[..], &["--case", &plain]].concat());
    run.refused(5, "Given 1 bytes");
    assert!(!run.err.contains("is entry"), "{}", run.err);
    assert!(!Path::new(&format!("{plain}/evidence/a.csv")).exists());
}
