//! The roll: whose key is whose, since which leaf, and until which. Built from the log's `key-add` and
//! `key-revoke` entries in their order, so that anybody with the log gets the same roll.

use thiserror::Error;

use super::enrolment::{Hold, KeyAdd, KeyRevoke};
use super::rules::AttestRules;
use crate::key::{KeyId, Scheme, VerifyKey};
use crate::malformed::Malformed;
use crate::note::{Note, NoteError};

/// Roll (名册): the keys of people, in the order of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roll {
    enrolments: Vec<Enrolment>,
    next: u64,
}

/// Enrolment (密钥登记): a key on the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// What was approved.
    pub add: KeyAdd,
    /// Index of the leaf that put it on the roll.
    pub added: u64,
    /// Since when it no longer counts.
    pub revoked: Option<Revocation>,
}

/// Revocation (密钥吊销): since when a key does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revocation {
    /// Statements with this index or a higher one are refused.
    pub since: u64,
    /// Index of the leaf that says so.
    pub at: u64,
}

/// Assurance (保证级别): how well a key is tied to its person; the lowest of those who signed is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assurance {
    /// The server holds the key.
    ServerHeld,
    /// A file holds it.
    FileHeld,
    /// A device holds it and does not give it out.
    DeviceHeld,
    /// An authenticator holds it and asks its person each time.
    Passkey,
}

/// Roll error (名册错误): why an enrolment or a revocation is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RollError {
    /// It is no such statement.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A signature does not verify, or no administrator signed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The leaf does not come after those before.
    #[error("leaf {0} does not come after the leaves before it")]
    Order(u64),
    /// The rules do not know the organisation.
    #[error("the rules do not know the organisation {0}")]
    UnknownOrganisation(String),
    /// The key is on the roll, or an administrator's.
    #[error("the key is on the roll, or an administrator's")]
    KeyTaken,
    /// A cosigner's key signs no statements.
    #[error("a cosigner's key signs no statements")]
    KeyUse,
    /// The person is on the roll for another organisation.
    #[error("the person is on the roll for another organisation")]
    PersonElsewhere,
    /// No administrator of the person's organisation approved.
    #[error("no administrator of the person's organisation approved")]
    NotApproved,
    /// No administrator of another organisation approved, none above or below the first.
    #[error("no administrator of another organisation approved")]
    NotCounterApproved,
    /// The key is not on the roll.
    #[error("the key is not on the roll")]
    NotEnrolled,
    /// It is revoked since an earlier or the same leaf.
    #[error("the key is revoked since that leaf or an earlier one")]
    RevokedBefore,
    /// It would be revoked from a leaf after the revocation.
    #[error("a key is revoked since a leaf that is not after the revocation")]
    Since,
    /// Those who signed may not revoke.
    #[error("neither the key itself, nor its organisation, nor two others revoked it")]
    NotAllowed,
}

impl Enrolment {
    /// How well the key is tied to its person.
    #[must_use]
    pub fn assurance(&self) -> Assurance {
        match self.add.hold {
            Hold::Server => Assurance::ServerHeld,
            Hold::File => Assurance::FileHeld,
            Hold::Device => Assurance::DeviceHeld,
            Hold::Passkey(_) => Assurance::Passkey,
        }
    }
}

impl Roll {
    /// All keys, in the order of their leaves.
    #[must_use]
    pub fn enrolments(&self) -> &[Enrolment] {
        &self.enrolments
    }

