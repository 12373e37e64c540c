//! What a check of a bag comes to.

use jiff::Timestamp;

use super::fault::{BagFault, Finding};

/// Report (查验报告): every fault with its place, and what was checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The case that the seal names.
    pub case: Option<String>,
    /// The log that the seal names.
    pub origin: Option<String>,
    /// Leaves of the released head, where the policy accepts it.
    pub size: Option<u64>,
    /// Names of the cosigners that count, and when they cosigned, in seconds since 1970.
    pub cosigned: Vec<(String, u64)>,
    /// Files of the bag.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Leaves whose proof holds.
    pub leaves: u64,
    /// Evidence that has a statement, by id.
    pub evidence: Vec<EvidenceReport>,
    /// Time stamps that hold, with or without a trusted authority.
    pub stamps: Vec<StampReport>,
    /// All faults, in order of place.
    pub faults: Vec<Finding>,
    /// What is no fault and must be known, in order of place.
    pub notices: Vec<(String, Notice)>,
}

impl Report {
    /// Whether nothing speaks against the bag.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    pub(super) fn fault(&mut self, place: &str, fault: BagFault) {
        self.faults.push(Finding { place: place.to_owned(), fault });
    }

    pub(super) fn notice(&mut self, place: &str, notice: Notice) {
        self.notices.push((place.to_owned(), notice));
    }

    /// Puts everything in an order that does not depend on how it was found, each once.
    pub(super) fn sort(&mut self) {
        self.faults
            .sort_by_cached_key(|one| (one.place.clone(), one.fault.code(), one.fault.detail()));
        self.faults.dedup();
        self.notices.sort();
        self.notices.dedup();
        self.evidence.sort_by(|a, b| a.id.cmp(&b.id));
        self.stamps.sort_by(|a, b| a.place.cmp(&b.place));
    }
}

/// Evidence report (证据查验): what was found of one piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceReport {
    /// Its id.
    pub id: String,
    /// Where its original stands; `None`: it is not in the bag.
    pub path: Option<String>,
    /// When it was captured, by the device's clock; `None`: nobody stated a capture.
    pub captured: Option<Timestamp>,
    /// Names of the keys that signed and that the log enrolled.
    pub signers: Vec<String>,
    /// What the leaf says of how it is attested; `recorded`: the log knows only that it was taken in.
    pub status: String,
}

/// Notice (提示): what is no fault and must be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// The original is not in the bag; its digests and proof are.
    Withheld,
    /// The capture is not witnessed by two, and is never shown as such.
    Unwitnessed,
    /// Nobody signed a statement of its capture: the log knows its digest, and who wrote it down.
    Recorded,
    /// No time stamp is in the bag.
    NoStamp,
    /// The authority of a time stamp was not checked: no certificate came from outside.
    StampUntrusted,
    /// The policy in the bag is not the one from outside.
    OtherPolicy,
    /// A file of `verify/` is not the one of this program.
    OtherScript,
}

impl Notice {
    /// A short word for it, for messages and programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Withheld => "withheld",
            Self::Unwitnessed => "unwitnessed",
            Self::Recorded => "recorded",
            Self::NoStamp => "no-stamp",
            Self::StampUntrusted => "stamp-untrusted",
            Self::OtherPolicy => "other-policy",
            Self::OtherScript => "other-script",
        }
    }
}

/// Stamp report (时间戳查验): a time stamp that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampReport {
    /// Its path.
    pub place: String,
    /// Leaves of the stamped head.
    pub size: u64,
    /// When the authority says it saw the head.
    pub time: Timestamp,
    /// Whether the authority is one that the caller trusts.
    pub trusted: bool,
}
