//! A case that a use case adds to. Whatever the case lives in, the same four steps: read it; lay the new
//! files over it; read that as a whole, so that every fault is found before anything is written; then
//! record it in the vault, if there is one, and write the files, if there is a folder.

mod base;
mod change;
mod look;
mod originals;
mod record;
mod refuse;
mod settle;

pub(crate) use base::Base;
pub(crate) use change::{Change, changes};
pub(crate) use look::look;
pub(crate) use originals::keep_originals;
pub(crate) use record::{act, custody, custody_of_many, received, state};
pub(crate) use settle::{Settled, Settling};

use crate::evidence::Overlay;
use crate::output::{Content, Output, replace_all};
use crate::place::{CasePlace, KeptCase, locate, sealed};
use crate::{Actor, Failure, FailureKind, Message, Step, Watch, case, cellar, input};
use fupan_intake::{IntakeDefaults, case_folder};
use fupan_model::{CaseFile, Evidence};
use fupan_standard::Book;
use fupan_vault::{Attested, CaseRead, Vault};
use std::path::{Path, PathBuf};

/// Entered (入卷结果): what adding to a case came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// Files written in the case's folder.
    pub files: Vec<PathBuf>,
    /// The entry, where the case lives in a vault.
    pub entry: Option<EntryMade>,
}

/// Entry made (入账记录): an act that is in the log for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryMade {
    /// Index in the log.
    pub index: u64,
    /// Version of the case after it.
    pub version: u64,
    /// Name of the log.
    pub origin: String,
    /// Size of the log whose signed head covers it.
    pub size: u64,
}

/// A case that is being added to.
pub(crate) struct Carried<'a> {
    /// The case as it is.
    pub(crate) case: CaseFile,
    /// Its files.
    pub(crate) base: Base,
    /// By whom the new evidence was attested.
    pub(crate) attested: Option<Box<Attested>>,
    /// Why something that is stated already is put right; `None`: nothing is.
    pub(crate) reason: Option<String>,
    actor: &'a Actor,
    folder: Option<PathBuf>,
    vault: Option<(PathBuf, Vault, CaseRead)>,
}

impl<'a> Carried<'a> {
    /// Opens the case at `path` to add to it.
    ///
    /// # Errors
    /// A `fupan-case/1` file is refused; faults of the case; in a vault: nobody named as author, a
    /// version that is not the present one, or a folder that is not what the vault says.
    pub(crate) fn open(path: &Path, actor: &'a Actor, book: &Book) -> Result<Self, Failure> {
        match locate(path) {
            CasePlace::File(path) if path.is_file() => {
                let message = Message::new("import-needs-folder").text("path", path.display());
                Err(Failure::new(FailureKind::Input, message))
            }
            CasePlace::File(path) => Err(Failure::absent(&path)),
            CasePlace::Bag(path) => Err(sealed(&path)),
            CasePlace::Folder(folder) => {
                let case = case::read(&folder, book)?;
                let base = Base::Disk(folder.clone());
                Ok(Self {
                    case,
                    base,
                    attested: None,
                    reason: None,
                    actor,
                    folder: Some(folder),
                    vault: None,
                })
            }
            CasePlace::Kept(kept) => Self::in_vault(kept, actor, book),
        }
    }

    fn in_vault(kept: KeptCase, actor: &'a Actor, book: &Book) -> Result<Self, Failure> {
        actor.author()?;
        let vault = cellar::open(&kept.vault, actor.keys()?, None)?;
        let read = cellar::find(&vault, &kept.vault, kept.case.as_deref())?;
        if let Some(expected) = actor.expected.filter(|expected| *expected != read.version) {
            let current = read.version;
            let stale = fupan_vault::Refused::Stale { expected, current };
            return Err(cellar::failure(&kept.vault, &stale.into()));
        }
        let (case, base) = match &kept.folder {
            Some(folder) => {
                let case = case::read_folder(folder, book)?;
                if !changes(&read.parts, &case).is_empty() {
                    return Err(differs(folder));
                }
                (case, Base::Disk(folder.clone()))
            }
            None => (case::of_journal(&read), Base::of(&read, vault.objects().clone())),
        };
        let vault = Some((kept.vault, vault, read));
        Ok(Self { case, base, attested: None, reason: None, actor, folder: kept.folder, vault })
    }

    /// The vault that the case lives in: its folder, itself, and what was read of the case.
    pub(crate) fn kept(&self) -> Option<(&Path, &Vault, &CaseRead)> {
        self.vault.as_ref().map(|(root, vault, read)| (root.as_path(), vault, read))
    }

    /// The folder that the case lies in besides.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The case as it would be with new files in it.
    ///
    /// # Errors
    /// Everything that is wrong in it.
    pub(crate) fn with(
        &self,
        outputs: &[Output],
        defaults: &IntakeDefaults,
        watch: &dyn Watch,
    ) -> Result<CaseFile, Failure> {
        let overlay = Overlay { base: &self.base, new: outputs, watch };
        let read = case_folder::read(&overlay, defaults);
        read.map_err(|e| Failure::stopped_or(watch, || input::failure(&e)))
    }

    /// Records the case as it is with the new files in it, and writes them.
    ///
    /// # Errors
    /// Somebody else was first; it cannot be written. Before the entry is in the log, nothing is.
    pub(crate) fn keep(
        self,
        outputs: &[Output],
        after: &CaseFile,
        watch: &dyn Watch,
    ) -> Result<Entered, Failure> {
        watch.step(Step::Write);
        let mut stated = Entered::default();
        if let Some((root, vault, read)) = &self.vault {
            stated.entry = Some(self.record(root, vault, read, (outputs, after), watch)?);
        }
        if let Some(folder) = &self.folder {
            stated.files = replace_all(folder, outputs, watch)?;
        }
        Ok(stated)
    }

    fn record(
        &self,
        root: &Path,
        vault: &Vault,
        read: &CaseRead,
        (outputs, after): (&[Output], &CaseFile),
        watch: &dyn Watch,
    ) -> Result<EntryMade, Failure> {
        let file_of = |evidence: &Evidence| -> Option<PathBuf> {
            outputs.iter().find(|output| output.path == evidence.path).and_then(|output| {
                match &output.content {
                    Content::Copy { from, .. } => Some(from.clone()),
                    Content::Bytes(_) => None,
                }
            })
        };
        let settling = Settling {
            author: self.actor.author()?,
            reason: self.reason.as_deref(),
            attested: self.attested.as_deref(),
            file_of: &file_of,
            watch,
        };
        let settled = settling.settle(root, vault, read, changes(&read.parts, after))?;
        settled.entry.ok_or_else(|| Failure::bug("an addition that adds nothing"))
    }
}

/// That a folder was changed by other hands than the program's.
pub(crate) fn differs(folder: &Path) -> Failure {
    let message = Message::new("vault-folder-differs").text("path", folder.display());
    Failure::new(FailureKind::Conflict, message)
}
