//! `fupan examine` at the door, and the doubts of `fupan add`.

mod door;

use door::{Scratch, fupan, project};
use std::fs;

fn document(name: &str) -> String {
    project(&format!("crates/fupan_intake/tests/documents/{name}"))
}

#[test]
fn a_document_is_examined_with_its_text_and_places() {
    let file = document("libreoffice.pdf");
    let answer = fupan(&["examine", &file, "--text", "--json"]).json();
    let bytes = fs::read(&file).expect("the document");
    assert_eq!(answer["size"], bytes.len());
    assert_eq!(answer["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(answer["type"]["found"], "application/pdf");
    assert_eq!(answer["type"]["agrees"], true);
    assert_eq!(answer["doubts"], serde_json::json!([]));
    assert_eq!(answer["parts"][1]["locator"], serde_json::json!({ "page": 2 }));
    assert!(answer["parts"][1]["text"].as_str().is_some_and(|text| text.contains("13时35分")));
    let shown = fupan(&["examine", &file, "--text", "--lang", "zh"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("[第2页] "), "{}", shown.out);
    let head = fupan(&["examine", &file]).out;
    assert!(head.contains("2 places, 2 with text") && !head.contains("13时35分"), "{head}");
}

#[test]
fn a_scan_is_said_to_hold_no_text() {
    let scan = fupan(&["examine", &document("scan.pdf")]);
    assert_eq!(scan.code, 0);
    assert!(scan.out.contains("No text on 1 place") && scan.out.contains("page 1"), "{}", scan.out);
    let answer = fupan(&["examine", &document("scan.pdf"), "--json"]).json();
    assert_eq!(answer["text"]["without_text"], serde_json::json!([{ "page": 1 }]));
}

#[test]
fn a_file_without_readable_text_is_examined_and_its_text_refused() {
    let locked = document("locked.pdf");
    let run = fupan(&["examine", &locked]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("SHA-256") && run.out.contains("locked"), "{}", run.out);
    assert_eq!(fupan(&["examine", &locked, "--json"]).json()["text_fault"], "locked");
    fupan(&["examine", &locked, "--text"]).refused(2, "locked");
    let scratch = Scratch::new("examine");
    let film = scratch.file("a.mp4", "\0\0\0\u{14}ftypisom\0\0\0\0isom");
    fupan(&["examine", &film, "--text"]).refused(2, "video/mp4");
    fupan(&["examine", &scratch.path("absent.pdf")]).refused(3, "absent.pdf");
    fupan(&["examine", &scratch.path("")]).refused(2, "folder");
    fupan(&["examine"]).refused(2, "FILE");
}

#[test]
fn what_is_odd_is_a_doubt_and_not_a_refusal() {
    let scratch = Scratch::new("examine-doubt");
    let lie = scratch.file("photo.jpg", "<svg onload='a()'/>");
    let answer = fupan(&["examine", &lie, "--json"]).json();
    assert_eq!(answer["type"]["agrees"], false);
    assert_eq!(answer["type"]["active"], true);
    assert_eq!(answer["doubts"].as_array().map(Vec::len), Some(3));
    let case = scratch.path("case");
    let new = ["new", &case, "--id", "c", "--date", "2024-05-18", "--place", "x", "--kind", "x"];
    assert_eq!(fupan(&new).code, 0);
    let added = fupan(&["add", &lie, "--case", &case, "--id", "E1", "--json"]);
    assert_eq!(added.json()["files"].as_array().map(Vec::len), Some(2), "{}", added.err);
    assert!(added.err.contains("image/svg+xml"), "{}", added.err);
    let plain = scratch.file("note.txt", "13:13 alarm");
    assert_eq!(fupan(&["add", &plain, "--case", &case, "--id", "E2"]).err, "");
}
