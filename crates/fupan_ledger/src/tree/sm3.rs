//! The tree over the same leaves, hashed with SM3 (GB/T 32905) where RFC 6962 §2.1 has SHA-256: for a reader
//! who trusts the national algorithm alone, and for the day on which SHA-256 is broken.

use sm3::{Digest as _, Sm3};

use crate::text;

/// SM3 edge (国密右缘): the complete subtrees of a growing tree, the largest first; enough to go on and to name
/// the root. Adding a leaf costs two hashes on average.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sm3Edge {
    size: u64,
    subtrees: Vec<[u8; 32]>,
}

impl Sm3Edge {
    /// Leaves of the tree.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf, by the bytes that the log hashes.
    pub fn push(&mut self, leaf: &[u8]) {
        let mut hash: [u8; 32] = Sm3::new().chain_update([0]).chain_update(leaf).finalize().into();
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.subtrees.pop() {
                hash = node(&left, &hash);
            }
        }
        self.subtrees.push(hash);
        self.size += 1;
    }

    /// Root of the tree.
    #[must_use]
    pub fn root(&self) -> [u8; 32] {
        let from_right = self.subtrees.iter().rev().copied();
        from_right
            .reduce(|right, left| node(&left, &right))
            .unwrap_or_else(|| Sm3::digest([]).into())
    }

    /// The edge as a line of text, to be kept: its size and its subtrees.
    #[must_use]
    pub fn line(&self) -> String {
        let subtrees = self.subtrees.iter().map(|hash| format!(" {}", text::to_hex(hash)));
        std::iter::once(self.size.to_string()).chain(subtrees).collect()
    }

    /// Reads what [`Sm3Edge::line`] writes; `None`: it is no edge.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let size = text::decimal(words.next()?)?;
        let subtrees = words.map(text::hex_array).collect::<Option<Vec<[u8; 32]>>>()?;
        let whole = subtrees.len() as u64 == u64::from(size.count_ones());
        whole.then_some(Self { size, subtrees })
    }
}

fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    Sm3::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6962 §2.1, as it is written.
    fn defined(leaves: &[Vec<u8>]) -> [u8; 32] {
        match leaves {
            [] => Sm3::digest([]).into(),
            [one] => Sm3::digest([&[0], one.as_slice()].concat()).into(),
            many => {
                let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
                node(&defined(left), &defined(right))
            }
        }
    }

    #[test]
    fn the_root_is_the_defined_one_at_every_size_and_a_kept_edge_goes_on() {
        let leaves: Vec<Vec<u8>> = (0..300_u32).map(|at| at.to_be_bytes().to_vec()).collect();
        let mut edge = Sm3Edge::default();
        for (size, leaf) in leaves.iter().enumerate() {
            assert_eq!((edge.size(), edge.root()), (size as u64, defined(&leaves[..size])));
            edge = Sm3Edge::read(&edge.line()).unwrap();
            edge.push(leaf);
        }
        for wrong in ["", "1", "x", "2 00", "01 ", "3 "] {
            assert_eq!(Sm3Edge::read(wrong), None, "{wrong}");
        }
    }
}
