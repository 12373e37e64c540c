//! `fupan book` at the door, and faults of usage.

mod door;

use door::{Scratch, copy, fupan, project};
use std::fs;
use std::path::Path;

#[test]
fn the_shipped_book_is_sound_and_explains_its_rows() {
    let answer = fupan(&["book", "check", &project("standard/aq9012-2023"), "--json"]).json();
    assert!(answer["rows"].as_u64().is_some_and(|rows| rows > 300), "{answer}");
    let row = fupan(&["book", "show", "CV08", "--json"]).json();
    assert_eq!(row["table"], "crosscheck");
    let said = fupan(&["--lang", "zh", "book", "show", "cv08"]);
    assert!(said.out.contains("CV08") && said.out.contains("来源"), "{}", said.out);
}

#[test]
fn every_fault_of_an_edited_book_is_told() {
    let scratch = Scratch::new("book");
    let book = scratch.0.join("book");
    copy(Path::new(&project("standard/aq9012-2023")), &book);
    let path = book.join("methods.toml");
    let text = fs::read_to_string(&path).expect("methods.toml");
    let text = text.replacen("status = ", "statu = ", 1).replacen("mark = ", "mork = ", 1);
    fs::write(&path, text).expect("methods.toml");
    let run = fupan(&["book", "check", &book.to_string_lossy()]);
    for said in ["methods.toml", "statu", "mork"] {
        run.refused(2, said);
    }
    fupan(&["book", "check", &scratch.path("no")]).refused(3, "no");
    fupan(&["book", "show", "ZZ99"]).refused(3, "ZZ99");
}

#[test]
fn usage_is_explained_in_the_language_of_the_screen() {
    fupan(&["bock"]).refused(2, "bock");
    fupan(&[]).refused(2, "--help");
    fupan(&["--lang", "zh", "book", "show"]).refused(2, "缺少");
    fupan(&["book", "show", "CV08", "--colour"]).refused(2, "--colour");
    let help = fupan(&["--lang", "zh", "--help"]);
    assert_eq!(help.code, 0);
    assert!(help.out.contains("用法") && help.err.is_empty(), "{}", help.out);
    assert_eq!(fupan(&["--version"]).out.trim(), concat!("fupan ", env!("CARGO_PKG_VERSION")));
}
