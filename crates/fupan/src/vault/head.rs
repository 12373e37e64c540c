//! Use case: the head of a vault's log, and the cases in it.

use crate::place::vault_of;
use crate::{Failure, cellar};
use fupan_ledger::release::fingerprint;
use std::path::Path;

/// Head shown (日志头).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadShown {
    /// The signed note, as it stands.
    pub note: String,
    /// Name of the log.
    pub origin: String,
    /// Entries.
    pub size: u64,
    /// The verifier keys that stand in the vault.
    pub keys: Vec<String>,
    /// Fingerprint of the first.
    pub fingerprint: String,
    /// Cases: number, id, version.
    pub cases: Vec<(String, String, u64)>,
}

/// Reads the head of the vault of `path`.
///
/// # Errors
/// No vault, or one that is not whole.
pub fn show_head(path: &Path) -> Result<HeadShown, Failure> {
    let root = vault_of(path)?;
    let vault = cellar::open_to_read(&root)?;
    let fault = |error| cellar::failure(&root, &error);
    let (note, head) = vault.head().map_err(fault)?;
    let keys = cellar::log_keys(&root, vault.store())?;
    let mut cases = Vec::new();
    for (number, version) in vault.cases().map_err(fault)? {
        let id = vault.case_file(number).map_err(fault)?.file.id;
        cases.push((number.to_string(), id, version));
    }
    Ok(HeadShown {
        note: note.to_string(),
        origin: head.origin,
        size: head.size,
        fingerprint: keys.first().map(fingerprint).unwrap_or_default(),
        keys: keys.iter().map(ToString::to_string).collect(),
        cases,
    })
}
