//! What is known around a statement when it is judged, out of the log and the case.

use super::signings;
use super::submit::SubmitWords;
use crate::cellar::{Captured, Register};
use crate::{Failure, cellar};
use fupan_ledger::{
    Capture, Circumstances, Exception, Hash, LeafField, Measured, Received, SignedCapture, Signing,
    Timestamp,
};
use fupan_model::Team;
use fupan_vault::{CaseRead, Stored, Vault};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Times of receipt, by this machine's clock, in milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) statement: i64,
    pub(super) bytes: Option<(i64, i64)>,
}

/// All of it.
///
/// # Errors
/// The log cannot be read.
pub(super) fn around(
    (root, vault, read): (&Path, &Vault, &CaseRead),
    register: &Register,
    signed: &SignedCapture,
    (note, words): (&Path, &SubmitWords),
    (times, measured): (Times, Option<&Stored>),
) -> Result<Circumstances, Failure> {
    let capture = signed.capture();
    let (_, head) = vault.head().map_err(|error| cellar::failure(root, &error))?;
    let at = |ms| Timestamp::from_millisecond(ms).map_err(Failure::bug);
    // Bytes that are on record came when they came, whoever brings them once more.
    let kept = earlier(register, capture).find_map(|one| {
        let number = |field| one.leaf.get_number(field);
        Some((number(LeafField::FirstByte)?, number(LeafField::Complete)?))
    });
    let bytes = kept.or(times.bytes);
    let received = Received {
        statement: at(times.statement)?,
        first_byte: bytes.map(|(first, _)| at(first)).transpose()?,
        complete: bytes.map(|(_, last)| at(last)).transpose()?,
        error_ms: words.clock_error_ms,
        judged: at(times.bytes.map_or(times.statement, |(_, last)| last))?,
    };
    let device = signed.device();
    Ok(Circumstances {
        case: read.case.to_string(),
        index: earlier(register, capture).next().map_or(head.size, |first| first.index),
        received,
        measured: measured.map(measured_of).or(kept.map(|_| as_stated(capture))),
        beacon_root: beacon_root((root, vault), capture, head.size)?,
        priors: device
            .map(|device| register.history.priors(&device.add.key, capture))
            .unwrap_or_default(),
        signings: signings(note, signed, received.judged)?,
        roles: roles(&read.file.team),
        exception: exception(words, register, capture),
        gap_reason: words.gap_reason.clone(),
    })
}

fn measured_of(stored: &Stored) -> Measured {
    let (is, chunks) = (stored.digests, stored.chunks.map(|list| list.sha256));
    Measured { sha256: is.sha256, sm3: is.sm3, size: is.size, chunks }
}

/// What bytes came to that are on record: they were compared when they were taken.
fn as_stated(capture: &Capture) -> Measured {
    let Capture { sha256, sm3, size, chunks, .. } = *capture;
    Measured { sha256, sm3, size, chunks }
}

/// What the log says of the very same statement, in its order.
pub(super) fn earlier<'a>(
    register: &'a Register,
    capture: &Capture,
) -> impl Iterator<Item = &'a Captured> {
    let text = capture.to_string();
    register.captures.iter().filter(move |one| one.note.text() == text)
}

fn beacon_root(
    (root, vault): (&Path, &Vault),
    capture: &Capture,
    size: u64,
) -> Result<Option<Hash>, Failure> {
    let Some(beacon) = capture.beacon.filter(|beacon| beacon.size <= size) else { return Ok(None) };
    let at = vault.log().root(beacon.size, size);
    at.map(Some).map_err(|error| cellar::failure(root, &error.into()))
}

/// What the clients of those who signed said; of who said nothing, the signature came just now.
fn signings(
    note: &Path,
    signed: &SignedCapture,
    judged: Timestamp,
) -> Result<Vec<Signing>, Failure> {
    let mut signings = signings::read(note, judged)?;
    for signer in signed.signers() {
        let key = &signer.add.key;
        if !signings.iter().any(|one| one.key == *key) {
            let key = key.clone();
            signings.push(Signing { key, moment: judged, clock: None, received: judged });
        }
    }
    Ok(signings)
}

/// Roles by the names on the roll, as the team of the case has them.
fn roles(team: &[Team]) -> BTreeMap<String, BTreeSet<String>> {
    let mut roles: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for member in team {
        if let Some(name) = &member.name {
            roles.entry(name.clone()).or_default().insert(member.role.clone());
        }
    }
    roles
}

/// The exception that was claimed. Its video counts where it is a capture of the same case.
fn exception(words: &SubmitWords, register: &Register, capture: &Capture) -> Option<Exception> {
    if words.reason.is_none() && words.video.is_none() {
        return None;
    }
    let there = |video: &&String| {
        register.captures.iter().any(|one| {
            let is = |field, text: &str| {
                one.leaf.get_ulid(field).is_some_and(|id| id.to_string() == text)
            };
            is(LeafField::Id, video) && is(LeafField::Case, &capture.case)
        })
    };
    Some(Exception {
        reason: words.reason.clone().unwrap_or_default(),
        video: words.video.as_ref().filter(there).cloned(),
    })
}
