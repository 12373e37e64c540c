//! How a log grows: new leaves turn into new tiles and a new root. What is needed of the old tree is
//! its right edge, less than 256 hashes a level.

use super::nodes::{TileReader, tile_hashes};
use super::tile::{FULL, Tile, TileError, TileKind};
use super::{Hash, fold, node_hash};

/// Edge (右缘): the hashes of the last, unfilled tile of each level; enough to go on and to name the
/// root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edge {
    size: u64,
    levels: Vec<Vec<Hash>>,
}

/// Growth (增长): a tile that new leaves filled or lengthened, with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// Which tile.
    pub tile: Tile,
    /// Its hashes, one after another.
    pub bytes: Vec<u8>,
}

impl Edge {
    /// The edge of the tree with `size` leaves, read from its partial tiles.
    ///
    /// # Errors
    /// A tile that cannot be read or has another length.
    pub fn load<R: TileReader>(reader: &R, size: u64) -> Result<Self, R::Error> {
        let mut levels = Vec::new();
        let mut hashes = size;
        for level in 0_u8.. {
            if hashes == 0 {
                break;
            }
            let width = u16::try_from(hashes % u64::from(FULL)).unwrap_or(0);
            levels.push(if width == 0 {
                Vec::new()
            } else {
                let index = hashes / u64::from(FULL);
                let tile = Tile::new(TileKind::Hashes(level), index, width)?;
                tile_hashes(&reader.read_tile(tile)?, width)?
            });
            hashes /= u64::from(FULL);
        }
        Ok(Self { size, levels })
    }

    /// Leaves of the tree.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut root: Option<Hash> = None;
        for level in &self.levels {
            // The complete subtrees of a level from right to left: the lowest bit of its length is
            // the smallest and the last.
            let mut rest = level.as_slice();
            while !rest.is_empty() {
                let (before, last) = rest.split_at(rest.len() - (1 << rest.len().trailing_zeros()));
                root = match (fold(last), root) {
                    (Some(left), Some(right)) => Some(node_hash(&left, &right)),
                    (left, right) => left.or(right),
                };
                rest = before;
            }
        }
        root.unwrap_or_else(Hash::of_nothing)
    }

    /// Appends leaves. Answers with every tile that is to be stored, in order of level and index:
    /// those now full, and the partial ones that the tree of the new size has and the old one had
    /// not. Partial tiles of sizes in between, for which there is no checkpoint, are not made.
    ///
    /// # Errors
    /// More leaves than a log can have; nothing is appended then.
    pub fn append(&mut self, leaves: &[Hash]) -> Result<Vec<Growth>, TileError> {
        let size = u64::try_from(leaves.len())
            .ok()
            .and_then(|more| self.size.checked_add(more))
            .filter(|size| i64::try_from(*size).is_ok())
            .ok_or(TileError::TooManyLeaves)?;
        let mut grown = Vec::new();
        let mut incoming = leaves.to_vec();
        let mut done = self.size;
        for level in 0_u8.. {
            if incoming.is_empty() {
                break;
            }
            if self.levels.len() <= usize::from(level) {
                self.levels.push(Vec::new());
            }
            let Some(edge) = self.levels.get_mut(usize::from(level)) else { break };
            let mut index = done / u64::from(FULL);
            let mut upward = Vec::new();
            for hash in incoming {
                edge.push(hash);
                if edge.len() == usize::from(FULL) {
                    grown.push(growth(level, index, edge)?);
                    upward.extend(fold(edge));
                    edge.clear();
                    index += 1;
                }
            }
            if !edge.is_empty() {
                grown.push(growth(level, index, edge)?);
            }
            incoming = upward;
            done /= u64::from(FULL);
        }
        self.size = size;
        Ok(grown)
    }
}

fn growth(level: u8, index: u64, hashes: &[Hash]) -> Result<Growth, TileError> {
    let width = u16::try_from(hashes.len()).map_err(|_| TileError::Shape)?;
    let tile = Tile::new(TileKind::Hashes(level), index, width)?;
    Ok(Growth { tile, bytes: hashes.iter().flat_map(|hash| hash.0).collect() })
}
