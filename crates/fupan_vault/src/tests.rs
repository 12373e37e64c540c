//! Whole vaults, in memory and on disk: acts, faults, tampering, copies.

mod beside;
mod cases;
mod conformance;
mod copies;
mod faults;
mod faulty;
mod journal;
mod many;
mod objects;
mod tamper;
mod temp;

use std::sync::Arc;

use fupan_ledger::{Policy, Scheme, SigningKey, Ulid, Use};
use fupan_model::{Accident, Evidence, EvidenceId};

use crate::*;

const ORIGIN: &str = "00112233445566778899aabbccddeeff.fupan";

fn signer() -> Arc<LogSigner> {
    let key = |scheme| SigningKey::from_seed(ORIGIN, scheme, &[7; 32]).unwrap();
    Arc::new(LogSigner::new(key(Scheme::Ed25519), Some(key(Scheme::Sm2))).unwrap())
}

/// A policy that trusts the log's key and asks for no cosigner.
fn policy() -> Policy {
    let text = format!("log {}\nquorum none\n", signer().verify_key());
    Policy::parse(text.as_bytes(), Use::Checkpoints).unwrap()
}

fn begun<S: Blobs + HeadCell + 'static>(store: S) -> Store {
    let store = Store::of(Arc::new(store));
    Vault::init(&store, &*signer()).unwrap();
    store
}

fn open(store: &Store) -> Vault {
    Vault::open(store.clone(), signer(), Opening::default()).unwrap()
}

fn in_memory() -> (MemoryStore, Vault) {
    let memory = MemoryStore::default();
    let vault = open(&begun(memory.clone()));
    (memory, vault)
}

fn id(number: u64) -> Ulid {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    Ulid(bytes)
}

fn made(case: u64, number: u64) -> Made {
    Made {
        case: id(case),
        id: id(number),
        author: format!("assessor {}", number % 3),
        at_ms: 1_763_796_319_000 + i64::try_from(number).unwrap(),
        salt: [u8::try_from(number % 251).unwrap(); 16],
    }
}

fn head(title: &str) -> Statement {
    Statement::Case(Box::new(CaseHead {
        id: "case-1".into(),
        title: title.into(),
        notice: None,
        languages: vec!["zh".into()],
        accident: Accident::default(),
    }))
}

fn party(id: &str, name: &str) -> Statement {
    Statement::Party(
        serde_json::from_value(serde_json::json!({"id": id, "name": name, "track": "enterprise"}))
            .unwrap(),
    )
}

fn exhibit(id: &str, title: &str, stored: &Stored) -> Statement {
    let evidence = Evidence {
        id: EvidenceId::new(id),
        kind: "ev".into(),
        title: title.into(),
        medium: "data".into(),
        party: None,
        clock: None,
        source_kind: None,
        sha256: fupan_model::Digest::new(hex_of(&stored.digests.sha256)),
        size: stored.digests.size,
        path: format!("evidence/{id}.txt"),
        collected_by: Vec::new(),
        witnessed_by: Vec::new(),
        collected_at: None,
        fields: Default::default(),
        mapping: None,
    };
    Statement::Evidence(Box::new(Exhibit {
        evidence,
        sm3: Some(hex_of(&stored.digests.sm3)),
        chunks: stored.chunks.map(|chunks| hex_of(&chunks.sha256)),
        attested: None,
    }))
}

/// A case with a piece of evidence, a correction, custody and a hold; answers with the piece.
fn filled(vault: &Vault) -> Stored {
    let state = |number, version, statements| {
        vault.record(&made(1, number), Some(version), Act::State(statements)).unwrap()
    };
    state(10, 0, vec![head("气体泄漏"), party("P1", "化工厂")]);
    let stored = vault.objects().put(&b"13:13 alarm\n"[..], &Declared::default()).unwrap();
    state(11, 1, vec![exhibit("E1", "接警记录", &stored)]);
    let correction = Correction {
        of: id(10).to_string(),
        part: 1,
        reason: "名称有误".into(),
        now: Some(party("P1", "化工二厂")),
    };
    vault.record(&made(1, 12), Some(2), Act::Correct(Box::new(correction))).unwrap();
    let custody = Custody {
        deed: Deed::Viewed,
        evidence: "E1".into(),
        object: Some(hex_of(&stored.digests.sha256)),
        from: None,
        to: None,
        note: "比对时刻".into(),
    };
    vault.record(&made(1, 13), None, Act::Custody(custody)).unwrap();
    stored
}

fn hold(object: Option<&Stored>, on: bool) -> Act {
    let object = object.map(|stored| hex_of(&stored.digests.sha256));
    Act::Hold(Hold { object, on, reason: "诉讼".into() })
}

fn erase(stored: &Stored) -> Act {
    let object = hex_of(&stored.digests.sha256);
    Act::Erase(Erasure { object, reason: "个人信息".into() })
}

fn report(store: &Store) -> VerifyReport {
    verify(store, signer().verify_key(), |_| {}).unwrap()
}
