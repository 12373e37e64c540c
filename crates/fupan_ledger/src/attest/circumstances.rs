//! What is known around a statement when it is judged. All of it is an argument: the bytes were
//! measured, the clock was read and the log was asked by the caller.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::history::Priors;
use crate::capture::ClockSync;
use crate::key::VerifyKey;
use crate::tree::Hash;

/// Circumstances (提交情况): what the judge of a statement is told.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// The case it was handed in for: a ULID.
    pub case: String,
    /// Index of the leaf that the statement has, or will have.
    pub index: u64,
    /// The server's times.
    pub received: Received,
    /// What the bytes came to; `None`: they are not here yet.
    pub measured: Option<Measured>,
    /// Root that our log had at the size the beacon names; `None`: it never was as large.
    pub beacon_root: Option<Hash>,
    /// What the device stated before, and who used this nonce.
    pub priors: Priors,
    /// What the clients of those who signed reported, one a key.
    pub signings: Vec<Signing>,
    /// Roles in the case, by person.
    pub roles: BTreeMap<String, BTreeSet<String>>,
    /// Why somebody did not sign, or not in time.
    pub exception: Option<Exception>,
    /// Why numbers of the device are missing before this one.
    pub gap_reason: Option<String>,
}

/// Received (接收时间): times by the server's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// When the statement came.
    pub statement: Timestamp,
    /// When the first of the bytes came.
    pub first_byte: Option<Timestamp>,
    /// When the last of them was safe.
    pub complete: Option<Timestamp>,
    /// By how much the server's clock may be wrong, in milliseconds.
    pub error_ms: u64,
    /// When it is judged.
    pub judged: Timestamp,
}

/// Measured (实测值): what the bytes came to, computed where they are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// SHA-256.
    pub sha256: [u8; 32],
    /// SM3.
    pub sm3: [u8; 32],
    /// Their number.
    pub size: u64,
    /// SHA-256 of the list of chunks, where one was made.
    pub chunks: Option<[u8; 32]>,
}

/// Signing (签署情况): when an attestor signed, by the clock of their device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    /// The attestor's key, whole.
    pub key: VerifyKey,
    /// When, by the device's clock.
    pub moment: Timestamp,
    /// What the device knew of the server's clock.
    pub clock: Option<ClockSync>,
    /// When the signature came, by the server's clock.
    pub received: Timestamp,
}

/// Exception (例外说明): why the rule of two people was not kept, and the video that stands in for it.
/// A capture that needed one is shown as such for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Why.
    pub reason: String,
    /// Evidence id of a video of the act that was not interrupted.
    pub video: Option<String>,
}
