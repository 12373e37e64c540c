//! Use case: the proof of one entry, to hand out: its leaf and a C2SP tlog-proof. Whoever has the log's
//! key checks it with no program of ours.

use crate::output::{Output, replace_all};
use crate::place::vault_of;
use crate::{Failure, FailureKind, Message, Step, Watch, cellar};
use std::path::{Path, PathBuf};

/// Writes `<index>.entry` and `<index>.tlog-proof` of the vault of `path` to `out`.
///
/// # Errors
/// No vault; an index beyond its log ([`FailureKind::Missing`]).
pub fn prove_entry(
    path: &Path,
    index: u64,
    out: &Path,
    watch: &dyn Watch,
) -> Result<Vec<PathBuf>, Failure> {
    let root = vault_of(path)?;
    watch.step(Step::Read);
    let vault = cellar::open_to_read(&root)?;
    let fault = |error| cellar::failure(&root, &error);
    let (_, head) = vault.head().map_err(fault)?;
    if index >= head.size {
        let message = Message::new("vault-no-entry").text("index", index).text("size", head.size);
        return Err(Failure::new(FailureKind::Missing, message));
    }
    let (leaf, proof) = vault.prove(index).map_err(fault)?;
    let outputs = [
        Output::new(format!("{index}.entry"), leaf),
        Output::new(format!("{index}.tlog-proof"), proof.to_string().into_bytes()),
    ];
    watch.step(Step::Write);
    replace_all(out, &outputs, watch)
}
