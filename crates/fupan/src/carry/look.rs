//! That somebody looked at a case of a vault, or checked it, as an entry. Who reads a vault need not be
//! able to write to it: a court reads its copy without the log's key. Then it is said that there is none.

use super::custody;
use crate::cellar::{self, KeyRing};
use crate::place::{CasePlace, KeptCase, locate};
use crate::{Actor, Failure, FailureKind, Message};
use fupan_vault::{Custody, Deed};
use std::path::Path;

/// Notes a deed in each case meant by `path`; gives what must be told where nothing is noted. A case that
/// lives in no vault has no log, and nothing is told.
///
/// A vault that cannot be written to just now does not keep anybody from reading; that is told too.
///
/// # Errors
/// The vault is not what it was ([`FailureKind::Integrity`]).
pub(crate) fn look(
    path: &Path,
    (deed, note): (Deed, String),
    actor: &Actor,
) -> Result<Vec<Message>, Failure> {
    let CasePlace::Kept(kept) = locate(path) else { return Ok(Vec::new()) };
    let Ok(author) = actor.author() else {
        return Ok(vec![Message::new("look-no-author")]);
    };
    let root = kept.vault.as_path();
    let logs = cellar::log_keys(root, &cellar::reading(root))?;
    if !actor.keys().is_ok_and(|keys| KeyRing::new(keys).has(&logs)) {
        return Ok(vec![Message::new("look-no-key")]);
    }
    match noted(&kept, author, actor, (deed, note)) {
        Ok(()) => Ok(Vec::new()),
        Err(failure) if failure.kind == FailureKind::Integrity => Err(failure),
        Err(failure) => {
            let why = Message::new("look-failed");
            Ok(std::iter::once(why).chain(failure.messages).collect())
        }
    }
}

fn noted(
    kept: &KeptCase,
    author: &str,
    actor: &Actor,
    (deed, note): (Deed, String),
) -> Result<(), Failure> {
    let root = kept.vault.as_path();
    let vault = cellar::open(root, actor.keys()?, None)?;
    let cases = if kept.case.is_none() {
        let cases = vault.cases().map_err(|error| cellar::failure(root, &error))?;
        cases.into_iter().map(|(case, _)| case).collect()
    } else {
        vec![cellar::find(&vault, root, kept.case.as_deref())?.case]
    };
    let done = Custody { deed, evidence: String::new(), object: None, from: None, to: None, note };
    for case in cases {
        custody(root, &vault, case, author, &done)?;
    }
    Ok(())
}
