//! Both languages say everything, and nothing is said that no file words.

use super::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Entries of a source: key → names of its fillings.
fn entries(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in lang.sources() {
        let resource = FluentResource::try_new((*source).to_owned());
        assert!(resource.is_ok(), "{}: {:?}", lang.code(), resource.err().map(|(_, e)| e));
        let mut key = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                key = line.split('=').next().expect("key").trim().to_owned();
                assert!(found.insert(key.clone(), BTreeSet::new()).is_none(), "{key} twice");
            }
            for piece in line.split("{ $").skip(1) {
                let name: String =
                    piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.get_mut(&key).expect("an entry").insert(name);
            }
        }
    }
    found
}

fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("folder") {
        let path: PathBuf = entry.expect("entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs") {
            into.push(fs::read_to_string(path).expect("UTF-8"));
        }
    }
}

/// Text of all sources of the hall and the door, tests cut off.
fn code() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    sources(&root.join("src"), &mut texts);
    sources(&root.join("../fupan_cli/src"), &mut texts);
    let cut = texts.iter().map(|text| text.split("#[cfg(test)]").next().unwrap_or_default());
    cut.collect::<Vec<_>>().join("\n")
}

/// Texts in code that are written like keys and begin like one: `usage-missing`.
fn used(code: &str, known: &BTreeSet<&str>) -> BTreeSet<String> {
    let first = |key: &str| key.split('-').next().map(str::to_owned);
    let beginnings: BTreeSet<_> = known.iter().filter_map(|key| first(key)).collect();
    let like_a_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    code.match_indices('"')
        .filter_map(|(at, _)| code.get(at + 1..)?.split_once('"').map(|(text, _)| text))
        .filter(|text| text.contains('-') && text.chars().all(like_a_key))
        .filter(|text| first(text).is_some_and(|first| beginnings.contains(&first)))
        .filter(|text| !text.ends_with('-') && !OTHERS.contains(text))
        .map(str::to_owned)
        .collect()
}

/// Texts that look like keys and are none.
const OTHERS: &[&str] =
    &["case-json", "file-held", "not-directory", "not-json", "not-text", "read-only"];

#[test]
fn both_languages_have_the_same_keys_and_fillings() {
    let (zh, en) = (entries(Lang::Zh), entries(Lang::En));
    assert!(zh.len() > 20);
    for (key, fillings) in &zh {
        assert_eq!(en.get(key), Some(fillings), "en: {key}");
    }
    for key in en.keys() {
        assert!(zh.contains_key(key), "zh: {key}");
    }
}

#[test]
fn every_key_in_code_exists() {
    let known = entries(Lang::En);
    let known: BTreeSet<&str> = known.keys().map(String::as_str).collect();
    let used = used(&code(), &known);
    assert!(used.len() > 20, "the search found too little: {used:?}");
    for key in used {
        let help = format!("help-{key}");
        let there = known.contains(key.as_str()) || known.contains(help.as_str());
        assert!(there, "{key} is in no file of locales/");
    }
}

#[test]
fn every_key_is_used() {
    let code = code();
    for key in entries(Lang::En).keys() {
        let family = FAMILIES.iter().any(|family| key.starts_with(family));
        assert!(family || code.contains(&format!("\"{key}\"")), "{key} is used nowhere");
    }
}

/// Beginnings of keys that code puts together from a typed value.
const FAMILIES: &[&str] = &[
    "fault-",
    "intake-",
    "layer-",
    "status-",
    "mark-",
    "help-",
    "bag-fault-",
    "bag-notice-",
    "vault-fault-",
    "vault-act-",
    "attest-refused-",
    "attest-held-",
    "attest-status-",
    "attest-clock-",
    "assurance-",
    "stream-row-",
];

