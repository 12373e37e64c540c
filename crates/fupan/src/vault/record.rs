//! Use case: what a person changed in a case folder by hand, into the vault: new statements as an entry,
//! changed and withdrawn ones as corrections with their reason. The entries they correct stay.

use crate::carry::{Change, act, changes, custody, keep_originals, received, state};
use crate::place::{CasePlace, locate};
use crate::{Actor, EntryMade, Failure, FailureKind, Message, Step, Watch, book, case, cellar};
use fupan_ledger::Ulid;
use fupan_model::Evidence;
use fupan_vault::{Act, Correction, Refused, StandingPart, Statement};
use std::path::Path;

/// Reconciled (补记结果): what was found and recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Statements that were new.
    pub new: usize,
    /// Statements that were put right.
    pub corrected: usize,
    /// Statements that were withdrawn.
    pub withdrawn: usize,
    /// The last entry; `None`: the folder says what the vault says.
    pub entry: Option<EntryMade>,
}

/// Records in the vault of the case at `path` what `folder` says; without one, what the folder says
/// that the vault is inside of. `reason`: why statements are changed or withdrawn.
///
/// # Errors
/// No folder; faults of the case in it; changed statements and no reason; a stale version.
pub fn record_changes(
    path: &Path,
    folder: Option<&Path>,
    reason: Option<&str>,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Reconciled, Failure> {
    watch.step(Step::Read);
    let CasePlace::Kept(kept) = locate(path) else { return Err(crate::place::no_vault(path)) };
    let input = |key: &str| Failure::new(FailureKind::Input, Message::new(key));
    let folder = folder.or(kept.folder.as_deref()).ok_or_else(|| input("vault-record-folder"))?;
    let (root, author) = (kept.vault.as_path(), actor.author()?);
    let after = case::read_folder(folder, &book::shipped()?)?;
    let vault = cellar::open(root, actor.keys()?, None)?;
    let read = cellar::find(&vault, root, kept.case.as_deref())?;
    if let Some(expected) = actor.expected.filter(|expected| *expected != read.version) {
        let stale = Refused::Stale { expected, current: read.version };
        return Err(cellar::failure(root, &stale.into()));
    }
    let Change { new, corrected } = changes(&read.parts, &after);
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if !corrected.is_empty() && reason.is_none() {
        return Err(input("vault-record-reason"));
    }
    watch.step(Step::Write);
    let file_of = |evidence: &Evidence| {
        crate::folder::inside(folder, &evidence.path).filter(|file| file.is_file())
    };
    let mut recorded = Reconciled { new: new.len(), ..Reconciled::default() };
    let mut version = read.version;
    let new = keep_originals(root, &vault, new, &file_of, watch)?;
    if !new.is_empty() {
        let entry = state(root, &vault, read.case, (version, author), new.clone())?;
        version = entry.version;
        recorded.entry = Some(entry);
    }
    for statement in &new {
        if let Statement::Evidence(exhibit) = statement {
            custody(root, &vault, read.case, author, &received(&exhibit.evidence))?;
        }
    }
    for (of, part, now) in corrected {
        match now {
            Some(_) => recorded.corrected += 1,
            None => recorded.withdrawn += 1,
        }
        let mut now = keep_originals(root, &vault, now.into_iter().collect(), &file_of, watch)?;
        now.iter_mut().for_each(|now| still_attested(now, &read.parts, (of, part)));
        let correction = Correction {
            of: of.to_string(),
            part,
            reason: reason.unwrap_or_default().to_owned(),
            now: now.into_iter().next(),
        };
        let correct = Act::Correct(Box::new(correction));
        let entry = act(root, &vault, read.case, (Some(version), author), correct)?;
        version = entry.version;
        recorded.entry = Some(entry);
    }
    Ok(recorded)
}

/// A folder does not say who attested; what the vault knows of that stays with the same bytes.
fn still_attested(now: &mut Statement, parts: &[StandingPart], (of, part): (Ulid, u64)) {
    let before = parts.iter().find(|one| one.entry == of && one.part == part);
    let (Statement::Evidence(now), Some(Statement::Evidence(before))) =
        (now, before.map(|one| &one.now))
    else {
        return;
    };
    if now.evidence.sha256 == before.evidence.sha256 {
        now.attested.clone_from(&before.attested);
    }
}
