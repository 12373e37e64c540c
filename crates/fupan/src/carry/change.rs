//! What differs between the statements that hold in a vault and those of a case file.

use fupan_ledger::Ulid;
use fupan_model::CaseFile;
use fupan_vault::{StandingPart, Statement};
use std::collections::BTreeMap;

/// Change (改动): what must be recorded so that the vault says what the case file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// What is not stated yet.
    pub(crate) new: Vec<Statement>,
    /// What is stated otherwise, or, with `None`, no more: entry, place in it, what holds instead.
    pub(crate) corrected: Vec<(Ulid, u64, Option<Statement>)>,
}

impl Change {
    pub(crate) fn is_empty(&self) -> bool {
        self.new.is_empty() && self.corrected.is_empty()
    }
}

/// Compares them. The order of statements says nothing.
pub(crate) fn changes(parts: &[StandingPart], case: &CaseFile) -> Change {
    let mut left: BTreeMap<(&str, String), &StandingPart> = BTreeMap::new();
    let mut nameless: Vec<&StandingPart> = Vec::new();
    for part in parts {
        match part.now.id() {
            Some(id) => drop(left.insert((part.now.kind(), id.to_owned()), part)),
            None => nameless.push(part),
        }
    }
    let mut change = Change::default();
    for statement in Statement::all_of(case) {
        let Some(id) = statement.id().map(str::to_owned) else {
            match nameless.iter().position(|part| part.now == statement) {
                Some(at) => drop(nameless.remove(at)),
                None => change.new.push(statement),
            }
            continue;
        };
        match left.remove(&(statement.kind(), id)) {
            None => change.new.push(statement),
            Some(part) if same(&part.now, &statement) => {}
            Some(part) => change.corrected.push((part.entry, part.part, Some(statement))),
        }
    }
    let gone = left.into_values().chain(nameless);
    change.corrected.extend(gone.map(|part| (part.entry, part.part, None)));
    change
}

/// Whether two statements say the same. What a vault knows of a piece of evidence besides the piece
/// itself is not the case file's to say.
fn same(kept: &Statement, now: &Statement) -> bool {
    match (kept, now) {
        (Statement::Evidence(kept), Statement::Evidence(now)) => kept.evidence == now.evidence,
        _ => kept == now,
    }
}
