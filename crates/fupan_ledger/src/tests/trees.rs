//! Trees, tiles and bundles.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{leaf, log};
use crate::testing::Dice;
use crate::{
    Edge, Hash, MAX_ENTRY, MemoryTree, NodeReader as _, ProofError, Tile, TileError, TileKind,
    TileNodes, TileReader, consistency_proof, decode_bundle, encode_bundle, inclusion_proof,
    inclusion_proofs, leaf_hash, node_hash, root_of, verify_consistency, verify_inclusion,
};

/// Tiles as a disk would keep them, and how often they were read.
#[derive(Default)]
struct Store {
    tiles: BTreeMap<String, Vec<u8>>,
    reads: RefCell<usize>,
}

impl TileReader for &Store {
    type Error = ProofError;

    fn read_tile(&self, tile: Tile) -> Result<Vec<u8>, ProofError> {
        *self.reads.borrow_mut() += 1;
        let found = self.tiles.get(&tile.to_string()).cloned();
        found.ok_or(ProofError::Tile(TileError::NoNode))
    }
}

/// MTH of RFC 6962 §2.1, word for word.
fn defined(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of_nothing(),
        [one] => *one,
        more => {
            let mut k = 1;
            while k * 2 < more.len() {
                k *= 2;
            }
            node_hash(&defined(&more[..k]), &defined(&more[k..]))
        }
    }
}

#[test]
fn roots_are_those_of_the_definition_however_a_log_grows() {
    let leaves: Vec<Hash> = (0..700).map(leaf).collect();
    let tree = log(700);
    for size in 0..=700 {
        assert_eq!(root_of(&tree, size as u64).unwrap(), defined(&leaves[..size]), "{size}");
    }
    let mut dice = Dice(1);
    for _ in 0..20 {
        let mut edge = Edge::default();
        let mut done = 0;
        while done < 700 {
            let more = (1 + dice.below(300)).min(700 - done);
            edge.append(&leaves[done..done + more]).unwrap();
            done += more;
            assert_eq!(edge.root(), defined(&leaves[..done]));
        }
        assert_eq!(edge.size(), 700);
    }
}

#[test]
fn proofs_of_several_leaves_are_those_of_each() {
    let tree = log(300);
    for size in [1, 2, 3, 7, 8, 37, 255, 256, 257, 300] {
        for (from, step) in [(0, 1), (0, 2), (1, 3), (size - 1, 1), (size / 2, 5), (size, 1)] {
            let indices: Vec<u64> = (from..size).step_by(step).collect();
            let each: Vec<Vec<Hash>> =
                indices.iter().map(|index| inclusion_proof(&tree, *index, size).unwrap()).collect();
            assert_eq!(inclusion_proofs(&tree, &indices, size), Ok(each));
        }
        for wrong in [vec![size], vec![0, size], vec![0, 0], vec![1, 0]] {
            assert_eq!(inclusion_proofs(&tree, &wrong, size), Err(ProofError::Range));
        }
    }
}

