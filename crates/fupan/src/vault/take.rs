//! Use case: a case into a vault, whole, with its originals.

use crate::carry::{custody_of_many, keep_originals, received, state};
use crate::place::{CasePlace, locate, sealed, vault_of};
use crate::{
    Actor, EntryMade, Failure, FailureKind, Message, Step, Watch, book, case, cellar, chance,
};
use fupan_model::Evidence;
use fupan_vault::Statement;
use std::path::{Path, PathBuf};

/// Takes the case at `path`, a folder or a `fupan-case/1` file, into the vault.
///
/// # Errors
/// Faults of the case, an original that is not there, a case of that id that the vault has already
/// ([`FailureKind::Conflict`]), nobody named as author.
pub fn take_case(
    vault: &Path,
    path: &Path,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<EntryMade, Failure> {
    take(&vault_of(vault)?, locate(path), actor, watch)
}

/// Takes a case in that does not live in a vault.
///
/// # Errors
/// As [`take_case`].
pub(super) fn take(
    root: &Path,
    place: CasePlace,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<EntryMade, Failure> {
    watch.step(Step::Read);
    let author = actor.author()?;
    let book = book::shipped()?;
    let (path, read) = match place {
        CasePlace::Folder(path) => {
            let read = case::read_folder(&path, &book)?;
            (path, read)
        }
        CasePlace::File(path) => {
            let read = case::read(&path, &book)?;
            (path, read)
        }
        CasePlace::Bag(path) => return Err(sealed(&path)),
        CasePlace::Kept(kept) => {
            let message = Message::new("vault-take-kept").text("path", kept.vault.display());
            return Err(Failure::new(FailureKind::Input, message));
        }
    };
    let whole = crate::export::whole_file(&path, watch)?;
    let file_of = |evidence: &Evidence| -> Option<PathBuf> {
        if whole.as_ref() == Some(&evidence.sha256) {
            return Some(path.clone());
        }
        let beside = if path.is_dir() { &path } else { path.parent()? };
        crate::folder::inside(beside, &evidence.path).filter(|file| file.is_file())
    };
    let vault = cellar::open(root, actor.keys()?, None)?;
    let fault = |error| cellar::failure(root, &error);
    for (number, _) in vault.cases().map_err(fault)? {
        if vault.case_file(number).map_err(fault)?.file.id == read.id {
            let message = Message::new("vault-case-there").text("path", root.display());
            return Err(Failure::new(FailureKind::Conflict, message.text("case", &read.id)));
        }
    }
    watch.step(Step::Write);
    let number = chance::ulid(chance::now_ms()?)?;
    let statements = keep_originals(root, &vault, Statement::all_of(&read), &file_of, watch)?;
    let entry = state(root, &vault, number, (0, author), statements)?;
    let came: Vec<_> = read.evidence.iter().map(received).collect();
    custody_of_many(root, &vault, number, author, &came)?;
    Ok(entry)
}
