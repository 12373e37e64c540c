//! Vaults as the hall opens them: the store in its folder, the key of its log from the key ring, the
//! index beside it. What a use case does with a vault begins here.

mod fault;
mod key_ring;
mod register;
mod ring_signer;

pub(crate) use fault::{failure, fault_message, store_failure};
pub(crate) use key_ring::{KeyRing, draw, write_secret};
pub(crate) use register::{Captured, Register, rules_of};
pub(crate) use ring_signer::RingSigner;

use crate::{Failure, FailureKind, Message};
use fupan_ledger::{Policy, Ulid, VerifyKey};
use fupan_vault::{BackupError, CaseRead, DiskStore, Opening, Store, StoreError, Vault};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// Where the index stands below a vault.
const INDEX: &str = "index.db";
/// How often, and at what distance, a vault is asked for while another program writes to it.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// The store of a vault that is only read. Nothing in it is trusted by its own word.
pub(crate) fn reading(root: &Path) -> Store {
    Store::of(Arc::new(DiskStore::open_to_read(root)))
}

/// The store of a vault that is written to; waits a while for another writer to end.
///
/// # Errors
/// Somebody writes to it for longer; it cannot be taken.
pub(crate) fn writing(root: &Path) -> Result<Store, Failure> {
    for _ in 1..TRIES {
        match DiskStore::open(root) {
            Err(error) if error.kind == ErrorKind::WouldBlock => thread::sleep(PAUSE),
            other => return taken(root, other),
        }
    }
    taken(root, DiskStore::open(root))
}

fn taken(root: &Path, opened: Result<DiskStore, StoreError>) -> Result<Store, Failure> {
    opened.map(|disk| Store::of(Arc::new(disk))).map_err(|error| store_failure(root, &error))
}

/// Opens a vault to read it, beside whoever writes to it. The key of its log is the one that stands in
/// it: enough to read what one has; what an outsider may rest on is [`crate::verify()`]'s.
///
/// # Errors
/// It is no vault, of a newer format, or not whole.
pub(crate) fn open_to_read(root: &Path) -> Result<Vault, Failure> {
    let store = reading(root);
    let key = log_keys(root, &store)?.into_iter().next().ok_or_else(|| Failure::bug("no key"))?;
    Vault::open_to_read(store, key, None).map_err(|error| failure(root, &error))
}

/// Opens a vault to write to it, with the key of its log out of the ring.
///
/// # Errors
/// As [`open_to_read`]; the ring has no key of this log; another program writes to it.
pub(crate) fn open(root: &Path, keys: &Path, policy: Option<Policy>) -> Result<Vault, Failure> {
    let found = log_keys(root, &reading(root))?;
    let signer = KeyRing::new(keys).signer(&found)?;
    over(root, writing(root)?, signer, policy)
}

/// As [`open`], without waiting: `None` while another program writes to it.
///
/// # Errors
/// As [`open`].
pub(crate) fn open_now(root: &Path, keys: &Path) -> Result<Option<Vault>, Failure> {
    // A folder that is no vault any more is not made one.
    let found = log_keys(root, &reading(root))?;
    let store = match DiskStore::open(root) {
        Err(error) if error.kind == ErrorKind::WouldBlock => return Ok(None),
        other => taken(root, other)?,
    };
    let signer = KeyRing::new(keys).signer(&found)?;
    over(root, store, signer, None).map(Some)
}

fn over(
    root: &Path,
    store: Store,
    signer: RingSigner,
    policy: Option<Policy>,
) -> Result<Vault, Failure> {
    let known = signer.last().into_iter().collect();
    let with = Opening { index: Some(root.join(INDEX)), policy, known };
    Vault::open(store, Arc::new(signer), with).map_err(|error| failure(root, &error))
}

/// The keys that stand in a vault as those of its log.
///
/// # Errors
/// It is none, or they cannot be read.
pub(crate) fn log_keys(root: &Path, store: &Store) -> Result<Vec<VerifyKey>, Failure> {
    Vault::keys_inside(store).map_err(|error| failure(root, &error))
}

/// The case meant: the one of that id or number, or the only one.
///
/// # Errors
/// There is none, or more than one and none was named.
pub(crate) fn find(vault: &Vault, root: &Path, named: Option<&str>) -> Result<CaseRead, Failure> {
    let fault = |error| failure(root, &error);
    let cases = vault.cases().map_err(fault)?;
    let mut known = Vec::new();
    for (case, _) in &cases {
        let is_named = |id: &str| named.is_none_or(|named| named == id);
        let number = case.to_string();
        if cases.len() == 1 && named.is_none() || named == Some(&number) {
            return vault.case_file(*case).map_err(fault);
        }
        let read = vault.case_file(*case).map_err(fault)?;
        if named.is_some() && is_named(&read.file.id) {
            return Ok(read);
        }
        known.push(format!("{} ({number})", read.file.id));
    }
    let key = match (named, cases.is_empty()) {
        (_, true) => "vault-case-none",
        (Some(_), false) => "vault-case-absent",
        (None, false) => "vault-which-case",
    };
    let message = Message::new(key)
        .text("path", root.display())
        .text("case", named.unwrap_or_default())
        .text("cases", known.join(", "));
    let kind = if key == "vault-which-case" { FailureKind::Input } else { FailureKind::Missing };
    Err(Failure::new(kind, message))
}

/// What a backup that did not succeed says.
pub(crate) fn backup_failure(root: &Path, error: BackupError) -> Failure {
    match error {
        BackupError::Store(error) => store_failure(root, &error),
        BackupError::Journal(error) => failure(root, &error.into()),
        BackupError::Object(error) => failure(root, &error.into()),
        BackupError::Target => {
            let message = Message::new("vault-target").text("path", root.display());
            Failure::new(FailureKind::Conflict, message)
        }
        BackupError::Damaged(report) => {
            let faults = report.faults.iter().map(|fault| fault_message(root, fault));
            Failure { kind: FailureKind::Integrity, messages: faults.collect() }
        }
    }
}

/// A new number for a case or an entry, and the salt that goes with it.
pub(crate) fn made(case: Ulid, author: &str) -> Result<fupan_vault::Made, Failure> {
    let at_ms = crate::chance::now_ms()?;
    let (id, salt) = (crate::chance::ulid(at_ms)?, crate::chance::random()?);
    Ok(fupan_vault::Made { case, id, author: author.to_owned(), at_ms, salt })
}
