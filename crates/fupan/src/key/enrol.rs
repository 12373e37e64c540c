//! Use case: a key on the roll, approved by its organisation and by another.

use super::approve::{no_vault_named, read_note, record, refused, signed, write};
use super::{Approval, Approved};
use crate::cellar::Register;
use crate::place::vault_of;
use crate::verify::log_key;
use crate::{Actor, Failure, FailureKind, Message, Step, Watch, cellar};
use fupan_ledger::{Hold, KeyAdd, Leaf, LeafField, LeafKind, LeafValue, Note};
use fupan_vault::{Digests, from_hex};
use std::path::{Path, PathBuf};

/// Enrol (登记来源): a statement begun elsewhere, or the words of a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrol {
    /// The file with the statement.
    Note(PathBuf),
    /// Its words.
    Words(KeyWords),
}

/// Key words (登记说明): whose key it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyWords {
    /// The verifier key, or a file with it.
    pub key: String,
    /// The person, by a name that identifies nobody to a stranger.
    pub person: String,
    /// Their organisation, by its name in the rules.
    pub organisation: String,
    /// The device; none where the server holds the key.
    pub device: Option<String>,
    /// `file`, `device`, `server`, or `passkey:` and the SHA-256 of the credential's id.
    pub hold: String,
}

/// Enrols a key in the vault of `path`, or writes the statement out.
///
/// # Errors
/// What the rules do not allow, with its reason; no rules, no vault.
pub fn enrol_key(
    path: Option<&Path>,
    enrol: &Enrol,
    approval: &Approval,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Approved, Failure> {
    let note = match enrol {
        Enrol::Note(path) => read_note(path)?,
        Enrol::Words(words) => begun(words)?,
    };
    let note = signed(note, &approval.by)?;
    if let Some(out) = &approval.out {
        return write(&note, out, watch).map(Approved::Out);
    }
    let root = vault_of(path.ok_or_else(no_vault_named)?)?;
    watch.step(Step::Write);
    let vault = cellar::open(&root, actor.keys()?, None)?;
    let mut register = Register::load(&vault, &root)?;
    let (rules, _) = register.rules(&root)?.clone();
    let (_, head) = vault.head().map_err(|error| cellar::failure(&root, &error))?;
    register.roll.enrol(&note, head.size, &rules).map_err(|error| refused(&error))?;
    let add = KeyAdd::parse(note.text()).map_err(Failure::bug)?;
    let key = Digests::of(add.key.to_string().as_bytes()).sha256;
    let leaf = Leaf::new(LeafKind::KeyAdd).with(LeafField::Key, LeafValue::Sha256(key));
    record(&root, &vault, note.to_string().as_bytes(), (leaf, true)).map(Approved::Entry)
}

fn begun(words: &KeyWords) -> Result<Note, Failure> {
    let input = |key: &str, found: &str| {
        Failure::new(FailureKind::Input, Message::new(key).text("found", found))
    };
    let hold = match words.hold.as_str() {
        "file" => Some(Hold::File),
        "device" => Some(Hold::Device),
        "server" => Some(Hold::Server),
        other => other.strip_prefix("passkey:").and_then(from_hex).map(Hold::Passkey),
    };
    let add = KeyAdd {
        key: log_key(&words.key)?,
        person: words.person.clone(),
        organisation: words.organisation.clone(),
        device: words.device.clone(),
        hold: hold.ok_or_else(|| input("key-hold", &words.hold))?,
    };
    let text = add.to_string();
    if KeyAdd::parse(&text).as_ref() != Ok(&add) {
        let device = words.device.as_deref().unwrap_or("none");
        let said = format!("{}, {}, {device}", words.person, words.organisation);
        return Err(input("key-words", &said));
    }
    Note::new(&text).map_err(Failure::bug)
}