#[test]
fn every_proof_up_to_a_size_holds_and_no_other_root_leaf_or_index_does() {
    let tree = log(40);
    for size in 1..=40_u64 {
        let root = root_of(&tree, size).unwrap();
        for index in 0..size {
            let proof = inclusion_proof(&tree, index, size).unwrap();
            assert_eq!(verify_inclusion(&leaf(index), index, size, &proof, &root), Ok(()));
            assert!(verify_inclusion(&leaf(index + 1), index, size, &proof, &root).is_err());
            assert!(verify_inclusion(&leaf(index), index + 1, size, &proof, &root).is_err());
            let mut longer = proof.clone();
            longer.push(root);
            let long = verify_inclusion(&leaf(index), index, size, &longer, &root);
            assert_eq!(long, Err(ProofError::Length));
            for cut in 0..proof.len() {
                let short = verify_inclusion(&leaf(index), index, size, &proof[..cut], &root);
                assert_eq!(short, Err(ProofError::Length));
                let mut bad = proof.clone();
                bad[cut].0[31] ^= 1;
                let wrong = verify_inclusion(&leaf(index), index, size, &bad, &root);
                assert_eq!(wrong, Err(ProofError::Root));
            }
        }
        assert!(inclusion_proof(&tree, size, size).is_err());
        for old in 0..=size {
            let old_root = root_of(&tree, old).unwrap();
            let proof = consistency_proof(&tree, old, size).unwrap();
            let holds =
                |proof: &[Hash], a: &Hash, b: &Hash| verify_consistency((old, a), (size, b), proof);
            assert_eq!(holds(&proof, &old_root, &root), Ok(()), "{old} {size}");
            let other = Hash([7; 32]);
            assert!(holds(&proof, &other, &root).is_err(), "{old} {size}");
            if old > 0 {
                assert!(holds(&proof, &old_root, &other).is_err(), "{old} {size}");
            }
            let mut longer = proof.clone();
            longer.push(other);
            assert_eq!(holds(&longer, &old_root, &root), Err(ProofError::Length));
            for cut in 0..proof.len() {
                assert!(holds(&proof[..cut], &old_root, &root).is_err());
                let mut bad = proof.clone();
                bad[cut].0[0] ^= 1;
                assert_eq!(holds(&bad, &old_root, &root), Err(ProofError::Root));
            }
        }
        assert!(consistency_proof(&tree, size + 1, size).is_err());
    }
}

#[test]
fn a_log_of_70000_leaves_has_the_tiles_of_the_specification_and_its_proofs_come_from_them() {
    let leaves: Vec<Hash> = (0..70_000).map(leaf).collect();
    let tree = {
        let mut tree = MemoryTree::default();
        leaves.iter().for_each(|hash| tree.push(*hash));
        tree
    };
    let mut edge = Edge::default();
    let mut store = Store::default();
    for part in leaves.chunks(9_999) {
        for grown in edge.append(part).unwrap() {
            // A full tile is made once and never again.
            let before = store.tiles.insert(grown.tile.to_string(), grown.bytes);
            assert!(before.is_none(), "{}", grown.tile);
        }
    }
    // C2SP tlog-tiles, "Partial Tiles": 273 full tiles and one of width 112, one full and one of 17,
    // one of 1.
    let full = |level: u8| {
        let of_level = |path: &&String| path.starts_with(&format!("tile/{level}/"));
        store.tiles.keys().filter(of_level).filter(|path| !path.contains(".p/")).count()
    };
    assert_eq!((full(0), full(1), full(2)), (273, 1, 0));
    for path in ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"] {
        assert!(store.tiles.contains_key(path), "{path}");
    }
    let nodes = TileNodes::new(&store, 70_000);
    let root = root_of(&nodes, 70_000).unwrap();
    assert_eq!(root, edge.root());
    assert_eq!(root, root_of(&tree, 70_000).unwrap());
    for index in [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999] {
        *store.reads.borrow_mut() = 0;
        let nodes = TileNodes::new(&store, 70_000);
        let proof = inclusion_proof(&nodes, index, 70_000).unwrap();
        assert_eq!(proof, inclusion_proof(&tree, index, 70_000).unwrap());
        assert_eq!(verify_inclusion(&leaf(index), index, 70_000, &proof, &root), Ok(()));
        assert!(*store.reads.borrow() <= 5, "{index}: {} tiles read", store.reads.borrow());
    }
    for old in [1, 2, 255, 256, 257, 9_999, 65_536, 69_999, 70_000] {
        let proof = consistency_proof(&nodes, old, 70_000).unwrap();
        assert_eq!(proof, consistency_proof(&tree, old, 70_000).unwrap());
        let old_root = root_of(&tree, old).unwrap();
        assert_eq!(verify_consistency((old, &old_root), (70_000, &root), &proof), Ok(()));
    }
    assert!(nodes.node(0, 70_000).is_err());
    assert!(nodes.node(17, 0).is_err());
    assert!(nodes.node(255, u64::MAX).is_err());
    let loaded = Edge::load(&&store, 70_000).unwrap();
    assert_eq!(loaded.root(), root);
    // A flipped bit in a tile shows in the root.
    store.tiles.get_mut("tile/0/273.p/112").unwrap()[5] ^= 4;
    assert_ne!(root_of(&TileNodes::new(&store, 70_000), 70_000).unwrap(), root);
    store.tiles.get_mut("tile/0/273.p/112").unwrap().pop();
    let short = root_of(&TileNodes::new(&store, 70_000), 70_000);
    assert_eq!(short, Err(ProofError::Tile(TileError::Length)));
}

