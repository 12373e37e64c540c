//! Reads a stored log: tiles, entries, proofs. Beside a writer it reads what the head it was given
//! covers, and that never changes.

use std::sync::Arc;

use fupan_ledger::{
    Hash, Leaf, Tile, TileKind, TileNodes, TileReader, consistency_proof, decode_bundle,
    inclusion_proof, inclusion_proofs, root_of,
};

use super::error::FaultKind;
use super::{JournalError, tile_name};
use crate::store::Blobs;

/// Entries of a full bundle.
pub(crate) const FULL: u64 = 256;

/// Log reader (日志读取): the stored log below a vault.
#[derive(Clone)]
pub struct LogReader {
    blobs: Arc<dyn Blobs>,
}

impl LogReader {
    /// A reader over a store's blobs.
    #[must_use]
    pub fn new(blobs: Arc<dyn Blobs>) -> Self {
        Self { blobs }
    }

    /// Proof that leaf `index` is in the tree of `size` leaves.
    ///
    /// # Errors
    /// A tile that cannot be read.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, JournalError> {
        inclusion_proof(&self.nodes(size), index, size)
    }

    /// The same of several leaves, in rising order.
    ///
    /// # Errors
    /// As [`LogReader::inclusion`].
    pub fn inclusions(&self, indices: &[u64], size: u64) -> Result<Vec<Vec<Hash>>, JournalError> {
        inclusion_proofs(&self.nodes(size), indices, size)
    }

    /// Proof that the tree of `size` leaves continues that of `old`.
    ///
    /// # Errors
    /// A tile that cannot be read.
    pub fn consistency(&self, old: u64, size: u64) -> Result<Vec<Hash>, JournalError> {
        consistency_proof(&self.nodes(size), old, size)
    }

    /// Root that the tree had at `size`, read from the tree of `of` leaves.
    ///
    /// # Errors
    /// A tile that cannot be read.
    pub fn root(&self, size: u64, of: u64) -> Result<Hash, JournalError> {
        root_of(&self.nodes(of), size)
    }

    /// Nodes of the tree of `size` leaves; each tile is read once.
    pub(crate) fn nodes(&self, size: u64) -> TileNodes<&Self> {
        TileNodes::new(self, size)
    }

    /// Entries `from` up to `to` of the log of `size` leaves, in order.
    ///
    /// # Errors
    /// A bundle that cannot be read, or what `each` answers.
    pub fn entries<E: From<JournalError>>(
        &self,
        (from, to): (u64, u64),
        size: u64,
        mut each: impl FnMut(u64, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut bundle = from / FULL;
        while bundle * FULL < to {
            let first = bundle * FULL;
            let width = u16::try_from((size - first).min(FULL)).unwrap_or(0);
            let bytes = self.bundle(bundle, width)?;
            let entries = split(&bytes, width, bundle)?;
            for (index, entry) in (first..).zip(entries) {
                if (from..to).contains(&index) {
                    each(index, entry)?;
                }
            }
            bundle += 1;
        }
        Ok(())
    }

    /// One entry of the log of `size` leaves.
    ///
    /// # Errors
    /// There is none of that index, or it cannot be read.
    pub fn entry(&self, index: u64, size: u64) -> Result<Vec<u8>, JournalError> {
        let mut found = None;
        if index < size {
            self.entries((index, index + 1), size, |_, bytes| {
                found = Some(bytes.to_vec());
                Ok::<(), JournalError>(())
            })?;
        }
        found.ok_or_else(|| JournalError::fault(format!("entry {index}"), FaultKind::Missing))
    }

    /// The same, as a leaf.
    ///
    /// # Errors
    /// As [`LogReader::entry`]; it is no leaf.
    pub fn leaf(&self, index: u64, size: u64) -> Result<Leaf, JournalError> {
        let bytes = self.entry(index, size)?;
        Leaf::parse(&bytes)
            .map_err(|_| JournalError::fault(format!("entry {index}"), FaultKind::Format))
    }

    /// Entries of the last bundle, where it is not full.
    pub(crate) fn tail(&self, size: u64) -> Result<Vec<Vec<u8>>, JournalError> {
        let mut entries = Vec::new();
        self.entries((size / FULL * FULL, size), size, |_, bytes| {
            entries.push(bytes.to_vec());
            Ok::<(), JournalError>(())
        })?;
        Ok(entries)
    }

    fn bundle(&self, index: u64, width: u16) -> Result<Vec<u8>, JournalError> {
        self.read_tile(Tile::new(TileKind::Entries, index, width)?)
    }
}

/// The first `width` entries of a bundle, which may be a longer one than asked for.
fn split(bytes: &[u8], width: u16, bundle: u64) -> Result<Vec<&[u8]>, JournalError> {
    if let Ok(entries) = decode_bundle(bytes, width) {
        return Ok(entries);
    }
    let full = decode_bundle(bytes, 256)
        .map_err(|_| JournalError::fault(format!("bundle {bundle}"), FaultKind::Format))?;
    Ok(full.into_iter().take(usize::from(width)).collect())
}

impl TileReader for LogReader {
    type Error = JournalError;

    fn read_tile(&self, tile: Tile) -> Result<Vec<u8>, JournalError> {
        let name = tile_name(tile);
        if let Some(bytes) = self.blobs.read(&name)? {
            return Ok(bytes);
        }
        let full = tile_name(Tile::new(tile.kind(), tile.index(), 256)?);
        let found = if tile.is_full() { None } else { self.blobs.read(&full)? };
        found.ok_or_else(|| JournalError::fault(&name, FaultKind::Missing))
    }
}

impl TileReader for &LogReader {
    type Error = JournalError;

    fn read_tile(&self, tile: Tile) -> Result<Vec<u8>, JournalError> {
        (**self).read_tile(tile)
    }
}

impl std::fmt::Debug for LogReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogReader").finish_non_exhaustive()
    }
}
