//! Trust policies (C2SP tlog-policy): which logs, which witnesses, and how many of them in which
//! groups. Used twice, for two sorts of witness that the words of this house keep apart: *cosigners*
//! of checkpoints, and *attestors* of a capture (one group per organisation).

mod read;

use std::borrow::Cow;
use std::collections::BTreeSet;

use thiserror::Error;

use crate::checkpoint::Checkpoint;
use crate::key::VerifyKey;
use crate::malformed::Malformed;
use crate::note::{Note, NoteError};

pub use read::{PolicyError, PolicyFault};

/// Use (用途): what a policy's witnesses sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Checkpoints, as cosigners: their keys are of type `0x04`.
    Checkpoints,
    /// Capture statements, as attestors: their keys are of any other type.
    Statements,
}

/// Witness (见证方): a cosigner or an attestor, by its name in the policy and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    name: Vec<u8>,
    key: VerifyKey,
    url: Option<String>,
}

impl Witness {
    /// Where it is asked for its signature, if the policy says so.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Its name in the policy; bytes that are no UTF-8 are shown as such.
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.name)
    }

    /// Its key.
    #[must_use]
    pub fn key(&self) -> &VerifyKey {
        &self.key
    }
}

/// Member (成员): a witness or a group, by its place in the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// Place in [`Policy::witnesses`].
    Witness(usize),
    /// Place in [`Policy::groups`].
    Group(usize),
}

/// Group (组): it has witnessed when `threshold` of its members have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    name: Vec<u8>,
    threshold: usize,
    members: Vec<Member>,
}

impl Group {
    /// Its name in the policy; bytes that are no UTF-8 are shown as such.
    #[must_use]
    pub fn name(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.name)
    }

    /// How many members must have witnessed: 1 to their number.
    #[must_use]
    pub fn threshold(&self) -> usize {
        self.threshold
    }

    /// Its members; every group among them stands before it.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }
}

/// Policy (信任策略). A witness counts towards a quorum in one way only: nothing is a member twice, and
/// no two witnesses have the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<VerifyKey>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    quorum: Option<Member>,
}

/// Accepted (采信): a checkpoint that a policy accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What the log states.
    pub checkpoint: Checkpoint,
    /// Place in [`Policy::logs`] of the key that signed it.
    pub log: usize,
    /// Cosigners, by place in [`Policy::witnesses`], and when they cosigned, in seconds since 1970.
    pub cosigned: Vec<(usize, u64)>,
}

/// Refusal (拒绝): why a policy does not accept a note.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The text is no checkpoint.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A known key's signature does not verify, or no key is known.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The policy has no log of this origin.
    #[error("the policy knows no log of this origin")]
    UnknownLog,
    /// No key of the log signed the checkpoint.
    #[error("the log did not sign the checkpoint")]
    NotSignedByLog,
    /// Too few witnesses.
    #[error("the witnesses ({witnessed:?}) make no quorum")]
    NoQuorum {
        /// Those that did witness, by place in [`Policy::witnesses`].
        witnessed: Vec<usize>,
    },
}

impl Policy {
    /// Keys of the logs. Their name is the origin.
    #[must_use]
    pub fn logs(&self) -> &[VerifyKey] {
        &self.logs
    }

    /// The witnesses, in the order of the file.
    #[must_use]
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// The groups, in the order of the file.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Whose witnessing suffices; `None`: nobody's is needed.
    #[must_use]
    pub fn quorum(&self) -> Option<Member> {
        self.quorum
    }

    /// Whether these witnesses, by place in [`Policy::witnesses`], make the quorum.
    #[must_use]
    pub fn satisfied(&self, witnessed: &BTreeSet<usize>) -> bool {
        let mut groups: Vec<bool> = Vec::with_capacity(self.groups.len());
        let has = |groups: &[bool], member: &Member| match member {
            Member::Witness(at) => witnessed.contains(at),
            Member::Group(at) => groups.get(*at).copied().unwrap_or(false),
        };
        for group in &self.groups {
            // A group's members stand before it, so their answers are known.
            let count = group.members.iter().filter(|member| has(&groups, member)).count();
            groups.push(count >= group.threshold);
        }
        self.quorum.as_ref().is_none_or(|quorum| has(&groups, quorum))
    }

    /// Checks a checkpoint with its signatures: signed by a log of the policy under its own origin,
    /// cosigned by the quorum.
    ///
    /// # Errors
    /// Why it is not accepted.
    pub fn accept(&self, note: &Note) -> Result<Accepted, Refusal> {
        let checkpoint = Checkpoint::parse(note.text())?;
        let logs: Vec<usize> = (0..self.logs.len())
            .filter(|at| self.logs.get(*at).is_some_and(|log| log.name() == checkpoint.origin))
            .collect();
        if logs.is_empty() {
            return Err(Refusal::UnknownLog);
        }
        let mut known: Vec<VerifyKey> =
            logs.iter().filter_map(|at| self.logs.get(*at)).cloned().collect();
        known.extend(self.witnesses.iter().map(|witness| witness.key.clone()));
        let signed = note.verify(&known)?;
        let log = signed.iter().find_map(|(at, _)| logs.get(*at));
        let log = *log.ok_or(Refusal::NotSignedByLog)?;
        let cosigned: Vec<(usize, u64)> = signed
            .iter()
            .filter_map(|(at, said)| Some((at.checked_sub(logs.len())?, said.time_s?)))
            .collect();
        self.require(cosigned.iter().map(|(at, _)| *at))?;
        Ok(Accepted { checkpoint, log, cosigned })
    }

    /// Checks a statement with its signatures: signed by the quorum. Answers with those who signed, by
    /// place in [`Policy::witnesses`].
    ///
    /// # Errors
    /// Why it is not accepted.
    pub fn accept_statement(&self, note: &Note) -> Result<Vec<usize>, Refusal> {
        let known: Vec<VerifyKey> =
            self.witnesses.iter().map(|witness| witness.key.clone()).collect();
        let signed: Vec<usize> = note.verify(&known)?.into_iter().map(|(at, _)| at).collect();
        self.require(signed.iter().copied())?;
        Ok(signed)
    }

    fn require(&self, witnessed: impl Iterator<Item = usize>) -> Result<(), Refusal> {
        let witnessed: BTreeSet<usize> = witnessed.collect();
        if self.satisfied(&witnessed) {
            Ok(())
        } else {
            Err(Refusal::NoQuorum { witnessed: witnessed.into_iter().collect() })
        }
    }
}
