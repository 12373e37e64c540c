//! Use case: every object of a vault read again and compared with its digest, against rot on the disk.

use crate::place::vault_of;
use crate::{Actor, Failure, FailureKind, Message, Step, Watch, carry, cellar};
use fupan_vault::{Deed, scrub};
use std::path::Path;

/// Scrubbed (巡检结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scrubbed {
    /// Objects that are what their names say.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// What must be known besides.
    pub notes: Vec<Message>,
}

/// Scrubs the vault of `path`. That all was found whole is noted in its cases where somebody is named.
///
/// # Errors
/// Every damaged object ([`FailureKind::Integrity`]).
pub fn scrub_vault(path: &Path, actor: &Actor, watch: &dyn Watch) -> Result<Scrubbed, Failure> {
    let root = vault_of(path)?;
    watch.step(Step::Verify);
    let report = scrub(&cellar::reading(&root), |_| {});
    let report = report.map_err(|error| cellar::store_failure(&root, &error))?;
    if report.is_whole() {
        let note = format!("scrub {} objects, {} bytes", report.objects, report.bytes);
        let notes = carry::look(path, (Deed::Verified, note), actor)?;
        return Ok(Scrubbed { objects: report.objects, bytes: report.bytes, notes });
    }
    let faults = report.faults.iter().map(|fault| cellar::fault_message(&root, fault));
    Err(Failure { kind: FailureKind::Integrity, messages: faults.collect() })
}