#[test]
fn where_a_partial_tile_is_gone_the_full_one_serves() {
    let mut edge = Edge::default();
    let grown = edge.append(&(0..256).map(leaf).collect::<Vec<_>>()).unwrap();
    let mut store = Store::default();
    store.tiles.insert("tile/0/000.p/200".into(), grown[0].bytes.clone());
    let root = root_of(&TileNodes::new(&store, 200), 200).unwrap();
    assert_eq!(root, root_of(&log(200), 200).unwrap());
    let loaded = Edge::load(&&store, 200).unwrap();
    assert_eq!(loaded.root(), root);
}

#[test]
fn tile_paths_have_one_spelling() {
    let of = |kind, index, width| Tile::new(kind, index, width).unwrap().to_string();
    assert_eq!(of(TileKind::Hashes(0), 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(of(TileKind::Hashes(63), 0, 1), "tile/63/000.p/1");
    assert_eq!(of(TileKind::Entries, 1000, 255), "tile/entries/x001/000.p/255");
    let largest = of(TileKind::Hashes(0), u64::MAX, 256);
    assert_eq!(largest.parse::<Tile>().unwrap().index(), u64::MAX);
    for path in ["tile/0/x001/x234/067", "tile/63/000.p/1", "tile/entries/x001/000.p/255"] {
        assert_eq!(path.parse::<Tile>().unwrap().to_string(), path);
    }
    for path in [
        "tile/8/0/000",
        "tile/00/000",
        "tile/64/000",
        "tile/0/0",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/1e3",
        "tile/0/+01",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/",
        "tile/data/000",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
    ] {
        assert!(path.parse::<Tile>().is_err(), "{path}");
    }
    assert_eq!(Tile::new(TileKind::Hashes(64), 0, 1), Err(TileError::Shape));
    assert_eq!(Tile::new(TileKind::Entries, 0, 257), Err(TileError::Shape));
}

#[test]
fn bundles_hold_their_entries_exactly() {
    let entries: Vec<Vec<u8>> = vec![b"one".to_vec(), Vec::new(), vec![7; MAX_ENTRY]];
    let bytes = encode_bundle(&entries).unwrap();
    assert_eq!(&bytes[..5], b"\x00\x03one");
    assert_eq!(decode_bundle(&bytes, 3).unwrap(), entries);
    for width in [0, 2, 4] {
        assert_eq!(decode_bundle(&bytes, width), Err(TileError::Length));
    }
    assert!(decode_bundle(&bytes[..bytes.len() - 1], 3).is_err());
    assert!(decode_bundle(&[bytes.as_slice(), &[0]].concat(), 3).is_err());
    assert_eq!(encode_bundle(&[vec![0; MAX_ENTRY + 1]]), Err(TileError::LongEntry));
    assert_eq!(encode_bundle::<Vec<u8>>(&[]), Err(TileError::Shape));
    assert_eq!(encode_bundle(&vec![b""; 257]), Err(TileError::Shape));
    assert_ne!(leaf_hash(b""), Hash::of_nothing());
}
