//! Use cases: a duty to keep, its end, and the erasure of an object. An erasure takes the bytes; the
//! leaf, its digests and its proof stay.

use crate::carry::act;
use crate::place::{CasePlace, locate, no_vault};
use crate::{Actor, EntryMade, Failure, FailureKind, Message, Step, Watch, cellar};
use fupan_vault::{Act, Erasure, Hold};
use std::path::Path;

/// Hold words (留存说明).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HoldWords {
    /// Number of the evidence meant; `None`: all of the case.
    pub evidence: Option<String>,
    /// Whose order or what law, and why.
    pub reason: String,
}

/// Begins (`on`) or ends a duty to keep in the case at `path`.
///
/// # Errors
/// No vault; evidence that the case has not.
pub fn hold(
    path: &Path,
    words: &HoldWords,
    on: bool,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<EntryMade, Failure> {
    let reason = words.reason.clone();
    let of = |object| Ok(Act::Hold(Hold { object, on, reason }));
    record(path, words.evidence.as_deref(), of, actor, watch)
}

/// Erases the bytes of a piece of evidence of the case at `path`.
///
/// # Errors
/// No vault; evidence that the case has not, or that somebody must keep, or another case uses.
pub fn erase_object(
    path: &Path,
    evidence: &str,
    reason: &str,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<EntryMade, Failure> {
    let of = |object: Option<String>| {
        let none = || Failure::new(FailureKind::Missing, absent(evidence));
        Ok(Act::Erase(Erasure { object: object.ok_or_else(none)?, reason: reason.to_owned() }))
    };
    record(path, Some(evidence), of, actor, watch)
}

fn record(
    path: &Path,
    evidence: Option<&str>,
    of: impl FnOnce(Option<String>) -> Result<Act, Failure>,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<EntryMade, Failure> {
    let CasePlace::Kept(kept) = locate(path) else { return Err(no_vault(path)) };
    let author = actor.author()?;
    let vault = cellar::open(&kept.vault, actor.keys()?, None)?;
    let read = cellar::find(&vault, &kept.vault, kept.case.as_deref())?;
    let object = match evidence {
        None => None,
        Some(id) => {
            let found = read.file.evidence.iter().find(|one| one.id.as_str() == id);
            let found = found.filter(|one| !one.sha256.as_str().is_empty());
            let missing = || Failure::new(FailureKind::Missing, absent(id));
            Some(found.ok_or_else(missing)?.sha256.to_string())
        }
    };
    watch.step(Step::Write);
    act(&kept.vault, &vault, read.case, (None, author), of(object)?)
}

fn absent(id: &str) -> Message {
    Message::new("evidence-absent").text("id", id)
}
