//! Every parser under damage: it returns, and what it accepts it prints as the bytes it read.

use super::{captures, policy_text, proof_file, public, signed_head};
use crate::testing::damage;
use crate::{
    BagInfo, Capture, Checkpoint, Declaration, Fixity, Manifest, ManifestKind, Note, Policy,
    ProofFile, Scheme, SigningKey, Tile, Use, VerifyKey, decode_bundle, encode_bundle,
};

const ROUNDS: usize = 20_000;

#[test]
fn notes_checkpoints_statements_and_proof_files() {
    let whole = signed_head(7).to_string();
    damage(whole.as_bytes(), ROUNDS, |bytes| {
        if let Ok(note) = Note::parse(bytes) {
            assert_eq!(note.to_string().as_bytes(), bytes);
            if let Ok(checkpoint) = Checkpoint::parse(note.text()) {
                assert_eq!(checkpoint.to_string(), note.text());
            }
        }
    });
    damage(captures::capture().to_string().as_bytes(), ROUNDS, |bytes| {
        let Ok(text) = str::from_utf8(bytes) else { return };
        if let Ok(capture) = Capture::parse(text) {
            assert_eq!(capture.to_string(), text);
        }
    });
    damage(proof_file(4, 11).to_string().as_bytes(), ROUNDS, |bytes| {
        if let Ok(file) = ProofFile::parse(bytes) {
            assert_eq!(file.to_string().as_bytes(), bytes);
        }
    });
}

#[test]
fn policies_keys_tiles_and_bundles() {
    damage(policy_text().as_bytes(), ROUNDS, |bytes| {
        for purpose in [Use::Checkpoints, Use::Statements] {
            if let Err(errors) = Policy::parse(bytes, purpose) {
                assert!(!errors.is_empty());
            }
        }
    });
    for scheme in [Scheme::Ed25519, Scheme::EcdsaP256, Scheme::Sm2] {
        let string = public("a.example", scheme, 3).to_string();
        damage(string.as_bytes(), 500, |bytes| {
            let Ok(text) = str::from_utf8(bytes) else { return };
            if let Ok(key) = text.parse::<VerifyKey>() {
                assert_eq!(key.to_string(), text);
            }
            assert!(format!("PRIVATE+KEY+{text}").parse::<SigningKey>().is_err());
        });
    }
    damage(b"tile/0/x001/x234/067.p/112", ROUNDS, |bytes| {
        let Ok(text) = str::from_utf8(bytes) else { return };
        if let Ok(tile) = text.parse::<Tile>() {
            assert_eq!(tile.to_string(), text);
        }
    });
    let bundle = encode_bundle(&[b"one".as_slice(), b"", b"three"]).unwrap();
    damage(&bundle, ROUNDS, |bytes| {
        if let Ok(entries) = decode_bundle(bytes, 3) {
            assert_eq!(encode_bundle(&entries).unwrap(), bytes);
        }
    });
}

#[test]
fn the_files_of_bags() {
    let sum = "0f".repeat(32);
    let manifest = format!("{sum}  data/a%0Ab\n{sum}  data/证据/c\n");
    damage(manifest.as_bytes(), ROUNDS, |bytes| {
        if let Ok(read) = Manifest::parse(bytes, ManifestKind::Payload, Fixity::Sm3) {
            let printed = read.to_string();
            let again = Manifest::parse(printed.as_bytes(), ManifestKind::Payload, Fixity::Sm3);
            assert_eq!(again, Ok(read));
        }
    });
    damage(b"Bagging-Date: 2026-11-22\nPayload-Oxum: 1.2\n  3\n", ROUNDS, |bytes| {
        if let Ok(info) = BagInfo::parse(bytes) {
            let _ = info.payload();
        }
    });
    damage(Declaration.to_string().as_bytes(), ROUNDS, |bytes| {
        let _ = Declaration::parse(bytes);
    });
}
