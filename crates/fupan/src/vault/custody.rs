//! Use case: what was done with a piece of evidence outside the program: looked at, moved, handed over.

use super::history::DEEDS;
use crate::carry::custody;
use crate::place::{CasePlace, locate, no_vault};
use crate::{Actor, EntryMade, Failure, FailureKind, Message, Step, Watch, cellar};
use fupan_vault::Custody;
use std::path::Path;

/// Custody words (经手说明): what a person says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustodyWords {
    /// Number of the evidence.
    pub evidence: String,
    /// The deed: `received`, `viewed`, `moved`, `handed-over`, `exported`, `verified`.
    pub deed: String,
    /// From whom or where.
    pub from: Option<String>,
    /// To whom or where.
    pub to: Option<String>,
    /// Why, or what was found.
    pub note: Option<String>,
}

/// Notes it in the vault of the case at `path`.
///
/// # Errors
/// No vault; a deed that is none; evidence that the case has not ([`FailureKind::Missing`]).
pub fn note_custody(
    path: &Path,
    words: &CustodyWords,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<EntryMade, Failure> {
    let CasePlace::Kept(kept) = locate(path) else { return Err(no_vault(path)) };
    let author = actor.author()?;
    let deed = DEEDS.into_iter().find(|deed| deed.word() == words.deed).ok_or_else(|| {
        let known = DEEDS.map(fupan_vault::Deed::word).join(", ");
        let message = Message::new("custody-deed").text("found", &words.deed).text("known", known);
        Failure::new(FailureKind::Input, message)
    })?;
    let vault = cellar::open(&kept.vault, actor.keys()?, None)?;
    let read = cellar::find(&vault, &kept.vault, kept.case.as_deref())?;
    let found = read.file.evidence.iter().find(|one| one.id.as_str() == words.evidence);
    let evidence = found.ok_or_else(|| {
        let message = Message::new("evidence-absent").text("id", &words.evidence);
        Failure::new(FailureKind::Missing, message)
    })?;
    watch.step(Step::Write);
    let done = Custody {
        deed,
        evidence: evidence.id.to_string(),
        object: Some(evidence.sha256.to_string()).filter(|digest| !digest.is_empty()),
        from: words.from.clone(),
        to: words.to.clone(),
        note: words.note.clone().unwrap_or_default(),
    };
    custody(&kept.vault, &vault, read.case, author, &done)
}
