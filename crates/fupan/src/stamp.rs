//! Use case: have heads of a vault's log stamped by a time stamp authority (RFC 3161), now or, where
//! it is away, in a later round.

use crate::verify::stamp_roots;
use crate::{Failure, FailureKind, Message};
use fupan_ledger::{ImprintAlgorithm, StampRequest};
use fupan_vault::{StampFailure, StampOutcome, StampTerms, Stamper, Vault};
use fupan_wire::{Caller, HttpTimeStamper, TimeStamper};
use std::path::PathBuf;
use std::time::Duration;

/// How long an authority may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Stamp heads (盖时请求): whom to ask, and whom to believe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampHeads {
    /// Address of the authority.
    pub url: String,
    /// PEM file with the certificates that are trusted.
    pub roots: PathBuf,
    /// Whether SM3 is stamped as well as SHA-256. Not every authority takes it.
    pub sm3: bool,
    /// Whether the newest head is asked for anew that was refused for good before.
    pub again: bool,
}

/// Asks for every token that the vault's log still needs, and keeps what comes. `nonce` draws 8 random
/// bytes; `now_ms` is the time, in milliseconds since 1970.
///
/// # Errors
/// No certificate to trust, or the vault cannot be read or written. That the authority is away or
/// refuses is no error: see [`stamp_words`].
pub fn stamp_heads(
    vault: &Vault,
    request: &StampHeads,
    nonce: &mut dyn FnMut() -> [u8; 8],
    now_ms: i64,
) -> Result<Vec<StampOutcome>, Failure> {
    let trust = stamp_roots(&request.roots)?;
    let authority = HttpTimeStamper::new(Caller::new(PATIENCE), &request.url, trust.clone());
    let both = [ImprintAlgorithm::Sha256, ImprintAlgorithm::Sm3];
    let algorithms = if request.sm3 { both.as_slice() } else { both.split_at(1).0 };
    let terms = StampTerms { algorithms, trust: &trust, again: request.again };
    vault.stamp(&ByWire(&authority), &terms, nonce, now_ms).map_err(|error| {
        let message = Message::new("stamp-not-kept").text("detail", error);
        Failure::new(FailureKind::Io, message)
    })
}

/// What became of a round, one message for each request.
#[must_use]
pub fn stamp_words(outcomes: &[StampOutcome]) -> Vec<Message> {
    if outcomes.is_empty() {
        return vec![Message::new("stamp-none-due")];
    }
    let said = outcomes.iter().map(|outcome| {
        let key = match &outcome.result {
            Ok(_) => "stamp-done",
            Err(failure) if failure.passing => "stamp-later",
            Err(_) => "stamp-refused",
        };
        let said = Message::new(key).text("size", outcome.due.size);
        match &outcome.result {
            Ok(token) => said.text("time", token.time()),
            Err(failure) => said.text("detail", &failure.why),
        }
    });
    said.collect()
}

/// The porter's authority, as the vault asks it.
struct ByWire<'a>(&'a dyn TimeStamper);

impl Stamper for ByWire<'_> {
    fn stamp(&self, request: &StampRequest) -> Result<Vec<u8>, StampFailure> {
        match self.0.stamp(request) {
            Ok(stamped) => Ok(stamped.answer),
            Err(error) => Err(StampFailure { passing: error.is_passing(), why: error.to_string() }),
        }
    }
}
