//! What a vault says, as failures with messages.

use crate::{Failure, FailureKind, Message};
use fupan_vault::{
    Fault, FoldError, IndexError, JournalError, ObjectError, Refused, SignerError, StoreError,
    VaultError,
};
use std::io::ErrorKind;
use std::path::Path;

/// What a vault refuses or cannot do.
pub(crate) fn failure(root: &Path, error: &VaultError) -> Failure {
    let input = |message| Failure::new(FailureKind::Input, message);
    match error {
        VaultError::Refused(error) => refused(root, error),
        VaultError::Fold(error) => input(fold(root, error)),
        VaultError::NoCase(case) => Failure::new(FailureKind::Missing, absent(root, case)),
        VaultError::NoDigest(text) => input(Message::new("vault-no-digest").text("found", text)),
        VaultError::ReadOnly | VaultError::Form(_) => Failure::bug(error),
        VaultError::Journal(error) => journal(root, error),
        VaultError::Object(error) => object(root, error),
        VaultError::Index(error) => index(root, error),
        VaultError::Store(error) => store_failure(root, error),
    }
}

/// What a store cannot do.
pub(crate) fn store_failure(root: &Path, error: &StoreError) -> Failure {
    if error.kind == ErrorKind::WouldBlock {
        let message = Message::new("vault-busy").text("path", root.display());
        return Failure::new(FailureKind::Io, message);
    }
    let path = root.join(&error.place);
    let system = error.code.map_or_else(|| error.kind.into(), std::io::Error::from_raw_os_error);
    match error.doing {
        fupan_vault::Doing::Read => Failure::read(&path, &system),
        _ => Failure::write(&path, &system),
    }
}

/// Something in a vault that is not as it must be.
pub(crate) fn fault_message(root: &Path, fault: &Fault) -> Message {
    Message::new(&format!("vault-fault-{}", fault.what.code()))
        .text("path", root.display())
        .text("place", &fault.place)
        .text("detail", &fault.what)
}

fn refused(root: &Path, error: &Refused) -> Failure {
    let conflict = |message| Failure::new(FailureKind::Conflict, message);
    let input = |message| Failure::new(FailureKind::Input, message);
    match error {
        Refused::Stale { expected, current } => conflict(
            Message::new("vault-stale").text("expected", expected).text("current", current),
        ),
        Refused::IdTaken { id, index } => {
            conflict(Message::new("vault-id-taken").text("id", id).text("index", index))
        }
        Refused::Held { case } => input(Message::new("vault-held").text("case", case)),
        Refused::StillUsed { case } => input(Message::new("vault-still-used").text("case", case)),
        Refused::NoCase { case } => Failure::new(FailureKind::Missing, absent(root, case)),
    }
}

fn absent(root: &Path, case: impl ToString) -> Message {
    Message::new("vault-case-none").text("path", root.display()).text("case", case)
}

fn fold(root: &Path, error: &FoldError) -> Message {
    match error {
        FoldError::Taken { kind, id } => {
            Message::new("vault-taken").text("kind", kind).text("id", id)
        }
        FoldError::NoSuch { of, part } => {
            Message::new("vault-no-such").text("of", of).text("part", part)
        }
        FoldError::OtherKind { from, to } => {
            Message::new("vault-other-kind").text("from", from).text("to", to)
        }
        FoldError::Head => Message::new("vault-head").text("path", root.display()),
        FoldError::Empty => Message::new("vault-empty").text("path", root.display()),
    }
}

fn journal(root: &Path, error: &JournalError) -> Failure {
    let input = |message| Failure::new(FailureKind::Input, message);
    match error {
        JournalError::Refused(error) => refused(root, error),
        JournalError::Stopped(error) => journal(root, error),
        JournalError::Store(error) => store_failure(root, error),
        JournalError::Fault(fault) => {
            Failure::new(FailureKind::Integrity, fault_message(root, fault))
        }
        JournalError::Newer(format) => {
            input(Message::new("vault-newer").text("path", root.display()).text("format", format))
        }
        JournalError::HeadMoved => Failure::new(
            FailureKind::Conflict,
            Message::new("vault-head-moved").text("path", root.display()),
        ),
        JournalError::Signer(SignerError::Refuses(detail)) => {
            let message = Message::new("vault-signed-newer").text("path", root.display());
            Failure::new(FailureKind::Integrity, message.text("detail", detail))
        }
        // The disk of the key ring, or whatever else holds the secret: nothing that was asked is wrong.
        JournalError::Signer(SignerError::Away(detail)) => {
            Failure::new(FailureKind::Io, Message::new("vault-signer").text("detail", detail))
        }
        JournalError::Signer(SignerError::Key(detail)) => {
            input(Message::new("vault-signer").text("detail", detail))
        }
        JournalError::Leaf(_)
        | JournalError::Tile(_)
        | JournalError::Proof(_)
        | JournalError::Malformed(_) => {
            let message = Message::new("vault-broken").text("path", root.display());
            Failure::new(FailureKind::Integrity, message.text("detail", error))
        }
    }
}

fn object(root: &Path, error: &ObjectError) -> Failure {
    let broken = |key: &str, id: &str| {
        let message = Message::new(key).text("path", root.display()).text("id", id);
        Failure::new(FailureKind::Integrity, message)
    };
    match error {
        ObjectError::Source(kind) => {
            let message = Message::new("vault-cut").text("detail", kind);
            Failure::new(FailureKind::Io, message)
        }
        ObjectError::Mismatch { what, declared, found } => {
            let message = Message::new("vault-mismatch").text("what", what);
            let message = message.text("declared", declared).text("found", found);
            Failure::new(FailureKind::Input, message)
        }
        ObjectError::Damaged(id) => broken("vault-damaged", id),
        ObjectError::Absent(id) => broken("vault-lost", id),
        ObjectError::Store(error) => store_failure(root, error),
    }
}

fn index(root: &Path, error: &IndexError) -> Failure {
    match error {
        IndexError::Journal(error) => journal(root, error),
        IndexError::Object(error) => object(root, error),
        IndexError::Sql(detail) => {
            let message = Message::new("vault-index").text("path", root.display());
            Failure::new(FailureKind::Io, message.text("detail", detail))
        }
    }
}
