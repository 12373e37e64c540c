//! Phrases: every word a person reads in the report that is not the case's own.

use crate::fields::Fields;
use crate::{BookError, Fault, Words};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// Phrase (报告用语): a text with places that the pen fills.
///
/// `{name}` is filled with the value of that name; `[…]` is printed only where all names inside
/// it have a value; `{name|one|many}` prints the first word where the value is 1, else the second.
/// A phrase has its own names: its id may equal that of a row of the book. It is no statement of
/// the standard, so it has neither mark nor status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// Key by which the pen and the judge speak of it, kebab-case.
    pub id: String,
    /// Its words; both languages have the same places.
    pub words: Words,
}

/// Reads the text of `phrases.toml`, in the order of the file, noting every fault.
pub(crate) fn read(file: &str, text: &str, errors: &mut Vec<BookError>) -> Vec<Phrase> {
    let mut fault = |row: &str, key: &str, fault: Fault| {
        let (file, row, key) = (file.to_owned(), row.to_owned(), key.to_owned());
        errors.push(BookError { file, row, key, fault });
    };
    let mut whole: Table = match toml::from_str(text) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().and_then(|span| text.get(..span.start));
            let line = at.map_or(0, |before| before.matches('\n').count() + 1);
            fault("", "", Fault::Syntax { line, detail: error.message().to_owned() });
            return Vec::new();
        }
    };
    let rows = whole.remove("phrase");
    for key in whole.keys() {
        fault("", key, Fault::UnknownKey { expected: vec!["phrase".to_owned()] });
    }
    let Some(Value::Array(rows)) = rows else {
        fault("", "phrase", Fault::Missing { expected: "a list of [[phrase]]".to_owned() });
        return Vec::new();
    };
    let read = rows.into_iter().enumerate().filter_map(|(at, row)| one(file, at, row, errors));
    unique(file, read.collect(), errors)
}

fn one(file: &str, at: usize, row: Value, errors: &mut Vec<BookError>) -> Option<Phrase> {
    let Value::Table(table) = row else { return None };
    let name = match table.get("id") {
        Some(Value::String(id)) => id.clone(),
        _ => format!("phrase #{}", at + 1),
    };
    let mut fields = Fields::new(file, name, table, errors);
    let phrase = Phrase { id: fields.text("id"), words: fields.spaced_words() };
    match (places(&phrase.words.zh), places(&phrase.words.en)) {
        (Some(zh), Some(en)) if zh == en || phrase.words.en.is_empty() => {}
        (Some(zh), Some(en)) => {
            let expected = format!("the places of zh: {}", listed(&zh));
            fields.fault("en", Fault::Clash { found: listed(&en), expected });
        }
        (zh, _) => {
            let (key, found) = match zh {
                None => ("zh", phrase.words.zh.clone()),
                Some(_) => ("en", phrase.words.en.clone()),
            };
            let expected = "every { and [ closed, [ ] not inside each other".to_owned();
            fields.fault(key, Fault::Sort { expected, found });
        }
    }
    fields.close();
    Some(phrase)
}

fn unique(file: &str, all: Vec<Phrase>, errors: &mut Vec<BookError>) -> Vec<Phrase> {
    let mut seen = BTreeSet::new();
    for phrase in &all {
        if !seen.insert(phrase.id.as_str()) {
            let (file, row) = (file.to_owned(), phrase.id.clone());
            let fault = Fault::DuplicateId { other: file.clone() };
            errors.push(BookError { file, row, key: "id".to_owned(), fault });
        }
    }
    all
}

/// The places of a text, each with whether it stands only inside `[…]`; `None`: badly formed.
fn places(text: &str) -> Option<BTreeMap<String, bool>> {
    let (mut found, mut inside) = (BTreeMap::new(), false);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '[' if !inside => inside = true,
            ']' if inside => inside = false,
            '{' => {
                let (name, rest) = chars.as_str().split_once('}')?;
                chars = rest.chars();
                let name = name.split('|').next().unwrap_or_default().to_owned();
                let kebab = |c: char| c.is_ascii_lowercase() || c == '_' || c == '-';
                if name.is_empty() || !name.chars().all(kebab) {
                    return None;
                }
                let optional = found.entry(name).or_insert(inside);
                *optional &= inside;
            }
            '[' | ']' | '}' => return None,
            _ => {}
        }
    }
    (!inside).then_some(found)
}

fn listed(places: &BTreeMap<String, bool>) -> String {
    let name = |(name, optional): (&String, &bool)| {
        if *optional { format!("[{name}]") } else { name.clone() }
    };
    places.iter().map(name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> (Vec<Phrase>, Vec<(String, String, &'static str)>) {
        let mut errors = Vec::new();
        let phrases = read("phrases.toml", text, &mut errors);
        let brief = |e: &BookError| (e.row.clone(), e.key.clone(), e.fault.code());
        (phrases, errors.iter().map(brief).collect())
    }

    #[test]
    fn a_phrase_reads() {
        let text = "[[phrase]]\nid='a'\nzh='晚 {gap}[，限 {limit}]'\nen='{gap} late[, of {limit}]'";
        let (phrases, errors) = check(text);
        assert_eq!(errors, []);
        assert_eq!(phrases.first().map(|p| p.words.zh.as_str()), Some("晚 {gap}[，限 {limit}]"));
    }

    #[test]
    fn each_fault_is_named() {
        let at = |row: &str, key: &str, code| vec![(row.to_owned(), key.to_owned(), code)];
        let cases = [
            ("[[phrase]]\nid='a'\nzh='{x}'\nen='{y}'", at("a", "en", "clash")),
            ("[[phrase]]\nid='a'\nzh='[{x}]'\nen='{x}'", at("a", "en", "clash")),
            ("[[phrase]]\nid='a'\nzh='{x'\nen='{x}'\n", at("a", "zh", "sort")),
            ("[[phrase]]\nid='a'\nzh='{X}'\nen='{X}'\n", at("a", "zh", "sort")),
            ("[[phrase]]\nid='a'\nzh='[{x}'\nen='{x}'", at("a", "zh", "sort")),
            ("[[phrase]]\nid='a'\nzh='x'\nen='y]'", at("a", "en", "sort")),
            ("[[phrase]]\nid='a'\nzh='x'", at("a", "en", "missing")),
            ("[[phrase]]\nid='a'\nzh='x'\nen='y'\nfr='z'", at("a", "fr", "unknown-key")),
            ("[[phrases]]\nid='a'", {
                let mut both = at("", "phrases", "unknown-key");
                both.extend(at("", "phrase", "missing"));
                both
            }),
            (
                "[[phrase]]\nid='a'\nzh='x'\nen='y'\n[[phrase]]\nid='a'\nzh='x'\nen='y'",
                at("a", "id", "duplicate-id"),
            ),
            ("[[phrase", at("", "", "syntax")),
        ];
        for (text, want) in cases {
            assert_eq!(check(text).1, want, "{text}");
        }
    }
}
