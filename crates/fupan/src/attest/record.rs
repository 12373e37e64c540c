//! What an accepted statement becomes: leaves, and what people read of it.

use super::submit::SubmitWords;
use crate::key::assurance_word;
use crate::{Failure, cellar};
use fupan_ledger::{
    Capture, ClockClass, Distrust, Downgrade, Judgement, KeyId, Leaf, LeafField, LeafKind,
    LeafValue, SignedCapture, Standing, Ulid,
};
use fupan_vault::{Attested, Digests, Receipt, Vault};
use std::path::Path;

/// The word of a capture in its leaf.
pub(super) fn status_word(judged: &Judgement) -> &'static str {
    match &judged.standing {
        _ if judged.bytes_pending => "pending",
        Standing::Awaiting { .. } => "pending",
        Standing::Witnessed => "witnessed",
        Standing::Late { .. } => "late",
        Standing::Single => "single",
        Standing::Unwitnessed(_) => "unwitnessed",
    }
}

/// The word of its clock and latency.
pub(super) fn clock_word(judged: &Judgement) -> &'static str {
    match judged.timing.class {
        Some(ClockClass::Realtime) => "realtime",
        Some(ClockClass::Delayed) => "delayed",
        Some(ClockClass::Offline) => "offline",
        Some(ClockClass::Untrusted) => "untrusted",
        None => "pending",
    }
}

/// What people read of it in the case.
pub(super) fn attested(capture: &Capture, judged: &Judgement, words: &SubmitWords) -> Attested {
    Attested {
        capture: capture.evidence.clone(),
        status: status_word(judged).to_owned(),
        assurance: assurance_word(judged.assurance).to_owned(),
        clock: clock_word(judged).to_owned(),
        downgrades: judged.downgrades.iter().map(|one: &Downgrade| one.code().to_owned()).collect(),
        reason: words.reason.clone(),
        video: words.video.clone(),
        gap_reason: words.gap_reason.clone(),
    }
}

/// The `capture` leaf.
///
/// # Errors
/// Ids that are none.
pub(super) fn capture_leaf(
    signed: &SignedCapture,
    judged: &Judgement,
    statement: &Digests,
    policy: [u8; 32],
) -> Result<Leaf, Failure> {
    let capture = signed.capture();
    let keys: Vec<KeyId> = signed.signers().iter().map(|one| one.add.key.id()).collect();
    let clock = match judged.timing.distrust {
        None => "synced",
        Some(Distrust::StaleComparison) => "stale",
        Some(Distrust::NeverCompared | Distrust::Restarted | Distrust::Jumped) => "untrusted",
    };
    let size = i64::try_from(capture.size).map_err(Failure::bug)?;
    let mut leaf = subject(LeafKind::Capture, capture, statement)?
        .with(LeafField::Att, LeafValue::Keys(keys))
        .with(LeafField::Obj, LeafValue::Sha256(capture.sha256))
        .with(LeafField::ObjSm3, LeafValue::Sm3(capture.sm3))
        .with(LeafField::Policy, LeafValue::Sha256(policy))
        .with(LeafField::Status, LeafValue::Word(status_word(judged)))
        .with(LeafField::Clock, LeafValue::Word(clock))
        .number(LeafField::Captured, capture.captured.as_millisecond())
        .number(LeafField::Size, size);
    if let Some(chunks) = capture.chunks {
        leaf.set(LeafField::Chunks, LeafValue::Sha256(chunks));
    }
    let timing = &judged.timing;
    let error_ms = timing.error_ms.map(|error| i64::try_from(error).unwrap_or(i64::MAX));
    for (field, value) in [
        (LeafField::FirstByte, timing.received.first_byte.map(|at| at.as_millisecond())),
        (LeafField::Complete, timing.received.complete.map(|at| at.as_millisecond())),
        (LeafField::Lat, timing.latency_ms),
        (LeafField::LatErr, error_ms.filter(|_| timing.latency_ms.is_some())),
    ] {
        if let Some(value) = value {
            leaf.set(field, LeafValue::Number(value));
        }
    }
    Ok(leaf)
}

/// The `cosign` leaf of those who signed later.
///
/// # Errors
/// Ids that are none.
pub(super) fn cosign_leaf(
    capture: &Capture,
    keys: Vec<KeyId>,
    statement: &Digests,
    (at_ms, of): (i64, u64),
) -> Result<Leaf, Failure> {
    let of = i64::try_from(of).map_err(Failure::bug)?;
    Ok(subject(LeafKind::Cosign, capture, statement)?
        .with(LeafField::Att, LeafValue::Keys(keys))
        .number(LeafField::At, at_ms)
        .number(LeafField::Of, of))
}

fn subject(kind: LeafKind, capture: &Capture, statement: &Digests) -> Result<Leaf, Failure> {
    let id = |text: &str| text.parse::<Ulid>().map_err(Failure::bug);
    Ok(Leaf::new(kind)
        .with(LeafField::Case, LeafValue::Ulid(id(&capture.case)?))
        .with(LeafField::Id, LeafValue::Ulid(id(&capture.evidence)?))
        .with(LeafField::Stmt, LeafValue::Sha256(statement.sha256))
        .with(LeafField::StmtSm3, LeafValue::Sm3(statement.sm3)))
}

/// Appends a leaf.
///
/// # Errors
/// It cannot be written.
pub(super) fn append(
    root: &Path,
    vault: &Vault,
    leaf: Leaf,
    at_ms: i64,
) -> Result<Receipt, Failure> {
    vault.append(leaf, at_ms).map_err(|error| cellar::failure(root, &error))
}
