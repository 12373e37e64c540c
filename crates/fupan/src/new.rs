//! Use case: an empty case folder to begin with.

use crate::output::{Output, replace_all};
use crate::{Failure, FailureKind, Message, Watch, book, case, input};
use fupan_intake::case_folder;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Table;

/// The head of a new case (新卷宗).
#[derive(Clone, Debug, Default)]
pub struct CaseWords {
    /// Its id.
    pub id: String,
    /// Its title; the id where none is given.
    pub title: Option<String>,
    /// Date of the accident, `YYYY-MM-DD`.
    pub date: String,
    /// Offset of civil time there, `+08:00`.
    pub timezone: String,
    /// Where.
    pub place: String,
    /// Type of accident, in words.
    pub kind: String,
}

/// Makes a case folder at `folder`, which is absent or empty before.
///
/// # Errors
/// A date or zone that is none; a folder that holds something.
pub fn new_case(
    folder: &Path,
    words: &CaseWords,
    watch: &dyn Watch,
) -> Result<Vec<PathBuf>, Failure> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let message = Message::new("export-not-empty").text("path", folder.display());
        return Err(Failure::new(FailureKind::Conflict, message));
    }
    let text = toml::to_string(&head(words)).map_err(Failure::bug)?;
    let files = BTreeMap::from([("case.toml".to_owned(), text.clone().into_bytes())]);
    case_folder::read(&files, &case::defaults(&book::shipped()?)?)
        .map_err(|e| input::failure(&e))?;
    let outputs = [Output::new("case.toml".to_owned(), text.into_bytes())];
    replace_all(folder, &outputs, watch)
}

fn head(words: &CaseWords) -> Table {
    let table = |rows: &[(&str, &str)]| -> Table {
        rows.iter().map(|(key, text)| ((*key).to_owned(), (*text).into())).collect()
    };
    let mut head = table(&[
        ("format", "fupan-case-folder/1"),
        ("id", &words.id),
        ("title", words.title.as_deref().unwrap_or(&words.id)),
    ]);
    let accident = table(&[
        ("date", &words.date),
        ("timezone", &words.timezone),
        ("place", &words.place),
        ("type", &words.kind),
    ]);
    head.insert("accident".to_owned(), accident.into());
    head
}
