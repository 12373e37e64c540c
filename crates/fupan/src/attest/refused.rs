//! What is refused: every reason in words, and an entry that says so. The statement is kept; the bytes
//! it speaks of are not. Where two statements or two logs stand against each other, an alarm besides.

use crate::carry::custody;
use crate::{Failure, FailureKind, Message, cellar};
use fupan_ledger::{Rejection, Ulid};
use fupan_vault::{Custody, Deed, Vault, hex_of};
use std::path::Path;

/// Bytes of a statement that are kept at most; a statement has a few hundred.
const KEPT: usize = 64 << 10;

/// The reasons in words.
pub(super) fn messages(found: &[Rejection]) -> Vec<Message> {
    found.iter().map(message).collect()
}

fn message(rejection: &Rejection) -> Message {
    let of = Message::new(&format!("attest-refused-{}", rejection.code()));
    match rejection {
        Rejection::Malformed(detail) => of.text("detail", detail),
        Rejection::UnknownKey { name, id } | Rejection::SignedOtherBytes { name, id } => {
            of.text("name", name).text("id", id)
        }
        Rejection::DeviceUnsigned(id) | Rejection::DeviceAmbiguous(id) => of.text("id", id),
        Rejection::OtherCase(case) => of.text("case", case),
        Rejection::KeyNotLogged { key, added } => of.text("name", key).text("index", added),
        Rejection::KeyRevoked { key, since } => of.text("name", key).text("index", since),
        Rejection::SameKey(name)
        | Rejection::SamePerson(name)
        | Rejection::SameOrganisation(name)
        | Rejection::SameDevice(name)
        | Rejection::RoleNotAllowed(name)
        | Rejection::ConflictOfInterest(name) => of.text("name", name),
        Rejection::RelatedOrganisations(a, b) | Rejection::SameCredential(a, b) => {
            of.text("name", a).text("other", b)
        }
        Rejection::ServerHeld(held) => of.text("held", held),
        Rejection::Size { said, is } => of.text("said", said).text("is", is),
        Rejection::SeqReused(seq) => of.text("seq", seq),
        Rejection::PrevGap { from, to } => of.text("from", from).text("to", to),
        Rejection::BeaconForked(size) | Rejection::BeaconAhead(size) => of.text("size", size),
        Rejection::TooFewAttestors { signed, asked } => {
            of.text("signed", signed).text("asked", asked)
        }
        Rejection::Unsigned
        | Rejection::Digest
        | Rejection::Sm3
        | Rejection::Chunks
        | Rejection::NonceReused
        | Rejection::PrevMismatch
        | Rejection::CapturedInFuture
        | Rejection::BeaconMissing
        | Rejection::ExceptionWithoutReason
        | Rejection::ExceptionWithoutVideo
        | Rejection::LateUnexplained => of,
    }
}

/// Whether the bytes are not what was signed.
fn other_bytes(rejection: &Rejection) -> bool {
    matches!(
        rejection,
        Rejection::Digest | Rejection::Sm3 | Rejection::Size { .. } | Rejection::Chunks
    )
}

/// Keeps the statement, notes the refusal, and an alarm where there is one; answers with what to say.
///
/// # Errors
/// Only where it cannot be written.
pub(super) fn refuse(
    root: &Path,
    vault: &Vault,
    (case, author): (Ulid, &str),
    statement: &[u8],
    found: &[Rejection],
) -> Result<Failure, Failure> {
    let object = if statement.len() <= KEPT {
        let kept = vault.objects().put_bytes(statement);
        let kept = kept.map_err(|error| cellar::failure(root, &error.into()))?;
        Some(hex_of(&kept.digests.sha256))
    } else {
        None
    };
    let codes = |alarms: bool| {
        let of = found.iter().filter(|one| !alarms || one.is_alarm()).map(Rejection::code);
        of.collect::<Vec<_>>().join(" ")
    };
    let deed = |deed, note| Custody {
        deed,
        evidence: String::new(),
        object: object.clone(),
        from: None,
        to: None,
        note,
    };
    let entry = custody(root, vault, case, author, &deed(Deed::Refused, codes(false)))?;
    let mut messages = messages(found);
    messages.push(Message::new("attest-refused-entry").text("index", entry.index));
    if found.iter().any(Rejection::is_alarm) {
        let alarm = custody(root, vault, case, author, &deed(Deed::Alarm, codes(true)))?;
        messages.push(Message::new("attest-alarm").text("index", alarm.index));
    }
    let grave = found.iter().any(|one| one.is_alarm() || other_bytes(one));
    let kind = if grave { FailureKind::Integrity } else { FailureKind::Input };
    Ok(Failure { kind, messages })
}
