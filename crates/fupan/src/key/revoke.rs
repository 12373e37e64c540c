//! Use case: a key that counts no longer, from a leaf on that may lie in the past.

use super::approve::{no_vault_named, read_note, record, refused, signed, write};
use super::{Approval, Approved};
use crate::cellar::Register;
use crate::place::vault_of;
use crate::verify::log_key;
use crate::{Actor, Failure, Step, Watch, cellar};
use fupan_ledger::{KeyRevoke, Leaf, LeafField, LeafKind, LeafValue, Note};
use fupan_vault::Digests;
use std::path::{Path, PathBuf};

/// Revoke (吊销来源): a statement begun elsewhere, or which key and since which leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revoke {
    /// The file with the statement.
    Note(PathBuf),
    /// The key, or a file with it; the leaf, `None`: the next one.
    Key(String, Option<u64>),
}

/// Revokes a key in the vault of `path`, or writes the statement out.
///
/// # Errors
/// What the rules do not allow, with its reason; no rules, no vault.
pub fn revoke_key(
    path: Option<&Path>,
    revoke: &Revoke,
    approval: &Approval,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Approved, Failure> {
    let root = path.map(vault_of).transpose()?;
    let note = match revoke {
        Revoke::Note(path) => read_note(path)?,
        Revoke::Key(key, since) => {
            let key = log_key(key)?;
            let since = match (since, &root) {
                (Some(since), _) => *since,
                (None, Some(root)) => crate::vault::show_head(root)?.size,
                (None, None) => return Err(no_vault_named()),
            };
            let text = KeyRevoke { key, since }.to_string();
            Note::new(&text).map_err(Failure::bug)?
        }
    };
    let note = signed(note, &approval.by)?;
    if let Some(out) = &approval.out {
        return write(&note, out, watch).map(Approved::Out);
    }
    let root = root.ok_or_else(no_vault_named)?;
    watch.step(Step::Write);
    let vault = cellar::open(&root, actor.keys()?, None)?;
    let mut register = Register::load(&vault, &root)?;
    let (rules, _) = register.rules(&root)?.clone();
    let (_, head) = vault.head().map_err(|error| cellar::failure(&root, &error))?;
    register.roll.revoke(&note, head.size, &rules).map_err(|error| refused(&error))?;
    let revoke = KeyRevoke::parse(note.text()).map_err(Failure::bug)?;
    let key = Digests::of(revoke.key.to_string().as_bytes()).sha256;
    let since = i64::try_from(revoke.since).map_err(Failure::bug)?;
    let leaf = Leaf::new(LeafKind::KeyRevoke)
        .with(LeafField::Key, LeafValue::Sha256(key))
        .number(LeafField::Since, since);
    record(&root, &vault, note.to_string().as_bytes(), (leaf, true)).map(Approved::Entry)
}
