//! Why a statement is refused, and what is held against one that is not.

use thiserror::Error;

use super::clock::Distrust;
use crate::key::KeyId;
use crate::malformed::Malformed;

/// Rejection (拒收原因): why a statement is not accepted as attested. Each has a code of its own; the
/// statement and the rejection are kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Rejection {
    /// It is no capture statement.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Nobody signed.
    #[error("nobody signed")]
    Unsigned,
    /// A signature of a key that is not on the roll.
    #[error("the key {name} ({id}) is not on the roll")]
    UnknownKey {
        /// Name of the key.
        name: String,
        /// Its id.
        id: KeyId,
    },
    /// A signature of a key on the roll that is not over this statement.
    #[error("{name} ({id}) signed other bytes")]
    SignedOtherBytes {
        /// Name of the key.
        name: String,
        /// Its id.
        id: KeyId,
    },
    /// Two signatures of one key.
    #[error("the key {0} signed twice")]
    SameKey(String),
    /// The key of the device that captured is not among those that signed.
    #[error("the device {0} did not sign")]
    DeviceUnsigned(KeyId),
    /// Two of the keys that signed have the device's id.
    #[error("two keys with the id {0} signed")]
    DeviceAmbiguous(KeyId),
    /// It was handed in for another case than it names.
    #[error("the statement is of the case {0}")]
    OtherCase(String),
    /// The key was put on the roll after the head that the statement names.
    #[error("the key {key} is leaf {added}, not in the log that the statement knows")]
    KeyNotLogged {
        /// Name of the key.
        key: String,
        /// Index of its leaf.
        added: u64,
    },
    /// The key no longer counted.
    #[error("the key {key} does not count since leaf {since}")]
    KeyRevoked {
        /// Name of the key.
        key: String,
        /// Since when.
        since: u64,
    },
    /// Two keys of one person.
    #[error("{0} signed twice")]
    SamePerson(String),
    /// Two people of one organisation, where two are asked for.
    #[error("two are of {0}")]
    SameOrganisation(String),
    /// Two people of organisations one of which is above the other.
    #[error("{0} and {1} are above and below each other")]
    RelatedOrganisations(String, String),
    /// Two keys on one device.
    #[error("two keys on the device {0}")]
    SameDevice(String),
    /// Two keys behind one passkey.
    #[error("{0} and {1} are one passkey")]
    SameCredential(String, String),
    /// More of the keys are the server's than the rules allow.
    #[error("{0} of the keys are held by the server")]
    ServerHeld(usize),
    /// None of the person's roles in the case may attest.
    #[error("{0} has no role in the case that attests")]
    RoleNotAllowed(String),
    /// A role of the person makes them judge of their own matter.
    #[error("{0} is a party to what is attested")]
    ConflictOfInterest(String),
    /// The bytes have another SHA-256.
    #[error("the bytes have another SHA-256")]
    Digest,
    /// The bytes have another SM3.
    #[error("the bytes have another SM3")]
    Sm3,
    /// There are more or fewer bytes.
    #[error("{is} bytes, the statement says {said}")]
    Size {
        /// As stated.
        said: u64,
        /// As measured.
        is: u64,
    },
    /// The list of chunks is another.
    #[error("the list of chunks is another")]
    Chunks,
    /// The device used this number for another statement: both are kept, somebody is told.
    #[error("number {0} of the device is that of another statement")]
    SeqReused(u64),
    /// The nonce is another statement's: both are kept, somebody is told.
    #[error("the nonce is that of another statement")]
    NonceReused,
    /// Numbers of the device are missing before this one, and nobody said why.
    #[error("the device's statements {from} to {to} are missing")]
    PrevGap {
        /// First that is missing.
        from: u64,
        /// Last that is missing.
        to: u64,
    },
    /// The chain of the device's statements leads elsewhere.
    #[error("the statement before or after names another one as its neighbour")]
    PrevMismatch,
    /// Captured later than it came, beyond all error of the clocks.
    #[error("captured after it came")]
    CapturedInFuture,
    /// The device's head of the log is not one of ours: the log was forked, or is forged.
    #[error("our log of size {0} has another root")]
    BeaconForked(u64),
    /// The device knows a longer log than ours: ours was rolled back, or the head is forged.
    #[error("our log never had the size {0}")]
    BeaconAhead(u64),
    /// The rules ask for a head of the log, and the statement names none.
    #[error("the statement names no head of the log")]
    BeaconMissing,
    /// Fewer signed than the rules ask, the time for more is over, and nobody said why.
    #[error("{signed} signed of {asked}")]
    TooFewAttestors {
        /// Who signed.
        signed: usize,
        /// Who must.
        asked: usize,
    },
    /// An exception without a reason.
    #[error("an exception needs a reason")]
    ExceptionWithoutReason,
    /// An exception without a video of the act that is evidence of its own.
    #[error("an exception needs a video that was not interrupted")]
    ExceptionWithoutVideo,
    /// A late signature without what the rules ask of one.
    #[error("a late signature needs what the rules ask of one")]
    LateUnexplained,
}

