//! Use case: every object of a vault read again and compared with its digest, against rot on the disk.

use crate::place::vault_of;
use crate::{Failure, FailureKind, Step, Watch, cellar};
use fupan_vault::scrub;
use std::path::Path;

/// Scrubbed (巡检结果).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scrubbed {
    /// Objects that are what their names say.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Scrubs the vault of `path`.
///
/// # Errors
/// Every damaged object ([`FailureKind::Integrity`]).
pub fn scrub_vault(path: &Path, watch: &dyn Watch) -> Result<Scrubbed, Failure> {
    let root = vault_of(path)?;
    watch.step(Step::Verify);
    let report = scrub(&cellar::reading(&root), |_| {});
    let report = report.map_err(|error| cellar::store_failure(&root, &error))?;
    if report.is_whole() {
        return Ok(Scrubbed { objects: report.objects, bytes: report.bytes });
    }
    let faults = report.faults.iter().map(|fault| cellar::fault_message(&root, fault));
    Err(Failure { kind: FailureKind::Integrity, messages: faults.collect() })
}
