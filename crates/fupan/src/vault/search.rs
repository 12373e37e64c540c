//! Use case: every text in a vault that holds the words asked for.

use crate::place::{CasePlace, locate, no_vault};
use crate::{Actor, Failure, FailureKind, Message, Step, Watch, carry, cellar};
use fupan_vault::Deed;
use std::path::Path;

/// Search hit (检索所得): a text that holds every word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// Index of its entry in the log.
    pub index: u64,
    /// Number of the case in the vault.
    pub case: String,
    /// What kind of statement or act it is.
    pub kind: String,
    /// The text, in small letters and with single blanks.
    pub text: String,
}

/// Searched (检索结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// What was found.
    pub hits: Vec<SearchHit>,
    /// What must be known besides.
    pub notes: Vec<Message>,
}

/// Searches the case at `path`, or all cases of a vault. That somebody looked, and for what, is an entry where
/// somebody is named.
///
/// # Errors
/// No vault, no such case, no words.
pub fn search_vault(
    path: &Path,
    words: &str,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Searched, Failure> {
    watch.step(Step::Read);
    let CasePlace::Kept(kept) = locate(path) else { return Err(no_vault(path)) };
    if words.trim().is_empty() {
        return Err(Failure::new(FailureKind::Input, Message::new("vault-search-words")));
    }
    let vault = cellar::open_to_read(&kept.vault)?;
    let named = kept.case.as_deref();
    let case = named.map(|named| cellar::find(&vault, &kept.vault, Some(named))).transpose()?;
    let hits = vault.search(case.map(|read| read.case), words);
    let hits = hits.map_err(|error| cellar::failure(&kept.vault, &error))?;
    let hit = |hit: fupan_vault::Hit| SearchHit {
        index: hit.index,
        case: hit.case,
        kind: hit.kind,
        text: hit.text,
    };
    let hits = hits.into_iter().map(hit).collect();
    drop(vault);
    let notes = carry::look(path, (Deed::Viewed, format!("search {words}")), actor)?;
    Ok(Searched { hits, notes })
}
