//! Use case: what a person changed in a case folder by hand, into the vault: new statements as an entry,
//! changed and withdrawn ones as corrections with their reason. The entries they correct stay.

use crate::carry::{Settled, Settling, changes};
use crate::place::{CasePlace, locate};
use crate::{Actor, EntryMade, Failure, FailureKind, Message, Step, Watch, book, case, cellar};
use fupan_model::Evidence;
use fupan_vault::Refused;
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
    watch.step(Step::Write);
    let file_of = |evidence: &Evidence| {
        crate::folder::inside(folder, &evidence.path).filter(|file| file.is_file())
    };
    let settling = Settling { author, reason, attested: None, file_of: &file_of, watch };
    let settled = settling.settle(root, &vault, &read, changes(&read.parts, &after))?;
    let Settled { new, corrected, withdrawn, entry } = settled;
    Ok(Reconciled { new, corrected, withdrawn, entry })
}
