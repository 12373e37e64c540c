//! What the journal refuses, and why it stops.

use fupan_ledger::{KeyError, LeafError, Malformed, NoteError, ProofError, TileError, Ulid};
use thiserror::Error;

use crate::journal::SignerError;
use crate::store::StoreError;

/// Refused (拒绝): an act that does not fit what is in the log. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// Made upon an older version of the case.
    #[error("made upon version {expected}, the case is at version {current}")]
    Stale {
        /// The version the author had seen.
        expected: u64,
        /// The version the case has.
        current: u64,
    },
    /// The id is in the log with other bytes.
    #[error("the id {id} stands for another act, at index {index}")]
    IdTaken {
        /// The id.
        id: Ulid,
        /// Where the other act is.
        index: u64,
    },
    /// The object, or a case that uses it, must be kept.
    #[error("a hold of case {case} forbids it")]
    Held {
        /// The case whose hold it is.
        case: Ulid,
    },
    /// Another case uses the object too.
    #[error("case {case} uses the object too")]
    StillUsed {
        /// The other case.
        case: Ulid,
    },
    /// There is no such case.
    #[error("there is no case {case}")]
    NoCase {
        /// Its id.
        case: Ulid,
    },
}

/// Fault (完整性缺陷): something that is not as the formats say, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}: {what}")]
pub struct Fault {
    /// Name of the blob, and the line or index in it where that is known.
    pub place: String,
    /// What is wrong, for the hall to word.
    pub what: FaultKind,
}

/// Fault kind (缺陷种类).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FaultKind {
    /// It is named or needed and not there.
    #[error("missing")]
    Missing,
    /// Nothing of that name belongs here.
    #[error("does not belong here")]
    Stray,
    /// Its bytes are not those that its name, the log or a digest says.
    #[error("bytes differ from what the log says")]
    Differs,
    /// Its SM3 is another.
    #[error("SM3 differs from what the log says")]
    Sm3,
    /// It is not in its format.
    #[error("not in its format")]
    Format,
    /// Its signature does not verify, or is of nobody known.
    #[error("signature does not verify")]
    Signature,
    /// The log is of another origin.
    #[error("of another log")]
    Origin,
    /// The root is not that of the leaves.
    #[error("root does not follow from the leaves")]
    Root,
    /// An older head stands where a newer one is known.
    #[error("older than the newest known head of size {newest}")]
    Rollback {
        /// Size of the newest head known.
        newest: u64,
    },
    /// It cannot be read.
    #[error("cannot be read")]
    Unreadable,
}

/// Why the journal does not do what it was asked to.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JournalError {
    /// The act does not fit; nothing was written.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The leaf is none; nothing was written.
    #[error(transparent)]
    Leaf(#[from] LeafError),
    /// The journal stopped at this failure. What it was at is decided at the next start.
    #[error("the journal has stopped: {0}")]
    Stopped(Box<Self>),
    /// The store cannot.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is stored is not as it must be.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// Written by a newer program; this one would not understand it.
    #[error("the vault has the format {0}")]
    Newer(String),
    /// The head is no longer the one this journal wrote: somebody else writes.
    #[error("the head was moved by another writer")]
    HeadMoved,
    /// The signer will not sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// A tile or bundle that cannot be.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// A proof that cannot be made.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// A note that is none.
    #[error(transparent)]
    Malformed(#[from] Malformed),
}

impl Fault {
    /// A fault at a place.
    pub(crate) fn at(place: impl Into<String>, what: FaultKind) -> Self {
        Self { place: place.into(), what }
    }
}

impl JournalError {
    pub(crate) fn fault(place: impl Into<String>, what: FaultKind) -> Self {
        Fault::at(place, what).into()
    }
}

impl From<KeyError> for JournalError {
    fn from(error: KeyError) -> Self {
        SignerError::Key(error).into()
    }
}

impl FaultKind {
    /// A word for the kind.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stray => "stray",
            Self::Differs => "differs",
            Self::Sm3 => "sm3",
            Self::Format => "format",
            Self::Signature => "signature",
            Self::Origin => "origin",
            Self::Root => "root",
            Self::Rollback { .. } => "rollback",
            Self::Unreadable => "unreadable",
        }
    }

    /// What a note's refusal means here.
    pub(crate) fn of_note(error: &NoteError) -> Self {
        match error {
            NoteError::Malformed(_) => Self::Format,
            NoteError::BadSignature { .. } | NoteError::Unsigned => Self::Signature,
        }
    }
}
