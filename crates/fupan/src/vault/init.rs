//! Use case: a new vault. In a case folder it is a vault of one, and takes the case in.

use super::take::take;
use crate::cellar::{self, KeyRing};
use crate::place::{CasePlace, inside, locate};
use crate::{Actor, EntryMade, Failure, FailureKind, Message, Step, Watch, book, case};
use fupan_ledger::release::fingerprint;
use fupan_vault::{Signer as _, Vault};
use std::fs;
use std::path::{Path, PathBuf};

/// Vault made (建库结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultMade {
    /// Its folder.
    pub vault: PathBuf,
    /// The verifier keys of its log, one each, Ed25519 first.
    pub keys: Vec<String>,
    /// Fingerprint of the first.
    pub fingerprint: String,
    /// The file with the secrets.
    pub key_file: Option<PathBuf>,
    /// The entry that the case came in by, where there is one.
    pub entry: Option<EntryMade>,
}

/// Begins a vault at `path`: inside it, where it is a case folder; else as a folder of many cases,
/// which is absent or empty before. A vault inside a case folder whose case did not come in, because a
/// run before broke off, is finished.
///
/// # Errors
/// There is a vault already, or a folder that holds something else ([`FailureKind::Conflict`]); faults
/// of the case; nobody named as author of what is stated.
pub fn init_vault(path: &Path, actor: &Actor, watch: &dyn Watch) -> Result<VaultMade, Failure> {
    watch.step(Step::Read);
    let keys = actor.keys()?;
    match locate(path) {
        CasePlace::Kept(kept) => {
            let Some(folder) = kept.folder.as_deref() else { return Err(taken(path)) };
            let vault = cellar::open(&kept.vault, keys, None)?;
            let cases = vault.cases().map_err(|error| cellar::failure(&kept.vault, &error))?;
            if !cases.is_empty() {
                return Err(taken(path));
            }
            drop(vault);
            fill(&kept.vault, folder, None, actor, watch)
        }
        CasePlace::Folder(folder) if folder.join("case.toml").exists() => {
            // All that can be wrong with the case is found before anything is made.
            actor.author()?;
            let read = case::read_folder(&folder, &book::shipped()?)?;
            crate::export::originals(&folder, &read, watch)?;
            let vault = inside(&folder);
            let key_file = begin(&vault, keys)?;
            fill(&vault, &folder, Some(key_file), actor, watch)
        }
        CasePlace::Folder(folder) | CasePlace::File(folder) | CasePlace::Bag(folder) => {
            if folder.is_file() || fs::read_dir(&folder).is_ok_and(|mut all| all.next().is_some()) {
                let message = Message::new("vault-not-empty").text("path", folder.display());
                return Err(Failure::new(FailureKind::Conflict, message));
            }
            let key_file = begin(&folder, keys)?;
            made(&folder, Some(key_file), None)
        }
    }
}

/// Draws the keys, then makes the vault; gives the file with the secrets.
fn begin(root: &Path, keys: &Path) -> Result<PathBuf, Failure> {
    let (signer, key_file) = KeyRing::new(keys).draw()?;
    let store = cellar::writing(root)?;
    Vault::init(&store, &signer).map_err(|error| cellar::failure(root, &error))?;
    debug_assert!(signer.verify_key().name().ends_with(".fupan"), "the origin names no host");
    Ok(key_file)
}

fn fill(
    root: &Path,
    folder: &Path,
    key_file: Option<PathBuf>,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<VaultMade, Failure> {
    let entry = take(root, CasePlace::Folder(folder.to_path_buf()), actor, watch)?;
    made(root, key_file, Some(entry))
}

fn made(
    root: &Path,
    key_file: Option<PathBuf>,
    entry: Option<EntryMade>,
) -> Result<VaultMade, Failure> {
    let keys = cellar::log_keys(root, &cellar::reading(root))?;
    Ok(VaultMade {
        vault: root.to_path_buf(),
        fingerprint: keys.first().map(fingerprint).unwrap_or_default(),
        keys: keys.iter().map(ToString::to_string).collect(),
        key_file,
        entry,
    })
}

fn taken(path: &Path) -> Failure {
    let message = Message::new("vault-there").text("path", path.display());
    Failure::new(FailureKind::Conflict, message)
}
