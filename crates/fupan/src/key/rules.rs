//! Use case: the rules of attesting. The first of a vault stand by the fingerprint that people keep
//! outside; every later file needs the signatures of two organisations of the one before.

use super::approve::{no_vault_named, read_note, record, signed, write};
use super::{Approval, Approved};
use crate::cellar::{Register, rules_of};
use crate::place::vault_of;
use crate::{Actor, Failure, Step, Watch, cellar, file};
use fupan_ledger::{Leaf, LeafField, LeafKind, LeafValue};
use std::path::Path;

/// Puts the rules in `file` in force in the vault of `path`, or writes them out signed.
///
/// # Errors
/// Every line that is refused; approvals that are missing.
pub fn set_rules(
    path: Option<&Path>,
    file: &Path,
    approval: &Approval,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Approved, Failure> {
    rules_of(&file::bytes(file)?, None)?;
    let bytes = if approval.by.is_empty() {
        file::bytes(file)?
    } else {
        let note = signed(read_note(file)?, &approval.by)?;
        if let Some(out) = &approval.out {
            return write(&note, out, watch).map(Approved::Out);
        }
        note.to_string().into_bytes()
    };
    let root = vault_of(path.ok_or_else(no_vault_named)?)?;
    watch.step(Step::Write);
    let vault = cellar::open(&root, actor.keys()?, None)?;
    let register = Register::load(&vault, &root)?;
    rules_of(&bytes, register.rules_now())?;
    let mut leaf = Leaf::new(LeafKind::Policy);
    if let Some(prev) = register.rules_at.and_then(|at| i64::try_from(at).ok()) {
        leaf.set(LeafField::Prev, LeafValue::Number(prev));
    }
    record(&root, &vault, &bytes, (leaf, false)).map(Approved::Entry)
}
