//! The list of fixed electronic evidence (法发〔2016〕22号 art. 14): a table that a person opens in a
//! spreadsheet, signs on paper, and compares with the statements. Its words are data: `list.words`.

use super::parts::ReleasedEvidence;
use crate::text;

const WORDS: &str = include_str!("../../verify/list.words");

/// A word of the list; empty where the data lacks it, which a test refuses.
pub(super) fn words(key: &str) -> &'static str {
    WORDS
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .find_map(|(found, word)| (found == key).then_some(word))
        .unwrap_or_default()
}

/// The list as CSV (RFC 4180) in UTF-8 with a byte order mark, so that spreadsheets read the Chinese.
/// `path`: where an original stands in the bag.
pub(super) fn print(
    evidence: &[&ReleasedEvidence<'_>],
    path: impl Fn(&ReleasedEvidence<'_>) -> String,
) -> String {
    let mut out = String::from("\u{feff}");
    line(&mut out, words("columns").split('|'));
    for (number, one) in (1..).zip(evidence) {
        let names = |names: &[String]| names.join(words("between-names"));
        let cells = [
            number.to_string(),
            one.id.clone(),
            one.category.clone(),
            path(one),
            one.name.clone(),
            one.format.clone(),
            one.size.to_string(),
            text::to_hex(&one.sha256),
            text::to_hex(&one.sm3),
            one.captured.clone(),
            names(&one.collectors),
            names(&one.witnesses),
            remarks(one),
            one.number.clone(),
            one.holder.clone(),
            one.place.clone(),
            one.method.clone(),
        ];
        line(&mut out, cells.iter().map(String::as_str));
    }
    out
}

/// What the list remarks on a piece of evidence: signatures that are missing, an original that stayed behind,
/// and its own remarks. For the paper of the list, which must not say less.
#[must_use]
pub fn remarks(one: &ReleasedEvidence<'_>) -> String {
    let mut remarks = Vec::new();
    if one.collectors.is_empty() {
        remarks.push(words("no-collector"));
    }
    if one.witnesses.is_empty() {
        remarks.push(words("no-witness"));
    }
    if one.statements.is_empty() {
        remarks.push(words("unwitnessed"));
    }
    if one.original.is_none() {
        remarks.push(words("withheld"));
    }
    if !one.remarks.is_empty() {
        remarks.push(&one.remarks);
    }
    remarks.join(words("between-remarks"))
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        let cell = if formula(cell) { format!("'{cell}") } else { cell.to_owned() };
        if cell.contains([',', '"', '\r', '\n']) {
            out.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// A spreadsheet computes what begins so; a quote before it makes it text.
fn formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// What a row of the list says of its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Id of the evidence.
    pub(super) evidence: String,
    /// Its number in the case file.
    pub(super) number: String,
    /// Path of the file.
    pub(super) path: String,
    /// Bytes, SHA-256 and SM3, as written.
    pub(super) size: String,
    pub(super) sha256: String,
    pub(super) sm3: String,
}

/// The rows of a list, or the number of the first line that is not as [`print`] writes it.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Row>, usize> {
    let text = str::from_utf8(bytes).map_err(|_| 1_usize)?;
    let text = text.strip_prefix('\u{feff}').ok_or(1_usize)?;
    let mut rows = Vec::new();
    let columns: Vec<&str> = words("columns").split('|').collect();
    for (at, cells) in table(text).enumerate() {
        let cells = cells.ok_or(at + 1)?;
        if at == 0 {
            if cells != columns {
                return Err(1);
            }
            continue;
        }
        let [_, evidence, _, path, _, _, size, sha256, sm3, _, _, _, _, number, ..] =
            cells.as_slice()
        else {
            return Err(at + 1);
        };
        if cells.len() != columns.len() {
            return Err(at + 1);
        }
        rows.push(Row {
            evidence: evidence.clone(),
            number: number.strip_prefix('\'').filter(|rest| formula(rest)).unwrap_or(number).into(),
            path: path.clone(),
            size: size.clone(),
            sha256: sha256.clone(),
            sm3: sm3.clone(),
        });
    }
    Ok(rows)
}

/// Records of a CSV text, one at a time; `None` for one that is torn, which is the last.
fn table(text: &str) -> impl Iterator<Item = Option<Vec<String>>> {
    let mut letters = text.chars().peekable();
    std::iter::from_fn(move || {
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                '\r' if !quoted && letters.peek() == Some(&'\n') => {
                    letters.next();
                    cells.push(cell);
                    return Some(Some(cells));
                }
                other => cell.push(other),
            }
        }
        (quoted || !cells.is_empty() || !cell.is_empty()).then_some(None)
    })
}
