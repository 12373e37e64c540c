//! Use cases: a copy of a vault, while it is written to; and a vault out of a copy.

use crate::place::{is_vault, no_vault, vault_of};
use crate::{Actor, Failure, FailureKind, Message, Step, Watch, carry, cellar, verify};
use fupan_vault::{BackupReport, Deed, VerifyReport, backup, restore};
use std::fs;
use std::path::Path;

/// Copied (备份或恢复结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// A copy was made or brought up to date; and what must be known besides.
    Backup(BackupReport, Vec<Message>),
    /// A vault was restored and verified.
    Restored(VerifyReport),
}

/// Copies the vault of `path` to `to`: an empty folder, or an earlier copy. That all of it leaves is an entry in
/// each case, which the copy holds, where somebody is named.
///
/// # Errors
/// A vault that is not whole; a target that holds something and is no earlier copy of it
/// ([`FailureKind::Conflict`]).
pub fn backup_vault(
    path: &Path,
    to: &Path,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Copied, Failure> {
    let root = vault_of(path)?;
    copy_or_free(to)?;
    watch.step(Step::Write);
    let from = cellar::reading(&root);
    let keys = cellar::log_keys(&root, &from)?;
    let key = keys.first().ok_or_else(|| Failure::bug("no key"))?;
    let target = cellar::writing(to)?;
    let notes = carry::look(path, (Deed::Exported, "backup".to_owned()), actor)?;
    let report = backup(&from, &target, key);
    report
        .map(|report| Copied::Backup(report, notes))
        .map_err(|error| cellar::backup_failure(&root, error))
}

/// What a first copy that was cut off has left so far; it is gone on with.
const BEGUN: [&str; 3] = ["lock", "staging", "objects"];

/// Refuses a folder that holds other things: a copy would lie among them for ever.
fn copy_or_free(to: &Path) -> Result<(), Failure> {
    let other = |entry: fs::DirEntry| !BEGUN.iter().any(|begun| entry.file_name() == *begun);
    let holds_other = fs::read_dir(to).is_ok_and(|all| all.flatten().any(other));
    if is_vault(to) || !holds_other {
        return Ok(());
    }
    let message = Message::new("vault-copy-target").text("path", to.display());
    Err(Failure::new(FailureKind::Conflict, message))
}

/// Restores a vault from `copy` into the empty folder `to`. The copy is verified against `log_key`, which
/// must not come from it, and so is what was restored.
///
/// # Errors
/// A copy that is not whole ([`FailureKind::Integrity`]); a folder that is not empty.
pub fn restore_vault(
    copy: &Path,
    to: &Path,
    log_key: Option<&str>,
    watch: &dyn Watch,
) -> Result<Copied, Failure> {
    if !is_vault(copy) {
        return Err(no_vault(copy));
    }
    let key = verify::log_key(
        log_key.ok_or_else(|| Failure::new(FailureKind::Input, Message::new("vault-no-anchor")))?,
    )?;
    if fs::read_dir(to).is_ok_and(|mut all| all.next().is_some()) {
        let message = Message::new("vault-not-empty").text("path", to.display());
        return Err(Failure::new(FailureKind::Conflict, message));
    }
    watch.step(Step::Verify);
    let target = cellar::writing(to)?;
    let report = restore(&cellar::reading(copy), &target, &key);
    report.map(Copied::Restored).map_err(|error| cellar::backup_failure(copy, error))
}
