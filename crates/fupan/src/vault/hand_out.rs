//! Use case: what others check a vault and its bags with, to be handed to them by another way than the bag.

use crate::output::{Output, replace_all};
use crate::place::vault_of;
use crate::{Failure, Step, Watch, cellar};
use fupan_ledger::VerifyKey;
use std::path::{Path, PathBuf};

/// Writes `log.vkey`, the key of the log of the vault of `path`, and `policy.txt`, the policy that asks for the
/// log's own signature and no cosigner's, to `out`.
///
/// # Errors
/// No vault; it cannot be written.
pub fn hand_out_keys(path: &Path, out: &Path, watch: &dyn Watch) -> Result<Vec<PathBuf>, Failure> {
    let root = vault_of(path)?;
    watch.step(Step::Read);
    let keys = cellar::log_keys(&root, &cellar::reading(&root))?;
    let first = keys.first().ok_or_else(|| Failure::bug("a vault without a key"))?;
    let outputs = [
        Output::new("log.vkey".to_owned(), format!("{first}\n").into_bytes()),
        Output::new("policy.txt".to_owned(), log_alone(&keys).into_bytes()),
    ];
    watch.step(Step::Write);
    replace_all(out, &outputs, watch)
}

/// The policy that the log's own signature is enough for.
pub(crate) fn log_alone(keys: &[VerifyKey]) -> String {
    let logs: String = keys.iter().map(|key| format!("log {key}\n")).collect();
    format!("{logs}quorum none\n")
}
