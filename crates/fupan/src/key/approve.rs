//! Use case: a signature under a statement about keys or rules, and what all of them share: signing
//! with the keys at hand, writing out for others, or recording.

use crate::output::{Output, replace_all};
use crate::{Failure, FailureKind, Message, Watch, cellar, chance, file};
use fupan_ledger::{Checkpoint, Leaf, LeafField, LeafValue, Note, RollError, SigningKey};
use fupan_vault::{Vault, hex_of};
use std::path::{Path, PathBuf};

/// Approval (核准方式): who signs here and now, and whether the statement is then written out for others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approval {
    /// Files with the keys that sign.
    pub by: Vec<PathBuf>,
    /// Where to write the statement; `None`: it is handed in.
    pub out: Option<PathBuf>,
}

/// Approved (核准结果): what became of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approved {
    /// Written out, for others to sign.
    Out(PathBuf),
    /// In the log for good.
    Entry(KeyEntry),
}

/// Key entry (密钥入账): a statement about keys or rules that is in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEntry {
    /// Index in the log.
    pub index: u64,
    /// SHA-256 of the statement.
    pub statement: String,
    /// Name of the log.
    pub origin: String,
    /// Size of the log whose signed head covers it.
    pub size: u64,
}

/// Adds signatures to the statement in a file, which is written over.
///
/// # Errors
/// No statement, no key; it cannot be written.
pub fn approve_note(
    path: &Path,
    approval: &Approval,
    watch: &dyn Watch,
) -> Result<PathBuf, Failure> {
    let note = signed(read_note(path)?, &approval.by)?;
    write(&note, approval.out.as_deref().unwrap_or(path), watch)
}

/// The note in a file; rules that nobody has signed are one without signatures.
pub(super) fn read_note(path: &Path) -> Result<Note, Failure> {
    let bytes = file::bytes(path)?;
    let text = String::from_utf8_lossy(&bytes);
    let plain = text.starts_with("fupan.example/attest-rules/") && Note::parse(&bytes).is_err();
    let note = if plain { Note::new(&text) } else { Note::parse(&bytes) };
    note.map_err(|error| {
        let message = Message::new("key-bad-note").text("path", path.display());
        Failure::new(FailureKind::Input, message.text("detail", error))
    })
}

/// The note with the signatures of these keys.
pub(super) fn signed(mut note: Note, by: &[PathBuf]) -> Result<Note, Failure> {
    for path in by {
        note.sign(&secret(path)?).map_err(|_| bad_secret(path))?;
    }
    Ok(note)
}

/// The one secret key in a file.
///
/// # Errors
/// There is none, or more than one.
pub(crate) fn secret(path: &Path) -> Result<SigningKey, Failure> {
    file::text(path)?.trim_ascii().parse().map_err(|_| bad_secret(path))
}

fn bad_secret(path: &Path) -> Failure {
    let message = Message::new("key-bad-secret").text("path", path.display());
    Failure::new(FailureKind::Input, message)
}

pub(super) fn write(note: &Note, out: &Path, watch: &dyn Watch) -> Result<PathBuf, Failure> {
    let name = crate::evidence::name_of(out);
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let output = [Output::new(name, note.to_string().into_bytes())];
    replace_all(folder.unwrap_or(Path::new(".")), &output, watch)?;
    Ok(out.to_path_buf())
}

/// Keeps a statement and appends its leaf.
pub(super) fn record(
    root: &Path,
    vault: &Vault,
    bytes: &[u8],
    (leaf, body): (Leaf, bool),
) -> Result<KeyEntry, Failure> {
    let kept = vault.objects().put_bytes(bytes);
    let kept = kept.map_err(|error| cellar::failure(root, &error.into()))?.digests;
    let at_ms = chance::now_ms()?;
    let mut leaf = leaf.number(LeafField::At, at_ms);
    if body {
        leaf.set(LeafField::Body, LeafValue::Sha256(kept.sha256));
        leaf.set(LeafField::BodySm3, LeafValue::Sm3(kept.sm3));
    } else {
        leaf.set(LeafField::Policy, LeafValue::Sha256(kept.sha256));
    }
    let receipt = vault.append(leaf, at_ms).map_err(|error| cellar::failure(root, &error))?;
    let head = Checkpoint::parse(receipt.proof.checkpoint.text()).map_err(Failure::bug)?;
    Ok(KeyEntry {
        index: receipt.index,
        statement: hex_of(&kept.sha256),
        origin: head.origin,
        size: head.size,
    })
}

/// That a statement was made for the vault, and no vault is named.
pub(super) fn no_vault_named() -> Failure {
    Failure::new(FailureKind::Input, Message::new("key-no-vault"))
}

/// Why the roll refuses a statement.
pub(super) fn refused(error: &RollError) -> Failure {
    let key = match error {
        RollError::Malformed(_) => "key-refused-malformed",
        RollError::Note(_) => "key-refused-signature",
        RollError::Order(_) => "key-refused-order",
        RollError::UnknownOrganisation(_) => "key-refused-unknown-organisation",
        RollError::KeyTaken => "key-refused-key-taken",
        RollError::KeyUse => "key-refused-key-use",
        RollError::PersonElsewhere => "key-refused-person-elsewhere",
        RollError::NotApproved => "key-refused-not-approved",
        RollError::NotCounterApproved => "key-refused-not-counter-approved",
        RollError::NotEnrolled => "key-refused-not-enrolled",
        RollError::RevokedBefore => "key-refused-revoked-before",
        RollError::Since => "key-refused-since",
        RollError::NotAllowed => "key-refused-not-allowed",
    };
    let message = Message::new(key).text("detail", error);
    Failure::new(FailureKind::Input, message)
}
