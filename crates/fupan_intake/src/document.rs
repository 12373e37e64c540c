//! Bytes of a JSON or TOML file → a tree, or an error that names line and column.

use crate::error::{IntakeError, IntakeErrors, Problem};
use crate::node::Node;

/// The text of a UTF-8 file, a byte order mark ignored.
pub(crate) fn text_of<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, IntakeErrors> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Err(IntakeError::at(file, &place_in(good), "", "", Problem::NotUtf8).into())
        }
    }
}

/// The top table of a JSON file.
pub(crate) fn json_table(file: &str, bytes: &[u8]) -> Result<Vec<(String, Node)>, IntakeErrors> {
    let text = text_of(file, bytes)?;
    if text.trim().is_empty() {
        return Err(IntakeError::of_file(file, Problem::EmptyFile).into());
    }
    let node = serde_json::from_str::<Node>(text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or_default().to_owned();
        let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
        IntakeError::at(file, &place, "", line.trim(), Problem::NotJson(why))
    })?;
    match node {
        Node::Table(rows) => Ok(rows),
        other => {
            let problem = Problem::WrongType("table");
            Err(IntakeError::at(file, "", "", &other.shown(), problem).into())
        }
    }
}

/// The top table of a TOML file. An empty file is an empty table.
pub(crate) fn toml_table(file: &str, bytes: &[u8]) -> Result<Vec<(String, Node)>, IntakeErrors> {
    let text = text_of(file, bytes)?;
    let node = toml::from_str::<Node>(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let place = place_in(text.get(..start).unwrap_or(text).as_bytes());
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        IntakeError::at(file, &place, "", line, Problem::NotToml(error.message().to_owned()))
    })?;
    match node {
        Node::Table(rows) => Ok(rows),
        other => {
            let problem = Problem::WrongType("table");
            Err(IntakeError::at(file, "", "", &other.shown(), problem).into())
        }
    }
}

/// `line L, column C` of what follows `before`; columns count characters.
fn place_in(before: &[u8]) -> String {
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let column = String::from_utf8_lossy(last).chars().count() + 1;
    format!("line {line}, column {column}")
}
