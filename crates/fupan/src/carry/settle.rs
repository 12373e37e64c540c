//! What must be recorded so that a vault says what a case file says: new statements as one entry, changed
//! and withdrawn ones as corrections with their reason. The entries they correct stay.

use super::{Change, act, custody_of_many, keep_originals, received, state};
use crate::{EntryMade, Failure, FailureKind, Message, Watch};
use fupan_ledger::Ulid;
use fupan_model::Evidence;
use fupan_vault::{Act, Attested, CaseRead, Correction, StandingPart, Statement, Vault};
use std::path::{Path, PathBuf};

/// Settled (补记所得): how many statements were recorded, and the last entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settled {
    /// New ones.
    pub(crate) new: usize,
    /// Ones put right.
    pub(crate) corrected: usize,
    /// Ones withdrawn.
    pub(crate) withdrawn: usize,
    /// The last entry; `None`: there was nothing to record.
    pub(crate) entry: Option<EntryMade>,
}

/// With what changes are recorded.
pub(crate) struct Settling<'a> {
    /// Who.
    pub(crate) author: &'a str,
    /// Why statements are changed or withdrawn.
    pub(crate) reason: Option<&'a str>,
    /// By whom new evidence was attested.
    pub(crate) attested: Option<&'a Attested>,
    /// Where the original of a piece of evidence lies.
    pub(crate) file_of: &'a dyn Fn(&Evidence) -> Option<PathBuf>,
    /// Who watches.
    pub(crate) watch: &'a dyn Watch,
}

impl Settling<'_> {
    /// Records the change in a case as it was read.
    ///
    /// # Errors
    /// Changed statements and no reason; somebody else was first; it cannot be written.
    pub(crate) fn settle(
        &self,
        root: &Path,
        vault: &Vault,
        read: &CaseRead,
        change: Change,
    ) -> Result<Settled, Failure> {
        let reason = self.reason.map(str::trim).filter(|reason| !reason.is_empty());
        if !change.corrected.is_empty() && reason.is_none() {
            let message = Message::new("vault-record-reason");
            return Err(Failure::new(FailureKind::Input, message));
        }
        let mut settled = Settled { new: change.new.len(), ..Settled::default() };
        let mut version = read.version;
        let mut new = keep_originals(root, vault, change.new, self.file_of, self.watch)?;
        for statement in &mut new {
            if let (Statement::Evidence(exhibit), Some(attested)) = (statement, self.attested) {
                exhibit.attested = Some(Box::new(attested.clone()));
            }
        }
        if !new.is_empty() {
            let by = (version, self.author);
            let entry = state(root, vault, read.case, by, new.clone())?;
            version = entry.version;
            settled.entry = Some(entry);
        }
        let came: Vec<_> = new
            .iter()
            .filter_map(|statement| match statement {
                Statement::Evidence(exhibit) => Some(received(&exhibit.evidence)),
                _ => None,
            })
            .collect();
        custody_of_many(root, vault, read.case, self.author, &came)?;
        for (of, part, now) in change.corrected {
            match now {
                Some(_) => settled.corrected += 1,
                None => settled.withdrawn += 1,
            }
            let now = now.into_iter().collect();
            let mut now = keep_originals(root, vault, now, self.file_of, self.watch)?;
            now.iter_mut().for_each(|now| still_attested(now, &read.parts, (of, part)));
            let correction = Correction {
                of: of.to_string(),
                part,
                reason: reason.unwrap_or_default().to_owned(),
                now: now.into_iter().next(),
            };
            let by = (Some(version), self.author);
            let entry = act(root, vault, read.case, by, Act::Correct(Box::new(correction)))?;
            version = entry.version;
            settled.entry = Some(entry);
        }
        Ok(settled)
    }
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