/// Codes that a function `fn code(` of a source gives, in order.
fn codes(text: &str) -> Vec<&str> {
    let list = text.split("fn code(").nth(1).and_then(|rest| rest.split("\n    }").next());
    let list = list.expect("the list of codes").split("=> \"").skip(1);
    list.filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_fault_and_act_of_a_vault_has_words() {
    let known = entries(Lang::En);
    let faults = codes(include_str!("../../../fupan_vault/src/journal/error.rs"));
    let deeds =
        include_str!("../../../fupan_vault/src/entry/act.rs").replace("fn word(", "fn code(");
    let deeds = codes(&deeds);
    assert!(faults.len() > 8 && deeds.len() > 5);
    let acts = ["state", "correct", "hold", "release", "erase"];
    for key in faults
        .iter()
        .map(|code| format!("vault-fault-{code}"))
        .chain(deeds.iter().chain(&acts).map(|act| format!("vault-act-{act}")))
    {
        assert!(known.contains_key(&key), "{key}");
    }
}

#[test]
fn every_fault_and_notice_of_a_bag_has_words() {
    let known = entries(Lang::En);
    let faults = codes(include_str!("../../../fupan_ledger/src/release/fault.rs"));
    let notices = codes(include_str!("../../../fupan_ledger/src/release/report.rs"));
    assert!(faults.len() > 30 && notices.len() > 5);
    for key in faults
        .iter()
        .map(|code| format!("bag-fault-{code}"))
        .chain(notices.iter().map(|code| format!("bag-notice-{code}")))
    {
        assert!(known.contains_key(&key), "{key}");
    }
}

#[test]
fn every_rejection_downgrade_and_refused_line_has_words() {
    let (known, text) =
        (entries(Lang::En), include_str!("../../../fupan_ledger/src/attest/rejection.rs"));
    let downgrades = text.split("impl Downgrade").nth(1).expect("downgrades");
    let lines = include_str!("../stream/line.rs");
    let families = [
        ("attest-refused", codes(text), 30),
        ("attest-held", codes(downgrades), 5),
        ("stream-row", codes(lines), 9),
    ];
    for (family, codes, least) in families {
        assert!(codes.len() >= least, "{family}: {codes:?}");
        for code in codes {
            assert!(known.contains_key(&format!("{family}-{code}")), "{family}-{code}");
        }
    }
}

#[test]
fn every_fault_of_a_book_has_words() {
    let known = entries(Lang::En);
    let text = include_str!("../../../fupan_standard/src/error.rs");
    let codes = text.split("fn code(").nth(1).expect("the list of codes");
    let codes: Vec<&str> =
        codes.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(codes.len() > 10);
    for code in codes {
        assert!(known.contains_key(&format!("fault-{code}")), "fault-{code}");
    }
}

#[test]
fn every_problem_of_an_input_has_words() {
    let known = entries(Lang::En);
    let text = include_str!("../../../fupan_intake/src/error.rs");
    let codes = text.split("fn code(").nth(1).and_then(|rest| rest.split("fn args(").next());
    let codes: Vec<&str> = codes
        .expect("the list of codes")
        .split("=> \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(codes.len() > 20);
    for code in codes {
        assert!(known.contains_key(&format!("intake-{code}")), "intake-{code}");
    }
}

#[test]
fn a_message_is_filled_without_marks() {
    let message = Message::new("path-absent").text("path", "a/b");
    for lang in Lang::ALL {
        let words = Voice::new(lang).say(&message);
        assert!(words.contains("a/b") && !words.contains('\u{2068}'), "{words}");
    }
    assert_eq!(Voice::new(Lang::Zh).word("no-such-key"), "no-such-key");
}

#[test]
fn the_locale_decides_as_posix_says() {
    let of = |all, messages, lang| Lang::of_locale([all, messages, lang]);
    assert_eq!(of(None, None, None), Lang::Zh);
    assert_eq!(of(Some(""), None, Some("zh_CN.UTF-8")), Lang::Zh);
    assert_eq!(of(Some("C"), None, Some("zh_CN.UTF-8")), Lang::En);
    assert_eq!(of(None, Some("en_GB"), Some("zh_CN.UTF-8")), Lang::En);
    assert_eq!(of(None, None, Some("de_DE")), Lang::En);
}
