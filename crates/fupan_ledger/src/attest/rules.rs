//! The rules of attesting: a file of lines in the manner of C2SP tlog-policy, because its digest
//! stands in leaves and a stranger must be able to read it without a library.

mod read;

use std::collections::{BTreeMap, BTreeSet};

use crate::capture::Capture;
use crate::key::VerifyKey;

pub use read::{RulesError, RulesFault};

/// Attest rules (见证规则): organisations, who must attest what, and the settings that decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestRules {
    organisations: BTreeMap<String, Organisation>,
    requirements: Vec<AttestRequirement>,
    attesting: BTreeSet<String>,
    conflicted: BTreeSet<String>,
    settings: AttestSettings,
}

/// Organisation (单位): whose member an attestor is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// The organisation above it: the two do not count as two.
    pub parent: Option<String>,
    /// Keys that approve for it.
    pub admins: Vec<VerifyKey>,
}

/// Attest requirement (见证要求): how many must attest what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestRequirement {
    /// Kind of evidence, by its code in the book; `None`: any.
    pub kind: Option<String>,
    /// Medium; `None`: any.
    pub medium: Option<String>,
    /// People who must sign.
    pub attestors: usize,
    /// Organisations they must be of, none above another.
    pub organisations: usize,
}

/// Attest settings (见证设定): numbers and choices of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttestSettings {
    /// Seconds from capture within which the others must sign.
    pub window_s: u64,
    /// What a late signature must bring along.
    pub late: LateNeeds,
    /// Whether a statement must name a head of the log that its device had checked.
    pub beacon_required: bool,
    /// How many of the signing keys the server may hold.
    pub server_held: usize,
    /// Seconds up to which a capture counts as real-time.
    pub realtime_s: u64,
    /// Seconds beyond which a capture counts as made offline.
    pub offline_s: u64,
    /// Seconds after which a clock comparison is worth nothing.
    pub sync_age_s: u64,
    /// How far a device's clock may drift, in parts of a million.
    pub drift_ppm: u64,
    /// Milliseconds by which wall clock and monotonic clock may part between two statements.
    pub jump_ms: u64,
}

/// Late needs (迟签要求): what must come with a signature after the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LateNeeds {
    /// Nothing.
    Nothing,
    /// A reason.
    Reason,
    /// A reason, and a video that was not interrupted.
    ReasonAndVideo,
}

impl AttestRules {
    /// The organisation of this name.
    #[must_use]
    pub fn organisation(&self, name: &str) -> Option<&Organisation> {
        self.organisations.get(name)
    }

    /// All organisations with their names.
    pub fn organisations(&self) -> impl Iterator<Item = (&str, &Organisation)> {
        self.organisations.iter().map(|(name, found)| (name.as_str(), found))
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> AttestSettings {
        self.settings
    }

    /// Who must attest this capture: the first line that fits.
    #[must_use]
    pub fn requirement(&self, capture: &Capture) -> Option<&AttestRequirement> {
        let fits = |said: &Option<String>, is: &String| said.as_ref().is_none_or(|said| said == is);
        self.requirements
            .iter()
            .find(|line| fits(&line.kind, &capture.kind) && fits(&line.medium, &capture.medium))
    }

    /// Whether a person with these roles in the case may attest.
    pub(super) fn may_attest(&self, roles: &BTreeSet<String>) -> bool {
        !roles.is_disjoint(&self.attesting)
    }

    /// Whether one of these roles makes the person a judge in their own matter.
    pub(super) fn conflicted(&self, roles: &BTreeSet<String>) -> bool {
        !roles.is_disjoint(&self.conflicted)
    }

    /// Whether one of the two organisations is above the other, however far.
    #[must_use]
    pub fn related(&self, a: &str, b: &str) -> bool {
        self.is_above(a, b) || self.is_above(b, a)
    }

    fn is_above(&self, above: &str, below: &str) -> bool {
        // A parent stands before its children, so the walk ends.
        let mut at = self.organisations.get(below).and_then(|found| found.parent.as_deref());
        while let Some(name) = at {
            if name == above {
                return true;
            }
            at = self.organisations.get(name).and_then(|found| found.parent.as_deref());
        }
        false
    }

    /// How many of these organisations count: those that are not above another of them. In a forest
    /// that is the largest number of which none is above another.
    pub(super) fn independent(&self, names: &BTreeSet<&str>) -> usize {
        names.iter().filter(|name| !names.iter().any(|other| self.is_above(name, other))).count()
    }
}
