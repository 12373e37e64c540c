//! What a cosigner must not forget: the last head of each log. One folder a log, named by the hash of
//! its origin; the head is written beside, flushed, renamed, and the folder flushed, before anything
//! is answered.
//!
//! ```text
//! state/lock                          held while a process runs
//! state/<origin hash>/checkpoint      the last head, with the log's signature and ours
//! state/<origin hash>/alarms/<size>-<hash>.{held,given}
//! ```

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use fupan_ledger::{Malformed, Note};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// Alarms that are kept of one log; only its own key can make one.
const MAX_ALARMS: usize = 64;

/// Store error (背书状态错误): the state cannot be read or written. Nothing is signed then.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Reading or writing failed.
    #[error("{path}: {error}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The stored head is damaged.
    #[error("{path}: {error}")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        error: Malformed,
    },
    /// The stored head is not of this log, or this key did not sign it.
    #[error("the stored head of {origin} is not one that this key signed")]
    Foreign {
        /// The log.
        origin: String,
    },
    /// Another process runs on this state.
    #[error("{path}: another process holds it")]
    Held {
        /// The lock.
        path: PathBuf,
    },
}

/// Head store (背书状态): the last head of each log. The caller sees to it that one log is read and
/// written by one at a time.
pub trait HeadStore: Send + Sync {
    /// The last head of a log; `None`: none yet.
    ///
    /// # Errors
    /// It cannot be read.
    fn head(&self, origin: &str) -> Result<Option<Note>, StoreError>;

    /// Keeps a head in place of the last. When this returns, it is on the disk.
    ///
    /// # Errors
    /// It cannot be written. Then either head may be there.
    fn keep(&self, origin: &str, head: &Note) -> Result<(), StoreError>;

    /// Keeps two heads that contradict each other, and answers with the files that hold the one that
    /// was signed and the one that was given. None: too many are kept of this log already.
    ///
    /// # Errors
    /// They cannot be written.
    fn alarm(
        &self,
        origin: &str,
        size: u64,
        held: &Note,
        given: &Note,
    ) -> Result<Vec<PathBuf>, StoreError>;
}

/// Folder store (背书状态目录): heads in a folder.
#[derive(Debug)]
pub struct FolderStore {
    root: PathBuf,
    /// Held as long as this lives.
    _lock: File,
}

/// Name of a log's folder, also in the protocol: SHA-256 of its origin in hexadecimal digits.
pub(crate) fn origin_hash(origin: &str) -> String {
    hex(&Sha256::digest(origin))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl FolderStore {
    /// Opens a folder, and makes it where it is not there.
    ///
    /// # Errors
    /// It cannot be made, or another process holds it.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(root).map_err(at(root))?;
        let path = root.join("lock");
        let lock = File::create(&path).map_err(at(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root: root.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Held { path }),
            Err(TryLockError::Error(error)) => Err(StoreError::Io { path, error }),
        }
    }

    fn folder(&self, origin: &str) -> PathBuf {
        self.root.join(origin_hash(origin))
    }
}

impl HeadStore for FolderStore {
    fn head(&self, origin: &str) -> Result<Option<Note>, StoreError> {
        let path = self.folder(origin).join("checkpoint");
        match fs::read(&path) {
            Ok(bytes) => {
                Note::parse(&bytes).map(Some).map_err(|error| StoreError::Damaged { path, error })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::Io { path, error }),
        }
    }

    fn keep(&self, origin: &str, head: &Note) -> Result<(), StoreError> {
        let folder = self.folder(origin);
        if !folder.is_dir() {
            fs::create_dir_all(&folder).map_err(at(&folder))?;
            flush_folder(&self.root)?;
        }
        replace(&folder.join("checkpoint"), &head.to_string())
    }

    fn alarm(
        &self,
        origin: &str,
        size: u64,
        held: &Note,
        given: &Note,
    ) -> Result<Vec<PathBuf>, StoreError> {
        let folder = self.folder(origin).join("alarms");
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        // By what contradicts, not by who signed it when: one contradiction is kept once.
        let name = format!("{size}-{}", hex(&Sha256::digest(given.text())));
        let files = ["held", "given"].map(|kind| folder.join(format!("{name}.{kind}")));
        let [held_path, given_path] = &files;
        if !given_path.exists() {
            let kept = fs::read_dir(&folder).map_err(at(&folder))?.count();
            if kept >= 2 * MAX_ALARMS {
                return Ok(Vec::new());
            }
            replace(held_path, &held.to_string())?;
            replace(given_path, &given.to_string())?;
        }
        Ok(files.into())
    }
}

/// Writes a file so that, whatever happens, the old one or the new one is there, and the new one when
/// this returns.
fn replace(path: &Path, text: &str) -> Result<(), StoreError> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside).map_err(at(&beside))?;
    file.write_all(text.as_bytes()).map_err(at(&beside))?;
    file.sync_all().map_err(at(&beside))?;
    drop(file);
    fs::rename(&beside, path).map_err(at(path))?;
    flush_folder(path.parent().unwrap_or(path))
}

/// A rename is durable when its folder is. Windows opens no folders; there a rename is written through
/// with the file system's journal.
fn flush_folder(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(folder).and_then(|file| file.sync_all()).map_err(at(folder))
    } else {
        Ok(())
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    |error| StoreError::Io { path, error }
}
