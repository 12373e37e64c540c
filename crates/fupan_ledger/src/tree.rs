//! Merkle trees as RFC 6962 §2.1 hashes them, cut into tiles as C2SP tlog-tiles stores them.

mod bundle;
mod growth;
mod nodes;
mod proof;
mod sm3;
mod tile;

use std::fmt;

use sha2::{Digest as _, Sha256};

pub use bundle::{MAX_ENTRY, decode_bundle, encode_bundle};
pub use growth::{Edge, Growth};
pub use nodes::{MemoryTree, NodeReader, TileNodes, TileReader};
pub use proof::{
    ProofError, consistency_proof, inclusion_proof, inclusion_proofs, root_of, verify_consistency,
    verify_inclusion,
};
pub use sm3::Sm3Edge;
pub use tile::{Tile, TileError, TileKind};

/// Hash (散列值): 32 bytes of SHA-256: a leaf, a node or a root.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// Root of the tree without leaves: SHA-256 of nothing.
    #[must_use]
    pub fn of_nothing() -> Self {
        Self(Sha256::digest([]).into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::text::to_base64(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// Hash of a leaf: SHA-256 of `00` and its bytes.
#[must_use]
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(bytes).finalize().into())
}

/// Hash of an inner node: SHA-256 of `01`, its left and its right child.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([1])
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}

/// Hash over a whole number of hashes that fills a complete subtree (a power of two of them).
fn fold(hashes: &[Hash]) -> Option<Hash> {
    match hashes {
        [] => None,
        [one] => Some(*one),
        more => {
            let (left, right) = more.split_at(more.len() / 2);
            Some(node_hash(&fold(left)?, &fold(right)?))
        }
    }
}
