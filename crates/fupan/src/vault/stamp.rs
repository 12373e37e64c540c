//! Use case: heads of a vault's log before a time stamp authority, through [`stamp_heads`].

use crate::place::vault_of;
use crate::stamp::stamp_heads;
use crate::{Actor, Failure, StampHeads, Step, Watch, cellar, chance};
use fupan_vault::StampOutcome;
use std::path::Path;

/// Asks for every token that the log of the vault of `path` still needs.
///
/// # Errors
/// No vault; no certificate to trust; tokens that cannot be kept. That the authority is away is no
/// error: what was asked stays in the queue.
pub fn stamp_vault(
    path: &Path,
    request: &StampHeads,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Vec<StampOutcome>, Failure> {
    let root = vault_of(path)?;
    let vault = cellar::open(&root, actor.keys()?, None)?;
    watch.step(Step::Ask);
    let mut lost = None;
    let mut nonce = || {
        chance::random().unwrap_or_else(|failure| {
            lost = Some(failure);
            // A request must have a nonce; this one is told of below and guards nothing.
            [1; 8]
        })
    };
    let outcomes = stamp_heads(&vault, request, &mut nonce, chance::now_ms()?)?;
    lost.map_or(Ok(outcomes), Err)
}
