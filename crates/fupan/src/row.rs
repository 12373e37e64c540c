//! A row at the end of one of a case's lists. What a person wrote before it stays as it is,
//! comments included.

use crate::carry::Carried;
use crate::case::defaults;
use crate::output::Output;
use crate::{Actor, Entered, Failure, FailureKind, Message, Step, Watch, book};
use fupan_intake::{CaseSource as _, SourceError};
use fupan_model::CaseFile;
use std::path::Path;
use toml::{Table, Value};

/// Which list of the folder: its file, and the name of its tables.
#[derive(Clone, Copy)]
pub(crate) struct List {
    /// `facts.toml`.
    pub(crate) file: &'static str,
    /// `fact`.
    pub(crate) table: &'static str,
}

/// Adds a row to a list of the case at `case`. `taken` says whether the case has it already.
///
/// # Errors
/// An id that is taken; faults of the case with the row in it. The case is then as it was before.
pub(crate) fn add(
    case: &Path,
    list: List,
    row: Table,
    taken: impl Fn(&CaseFile) -> Option<Message>,
    (actor, watch): (&Actor, &dyn Watch),
) -> Result<Entered, Failure> {
    watch.step(Step::Read);
    let book = book::shipped()?;
    let carried = Carried::open(case, actor, &book)?;
    if let Some(message) = taken(&carried.case) {
        return Err(Failure::input(vec![message]));
    }
    let before = text_of(&carried, list.file)?;
    let table = Table::from_iter([(list.table.to_owned(), Value::Array(vec![row.into()]))]);
    let table = toml::to_string(&table).map_err(Failure::bug)?;
    let gap = if before.is_empty() { "" } else { "\n" };
    let ended = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let text = format!("{before}{ended}{gap}{table}");
    let outputs = [Output::new(list.file.to_owned(), text.into_bytes())];
    let after = carried.with(&outputs, &defaults(&book)?, watch)?;
    carried.keep(&outputs, &after, watch)
}

/// The text of a list as it is; empty where there is none yet.
///
/// # Errors
/// It cannot be read.
pub(crate) fn text_of(carried: &Carried<'_>, file: &str) -> Result<String, Failure> {
    let bytes = match carried.base.read(file) {
        Ok(bytes) => bytes,
        Err(SourceError::Absent) => return Ok(String::new()),
        Err(SourceError::Unreadable(detail)) => {
            let message = Message::new("cannot-read").text("path", file).text("reason", "other");
            return Err(Failure::new(FailureKind::Io, message.text("detail", detail)));
        }
    };
    // The case was read with this file in it, so that it is UTF-8.
    let text = String::from_utf8(bytes).map_err(Failure::bug)?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// That another row of the list has this id.
pub(crate) fn id_taken(key: &'static str, id: &str) -> Message {
    Message::new(key).text("id", id)
}

/// A row of texts; those that are absent are left out.
pub(crate) fn texts<'a>(pairs: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> Table {
    let row = pairs.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text?.into())));
    row.collect()
}

/// A list of texts.
pub(crate) fn list(texts: &[String]) -> Value {
    Value::Array(texts.iter().map(|text| text.as_str().into()).collect())
}

/// A cite: the evidence, and the row, page or second in it, as the key says.
pub(crate) fn cite(evidence: &str, place: Option<(&'static str, u32)>) -> Value {
    let mut cite = texts([("evidence", Some(evidence))]);
    if let Some((key, number)) = place {
        cite.insert(key.to_owned(), i64::from(number).into());
    }
    cite.into()
}
