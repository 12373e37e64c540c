//! Use case: what others check a vault and its bags with, to be handed to them by another way than the bag.

use crate::output::{Output, replace_all};
use crate::place::vault_of;
use crate::{Failure, FailureKind, Message, Step, Watch, cellar};
use fupan_ledger::VerifyKey;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes `log.vkey`, the key of the log of the vault of `path`, and `policy.txt`, the policy that asks for the
/// log's own signature and no cosigner's, to `out`.
///
/// # Errors
/// No vault; one of the files is there with other words ([`FailureKind::Conflict`]): a policy that asks for
/// cosigners must not become one that does not; it cannot be written.
pub fn hand_out_keys(path: &Path, out: &Path, watch: &dyn Watch) -> Result<Vec<PathBuf>, Failure> {
    let root = vault_of(path)?;
    watch.step(Step::Read);
    let keys = cellar::log_keys(&root, &cellar::reading(&root))?;
    let first = keys.first().ok_or_else(|| Failure::bug("a vault without a key"))?;
    let words = [("log.vkey", format!("{first}\n")), ("policy.txt", log_alone(&keys))];
    for (name, words) in &words {
        let target = out.join(name);
        if target.exists() && fs::read(&target).ok().as_deref() != Some(words.as_bytes()) {
            let message = Message::new("hand-out-there").text("path", target.display());
            return Err(Failure::new(FailureKind::Conflict, message));
        }
    }
    let outputs = words.map(|(name, words)| Output::new(name.to_owned(), words.into_bytes()));
    watch.step(Step::Write);
    replace_all(out, &outputs, watch)
}

/// The policy that the log's own signature is enough for.
pub(crate) fn log_alone(keys: &[VerifyKey]) -> String {
    let logs: String = keys.iter().map(|key| format!("log {key}\n")).collect();
    format!("{logs}quorum none\n")
}
