//! Use case: a request for material that was made, at the end of a case folder's `requests.toml`.

use crate::row::{self, List};
use crate::{Actor, Entered, Failure, Watch};
use fupan_model::CaseFile;
use std::path::Path;

const REQUESTS: List = List { file: "requests.toml", table: "request" };

/// A request as a person states it (调取); the keys are those of `docs/case-format.md`.
#[derive(Clone, Debug, Default)]
pub struct RequestWords {
    /// Its id.
    pub id: String,
    /// The party asked.
    pub to: String,
    /// What was asked.
    pub asks: String,
    /// Fact kinds the material would have shown.
    pub kinds: Vec<String>,
    /// When it was asked, in any form that is read.
    pub asked_at: Option<String>,
    /// Until when an answer was due.
    pub due: Option<String>,
}

/// Adds a request to the case at `case`.
///
/// # Errors
/// Faults of the case with the request in it; the case is then as it was before.
pub fn add_request(
    case: &Path,
    words: &RequestWords,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Entered, Failure> {
    let mut row = row::texts([
        ("id", Some(words.id.as_str())),
        ("to", Some(&words.to)),
        ("asks", Some(&words.asks)),
        ("asked_at", words.asked_at.as_deref()),
        ("due", words.due.as_deref()),
    ]);
    row.insert("kinds".to_owned(), row::list(&words.kinds));
    let taken = |held: &CaseFile| {
        let there = held.requests.iter().any(|one| one.id == words.id);
        there.then(|| row::id_taken("row-id-taken", &words.id))
    };
    row::add(case, REQUESTS, row, taken, (actor, watch))
}
