//! `fupan export` at the door: both forms hold the same case.

mod door;

use door::{Scratch, fupan, project};
use std::fs;

#[test]
fn the_assessment_is_the_same_after_a_round_trip() {
    let scratch = Scratch::new("export");
    for (name, case) in [
        ("folder", project("cases/leak-47-minutes")),
        ("file", project("cases/public/hushan_gold_mine_2021.case.json")),
    ] {
        let at = |step: &str| scratch.path(&format!("{name}-{step}"));
        let json = at("json");
        let answer = fupan(&["export", &case, "--as", "case-json", "--out", &json, "--json"]);
        assert!(answer.json()["files"].as_array().is_some_and(|files| !files.is_empty()));
        let file = format!("{json}/case.json");
        let folder = at("folder");
        let made = fupan(&["export", &file, "--as", "folder", "--out", &folder]);
        assert_eq!(made.code, 0, "{}", made.err);
        let mut seen = Vec::new();
        for (step, case) in [("a", &case), ("b", &file), ("c", &folder)] {
            let out = at(step);
            let run = fupan(&["assess", case, "--out", &out, "--format", "json"]);
            assert_eq!(run.code, 0, "{step}: {}", run.err);
            seen.push(fs::read(format!("{out}/assessment.json")).expect("a file"));
        }
        assert!(seen[0] == seen[1], "{name}: JSON differs");
        assert!(seen[0] == seen[2], "{name}: folder differs");
    }
}

#[test]
fn a_folder_that_holds_something_is_refused() {
    let scratch = Scratch::new("export-refused");
    let case = project("cases/leak-clean");
    scratch.file("mine.txt", "kept");
    let out = scratch.path("");
    fupan(&["export", &case, "--as", "folder", "--out", &out]).refused(4, "not empty");
    fupan(&["export", &case, "--as", "bag", "--out", &out]).refused(2, "bag");
    fupan(&["export", &scratch.path("no"), "--as", "folder", "--out", &out]).refused(3, "no");
    assert_eq!(scratch.names(), ["mine.txt"]);
}
