//! Use case: a finding an assessor words, at the end of a case folder's `findings.toml`.

use crate::row::{self, List};
use crate::{Actor, Entered, Failure, Watch};
use fupan_model::CaseFile;
use std::path::Path;

const FINDINGS: List = List { file: "findings.toml", table: "finding" };

/// A finding as a person states it (手工问题或经验); the keys are those of `docs/case-format.md`.
#[derive(Clone, Debug, Default)]
pub struct FindingWords {
    /// Its id.
    pub id: String,
    /// `bad` or `good`.
    pub tone: String,
    /// Content of assessment, a row of the book.
    pub content: String,
    /// What was found.
    pub text: String,
    /// Who finds so.
    pub by: String,
    /// The evidence it rests on.
    pub evidence: String,
    /// The row, page or second in it, as the key says.
    pub place: Option<(&'static str, u32)>,
}

/// Adds a finding to the case at `case`.
///
/// # Errors
/// Faults of the case with the finding in it; the case is then as it was before.
pub fn add_finding(
    case: &Path,
    words: &FindingWords,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Entered, Failure> {
    let mut row = row::texts([
        ("id", Some(words.id.as_str())),
        ("tone", Some(&words.tone)),
        ("content", Some(&words.content)),
        ("text", Some(&words.text)),
        ("by", Some(&words.by)),
    ]);
    row.insert("cite".to_owned(), row::cite(&words.evidence, words.place));
    let taken = |held: &CaseFile| {
        let there = held.findings.iter().any(|one| one.id == words.id);
        there.then(|| row::id_taken("row-id-taken", &words.id))
    };
    row::add(case, FINDINGS, row, taken, (actor, watch))
}
