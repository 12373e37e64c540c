//! A file opens with what it is for, and is at most 600 lines.

/// Lines at which a file is refused.
const LIMIT: usize = 600;

/// What is wrong with a file.
pub(crate) fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !text.starts_with("//!") {
        found.push(format!("{path}: opens without //!"));
    }
    let lines = text.lines().count();
    if lines > LIMIT {
        found.push(format!("{path}: {lines} lines, at most {LIMIT}"));
    }
    found
}

#[test]
fn a_long_or_silent_file_is_refused() {
    assert_eq!(complaints("a.rs", "//! What.\n"), [""; 0]);
    assert_eq!(complaints("a.rs", "fn main() {}\n").len(), 1);
    assert_eq!(complaints("a.rs", &format!("//! x\n{}", "\n".repeat(599))), [""; 0]);
    assert_eq!(complaints("a.rs", &format!("//! x\n{}", "\n".repeat(600))).len(), 1);
}
