//! Why a call came to nothing, and whether it may be tried again.

use fupan_ledger::{Malformed, StampError, StampStatus};
use thiserror::Error;

/// Wire error (通信错误): why a call came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WireError {
    /// Nobody answered: no such host, no connection, or no answer in time.
    #[error("no answer from {url}: {why}")]
    Down {
        /// Who was called.
        url: String,
        /// What the network said.
        why: String,
    },
    /// The other side is overloaded or has a fault of its own: 429 and 5xx.
    #[error("{url} answered {status}")]
    Busy {
        /// Who was called.
        url: String,
        /// HTTP status.
        status: u16,
    },
    /// The other side does not do what was asked.
    #[error("{url} answered {status}")]
    Refused {
        /// Who was called.
        url: String,
        /// HTTP status.
        status: u16,
    },
    /// The address is none, or of a protocol that this build does not speak.
    #[error("{url} cannot be called: {why}")]
    Address {
        /// As given.
        url: String,
        /// What is wrong.
        why: String,
    },
    /// The answer is longer than any such answer is.
    #[error("{url} answered more than {limit} bytes")]
    TooLong {
        /// Who was called.
        url: String,
        /// Bytes that are read.
        limit: u64,
    },
    /// The answer is not of the type asked for.
    #[error("{url} answered in another type: {found}")]
    ContentType {
        /// Who was called.
        url: String,
        /// As the answer says.
        found: String,
    },
    /// The answer is in no form that the protocol knows.
    #[error("{url}: {fault}")]
    Malformed {
        /// Who was called.
        url: String,
        /// What is wrong.
        fault: Malformed,
    },
    /// The authority says no.
    #[error("{url} did not stamp: {status:?} {failures:?} {texts:?}")]
    NotStamped {
        /// Who was called.
        url: String,
        /// What became of the request.
        status: StampStatus,
        /// Numbers of the reasons (RFC 3161 §2.4.2).
        failures: Vec<usize>,
        /// What the authority says to it.
        texts: Vec<String>,
    },
    /// What the authority sent is no stamp, or proves nothing of what was asked.
    #[error("{url}: {error}")]
    Stamp {
        /// Who was called.
        url: String,
        /// What speaks against it.
        error: StampError,
    },
    /// The cosigner's answer holds no valid cosignature of its key.
    #[error("{url} sent no cosignature of its key")]
    NotCosigned {
        /// Who was called.
        url: String,
    },
    /// The cosigner says it signed a larger checkpoint than this one.
    #[error("{url} signed a head of size {size} already")]
    Ahead {
        /// Who was called.
        url: String,
        /// The size it signed last.
        size: u64,
    },
    /// No proof could be made from the size that the cosigner signed last.
    #[error("no proof from size {size} for {url}")]
    NoProof {
        /// Who was called.
        url: String,
        /// The size it signed last.
        size: u64,
    },
}

/// Reasons of an authority that pass: no source of time, a fault of its own (RFC 3161 §2.4.2).
const PASSING: [usize; 2] = [14, 25];

impl WireError {
    /// Whether the same call may succeed later: a queue keeps it. Otherwise somebody must look.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Down { .. } | Self::Busy { .. } => true,
            Self::NotStamped { status, failures, .. } => {
                *status == StampStatus::Waiting
                    || failures.iter().any(|failure| PASSING.contains(failure))
            }
            Self::Refused { .. }
            | Self::Address { .. }
            | Self::TooLong { .. }
            | Self::ContentType { .. }
            | Self::Malformed { .. }
            | Self::Stamp { .. }
            | Self::NotCosigned { .. }
            | Self::Ahead { .. }
            | Self::NoProof { .. } => false,
        }
    }
}
