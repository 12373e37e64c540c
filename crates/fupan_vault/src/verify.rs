//! Walks a whole vault and says everything that is not as it must be. It trusts nothing but the key it
//! is given: the tree is grown anew from the entries, through every kept checkpoint, and every tile,
//! bundle, checkpoint and object is compared. It may run beside a writer.

mod listed;
mod log;
mod objects;
mod stamps;

use fupan_ledger::VerifyKey;

use crate::journal::{Fault, FaultKind};
use crate::store::{BlobName, Doing, Store, StoreError};
use crate::vault::{KEY_PLACE, Vault};

/// Verify report (核验报告): what was walked, and every fault.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyReport {
    /// Entries of the log.
    pub entries: u64,
    /// Kept checkpoints whose signature, size and root are right.
    pub checkpoints: u64,
    /// Tiles and bundles that are right.
    pub tiles: u64,
    /// Objects whose digests are right.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Objects that the log says were erased, and are gone.
    pub erased: u64,
    /// Objects that no entry names: taken in, and the act that should name them never came.
    pub unnamed: u64,
    /// Time stamps that answer their request. Whom to trust is asked in [`crate::kept_stamps`].
    pub stamps: u64,
    /// What is wrong, in the order of the walk.
    pub faults: Vec<Fault>,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    pub(crate) fn fault(&mut self, place: impl Into<String>, what: FaultKind) {
        self.faults.push(Fault::at(place, what));
    }

    /// The bytes of a blob; a blob that cannot be read is a fault like others.
    pub(crate) fn read(
        &mut self,
        store: &Store,
        name: &BlobName,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        match store.blobs.read(name) {
            Err(error) if error.doing == Doing::Read => {
                self.fault(name, FaultKind::Unreadable);
                Ok(None)
            }
            other => other,
        }
    }
}

/// Verifies a vault against the key of its log. `each` is told of every object before it is read.
///
/// # Errors
/// The store cannot be listed. Everything else that is wrong is in the report.
pub fn verify(
    store: &Store,
    key: &VerifyKey,
    mut each: impl FnMut(u64),
) -> Result<VerifyReport, StoreError> {
    let mut report = VerifyReport::default();
    if let Err(error) = Vault::check_format(store) {
        match error {
            crate::journal::JournalError::Fault(fault) => report.faults.push(fault),
            _ => report.fault("format", FaultKind::Format),
        }
    }
    let keys = keys(store, key, &mut report)?;
    let listed = listed::Listed::take(store, &mut report)?;
    let named = log::walk(store, &keys, &listed, &mut report)?;
    stamps::walk(store, (&listed, &named), &mut report)?;
    objects::walk(store, &named, &mut report, &mut each)?;
    for stray in store.blobs.list("")?.strays {
        report.fault(stray, FaultKind::Stray);
    }
    for name in store.blobs.list("")?.names.into_iter().filter(|name| !belongs(name.as_str())) {
        report.fault(name, FaultKind::Stray);
    }
    Ok(report)
}

/// The keys that sign heads: the one from outside, and those of the same name that stand beside it in
/// the vault. The latter prove nothing by themselves, but every head must bear a line of each.
fn keys(
    store: &Store,
    key: &VerifyKey,
    report: &mut VerifyReport,
) -> Result<Vec<VerifyKey>, StoreError> {
    let mut keys = vec![key.clone()];
    let Some(bytes) = report.read(store, &BlobName::made(KEY_PLACE.to_owned()))? else {
        report.fault(KEY_PLACE, FaultKind::Missing);
        return Ok(keys);
    };
    let text = String::from_utf8_lossy(&bytes);
    let lines: Option<Vec<VerifyKey>> = text
        .strip_suffix('\n')
        .map(|text| text.split('\n').map(|line| line.parse().ok()).collect())
        .unwrap_or_default();
    let found = lines.unwrap_or_default();
    let ours = found.first() == Some(key) && found.iter().all(|other| other.name() == key.name());
    if ours && text.as_bytes() == bytes {
        keys = found;
    } else {
        report.fault(KEY_PLACE, FaultKind::Differs);
    }
    Ok(keys)
}

/// Reads every object and compares its digest with its name: the part of [`verify`] that finds bit rot.
///
/// # Errors
/// The store cannot be listed.
pub fn scrub(store: &Store, mut each: impl FnMut(u64)) -> Result<VerifyReport, StoreError> {
    let mut report = VerifyReport::default();
    objects::walk(store, &log::Named::default(), &mut report, &mut each)?;
    report.unnamed = 0;
    Ok(report)
}

/// Places that a vault has, besides those that are walked name by name.
fn belongs(name: &str) -> bool {
    let walked = ["log/tile/", "log/checkpoints/", "log/cosigned/", "log/wal/", "objects/", "tsa/"];
    let single = ["format", "lock", "log/checkpoint", "keys/log.vkey"];
    // The index is a cache, and drafts are nobody's.
    let beside = ["staging/", "index.db"];
    walked.iter().chain(&beside).any(|start| name.starts_with(start)) || single.contains(&name)
}
