//! A vault: objects, journal and index as one. Everything a person does in a case goes through
//! [`Vault::record`]; what devices seal goes through [`Vault::append`].

mod keep;
mod leaves;
mod open;
mod read;
mod record;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use fupan_ledger::{Checkpoint, Note, VerifyKey};
use thiserror::Error;

use crate::entry::{CaseState, FoldError};
use crate::index::{Index, IndexError};
use crate::journal::{Journal, JournalError, LogReader, Refused};
use crate::object::{ObjectError, Objects};
use crate::store::{Store, StoreError};
use std::collections::BTreeMap;

pub(crate) use open::KEY_PLACE;
pub use open::Opening;
pub use record::Recorded;

/// Vault (证据库): one log with its objects and index, of one case or many.
pub struct Vault {
    store: Store,
    objects: Objects,
    reader: LogReader,
    key: VerifyKey,
    journal: Option<Arc<Journal>>,
    index: Mutex<Index>,
    /// Folded cases, with the version each is at.
    states: Mutex<BTreeMap<fupan_ledger::Ulid, (u64, CaseState)>>,
    /// Held for reading by what brings evidence in, for writing by holds and erasures, so that an
    /// object is never erased while somebody takes it into a case.
    keeping: RwLock<()>,
}

/// Why a vault does not do what it was asked to.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The act does not fit what is in the log. Nothing was written.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The act does not fit the case. Nothing was written.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// The vault was opened to read.
    #[error("the vault is open for reading only")]
    ReadOnly,
    /// There is no such case.
    #[error("there is no case {0}")]
    NoCase(fupan_ledger::Ulid),
    /// The act names something that is no digest.
    #[error("not a SHA-256 in 64 small hexadecimal digits: {0}")]
    NoDigest(String),
    /// The act has no form in JSON.
    #[error("the act has no form in JSON: {0}")]
    Form(String),
    /// The journal.
    #[error(transparent)]
    Journal(JournalError),
    /// An object.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<JournalError> for VaultError {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Refused(refused) => Self::Refused(refused),
            other => Self::Journal(other),
        }
    }
}

impl Vault {
    /// The objects.
    #[must_use]
    pub fn objects(&self) -> &Objects {
        &self.objects
    }

    /// The stored log.
    #[must_use]
    pub fn log(&self) -> &LogReader {
        &self.reader
    }

    /// The store below.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The log's key.
    #[must_use]
    pub fn key(&self) -> &VerifyKey {
        &self.key
    }

    /// The journal, for cosigning and receipts.
    ///
    /// # Errors
    /// The vault is open for reading only.
    pub fn journal(&self) -> Result<&Arc<Journal>, VaultError> {
        self.journal.as_ref().ok_or(VaultError::ReadOnly)
    }

    /// The newest head.
    ///
    /// # Errors
    /// There is none that the log's key signed.
    pub fn head(&self) -> Result<(Note, Checkpoint), VaultError> {
        match &self.journal {
            Some(journal) => {
                let note = journal.head();
                let checkpoint = Checkpoint::parse(note.text()).map_err(JournalError::from)?;
                Ok((note, checkpoint))
            }
            None => Ok(crate::journal::load_head(&self.store, &self.key)?),
        }
    }

    /// The index, caught up with the head.
    pub(crate) fn caught_up(&self) -> Result<(MutexGuard<'_, Index>, Checkpoint), VaultError> {
        let (_, head) = self.head()?;
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        index.catch_up(&self.reader, &self.objects, &head)?;
        Ok((index, head))
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("key", &self.key).finish_non_exhaustive()
    }
}
