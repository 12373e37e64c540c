//! The standard is data: no row of the book is named in code. A row's id is known by its shape.

use std::sync::LazyLock;

/// Letters before the number, for ids long enough never to be anything else.
const FAMILIES: &[&str] = &[
    "AC", "AX", "BR", "CAL", "CP", "CV", "ED", "EV", "GD", "IN", "IQ", "ISO", "KE", "KG", "N95",
    "OS", "PH", "RO", "SP", "ST",
];
/// Single letters whose rows have exactly two digits.
const LETTERS: &[&str] = &["F", "G", "Q", "T", "U"];

/// Whether a word (letters, digits, hyphen, dot) is shaped as a row's id.
fn is_id(word: &str) -> bool {
    let numbered = |rest: &str| {
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-' || c == 'a')
    };
    FAMILIES.iter().any(|family| word.strip_prefix(family).is_some_and(numbered))
        || LETTERS.iter().any(|letter| {
            word.strip_prefix(letter).is_some_and(|rest| {
                let digits = rest.strip_suffix('a').unwrap_or(rest);
                digits.len() == 2 && digits.chars().all(|c| c.is_ascii_digit())
            })
        })
        || SHORT.iter().any(|id| id == word)
}

/// Ids of the book too short to be known by their shape (`M1`, `C7`, `R3`): taken from its files,
/// and looked for between quotes only.
static SHORT: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = super::house::root().join("standard/aq9012-2023");
    let mut ids = Vec::new();
    for entry in std::fs::read_dir(folder).expect("standard/aq9012-2023") {
        let path = entry.expect("entry").path();
        if path.extension().is_none_or(|ext| ext != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(path).expect("UTF-8");
        ids.extend(text.lines().filter_map(|line| {
            let value = line.strip_prefix("id")?.trim_start().strip_prefix('=')?.trim();
            let id = value.strip_prefix('"')?.split('"').next()?;
            let short = id.len() == 2 && id.ends_with(|c: char| c.is_ascii_digit());
            short.then(|| format!("\"{id}\""))
        }));
    }
    ids
});

/// A line with the `T` of `…T08:30` taken out: it begins a time, not an id.
fn without_times(line: &str) -> String {
    let mut pieces = line.split('T').peekable();
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let begins_time = piece.as_bytes().get(2) == Some(&b':')
            && piece.bytes().take(2).all(|byte| byte.is_ascii_digit());
        out.push(if begins_time { 't' } else { 'T' });
        out.push_str(piece);
    }
    out
}

/// Words of a line that are shaped as ids of the book.
pub(crate) fn complaints(path: &str, code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in code.lines().enumerate() {
        let line = &without_times(line);
        let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        let plain = line.split(|c: char| !part(c)).map(|word| word.trim_matches(['-', '.']));
        let quoted = line.split(|c: char| !part(c) && c != '"').filter(|word| word.contains('"'));
        for word in plain.chain(quoted).filter(|word| is_id(word)) {
            found.push(format!("{path}:{}: row {word} of the book is named in code", at + 1));
        }
    }
    found
}

#[test]
fn an_id_in_code_is_refused_and_in_a_comment_or_test_it_is_not() {
    let of = |text: &str| complaints("a.rs", &super::code::without_tests(text));
    for id in ["CV08", "KE03", "KG05", "T02", "AC01", "GD03", "EV4", "U01", "F04", "N95-3", "M1"] {
        assert_eq!(of(&format!("if row.id == \"{id}\" {{}}")).len(), 1, "{id}");
        assert_eq!(of(&format!("// {id}\n#[cfg(test)]\nconst A: &str = \"{id}\";")), [""; 0]);
    }
    for other in
        ["struct T; fn f<T1>(a: T1)", "\"UTF-16\"", "\"sha256\"", "M1", "\"{day}T08:00:00\""]
    {
        assert_eq!(of(other), [""; 0], "{other}");
    }
}
