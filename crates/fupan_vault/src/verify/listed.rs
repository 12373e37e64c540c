//! What stands in a vault before its head is read. A walk may run beside a writer, or over what a killed one
//! left: a batch is then in the WAL, and in part in tiles, before a head covers it. All that was there before
//! the head was read is covered by that head, or is of a batch in the WAL.

use std::collections::BTreeSet;

use fupan_ledger::{Hash, leaf_hash};

use super::VerifyReport;
use crate::journal::{CHECKPOINTS, COSIGNED, FaultKind, TILES, WAL, Wal, wal_name};
use crate::stamp::STAMPS;
use crate::store::{BlobName, Store, StoreError};

/// Listing of a vault, and its batches on their way.
pub(super) struct Listed {
    names: BTreeSet<BlobName>,
    /// In their order.
    batches: Vec<(BlobName, Wal)>,
}

impl Listed {
    /// Lists; to be called before the head is read.
    pub(super) fn take(store: &Store, report: &mut VerifyReport) -> Result<Self, StoreError> {
        let mut names = BTreeSet::new();
        for folder in [CHECKPOINTS, COSIGNED, STAMPS, TILES] {
            names.extend(store.blobs.list(folder)?.names);
        }
        let mut batches = Vec::new();
        for name in store.blobs.list(WAL)?.names {
            // Gone since: it is in the log.
            let Some(bytes) = report.read(store, &name)? else { continue };
            match Wal::parse(&bytes) {
                Some(batch) if wal_name(batch.from) == name => batches.push((name, batch)),
                Some(_) => report.fault(&name, FaultKind::Differs),
                None => report.fault(&name, FaultKind::Format),
            }
        }
        Ok(Self { names, batches })
    }

    /// Tiles and bundles.
    pub(super) fn tiles(&self) -> impl Iterator<Item = &BlobName> {
        let below = |name: &&BlobName| name.as_str().strip_prefix(TILES).is_some_and(is_inside);
        self.names.iter().filter(below)
    }

    /// What stands in a folder: what was there before, and of what came since that which a head of this size
    /// covers.
    pub(super) fn under(
        &self,
        head: u64,
        store: &Store,
        folder: &str,
        size_of: impl Fn(&BlobName) -> Option<u64>,
    ) -> Result<Vec<BlobName>, StoreError> {
        let covered = |name: &BlobName| size_of(name).is_some_and(|size| size <= head);
        let mut names = store.blobs.list(folder)?.names;
        names.retain(|name| self.names.contains(name) || covered(name));
        Ok(names)
    }

    /// Batches that go on from a log of this size, each from where the one before ends.
    pub(super) fn ahead(&self, size: u64) -> Vec<&Wal> {
        let mut reach = size;
        let mut ahead = Vec::new();
        for (_, batch) in &self.batches {
            if batch.from <= reach && batch.end() > reach {
                ahead.push(batch);
                reach = batch.end();
            }
        }
        ahead
    }

    /// Each batch must be in the log as it is, or continue it.
    pub(super) fn compare(&self, entries: &[Hash], report: &mut VerifyReport) {
        let mut reach = entries.len() as u64;
        for (name, batch) in &self.batches {
            let from = usize::try_from(batch.from).unwrap_or(usize::MAX);
            let known = entries.get(from..).unwrap_or_default();
            let same = known.iter().zip(&batch.entries).all(|(hash, e)| *hash == leaf_hash(e));
            if batch.from > reach || !same {
                report.fault(name, FaultKind::Differs);
            } else {
                reach = reach.max(batch.end());
            }
        }
    }
}

fn is_inside(rest: &str) -> bool {
    rest.starts_with('/')
}