impl Rejection {
    /// Its code: stable, for entries, exit messages and other programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "statement-malformed",
            Self::Unsigned => "unsigned",
            Self::UnknownKey { .. } => "key-unknown",
            Self::SignedOtherBytes { .. } => "signed-other-bytes",
            Self::SameKey(_) => "same-key",
            Self::DeviceUnsigned(_) => "device-unsigned",
            Self::DeviceAmbiguous(_) => "device-ambiguous",
            Self::OtherCase(_) => "other-case",
            Self::KeyNotLogged { .. } => "key-not-logged",
            Self::KeyRevoked { .. } => "key-revoked",
            Self::SamePerson(_) => "same-person",
            Self::SameOrganisation(_) => "same-organisation",
            Self::RelatedOrganisations(..) => "related-organisations",
            Self::SameDevice(_) => "same-device",
            Self::SameCredential(..) => "same-credential",
            Self::ServerHeld(_) => "server-held",
            Self::RoleNotAllowed(_) => "role-not-allowed",
            Self::ConflictOfInterest(_) => "conflict-of-interest",
            Self::Digest => "digest-mismatch",
            Self::Sm3 => "sm3-mismatch",
            Self::Size { .. } => "size-mismatch",
            Self::Chunks => "chunks-mismatch",
            Self::SeqReused(_) => "seq-reused",
            Self::NonceReused => "nonce-reused",
            Self::PrevGap { .. } => "prev-gap",
            Self::PrevMismatch => "prev-mismatch",
            Self::CapturedInFuture => "captured-in-future",
            Self::BeaconForked(_) => "beacon-forked",
            Self::BeaconAhead(_) => "beacon-ahead",
            Self::BeaconMissing => "beacon-missing",
            Self::TooFewAttestors { .. } => "too-few-attestors",
            Self::ExceptionWithoutReason => "exception-without-reason",
            Self::ExceptionWithoutVideo => "exception-without-video",
            Self::LateUnexplained => "late-unexplained",
        }
    }

    /// Whether somebody must be told at once: two statements or two logs where there can be one.
    #[must_use]
    pub fn is_alarm(&self) -> bool {
        matches!(
            self,
            Self::SeqReused(_)
                | Self::NonceReused
                | Self::PrevMismatch
                | Self::BeaconForked(_)
                | Self::BeaconAhead(_)
        )
    }
}

/// Downgrade (降级): what is held against a statement that is accepted; shown with it for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Downgrade {
    /// The device's clock says nothing.
    ClockUntrusted(Distrust),
    /// Signed after the window.
    Late,
    /// The rule of two people was not kept.
    Unwitnessed,
    /// It names no head of the log: nothing says that it is not older.
    NoBeacon,
    /// Numbers of the device are missing before it; somebody said why.
    GapExplained,
    /// The server holds one of the keys.
    ServerHeldKey,
}

impl Downgrade {
    /// Its code: stable, as that of a rejection.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ClockUntrusted(_) => "clock-untrusted",
            Self::Late => "late",
            Self::Unwitnessed => "unwitnessed",
            Self::NoBeacon => "no-beacon",
            Self::GapExplained => "gap-explained",
            Self::ServerHeldKey => "server-held-key",
        }
    }
}
