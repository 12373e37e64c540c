//! Folders below a vault. What stands in one is only as durable as its own name in the folder above it, whoever
//! made it: another thread that is not done with it, or a process that was killed.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::durable;

/// So many folders are remembered; then it is begun anew, which costs nothing but asking the disk again.
const MEMORY: usize = 100_000;

/// Folders whose names this process has made durable.
#[derive(Debug, Default)]
pub(super) struct Folders {
    sure: Mutex<BTreeSet<PathBuf>>,
}

/// Folders that are there, and which must be made durable for what is put into them.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Folders that hold names which are not surely durable.
    pub(super) holding: BTreeSet<PathBuf>,
    /// The folders with those names.
    fresh: BTreeSet<PathBuf>,
}

impl Folders {
    /// Makes a folder below the root, and those between. `made` is added to.
    pub(super) fn make(&self, root: &Path, folder: &Path, made: &mut Made) -> io::Result<()> {
        let mut missing = Vec::new();
        {
            let sure = self.sure.lock().unwrap_or_else(PoisonError::into_inner);
            let below = folder.ancestors().take_while(|one| *one != root && one.starts_with(root));
            missing.extend(below.take_while(|one| !sure.contains(*one)).map(Path::to_owned));
        }
        for folder in missing.into_iter().rev() {
            if made.fresh.contains(&folder) {
                continue;
            }
            durable::make_folder(&folder)?;
            made.holding.extend(folder.parent().map(Path::to_owned));
            made.fresh.insert(folder);
        }
        Ok(())
    }

    /// All that was `holding` is durable.
    pub(super) fn settled(&self, made: Made) {
        let mut sure = self.sure.lock().unwrap_or_else(PoisonError::into_inner);
        if sure.len() > MEMORY {
            sure.clear();
        }
        sure.extend(made.fresh);
    }
}
