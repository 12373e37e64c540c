//! Requests for cosignatures.

use super::{log, signed_head};
use crate::malformed::Part;
use crate::testing::damage;
use crate::{AddCheckpoint, Malformed, consistency_proof};

fn request(old: u64) -> AddCheckpoint {
    let proof = consistency_proof(&log(7), old, 7).unwrap();
    AddCheckpoint { old, proof, note: signed_head(7) }
}

#[test]
fn a_request_comes_back_from_its_bytes() {
    for old in [0, 1, 3, 6, 7] {
        let whole = request(old).to_string();
        let (read, checkpoint) = AddCheckpoint::parse(whole.as_bytes()).unwrap();
        assert_eq!(read, request(old));
        assert_eq!(checkpoint.size, 7);
        assert_eq!(read.to_string(), whole);
        damage(whole.as_bytes(), 5_000, |bytes| {
            if let Ok((read, _)) = AddCheckpoint::parse(bytes) {
                assert_eq!(read.to_string().as_bytes(), bytes);
            }
        });
    }
}

#[test]
fn what_is_no_request_is_refused_with_its_line() {
    let whole = request(6).to_string();
    let lines = request(6).proof.len();
    let of = |from: &str, to: &str| {
        let changed = whole.replacen(from, to, 1);
        assert_ne!(changed, whole);
        AddCheckpoint::parse(changed.as_bytes()).unwrap_err()
    };
    let fault = |line, part| Malformed { line, part };
    assert_eq!(of("old 6", "size 6"), fault(1, Part::Field("old")));
    assert_eq!(of("old 6", "old 06"), fault(1, Part::Number));
    assert_eq!(of("old 6\n", "old 6\nAAAA\n"), fault(2, Part::Base64Hash));
    assert_eq!(of("\nlog.example\n7\n", "\nlog.example\n-7\n"), fault(lines + 4, Part::Number));
    let none = AddCheckpoint::parse(b"old 6\n").unwrap_err();
    assert_eq!(none, fault(2, Part::Separator));
    let mut long = request(6);
    long.proof = vec![long.proof[0]; 63];
    assert!(AddCheckpoint::parse(long.to_string().as_bytes()).is_ok());
    long.proof.push(long.proof[0]);
    let refused = AddCheckpoint::parse(long.to_string().as_bytes()).unwrap_err();
    assert_eq!(refused, fault(65, Part::Separator));
}
