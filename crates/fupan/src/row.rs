//! A row at the end of one of a case folder's lists. What a person wrote before it stays as it is,
//! comments included.

use crate::case::{OnDisk, defaults};
use crate::evidence::{Overlay, open};
use crate::output::{Output, replace_all};
use crate::{Failure, Message, Step, Watch, book, file, input};
use fupan_intake::case_folder;
use fupan_model::CaseFile;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// Which list of the folder: its file, and the name of its tables.
#[derive(Clone, Copy)]
pub(crate) struct List {
    /// `facts.toml`.
    pub(crate) file: &'static str,
    /// `fact`.
    pub(crate) table: &'static str,
}

/// Adds a row to a list of the case folder `case`. `taken` says whether the case has it already.
///
/// # Errors
/// An id that is taken; faults of the case with the row in it. The case is then as it was before.
pub(crate) fn add(
    case: &Path,
    list: List,
    row: Table,
    taken: impl Fn(&CaseFile) -> Option<Message>,
    watch: &dyn Watch,
) -> Result<Vec<PathBuf>, Failure> {
    watch.step(Step::Read);
    let book = book::shipped()?;
    if let Some(message) = taken(&open(case, &book)?) {
        return Err(Failure::input(vec![message]));
    }
    let path = case.join(list.file);
    let before = if path.exists() { file::text(&path)? } else { String::new() };
    let table = Table::from_iter([(list.table.to_owned(), Value::Array(vec![row.into()]))]);
    let table = toml::to_string(&table).map_err(Failure::bug)?;
    let gap = if before.is_empty() { "" } else { "\n" };
    let ended = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let text = format!("{before}{ended}{gap}{table}");
    let outputs = [Output::new(list.file.to_owned(), text.into_bytes())];
    let overlay = Overlay { disk: OnDisk(case), new: &outputs, watch };
    case_folder::read(&overlay, &defaults(&book)?).map_err(|e| input::failure(&e))?;
    watch.step(Step::Write);
    replace_all(case, &outputs, watch)
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
