//! What a store says when it cannot.

use std::io;

use thiserror::Error;

/// Doing (存储动作): what a store was at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Doing {
    /// Reading.
    #[error("read")]
    Read,
    /// Writing bytes.
    #[error("write")]
    Write,
    /// Making written bytes or names durable. After this nothing more is written: what the system
    /// dropped, a second try would take for kept.
    #[error("make durable")]
    Sync,
    /// Giving bytes their name.
    #[error("name")]
    Name,
    /// Taking away.
    #[error("remove")]
    Remove,
    /// Taking the vault for writing.
    #[error("lock")]
    Lock,
}

/// A store that cannot do what it was asked to.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("cannot {doing} {place}: {kind}")]
pub struct StoreError {
    /// What it was at.
    pub doing: Doing,
    /// Name of the blob, below the vault.
    pub place: String,
    /// The system's kind of error.
    pub kind: io::ErrorKind,
    /// The system's number of it.
    pub code: Option<i32>,
}

impl StoreError {
    /// An error of the system at a place.
    pub fn new(doing: Doing, place: impl Into<String>, error: &io::Error) -> Self {
        Self { doing, place: place.into(), kind: error.kind(), code: error.raw_os_error() }
    }

    /// An error without a system's number.
    pub(crate) fn plain(doing: Doing, place: impl Into<String>, kind: io::ErrorKind) -> Self {
        Self { doing, place: place.into(), kind, code: None }
    }

    /// Whether the disk is full or the quota used up.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self.kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
    }

    /// Whether the store may no longer be written to.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        self.doing == Doing::Sync
    }
}
