//! Where the parts of a log stand below a vault.

use fupan_ledger::Tile;

use crate::store::BlobName;

/// Kept checkpoints.
pub(crate) const CHECKPOINTS: &str = "log/checkpoints";
/// Cosignatures, by the size of the head.
pub(crate) const COSIGNED: &str = "log/cosigned";
/// Tiles and entry bundles.
pub(crate) const TILES: &str = "log/tile";
/// Batches that are not in tiles yet.
pub(crate) const WAL: &str = "log/wal";
/// Digits of a WAL's number, so that names sort as numbers do.
const DIGITS: usize = 20;

/// Place of a tile or entry bundle.
pub(crate) fn tile_name(tile: Tile) -> BlobName {
    BlobName::made(format!("log/{tile}"))
}

/// Place of the kept checkpoint of that size.
pub(crate) fn checkpoint_name(size: u64) -> BlobName {
    BlobName::made(format!("{CHECKPOINTS}/{size}"))
}

/// Size of the kept checkpoint at a place; `None`: it is none.
pub(crate) fn size_of_checkpoint(name: &BlobName) -> Option<u64> {
    let size = name.as_str().strip_prefix(CHECKPOINTS)?.strip_prefix('/')?.parse().ok()?;
    (checkpoint_name(size) == *name).then_some(size)
}

/// Folder of the cosignatures over the checkpoint of that size.
pub(crate) fn cosigned_folder(size: u64) -> String {
    format!("{COSIGNED}/{size}")
}

/// Place of the batch that begins at that index.
pub(crate) fn wal_name(from: u64) -> BlobName {
    BlobName::made(format!("{WAL}/{from:0DIGITS$}"))
}
