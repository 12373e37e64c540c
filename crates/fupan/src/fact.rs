//! Use case: a fact by hand, at the end of a case folder's `facts.toml`.

use crate::row::{self, List};
use crate::{Actor, Entered, Failure, Watch};
use std::path::Path;

const FACTS: List = List { file: "facts.toml", table: "fact" };

/// A fact as a person states it (手工事实); the keys are those of `docs/case-format.md`.
#[derive(Clone, Debug, Default)]
pub struct FactWords {
    /// Its id.
    pub id: String,
    /// Who states it.
    pub party: String,
    /// Of which event it speaks.
    pub event: String,
    /// The case's own word for what happened.
    pub kind: String,
    /// What is stated.
    pub text: String,
    /// Its time, in any form that is read.
    pub time: Option<String>,
    /// The clock, where it is not that of the evidence.
    pub clock: Option<String>,
    /// The evidence it was read in.
    pub evidence: String,
    /// The row, page or second in it, as the key says.
    pub place: Option<(&'static str, u32)>,
}

/// Adds a fact to the case at `case`.
///
/// # Errors
/// Faults of the case with the fact in it; the case is then as it was before.
pub fn add_fact(
    case: &Path,
    fact: &FactWords,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Entered, Failure> {
    let mut row = row::texts([
        ("id", Some(fact.id.as_str())),
        ("party", Some(&fact.party)),
        ("event", Some(&fact.event)),
        ("kind", Some(&fact.kind)),
        ("text", Some(&fact.text)),
        ("time", fact.time.as_deref()),
        ("clock", fact.clock.as_deref()),
    ]);
    row.insert("cite".to_owned(), row::cite(&fact.evidence, fact.place));
    let taken = |held: &fupan_model::CaseFile| {
        let there = held.facts.iter().any(|one| one.id.as_str() == fact.id);
        there.then(|| row::id_taken("fact-id-taken", &fact.id))
    };
    row::add(case, FACTS, row, taken, (actor, watch))
}
