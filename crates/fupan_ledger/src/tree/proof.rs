//! Inclusion and consistency proofs (RFC 6962 §2.1.1 and §2.1.2), made and checked (RFC 9162 §2.1.3.2
//! and §2.1.4.2).

use thiserror::Error;

use super::tile::TileError;
use super::{Hash, NodeReader, node_hash};

/// Why a proof cannot be made or does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProofError {
    /// The leaf is outside the tree, or the older tree larger than the newer.
    #[error("leaf or older size is outside the tree")]
    Range,
    /// More or fewer hashes than a proof of these sizes has.
    #[error("the proof has another number of hashes than these sizes need")]
    Length,
    /// The proof leads to another root.
    #[error("the proof leads to another root")]
    Root,
    /// A tile is missing or damaged.
    #[error(transparent)]
    Tile(#[from] TileError),
}

/// Root of the tree with the first `size` leaves.
///
/// # Errors
/// A node that cannot be read.
pub fn root_of<N: NodeReader>(nodes: &N, size: u64) -> Result<Hash, N::Error> {
    if size == 0 { Ok(Hash::of_nothing()) } else { range(nodes, 0, size) }
}

/// Proof that leaf `index` is in the tree of `size` leaves: siblings from the leaf upward.
///
/// # Errors
/// A leaf outside the tree; a node that cannot be read.
pub fn inclusion_proof<N: NodeReader>(
    nodes: &N,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, N::Error> {
    let proofs = inclusion_proofs(nodes, &[index], size)?;
    Ok(proofs.into_iter().next().unwrap_or_default())
}

/// The same of several leaves, in rising order: what their proofs share is computed once.
///
/// # Errors
/// Leaves outside the tree or not in rising order; a node that cannot be read.
pub fn inclusion_proofs<N: NodeReader>(
    nodes: &N,
    indices: &[u64],
    size: u64,
) -> Result<Vec<Vec<Hash>>, N::Error> {
    let outside = indices.last().is_some_and(|last| *last >= size);
    if outside || !indices.is_sorted_by(|one, next| one < next) {
        return Err(ProofError::Range.into());
    }
    let depth = usize::try_from(u64::BITS - size.leading_zeros()).unwrap_or(0);
    let mut proofs = vec![Vec::with_capacity(depth); indices.len()];
    descend(nodes, (0, size), indices, &mut proofs)?;
    Ok(proofs)
}

/// Adds, below the subtree over leaves `start..end`, the siblings of each wanted leaf, the lowest first.
fn descend<N: NodeReader>(
    nodes: &N,
    (start, end): (u64, u64),
    indices: &[u64],
    proofs: &mut [Vec<Hash>],
) -> Result<(), N::Error> {
    if indices.is_empty() || end - start < 2 {
        return Ok(());
    }
    let middle = start + split(end - start);
    let cut = indices.partition_point(|index| *index < middle);
    let (left, right) = indices.split_at(cut);
    let (left_proofs, right_proofs) = proofs.split_at_mut(cut);
    descend(nodes, (start, middle), left, left_proofs)?;
    descend(nodes, (middle, end), right, right_proofs)?;
    if !left.is_empty() {
        let sibling = range(nodes, middle, end)?;
        left_proofs.iter_mut().for_each(|proof| proof.push(sibling));
    }
    if !right.is_empty() {
        let sibling = range(nodes, start, middle)?;
        right_proofs.iter_mut().for_each(|proof| proof.push(sibling));
    }
    Ok(())
}

/// Proof that the tree of `old` leaves is the beginning of the tree of `new` leaves. Empty where the
/// sizes are equal or the older tree is.
///
/// # Errors
/// `old` larger than `new`; a node that cannot be read.
pub fn consistency_proof<N: NodeReader>(
    nodes: &N,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, N::Error> {
    if old > new {
        return Err(ProofError::Range.into());
    }
    let (mut start, mut end) = (0, new);
    let mut proof = Vec::new();
    if old == 0 {
        return Ok(proof);
    }
    while end != old {
        let middle = start + split(end - start);
        if old <= middle {
            proof.push(range(nodes, middle, end)?);
            end = middle;
        } else {
            proof.push(range(nodes, start, middle)?);
            start = middle;
        }
    }
    if start > 0 {
        proof.push(range(nodes, start, end)?);
    }
    proof.reverse();
    // The older root itself is left out: who checks the proof has it.
    Ok(proof)
}

/// Checks that a leaf is in the tree under `root`.
///
/// # Errors
/// The proof does not show it.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Range);
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at % 2 == 1 || at == last {
            hash = node_hash(sibling, &hash);
            while at != 0 && at % 2 == 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        (at, last) = (at / 2, last / 2);
    }
    match (last, hash == *root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}

/// Checks that the tree of `old` leaves under `old_root` is the beginning of that of `new` leaves
/// under `new_root`.
///
/// # Errors
/// The proof does not show it.
pub fn verify_consistency(
    (old, old_root): (u64, &Hash),
    (new, new_root): (u64, &Hash),
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::Range);
    }
    if old == 0 || old == new {
        let expected = if old == new { *new_root } else { Hash::of_nothing() };
        let empty_root = new > 0 || *new_root == Hash::of_nothing();
        return match (proof.is_empty(), expected == *old_root && empty_root) {
            (true, true) => Ok(()),
            (true, false) => Err(ProofError::Root),
            (false, _) => Err(ProofError::Length),
        };
    }
    let (mut at, mut last) = (old - 1, new - 1);
    while at % 2 == 1 {
        (at, last) = (at / 2, last / 2);
    }
    // Where the older tree is complete, its root is the first hash of the path.
    let (first, rest) = if old.is_power_of_two() {
        (old_root, proof)
    } else {
        proof.split_first().ok_or(ProofError::Length)?
    };
    let (mut old_hash, mut new_hash) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at % 2 == 1 || at == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            while at != 0 && at % 2 == 0 {
                (at, last) = (at / 2, last / 2);
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        (at, last) = (at / 2, last / 2);
    }
    match (last, old_hash == *old_root && new_hash == *new_root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}

/// Largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (63 - (count - 1).leading_zeros())
}

/// Hash over leaves `start..end` as a tree of its own. `start` is a multiple of the smallest power of
/// two that is not below `end - start`, and the range is not empty.
fn range<N: NodeReader>(nodes: &N, start: u64, end: u64) -> Result<Hash, N::Error> {
    let mut hash: Option<Hash> = None;
    let mut at = end;
    while at > start {
        let height = (at - start).trailing_zeros();
        at -= 1 << height;
        let left = nodes.node(u8::try_from(height).unwrap_or(u8::MAX), at >> height)?;
        hash = Some(hash.map_or(left, |right| node_hash(&left, &right)));
    }
    hash.ok_or_else(|| ProofError::Range.into())
}
