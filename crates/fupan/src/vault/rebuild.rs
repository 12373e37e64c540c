//! Use case: the index of a vault anew, from log and objects. It is a cache: nothing is lost with it.

use crate::place::vault_of;
use crate::{Actor, Failure, Step, Watch, cellar};
use std::path::Path;

/// Rebuilt (重建结果).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// Entries of the log that were read.
    pub entries: u64,
    /// Whether the index that was there had the same rows.
    pub same: bool,
}

/// Rebuilds the index of the vault of `path`.
///
/// # Errors
/// The log or an object cannot be read; the keys of the log are not there.
pub fn rebuild_index(path: &Path, actor: &Actor, watch: &dyn Watch) -> Result<Rebuilt, Failure> {
    let root = vault_of(path)?;
    watch.step(Step::Write);
    let vault = cellar::open(&root, actor.keys()?, None)?;
    let fault = |error| cellar::failure(&root, &error);
    let before = vault.index_dump().map_err(fault)?;
    vault.rebuild().map_err(fault)?;
    let (_, head) = vault.head().map_err(fault)?;
    let after = vault.index_dump().map_err(fault)?;
    Ok(Rebuilt { entries: head.size, same: before == after })
}