    /// The keys with this name and id. There may be several: an id is no proof.
    pub(super) fn candidates<'a>(
        &'a self,
        name: &'a str,
        id: KeyId,
    ) -> impl Iterator<Item = &'a Enrolment> {
        self.enrolments
            .iter()
            .filter(move |found| found.add.key.name() == name && found.add.key.id() == id)
    }

    /// Adds the key of a `key-add` statement that is leaf `index`.
    ///
    /// # Errors
    /// Why it is not approved, or not acceptable; the roll stays as it is.
    pub fn enrol(&mut self, note: &Note, index: u64, rules: &AttestRules) -> Result<(), RollError> {
        let add = KeyAdd::parse(note.text())?;
        self.follows(index)?;
        let own = rules
            .organisation(&add.organisation)
            .ok_or_else(|| RollError::UnknownOrganisation(add.organisation.clone()))?;
        if add.key.scheme() == Scheme::Cosignature {
            return Err(RollError::KeyUse);
        }
        let material = add.key.material();
        let enrolled = self.enrolments.iter().any(|found| found.add.key.material() == material);
        if enrolled || rules.admins().any(|(_, key)| key.material() == material) {
            return Err(RollError::KeyTaken);
        }
        let elsewhere = |found: &Enrolment| {
            found.add.person == add.person && found.add.organisation != add.organisation
        };
        if self.enrolments.iter().any(elsewhere) {
            return Err(RollError::PersonElsewhere);
        }
        let approved = approvals(note, rules, None)?;
        if !own.admins.iter().any(|key| approved.iter().any(|(_, signed)| *signed == key)) {
            return Err(RollError::NotApproved);
        }
        let other = |(name, _): &(&str, &VerifyKey)| {
            *name != add.organisation && !rules.related(name, &add.organisation)
        };
        if !approved.iter().any(other) {
            return Err(RollError::NotCounterApproved);
        }
        self.enrolments.push(Enrolment { add, added: index, revoked: None });
        self.next = index.saturating_add(1);
        Ok(())
    }

    /// Revokes the key of a `key-revoke` statement that is leaf `index`. The key itself may, an
    /// administrator of its organisation, or two of two organisations that are not above each other.
    ///
    /// # Errors
    /// Why it is not revoked; the roll stays as it is.
    pub fn revoke(
        &mut self,
        note: &Note,
        index: u64,
        rules: &AttestRules,
    ) -> Result<(), RollError> {
        let revoke = KeyRevoke::parse(note.text())?;
        self.follows(index)?;
        let found = self.enrolments.iter_mut().find(|found| found.add.key == revoke.key);
        let found = found.ok_or(RollError::NotEnrolled)?;
        if revoke.since > index {
            return Err(RollError::Since);
        }
        if found.revoked.is_some_and(|before| before.since <= revoke.since) {
            return Err(RollError::RevokedBefore);
        }
        let approved = approvals(note, rules, Some((&found.add.organisation, &revoke.key)))?;
        let own = approved.iter().any(|(name, _)| *name == found.add.organisation);
        let names = approved.iter().map(|(name, _)| *name).collect();
        if !own && rules.independent(&names) < 2 {
            return Err(RollError::NotAllowed);
        }
        found.revoked = Some(Revocation { since: revoke.since, at: index });
        self.next = index.saturating_add(1);
        Ok(())
    }

    fn follows(&self, index: u64) -> Result<(), RollError> {
        if index < self.next { Err(RollError::Order(index)) } else { Ok(()) }
    }
}

impl AttestRules {
    /// Every administrator's key with its organisation.
    pub(super) fn admins(&self) -> impl Iterator<Item = (&str, &VerifyKey)> {
        self.organisations()
            .flat_map(|(name, found)| found.admins.iter().map(move |key| (name, key)))
    }
}

/// Whose administrators signed; `also`: a key that counts as one of its organisation here.
fn approvals<'a>(
    note: &Note,
    rules: &'a AttestRules,
    also: Option<(&'a str, &'a VerifyKey)>,
) -> Result<Vec<(&'a str, &'a VerifyKey)>, RollError> {
    let known: Vec<(&str, &VerifyKey)> = rules.admins().chain(also).collect();
    let keys: Vec<VerifyKey> = known.iter().map(|(_, key)| (*key).clone()).collect();
    let signed = note.verify(&keys)?;
    Ok(signed.iter().filter_map(|(at, _)| known.get(*at).copied()).collect())
}
