//! Our client against our cosigner: a quorum is collected, what is down is told from what refuses.

use std::net::TcpListener;
use std::time::Duration;

use fupan_ledger::{AddCheckpoint, Hash, Note, Policy, Scheme, Use, VerifyKey, consistency_proof};
use fupan_wire::{
    Caller, CosignerCall as _, CosignerReply, CosignerSeat, HttpCosigner, WireError, collect,
};

use crate::running::{Running, cosigner_key, head, key, log_key, request, signed, tree};

fn caller() -> Caller {
    Caller::new(Duration::from_secs(20))
}

fn cosigner_of(running: &Running) -> HttpCosigner {
    HttpCosigner::new(caller(), &running.prefix(), cosigner_key().verify_key().clone())
}

fn policy(witnesses: &[&VerifyKey], threshold: usize) -> Policy {
    let mut text = format!("log {}\n", log_key().verify_key());
    let mut names = String::new();
    for (at, key) in witnesses.iter().enumerate() {
        text.push_str(&format!("witness w{at} {key}\n"));
        names.push_str(&format!(" w{at}"));
    }
    text.push_str(&format!("group g {threshold}{names}\nquorum g\n"));
    Policy::parse(text.as_bytes(), Use::Checkpoints).unwrap()
}

#[test]
fn a_quorum_is_collected_from_whatever_size_the_cosigner_knows() {
    let running = Running::start();
    let cosigner = cosigner_of(&running);
    let key = cosigner_key();
    let policy = policy(&[key.verify_key()], 1);
    for (size, guess) in [(5, 0), (40, 5), (300, 0), (300, 300), (301, 7)] {
        let tree = tree(size);
        let note = signed(&head(&tree), &log_key());
        let prove = |old| consistency_proof(&tree.0, old, size).ok();
        let seat = CosignerSeat { cosigner: &cosigner, last: guess };
        let quorum = collect(&note, &[seat], &policy, &prove).unwrap();
        assert!(quorum.met, "{size}: {:?}", quorum.outcomes);
        assert_eq!(quorum.outcomes[0].last, size);
        assert_eq!(quorum.note.signatures().len(), 2);
        assert!(policy.accept(&quorum.note).is_ok());
    }
    // A head behind what it signed: no quorum, and the caller learns by how much.
    let tree = tree(40);
    let note = signed(&head(&tree), &log_key());
    let prove = |old| consistency_proof(&tree.0, old, 40).ok();
    let seat = CosignerSeat { cosigner: &cosigner, last: 5 };
    let quorum = collect(&note, &[seat], &policy, &prove).unwrap();
    assert!(!quorum.met);
    let ahead = quorum.outcomes[0].result.clone().unwrap_err();
    assert!(matches!(ahead, WireError::Ahead { size: 301, .. }), "{ahead:?}");
    assert!(!ahead.is_passing());
    running.end();
}

#[test]
fn one_that_is_down_does_not_keep_the_others_from_signing() {
    let running = Running::start();
    let cosigner = cosigner_of(&running);
    // A port that nobody listens on any more.
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let other = key("other.example", Scheme::Cosignature, 2);
    let down = HttpCosigner::new(caller(), &format!("http://{gone}/"), other.verify_key().clone());
    let tree = tree(5);
    let note = signed(&head(&tree), &log_key());
    let prove = |old| consistency_proof(&tree.0, old, 5).ok();
    let own = cosigner_key();
    let keys = [own.verify_key(), other.verify_key()];
    for (threshold, met) in [(1, true), (2, false)] {
        let seats = [
            CosignerSeat { cosigner: &down, last: 0 },
            CosignerSeat { cosigner: &cosigner, last: 0 },
        ];
        let quorum = collect(&note, &seats, &policy(&keys, threshold), &prove).unwrap();
        assert_eq!(quorum.met, met);
        let error = quorum.outcomes[0].result.clone().unwrap_err();
        assert!(matches!(error, WireError::Down { .. }), "{error:?}");
        assert!(error.is_passing());
        assert_eq!((quorum.outcomes[1].last, &quorum.outcomes[1].result), (5, &Ok(())));
    }
    running.end();
}

#[test]
fn refusals_are_told_from_faults_and_another_key_is_no_cosignature() {
    let running = Running::start();
    let cosigner = cosigner_of(&running);
    let reply = cosigner.ask(&request(0, 5)).unwrap();
    assert!(matches!(reply, CosignerReply::Cosigned(lines) if lines.len() == 1));
    assert_eq!(cosigner.ask(&request(0, 7)), Ok(CosignerReply::From(5)));
    let refused = |request: &AddCheckpoint| match cosigner.ask(request).unwrap_err() {
        error @ WireError::Refused { status, .. } if !error.is_passing() => status,
        error => panic!("{error:?}"),
    };
    let mut forged = request(5, 7);
    forged.proof = vec![Hash([1; 32])];
    assert_eq!(refused(&forged), 422);
    let stranger = signed(&head(&tree(7)), &key(crate::ORIGIN, Scheme::Ed25519, 8));
    assert_eq!(refused(&AddCheckpoint { note: stranger, ..request(5, 7) }), 403);
    let unknown = Note::new("other\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").unwrap();
    let mut unknown = unknown;
    unknown.sign(&log_key()).unwrap();
    assert_eq!(refused(&AddCheckpoint { note: unknown, ..request(5, 7) }), 404);
    // Who answers at this address is not whom we meant.
    let meant = key("cosigner.example", Scheme::Cosignature, 3);
    let mistaken = HttpCosigner::new(caller(), &running.prefix(), meant.verify_key().clone());
    let error = mistaken.ask(&request(5, 7)).unwrap_err();
    assert!(matches!(error, WireError::NotCosigned { .. }), "{error:?}");
    running.end();
}
