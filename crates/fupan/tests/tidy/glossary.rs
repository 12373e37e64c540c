//! One word per thing: a public type stands in docs/glossary.md, in backquotes.

/// Public types of a file (comments and tests already gone) that the glossary does not name.
pub(crate) fn complaints(path: &str, code: &str, glossary: &str) -> Vec<String> {
    types(code)
        .into_iter()
        .filter(|name| !glossary.contains(&format!("`{name}`")))
        .map(|name| format!("{path}: public type {name} is not in docs/glossary.md"))
        .collect()
}

/// Names after `pub struct`, `pub enum`, `pub trait`, `pub type`, and what `id_type!` makes.
fn types(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let words: Vec<&str> = code.split_whitespace().collect();
    for three in words.windows(3) {
        let declares = matches!(three[1], "struct" | "enum" | "trait" | "type" | "union");
        if three[0] == "pub" && declares {
            let name: String =
                three[2].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                found.push(name);
            }
        }
    }
    for made in code.split("id_type!(").skip(1) {
        found.extend(made.split(')').next().map(|name| name.trim().to_owned()));
    }
    found
}

#[test]
fn a_public_type_without_a_word_is_refused() {
    let code = "pub struct Cite { }\npub(crate) struct Hidden;\nid_type!(\n    FactId\n);";
    assert_eq!(complaints("a.rs", code, "`Cite` and `FactId`"), [""; 0]);
    assert_eq!(complaints("a.rs", code, "`Cite`").len(), 1);
    assert_eq!(complaints("a.rs", code, "").len(), 2);
    assert_eq!(complaints("a.rs", "pub trait Watch {", "").len(), 1);
}
