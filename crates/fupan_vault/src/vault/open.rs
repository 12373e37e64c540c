//! Begins and opens vaults.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use fupan_ledger::{Checkpoint, Policy, VerifyKey};

use super::{Vault, VaultError};
use crate::admission::Admission;
use crate::index::Index;
use crate::journal::{FaultKind, Journal, JournalError, Log, LogReader, Signer};
use crate::object::Objects;
use crate::store::{BlobName, Store, probe};

/// Where the format's version stands.
pub(crate) const FORMAT_PLACE: &str = "format";
/// The version that is written here.
pub(crate) const FORMAT: &str = "fupan-vault/1\n";
/// Where the keys of the log stand, one a line. No trust anchor: it is for programs that read the vault in place.
pub(crate) const KEY_PLACE: &str = "keys/log.vkey";

/// Opening (开库参数): what a vault is opened with.
#[derive(Default)]
pub struct Opening {
    /// Where the index stands; `None`: in memory.
    pub index: Option<PathBuf>,
    /// Whose cosignatures make a receipt one of a quorum.
    pub policy: Option<Policy>,
    /// Heads of this log that others have seen.
    pub known: Vec<Checkpoint>,
}

impl Vault {
    /// Begins a vault in an empty store.
    ///
    /// # Errors
    /// There is one already; the store does not honour its conditions, or cannot.
    pub fn init(store: &Store, signer: &dyn Signer) -> Result<(), VaultError> {
        probe(store)?;
        let (format, key) = (made(FORMAT_PLACE), made(KEY_PLACE));
        let vkey: String = signer.keys().iter().map(|key| format!("{key}\n")).collect();
        store.blobs.create_all(&[(format, FORMAT.as_bytes()), (key, vkey.as_bytes())])?;
        Self::check_format(store)?;
        Ok(Log::begin(store, signer)?)
    }

    /// Opens a vault for writing: finishes what a run before had begun, refuses to go back, brings the
    /// index up to date.
    ///
    /// # Errors
    /// A newer format; a store that does not honour its conditions; a log that is not whole.
    pub fn open(store: Store, signer: Arc<dyn Signer>, with: Opening) -> Result<Self, VaultError> {
        Self::check_format(&store)?;
        probe(&store)?;
        let key = signer.verify_key().clone();
        let log = Log::open(&store, signer, &with.known)?;
        let head = Checkpoint::parse(log.head().text()).map_err(JournalError::from)?;
        let mut vault = Self::over(store, key, with.index)?;
        let admission = {
            let index = vault.index.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
            index.catch_up(&vault.reader, &vault.objects, &head)?;
            Admission::load(index)?
        };
        vault.journal = Some(Arc::new(Journal::start(log, Box::new(admission), with.policy)));
        vault.finish_erasures()?;
        Ok(vault)
    }

    /// Opens a vault to read it, beside its writer.
    ///
    /// # Errors
    /// A newer format, or no head that `key` signed.
    pub fn open_to_read(
        store: Store,
        key: VerifyKey,
        index: Option<PathBuf>,
    ) -> Result<Self, VaultError> {
        Self::check_format(&store)?;
        crate::journal::load_head(&store, &key)?;
        Self::over(store, key, index)
    }

    /// The keys that stand in a vault as those of its log. They prove nothing by themselves: they let a
    /// program read what it has.
    ///
    /// # Errors
    /// A newer format, or no keys in theirs.
    pub fn keys_inside(store: &Store) -> Result<Vec<VerifyKey>, VaultError> {
        Self::check_format(store)?;
        let fault = |kind| JournalError::fault(KEY_PLACE, kind);
        let bytes = store.blobs.read(&made(KEY_PLACE))?.ok_or_else(|| fault(FaultKind::Missing))?;
        let text = String::from_utf8(bytes).map_err(|_| fault(FaultKind::Format))?;
        let keys: Result<Vec<VerifyKey>, _> = text.lines().map(str::parse).collect();
        let keys = keys.ok().filter(|keys| !keys.is_empty());
        Ok(keys.ok_or_else(|| fault(FaultKind::Format))?)
    }

    fn over(store: Store, key: VerifyKey, index: Option<PathBuf>) -> Result<Self, VaultError> {
        let index = match index {
            Some(path) => Index::open(&path)?,
            None => Index::in_memory()?,
        };
        Ok(Self {
            objects: Objects::new(store.blobs.clone()),
            reader: LogReader::new(store.blobs.clone()),
            store,
            key,
            journal: None,
            index: Mutex::new(index),
            states: Mutex::new(BTreeMap::new()),
            keeping: RwLock::new(()),
        })
    }

    /// Refuses a vault whose format is not read here.
    pub(crate) fn check_format(store: &Store) -> Result<(), JournalError> {
        let found = store.blobs.read(&made(FORMAT_PLACE))?;
        let missing = || JournalError::fault(FORMAT_PLACE, FaultKind::Missing);
        let text = String::from_utf8_lossy(&found.ok_or_else(missing)?).into_owned();
        if text == FORMAT {
            return Ok(());
        }
        let version = text.strip_prefix("fupan-vault/").and_then(|v| v.strip_suffix('\n'));
        match version.and_then(|version| version.parse::<u32>().ok()) {
            Some(version) if version > 1 => Err(JournalError::Newer(text.trim_end().to_owned())),
            _ => Err(JournalError::fault(FORMAT_PLACE, FaultKind::Format)),
        }
    }
}

fn made(place: &str) -> BlobName {
    BlobName::made(place.to_owned())
}
