//! Where proofs get their hashes from: a tree in memory, or the tiles of a stored one.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::tile::{FULL, Tile, TileError, TileKind};
use super::{Hash, node_hash};

/// Node reader (节点读取): hashes of complete subtrees.
pub trait NodeReader {
    /// What can go wrong.
    type Error: From<TileError> + From<super::ProofError>;

    /// Hash of the complete subtree over leaves `index * 2^height` up to `(index + 1) * 2^height`.
    ///
    /// # Errors
    /// The tree has no such subtree, or its tile cannot be read.
    fn node(&self, height: u8, index: u64) -> Result<Hash, Self::Error>;
}

/// Tile reader (瓦片读取): stored tiles. The one way in which bytes come into this crate by themselves;
/// who implements it does the I/O.
pub trait TileReader {
    /// What can go wrong.
    type Error: From<TileError> + From<super::ProofError>;

    /// Bytes of a tile. Where a partial one is gone, those of the full one may come in its place.
    ///
    /// # Errors
    /// The tile cannot be read.
    fn read_tile(&self, tile: Tile) -> Result<Vec<u8>, Self::Error>;
}

/// Tile nodes (瓦片节点): the nodes of a stored tree of a given size. Each tile is read, and each node above its
/// hashes computed, once: the proofs of a whole batch share them. What comes out is only as true as the
/// tiles: check a proof against a signed root before it leaves the house.
#[derive(Debug)]
pub struct TileNodes<R> {
    reader: R,
    size: u64,
    read: RefCell<BTreeMap<Tile, Rows>>,
}

impl<R: TileReader> TileNodes<R> {
    /// Nodes of the tree with `size` leaves.
    #[must_use]
    pub fn new(reader: R, size: u64) -> Self {
        Self { reader, size, read: RefCell::default() }
    }
}

impl<R: TileReader> NodeReader for TileNodes<R> {
    type Error = R::Error;

    fn node(&self, height: u8, index: u64) -> Result<Hash, Self::Error> {
        let (level, below) = (height / 8, u32::from(height % 8));
        let total = self.size.checked_shr(u32::from(level) * 8).unwrap_or(0);
        let first = index.checked_mul(1 << below).ok_or(TileError::NoNode)?;
        let count = 1_u64 << below;
        if first.checked_add(count).is_none_or(|end| end > total) {
            return Err(TileError::NoNode.into());
        }
        let full = u64::from(FULL);
        let width = u16::try_from((total - first / full * full).min(full)).unwrap_or(FULL);
        let tile = Tile::new(TileKind::Hashes(level), first / full, width)?;
        let at = usize::try_from((first % full) >> below).unwrap_or(usize::MAX);
        let node = |rows: &Rows| rows.get(usize::from(height % 8))?.get(at).copied();
        if let Some(rows) = self.read.borrow().get(&tile) {
            return node(rows).ok_or_else(|| TileError::NoNode.into());
        }
        let rows = rows(tile_hashes(&self.reader.read_tile(tile)?, width)?);
        let found = node(&rows);
        self.read.borrow_mut().insert(tile, rows);
        found.ok_or_else(|| TileError::NoNode.into())
    }
}

/// Hashes of a tile, and above them the nodes over each two, four, … up to 128 of them.
type Rows = Vec<Vec<Hash>>;

fn rows(hashes: Vec<Hash>) -> Rows {
    let mut rows = vec![hashes];
    for _ in 1..8 {
        let below = rows.last().map_or(&[][..], Vec::as_slice);
        let (pairs, _) = below.as_chunks::<2>();
        let above = pairs.iter().map(|[left, right]| node_hash(left, right)).collect();
        rows.push(above);
    }
    rows
}

/// The first `width` hashes of a tile's bytes.
pub(super) fn tile_hashes(bytes: &[u8], width: u16) -> Result<Vec<Hash>, TileError> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    let long_enough = hashes.len() >= usize::from(width) && hashes.len() <= usize::from(FULL);
    if !rest.is_empty() || !long_enough {
        return Err(TileError::Length);
    }
    Ok(hashes.iter().take(usize::from(width)).map(|hash| Hash(*hash)).collect())
}

/// Memory tree (内存树): a whole tree in memory, for small logs and to check others against.
#[derive(Debug, Clone, Default)]
pub struct MemoryTree {
    heights: Vec<Vec<Hash>>,
}

impl MemoryTree {
    /// Appends the hash of a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for height in 0.. {
            if self.heights.len() <= height {
                self.heights.push(Vec::new());
            }
            let Some(row) = self.heights.get_mut(height) else { break };
            row.push(hash);
            match row.as_slice() {
                [.., left, right] if row.len().is_multiple_of(2) => hash = node_hash(left, right),
                _ => break,
            }
        }
    }

    /// Leaves of the tree.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.heights.first().map_or(0, |row| row.len() as u64)
    }
}

impl NodeReader for MemoryTree {
    type Error = super::ProofError;

    fn node(&self, height: u8, index: u64) -> Result<Hash, Self::Error> {
        let row = self.heights.get(usize::from(height));
        let hash = usize::try_from(index).ok().and_then(|index| row?.get(index));
        hash.copied().ok_or(super::ProofError::Tile(TileError::NoNode))
    }
}
