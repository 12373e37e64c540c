//! Use case: a named person chooses which records to set aside, at the end of a case folder's
//! `choices.toml`. Nothing else sets a record aside in the headline.

use crate::row::{self, List};
use crate::{Actor, Entered, Failure, Watch};
use std::path::Path;

const CHOICES: List = List { file: "choices.toml", table: "choice" };

/// A choice as a person states it (选定解释); the keys are those of `docs/case-format.md`.
#[derive(Clone, Debug, Default)]
pub struct ChoiceWords {
    /// The records to set aside.
    pub retract: Vec<String>,
    /// Who chooses.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When, in any form that is read.
    pub at: Option<String>,
}

/// Adds a choice to the case at `case`.
///
/// # Errors
/// Faults of the case with the choice in it, such as a record it lacks; the case is then as it was
/// before.
pub fn choose(
    case: &Path,
    words: &ChoiceWords,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Entered, Failure> {
    let mut row = row::texts([
        ("by", Some(words.by.as_str())),
        ("reason", Some(&words.reason)),
        ("at", words.at.as_deref()),
    ]);
    row.insert("retract".to_owned(), row::list(&words.retract));
    row::add(case, CHOICES, row, |_| None, (actor, watch))
}
