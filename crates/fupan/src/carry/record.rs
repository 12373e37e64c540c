//! Entries of a vault, as the hall makes them: what is stated, then who had the evidence.

use crate::{EntryMade, Failure, cellar};
use fupan_ledger::{Checkpoint, Ulid};
use fupan_model::Evidence;
use fupan_vault::{Act, Custody, Deed, Recorded, Statement, Vault};
use std::path::Path;

/// Acts that are made durable together at most.
const TOGETHER: usize = 256;

/// States things in a case, upon the version that the author had seen.
///
/// # Errors
/// Somebody else was first; what is stated does not fit; it cannot be written.
pub(crate) fn state(
    root: &Path,
    vault: &Vault,
    case: Ulid,
    (version, author): (u64, &str),
    statements: Vec<Statement>,
) -> Result<EntryMade, Failure> {
    act(root, vault, case, (Some(version), author), Act::State(statements))
}

/// Records an act that states something.
///
/// # Errors
/// As [`state`].
pub(crate) fn act(
    root: &Path,
    vault: &Vault,
    case: Ulid,
    (version, author): (Option<u64>, &str),
    act: Act,
) -> Result<EntryMade, Failure> {
    let made = cellar::made(case, author)?;
    let recorded = vault.record(&made, version, act).map_err(|e| cellar::failure(root, &e))?;
    entry_of(&recorded, version)
}

/// Records what was done with evidence.
///
/// # Errors
/// It cannot be written.
pub(crate) fn custody(
    root: &Path,
    vault: &Vault,
    case: Ulid,
    author: &str,
    custody: &Custody,
) -> Result<EntryMade, Failure> {
    act(root, vault, case, (None, author), Act::Custody(custody.clone()))
}

/// Records what was done with many pieces of evidence.
///
/// # Errors
/// It cannot be written.
pub(crate) fn custody_of_many(
    root: &Path,
    vault: &Vault,
    case: Ulid,
    author: &str,
    all: &[Custody],
) -> Result<(), Failure> {
    for some in all.chunks(TOGETHER) {
        let made = some.iter().map(|one| Ok((cellar::made(case, author)?, one.clone())));
        let made = made.collect::<Result<Vec<_>, Failure>>()?;
        vault.record_custody(made).map_err(|error| cellar::failure(root, &error))?;
    }
    Ok(())
}

/// That a piece of evidence came in.
pub(crate) fn received(evidence: &Evidence) -> Custody {
    Custody {
        deed: Deed::Received,
        evidence: evidence.id.to_string(),
        object: Some(evidence.sha256.to_string()).filter(|digest| !digest.is_empty()),
        from: evidence.party.as_ref().map(ToString::to_string),
        to: None,
        note: String::new(),
    }
}

fn entry_of(recorded: &Recorded, version: Option<u64>) -> Result<EntryMade, Failure> {
    let note = &recorded.receipt.proof.checkpoint;
    let head = Checkpoint::parse(note.text()).map_err(Failure::bug)?;
    let version = recorded.version.or(version).unwrap_or_default();
    Ok(EntryMade { index: recorded.receipt.index, version, origin: head.origin, size: head.size })
}
