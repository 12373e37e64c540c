//! `fupan request draft` at the door: one list for each language, or a refusal.

mod door;

use door::{Scratch, fupan, project};
use std::fs;

#[test]
fn what_is_lacking_is_drafted_for_each_language() {
    let scratch = Scratch::new("request");
    let case = project("cases/leak-clean");
    let out = scratch.path("out");
    let run = fupan(&["request", "draft", &case, "--out", &out, "--json"]);
    let files = run.json()["files"].as_array().map_or(0, Vec::len);
    assert_eq!(files, 2);
    for name in ["requests.zh.docx", "requests.en.docx"] {
        let bytes = fs::read(scratch.0.join("out").join(name)).expect("a file");
        assert!(bytes.starts_with(b"PK"), "{name} is no package");
    }
}

#[test]
fn a_case_that_is_not_there_is_refused() {
    let scratch = Scratch::new("request-refused");
    let (none, out) = (scratch.path("none"), scratch.path("out"));
    fupan(&["request", "draft", &none, "--out", &out]).refused(3, "none");
    assert!(!scratch.0.join("out").exists());
}
