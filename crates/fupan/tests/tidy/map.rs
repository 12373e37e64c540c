//! ARCHITECTURE.md names every crate and no ghost, in at most 150 lines.

use std::collections::BTreeSet;

/// What is wrong with the map. A crate is named in it as `` `fupan_…` `` in a list or heading.
pub(crate) fn complaints(map: &str, crates: &[String]) -> Vec<String> {
    let named: BTreeSet<&str> = map
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| *word == "fupan" || word.starts_with("fupan_"))
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect();
    let missing = crates
        .iter()
        .filter(|name| !named.contains(name.as_str()))
        .map(|name| format!("ARCHITECTURE.md does not name `{name}`"));
    let ghosts = named
        .iter()
        .filter(|name| !crates.iter().any(|krate| krate == *name))
        .map(|name| format!("ARCHITECTURE.md names `{name}`, which is no crate"));
    let lines = map.lines().count();
    let long = (lines > 150).then(|| format!("ARCHITECTURE.md: {lines} lines, at most 150"));
    missing.chain(ghosts).chain(long).collect()
}

#[test]
fn a_crate_without_a_word_and_a_ghost_are_refused() {
    let crates = ["fupan".to_owned(), "fupan_model".to_owned()];
    assert_eq!(complaints("`fupan` over `fupan_model`, `fupan_model::Cite`", &crates), [""; 0]);
    assert_eq!(complaints("`fupan` alone", &crates).len(), 1);
    assert_eq!(complaints("`fupan`, `fupan_model`, `fupan_gone`", &crates).len(), 1);
    let long = format!("`fupan` `fupan_model`{}", "\n".repeat(151));
    assert_eq!(complaints(&long, &crates).len(), 1);
}
