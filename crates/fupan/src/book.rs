//! Use cases: check an edited copy of the book, and look a row up.

use crate::{Failure, FailureKind, Message, RowView, faults, file, folder};
use fupan_standard::Book;
use std::path::Path;

/// Book report (标准库检查结果): what a checked book holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookReport {
    /// Its edition.
    pub edition: String,
    /// SHA-256 over its files.
    pub digest: String,
    /// How many files.
    pub files: usize,
    /// How many rows.
    pub rows: usize,
    /// Rows by their standing: checked, unverified, proposed.
    pub standing: Vec<(&'static str, usize)>,
    /// Tables that have not the rows the edition expects: name, expected, found.
    pub shortfalls: Vec<(String, usize, usize)>,
}

/// Checks the book in `folder`.
///
/// # Errors
/// The folder is absent or unreadable, or every fault of every file.
pub fn check(folder: &Path) -> Result<BookReport, Failure> {
    read(folder).map(|book| report(&book))
}

/// The row of this id, of the shipped book or of the one in `folder`.
///
/// # Errors
/// [`FailureKind::Missing`] where there is no such row; the faults of [`check`].
pub fn show(id: &str, folder: Option<&Path>) -> Result<RowView, Failure> {
    let book = match folder {
        Some(folder) => read(folder)?,
        None => shipped()?,
    };
    let same_but_for_case = || book.rows().find(|row| row.id.eq_ignore_ascii_case(id));
    book.row(id).or_else(same_but_for_case).cloned().ok_or_else(|| {
        let message = Message::new("row-absent").text("id", id).text("edition", &book.edition.id);
        Failure::new(FailureKind::Missing, message)
    })
}

/// The book compiled in.
///
/// # Errors
/// A bug, where the shipped book has a fault; tests refuse to let it have one.
pub(crate) fn shipped() -> Result<Book, Failure> {
    Book::shipped().map_err(|errors| {
        let first = errors.first().map(ToString::to_string).unwrap_or_default();
        Failure::bug(format!("the shipped book has {} faults: {first}", errors.len()))
    })
}

/// The book in a folder.
pub(crate) fn read(folder: &Path) -> Result<Book, Failure> {
    if !folder.is_dir() {
        if folder.exists() {
            let message = Message::new("not-a-folder").text("path", folder.display());
            return Err(Failure::new(FailureKind::Input, message));
        }
        return Err(Failure::absent(folder));
    }
    let mut files = Vec::new();
    for name in folder::list(folder)? {
        if name.ends_with(".toml") {
            let path = folder::inside(folder, &name).unwrap_or_else(|| folder.join(&name));
            files.push((name, file::text(&path)?));
        }
    }
    Book::parse(&files).map_err(|errors| faults::of_book(&errors))
}

fn report(book: &Book) -> BookReport {
    let standing = fupan_standard::Status::WORDS
        .map(|(word, status)| (word, book.rows().filter(|row| row.status == status).count()));
    let shortfalls = book.shortfalls().into_iter();
    BookReport {
        edition: book.edition.id.clone(),
        digest: book.digest(),
        files: book.files().len(),
        rows: book.rows().count(),
        standing: standing.to_vec(),
        shortfalls: shortfalls.map(|one| (one.what, one.expected, one.found)).collect(),
    }
}
