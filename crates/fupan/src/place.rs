//! Where a case lives: a folder, a JSON file, a vault of many cases, a folder with a vault of its own
//! inside it, or a bag.

use crate::Failure;
use crate::bag_folder::BagFolder;
use std::fs;
use std::path::{Path, PathBuf};

/// Name of the vault inside a case folder. It begins with a dot, so that it is no part of the folder.
const INSIDE: &str = ".vault";
/// What stands between the path of a vault and the case meant in it.
const OF: char = '#';

/// Case place (卷宗所在).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CasePlace {
    /// A folder of text files.
    Folder(PathBuf),
    /// A `fupan-case/1` file, or nothing yet.
    File(PathBuf),
    /// A case in a vault.
    Kept(KeptCase),
    /// A released bag, which is read and never written to.
    Bag(PathBuf),
}

/// Kept case (在库卷宗): which case of which vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptCase {
    /// The vault's folder.
    pub(crate) vault: PathBuf,
    /// The case's id or its number in the vault; `None`: the vault's only one.
    pub(crate) case: Option<String>,
    /// The case folder that the vault is inside of.
    pub(crate) folder: Option<PathBuf>,
}

/// What a path that a person wrote means. `VAULT#CASE` names one case of a vault.
pub(crate) fn locate(path: &Path) -> CasePlace {
    let kept = |vault: &Path, case: Option<&str>, folder: Option<&Path>| {
        CasePlace::Kept(KeptCase {
            vault: vault.to_path_buf(),
            case: case.map(str::to_owned),
            folder: folder.map(Path::to_path_buf),
        })
    };
    if path.is_dir() {
        return if is_vault(path) {
            kept(path, None, None)
        } else if is_vault(&inside(path)) {
            kept(&inside(path), None, Some(path))
        } else if BagFolder::is_one(path) && !path.join("case.toml").exists() {
            CasePlace::Bag(path.to_path_buf())
        } else {
            CasePlace::Folder(path.to_path_buf())
        };
    }
    let split = path.to_str().filter(|_| !path.exists()).and_then(|text| text.rsplit_once(OF));
    match split {
        Some((vault, case)) if is_vault(Path::new(vault)) => {
            kept(Path::new(vault), Some(case).filter(|case| !case.is_empty()), None)
        }
        _ => CasePlace::File(path.to_path_buf()),
    }
}

/// The vault of a path: itself, or the one inside a case folder.
///
/// # Errors
/// There is none.
pub(crate) fn vault_of(path: &Path) -> Result<PathBuf, Failure> {
    match locate(path) {
        CasePlace::Kept(kept) => Ok(kept.vault),
        CasePlace::Folder(path) | CasePlace::File(path) | CasePlace::Bag(path) => {
            Err(no_vault(&path))
        }
    }
}

/// That nothing is added to a bag.
pub(crate) fn sealed(path: &Path) -> Failure {
    let message = crate::Message::new("bag-sealed").text("path", path.display());
    Failure::new(crate::FailureKind::Input, message)
}

/// That a path is no vault and holds none.
pub(crate) fn no_vault(path: &Path) -> Failure {
    if !path.exists() {
        return Failure::absent(path);
    }
    let message = crate::Message::new("vault-none").text("path", path.display());
    Failure::new(crate::FailureKind::Input, message)
}

/// Where the vault of a case folder stands.
pub(crate) fn inside(folder: &Path) -> PathBuf {
    folder.join(INSIDE)
}

/// Whether a folder is a vault, of whatever version.
pub(crate) fn is_vault(folder: &Path) -> bool {
    fs::read(folder.join("format")).is_ok_and(|text| text.starts_with(b"fupan-vault/"))
}
