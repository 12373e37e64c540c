//! Time stamps (RFC 3161) over heads of the log: which heads still need one, what was asked, what came.
//! A request is kept before it is sent, so that its nonce is never lost; a token is kept only after it
//! was checked against the request. An authority that is away leaves the request in the queue; one that
//! refuses, or sends what proves nothing, is not asked the same again unless somebody says so.
//!
//! Never here: the network, the clock, random numbers. [`Stamper`] and the caller bring them.

mod kept;
mod place;
mod queue;

use fupan_ledger::{ImprintAlgorithm, StampRequest, StampToken, Trust};
use thiserror::Error;

pub use kept::{KeptStamp, kept_stamps};
pub(crate) use kept::{is_named, judge, request_of};
pub(crate) use place::{Part, Place, STAMPS, parse_mark, place_of};

/// Stamper (盖时者): has hashes stamped. Whoever implements it does the network.
pub trait Stamper {
    /// Sends a request; the bytes of the answer (`TimeStampResp`), whatever they are worth.
    ///
    /// # Errors
    /// Why there is none, and whether there may be one later.
    fn stamp(&self, request: &StampRequest) -> Result<Vec<u8>, StampFailure>;
}

/// Stamp failure (盖时失败): why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{why}")]
pub struct StampFailure {
    /// Whether the same request may succeed later: then it stays in the queue.
    pub passing: bool,
    /// What the network, the authority or the check said.
    pub why: String,
}

/// Stamp terms (盖时条件): how heads are to be stamped.
#[derive(Debug, Clone, Copy)]
pub struct StampTerms<'a> {
    /// In which hashes.
    pub algorithms: &'a [ImprintAlgorithm],
    /// Which authorities are believed.
    pub trust: &'a Trust,
    /// Whether the newest head is asked for anew that was refused for good before.
    pub again: bool,
}

/// Stamp due (待盖时间戳): a head that still needs a token.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StampDue {
    /// Size of the head.
    pub size: u64,
    /// Number of the request over this head in this hash, from 0.
    pub number: u32,
    /// The hash.
    pub algorithm: ImprintAlgorithm,
    /// Whether the request was made before and waits for an answer.
    pub asked: bool,
}

/// Stamp outcome (盖时结果): what became of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampOutcome {
    /// What was due.
    pub due: StampDue,
    /// The token, which is kept and in the log; or why there is none.
    pub result: Result<StampToken, StampFailure>,
}
