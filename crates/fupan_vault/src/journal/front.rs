//! What a batch makes of the log, worked out before anything of it is written to tiles.

use fupan_ledger::{Edge, Hash, Tile, TileKind, encode_bundle, leaf_hash};

use super::reader::FULL;
use super::{JournalError, tile_name};
use crate::store::BlobName;

/// Front (前沿): where the log ends: the right edge of its tree, and its last bundle.
#[derive(Debug, Clone)]
pub(super) struct Front {
    edge: Edge,
    /// Entries of the last bundle while it is not full.
    tail: Vec<Vec<u8>>,
}

/// What one batch adds.
#[derive(Debug)]
pub(super) struct Grown {
    /// Index of its first entry.
    pub(super) from: u64,
    /// Entry bundles that it fills or lengthens.
    pub(super) bundles: Vec<(BlobName, Vec<u8>)>,
    /// Hash tiles that it fills or lengthens.
    pub(super) tiles: Vec<(BlobName, Vec<u8>)>,
    /// Size of the log with it.
    pub(super) size: u64,
    /// Root of the log with it.
    pub(super) root: Hash,
}

impl Front {
    pub(super) fn new(edge: Edge, tail: Vec<Vec<u8>>) -> Self {
        Self { edge, tail }
    }

    /// Leaves of the log.
    pub(super) fn size(&self) -> u64 {
        self.edge.size()
    }

    /// Goes on by a batch. Done twice from the same front, it comes to the same.
    pub(super) fn grow(&mut self, entries: &[Vec<u8>]) -> Result<Grown, JournalError> {
        let from = self.size();
        let bundles = self.bundles(entries)?;
        let hashes: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let grown = self.edge.append(&hashes)?.into_iter();
        let tiles = grown.map(|grown| (tile_name(grown.tile), grown.bytes)).collect();
        Ok(Grown { from, bundles, tiles, size: self.size(), root: self.edge.root() })
    }

    fn bundles(&mut self, entries: &[Vec<u8>]) -> Result<Vec<(BlobName, Vec<u8>)>, JournalError> {
        let tail = std::mem::take(&mut self.tail);
        let all: Vec<&[u8]> = tail.iter().chain(entries).map(Vec::as_slice).collect();
        let mut made = Vec::new();
        let mut add = |index, width, entries: &[&[u8]]| -> Result<(), JournalError> {
            let tile = Tile::new(TileKind::Entries, index, width)?;
            made.push((tile_name(tile), encode_bundle(entries)?));
            Ok(())
        };
        let (full, rest) = all.as_chunks::<{ FULL as usize }>();
        for (index, bundle) in (self.size() / FULL..).zip(full) {
            add(index, 256, bundle)?;
        }
        if !rest.is_empty() && !entries.is_empty() {
            let index = self.size() / FULL + full.len() as u64;
            add(index, u16::try_from(rest.len()).unwrap_or(0), rest)?;
        }
        let tail = rest.iter().map(|entry| entry.to_vec()).collect();
        self.tail = tail;
        Ok(made)
    }
}
