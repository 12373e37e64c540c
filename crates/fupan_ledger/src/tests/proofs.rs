//! Proof files: one file that proves by itself.

use super::{leaf, policy_text, proof_file};
use crate::malformed::Part;
use crate::testing::flips;
use crate::{Malformed, Policy, ProofError, ProofFile, ProofFileError, Refusal, Use};

#[test]
fn a_proof_file_proves_its_leaf_and_prints_what_it_read() {
    let policy = Policy::parse(policy_text().as_bytes(), Use::Checkpoints).unwrap();
    for (index, size) in [(0, 1), (4, 11), (10, 11)] {
        let file = proof_file(index, size);
        let printed = file.to_string();
        let read = ProofFile::parse(printed.as_bytes()).unwrap();
        assert_eq!(read, file);
        assert_eq!(read.to_string(), printed);
        let accepted = read.verify(&leaf(index), &policy).unwrap();
        assert_eq!(accepted.checkpoint.size, size);
        assert_eq!(accepted.cosigned, [(0, 1_700_000_001), (1, 1_700_000_002)]);
        let other = read.verify(&leaf(index + 1), &policy).unwrap_err();
        assert_eq!(other, ProofFileError::Proof(ProofError::Root));
    }
    let mut extra = proof_file(4, 11);
    extra.extra = Some(b"more".to_vec());
    let read = ProofFile::parse(extra.to_string().as_bytes()).unwrap();
    assert_eq!(read, extra);
    assert!(read.verify(&leaf(4), &policy).is_ok());
}

#[test]
fn no_flipped_bit_is_accepted() {
    let policy = Policy::parse(policy_text().as_bytes(), Use::Checkpoints).unwrap();
    let whole = proof_file(2, 5).to_string();
    let mut refused = 0;
    for bytes in flips(whole.as_bytes()) {
        if let Ok(file) = ProofFile::parse(&bytes) {
            // A line of a key that the flip made unknown is ignored: then the quorum is missing.
            assert!(file.verify(&leaf(2), &policy).is_err(), "{}", String::from_utf8_lossy(&bytes));
        }
        refused += 1;
    }
    assert_eq!(refused, whole.len() * 8);
}

#[test]
fn what_is_no_proof_file_is_refused_with_its_line() {
    let whole = proof_file(4, 11).to_string();
    let of = |from: &str, to: &str| {
        let bytes = whole.replacen(from, to, 1);
        assert_ne!(bytes, whole);
        ProofFile::parse(bytes.as_bytes()).unwrap_err()
    };
    let fault = |line, part| Malformed { line, part };
    assert_eq!(of("@v1", "@v2"), fault(1, Part::Header));
    assert_eq!(of("index 4", "index 04"), fault(2, Part::Number));
    assert_eq!(of("index 4", "extra *\nindex 4"), fault(2, Part::Base64));
    assert_eq!(of("index 4\n", ""), fault(2, Part::Field("index")));
    assert_eq!(of("index 4\n", "index 4\nAAAA\n"), fault(3, Part::Base64Hash));
    let lines = whole.lines().position(|line| line == "log.example").unwrap() + 1;
    assert_eq!(of("log.example\n11\n", "log.example\n011\n"), fault(lines + 1, Part::Number));
}

#[test]
fn a_proof_under_a_foreign_log_key_or_too_few_cosigners_is_refused() {
    let file = proof_file(4, 11);
    let with = |from: &str, to: &str| {
        let text = policy_text().replace(from, to);
        let policy = Policy::parse(text.as_bytes(), Use::Checkpoints).unwrap();
        file.verify(&leaf(4), &policy)
    };
    assert!(with("quorum ours", "quorum w1").is_ok());
    let witnessed = vec![0, 1];
    let refused = ProofFileError::Refused(Refusal::NoQuorum { witnessed });
    assert_eq!(with("ours 2", "ours 3"), Err(refused.clone()));
    assert_eq!(with("quorum ours", "quorum w3"), Err(refused));
    let log = super::public("log.example", crate::Scheme::Ed25519, 9).to_string();
    let foreign = super::public("log.example", crate::Scheme::Ed25519, 8).to_string();
    assert_eq!(with(&log, &foreign), Err(ProofFileError::Refused(Refusal::NotSignedByLog)));
    let renamed = super::public("other.example", crate::Scheme::Ed25519, 9).to_string();
    assert_eq!(with(&log, &renamed), Err(ProofFileError::Refused(Refusal::UnknownLog)));
}
