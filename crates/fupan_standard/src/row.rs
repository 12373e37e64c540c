//! A row of the book: the head that every row has, and the body of its table.

use crate::{Date, Mark, Status, Words};

/// Row (条目): what every row of every table says of itself, and the table's own keys in `body`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row<T> {
    /// Stable id, unique over the whole book, never reused.
    pub id: String,
    /// Short title (`zh`, `en`).
    pub title: Words,
    /// Where the row comes from.
    pub mark: Mark,
    /// What a reader may make of it; always `mark.status()`.
    pub status: Status,
    /// Statute and article with its date, the seed, or the team.
    pub source: String,
    /// In force from this day (law).
    pub effective_from: Option<Date>,
    /// In force until and including this day (law); `None`: still in force as far as known.
    pub effective_to: Option<Date>,
    /// The rule or an explanation, in the book's own words (`text-zh`, `text-en`).
    pub text: Option<Words>,
    /// What is not verified (`note-zh`, `note-en`).
    pub note: Option<Words>,
    /// The table's own keys.
    pub body: T,
}

impl<T> Row<T> {
    /// Whether the row was in force on `day`; a row without dates always is.
    pub fn in_force(&self, day: Date) -> bool {
        self.effective_from.is_none_or(|from| from <= day)
            && self.effective_to.is_none_or(|to| day <= to)
    }
}

/// Row view (条目视图): a row of any table, as text, for people who look a row up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    /// File the row stands in.
    pub file: String,
    /// Table it belongs to, as written in the file.
    pub table: String,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Words,
    /// Where it comes from.
    pub mark: Mark,
    /// What a reader may make of it.
    pub status: Status,
    /// Statute, seed or team.
    pub source: String,
    /// In force from.
    pub effective_from: Option<Date>,
    /// In force until.
    pub effective_to: Option<Date>,
    /// Every other key of the row with its value as text; keys of inner tables joined by `.`.
    pub lines: Vec<(String, String)>,
}
