//! Use case: an interview held, at the end of a case folder's `interviews.toml`.

use crate::row::{self, List};
use crate::{Actor, Entered, Failure, Watch};
use fupan_model::CaseFile;
use std::path::Path;

const INTERVIEWS: List = List { file: "interviews.toml", table: "interview" };

/// An interview as a person states it (询问谈话记录); the keys are those of `docs/case-format.md`.
#[derive(Clone, Debug, Default)]
pub struct InterviewWords {
    /// Its id.
    pub id: String,
    /// The party the person spoken with belongs to.
    pub party: String,
    /// Their post.
    pub role: String,
    /// Layer: a word of the book.
    pub layer: String,
    /// Topics: words of the book.
    pub topics: Vec<String>,
    /// Who asked; at least two.
    pub interviewers: Vec<String>,
    /// When it began, in any form that is read.
    pub started: Option<String>,
    /// When it ended.
    pub ended: Option<String>,
    /// The record of it, as evidence.
    pub evidence: Option<String>,
    /// Whether the person signed the record.
    pub signed: bool,
}

/// Adds an interview to the case at `case`.
///
/// # Errors
/// Faults of the case with the interview in it; the case is then as it was before.
pub fn add_interview(
    case: &Path,
    words: &InterviewWords,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Entered, Failure> {
    let mut row = row::texts([
        ("id", Some(words.id.as_str())),
        ("party", Some(&words.party)),
        ("role", Some(&words.role)),
        ("layer", Some(&words.layer)),
        ("started", words.started.as_deref()),
        ("ended", words.ended.as_deref()),
        ("evidence", words.evidence.as_deref()),
    ]);
    row.insert("topics".to_owned(), row::list(&words.topics));
    row.insert("interviewers".to_owned(), row::list(&words.interviewers));
    row.insert("signed".to_owned(), words.signed.into());
    let taken = |held: &CaseFile| {
        let there = held.interviews.iter().any(|one| one.id == words.id);
        there.then(|| row::id_taken("row-id-taken", &words.id))
    };
    row::add(case, INTERVIEWS, row, taken, (actor, watch))
}
