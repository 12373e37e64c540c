//! The page on case formats says what the program does: its mappings are mappings, every key of a
//! mapping stands on it, and the times it names are read.

use crate::{DateOrder, Mapping, Problem, read_time};
use std::path::PathBuf;

/// A section of the page, by the beginning of its heading.
fn section(number: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/case-format.md");
    let page = std::fs::read_to_string(path).expect("docs/case-format.md");
    let heading = format!("\n## {number}. ");
    let (_, rest) = page.split_once(&heading).expect("the section");
    rest.split("\n## ").next().unwrap_or_default().to_owned()
}

/// The texts between fences that say they are TOML.
fn examples(section: &str) -> Vec<&str> {
    let parts = section.split("```toml\n").skip(1);
    parts.map(|part| part.split("\n```").next().unwrap_or_default()).collect()
}

#[test]
fn the_mappings_of_the_page_are_mappings() {
    let section = section("3");
    let examples = examples(&section);
    assert!(examples.len() >= 6, "{}", examples.len());
    for text in examples {
        Mapping::parse("page", text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    }
}

/// The keys a mapping may have, as the refusal of one it may not have tells them.
fn known(text: &str) -> Vec<String> {
    let errors = Mapping::parse("m", text).expect_err("an unknown key");
    let lists = errors.0.into_iter().filter_map(|error| match error.problem {
        Problem::UnknownKey(known) => Some(known),
        _ => None,
    });
    lists.flatten().collect()
}

#[test]
fn every_key_of_a_mapping_stands_on_the_page() {
    let section = section("3");
    let fact = |rest: &str| format!("[[fact]]\nid = \"a\"\nkind = \"k\"\ntime = \"t\"\n{rest}\n");
    let texts = [
        String::from("zzz = 1\n"),
        String::from("[[column]]\nname = \"t\"\nzzz = 1\n"),
        String::from("[[series]]\nvalue = \"v\"\ntime = \"t\"\nunit = \"x\"\nzzz = 1\n"),
        fact("zzz = 1"),
        fact("gap = { longer_s = 1, zzz = 1 }"),
        fact("count = { at_least = 2, within_s = 1, zzz = 1 }"),
        fact("change = { column = \"t\", zzz = 1 }"),
        fact("crossing = { column = \"t\", above = 1, zzz = 1 }"),
        fact("split = { column = \"t\", items = \",\", value = \"v\", zzz = 1 }"),
        fact("claims = [{ field = \"f\", column = \"c\", zzz = 1 }]"),
        fact("where = [{ column = \"t\", is = \"x\", zzz = 1 }]"),
    ];
    for text in texts {
        let keys = known(&text);
        assert!(!keys.is_empty(), "{text}");
        for key in keys {
            let said = section.split(|c: char| !c.is_ascii_alphabetic() && c != '_');
            assert!(said.clone().any(|word| word == key), "{key} of {text}");
        }
    }
}

#[test]
fn the_times_of_the_page_are_read() {
    let section = section("4");
    let list =
        section.lines().skip(2).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let list = list.split("In a mapping that states them").next().unwrap_or_default().to_owned();
    let times: Vec<String> = list
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|text| text.replace(['[', ']'], ""))
        .filter(|text| text.chars().next().is_some_and(char::is_numeric) || text.contains('年'))
        .collect();
    assert!(times.len() >= 7, "{times:?}");
    for text in times {
        assert!(read_time(&text, Some(28_800), DateOrder::Ymd).is_ok(), "{text}");
    }
}
