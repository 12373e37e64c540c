//! The second half of judging: whether those who signed make the capture witnessed.

mod standing;

use std::collections::BTreeSet;

use super::circumstances::{Circumstances, Exception, Measured};
use super::clock::Timing;
use super::enrolment::Hold;
use super::history::Priors;
use super::open::SignedCapture;
use super::rejection::{Downgrade, Rejection};
use super::roll::{Assurance, Enrolment};
use super::rules::AttestRules;
use crate::capture::Capture;

/// Standing (见证状态): what those who signed make of a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// As many people of as many organisations as the rules ask, in time.
    Witnessed,
    /// As many, but not in time.
    Late {
        /// By how many milliseconds, at worst; `None` where the capture's clock says nothing.
        by_ms: Option<u64>,
    },
    /// The rules ask for one person, who signed. Not the same as witnessed.
    Single,
    /// Fewer than asked so far, and the others still have time.
    Awaiting {
        /// Until when, by the server's clock, in milliseconds since 1970.
        until_ms: i64,
    },
    /// Fewer than asked, with a reason and a video. Never counted as witnessed.
    Unwitnessed(Exception),
}

/// Attestor (见证人): one who signed a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestor {
    /// The person.
    pub person: String,
    /// Their organisation.
    pub organisation: String,
    /// How well the key is tied to the person.
    pub assurance: Assurance,
    /// Milliseconds from the earliest moment of the capture to the latest of the signature; `None`
    /// for who captured, and where the capture's clock says nothing.
    pub lag_ms: Option<i64>,
}

/// Judgement (见证结论): what an accepted statement is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What those who signed make of it.
    pub standing: Standing,
    /// They, in the order of their signatures.
    pub attestors: Vec<Attestor>,
    /// The lowest assurance among them.
    pub assurance: Assurance,
    /// Raw times and what they come to.
    pub timing: Timing,
    /// The very statement is on record: this is a repetition, or brings a signature more.
    pub on_record: bool,
    /// The bytes are not here yet.
    pub bytes_pending: bool,
    /// What is held against it, sorted.
    pub downgrades: Vec<Downgrade>,
}

impl SignedCapture {
    /// Judges the statement.
    ///
    /// # Errors
    /// Every rejection, in the order of the statement's fields and then of its signatures.
    pub fn judge(
        &self,
        around: &Circumstances,
        rules: &AttestRules,
    ) -> Result<Judgement, Vec<Rejection>> {
        let settings = rules.settings();
        let before = around.priors.before.as_ref();
        let timing = Timing::of(&self.capture, before, around.received, &settings);
        let mut found = Vec::new();
        if around.case != self.capture.case {
            found.push(Rejection::OtherCase(self.capture.case.clone()));
        }
        if let Some(measured) = &around.measured {
            bytes(&self.capture, measured, &mut found);
        }
        let captured = timing.bounds(&settings);
        let (came, error_ms) = (around.received.statement, around.received.error_ms);
        if captured.is_some_and(|captured| captured.after(came, error_ms)) {
            found.push(Rejection::CapturedInFuture);
        }
        let gap_explained = self.chain(around, &mut found);
        self.beacon(around, rules, &mut found);
        self.signers.iter().for_each(|signer| self.signer(signer, around, rules, &mut found));
        let attestors = self.attestors(around, &timing, rules);
        self.pairs(rules, &mut found);
        let standing = self.standing(&attestors, around, &timing, rules, &mut found);
        let assurances = attestors.iter().map(|attestor| attestor.assurance);
        let assurance = assurances.min().unwrap_or(Assurance::ServerHeld);
        let standing = match standing {
            Some(standing) if found.is_empty() => standing,
            _ => return Err(found),
        };
        let mut downgrades: Vec<Downgrade> = [
            timing.distrust.map(Downgrade::ClockUntrusted),
            matches!(standing, Standing::Late { .. }).then_some(Downgrade::Late),
            matches!(standing, Standing::Unwitnessed(_)).then_some(Downgrade::Unwitnessed),
            self.capture.beacon.is_none().then_some(Downgrade::NoBeacon),
            gap_explained.then_some(Downgrade::GapExplained),
            (assurance == Assurance::ServerHeld).then_some(Downgrade::ServerHeldKey),
        ]
        .into_iter()
        .flatten()
        .collect();
        downgrades.sort();
        Ok(Judgement {
            standing,
            attestors,
            assurance,
            timing,
            on_record: around.priors.same_seq == Some(self.digest),
            bytes_pending: around.measured.is_none(),
            downgrades,
        })
    }

    /// Whether the statement fits into its device's chain; answers whether a gap was explained.
    fn chain(&self, around: &Circumstances, found: &mut Vec<Rejection>) -> bool {
        let Priors { same_seq, same_nonce, before, after } = around.priors;
        let (seq, prev) = (self.capture.seq, self.capture.prev);
        if same_seq.is_some_and(|digest| digest != self.digest) {
            found.push(Rejection::SeqReused(seq));
        }
        if same_nonce.is_some_and(|digest| digest != self.digest) {
            found.push(Rejection::NonceReused);
        }
        let first_missing = before.map_or(0, |before| before.seq.saturating_add(1));
        let adjoins = first_missing == seq;
        let follows = before.is_some_and(|before| prev == Some(before.digest));
        // The first statement of a device names none before it, every other one does.
        let wrong = match seq {
            0 => prev.is_some(),
            _ => prev.is_none() || (adjoins && !follows),
        };
        let next = after.filter(|after| seq.checked_add(1) == Some(after.seq));
        if wrong || next.is_some_and(|next| next.prev != Some(self.digest)) {
            found.push(Rejection::PrevMismatch);
        }
        let explained = around.gap_reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
        if !adjoins && !explained {
            found.push(Rejection::PrevGap { from: first_missing, to: seq.saturating_sub(1) });
        }
        !adjoins && explained
    }

    fn beacon(&self, around: &Circumstances, rules: &AttestRules, found: &mut Vec<Rejection>) {
        let Some(beacon) = self.capture.beacon else {
            if rules.settings().beacon_required {
                found.push(Rejection::BeaconMissing);
            }
            return;
        };
        match around.beacon_root {
            None => found.push(Rejection::BeaconAhead(beacon.size)),
            Some(root) if root != beacon.root => found.push(Rejection::BeaconForked(beacon.size)),
            Some(_) => {}
        }
    }

    /// What speaks against one who signed, taken alone.
    fn signer(
        &self,
        signer: &Enrolment,
        around: &Circumstances,
        rules: &AttestRules,
        found: &mut Vec<Rejection>,
    ) {
        let (key, person) = (signer.add.key.name(), &signer.add.person);
        // Without a head of the log, the statement's own place in it is the bound.
        let known = self.capture.beacon.map_or(around.index, |beacon| beacon.size);
        if signer.added >= known {
            found.push(Rejection::KeyNotLogged { key: key.to_owned(), added: signer.added });
        }
        if let Some(revoked) = signer.revoked.filter(|revoked| around.index >= revoked.since) {
            found.push(Rejection::KeyRevoked { key: key.to_owned(), since: revoked.since });
        }
        let none = BTreeSet::new();
        let roles = around.roles.get(person).unwrap_or(&none);
        if rules.conflicted(roles) {
            found.push(Rejection::ConflictOfInterest(person.clone()));
        } else if !rules.may_attest(roles) {
            found.push(Rejection::RoleNotAllowed(person.clone()));
        }
    }

    /// What speaks against those who signed, taken together.
    fn pairs(&self, rules: &AttestRules, found: &mut Vec<Rejection>) {
        let requirement = rules.requirement(&self.capture);
        let too_near = requirement.is_some_and(|asked| self.too_near(rules, asked));
        for (at, one) in self.signers.iter().enumerate() {
            for other in self.signers.iter().take(at) {
                let (a, b) = (&other.add, &one.add);
                if a.person == b.person {
                    found.push(Rejection::SamePerson(a.person.clone()));
                } else if too_near && a.organisation == b.organisation {
                    found.push(Rejection::SameOrganisation(a.organisation.clone()));
                } else if too_near && rules.related(&a.organisation, &b.organisation) {
                    let pair = (a.organisation.clone(), b.organisation.clone());
                    found.push(Rejection::RelatedOrganisations(pair.0, pair.1));
                }
                if let Some(device) = a.device.as_ref().filter(|_| a.device == b.device) {
                    found.push(Rejection::SameDevice(device.clone()));
                }
                if matches!(a.hold, Hold::Passkey(_)) && a.hold == b.hold {
                    let pair = (a.key.name().to_owned(), b.key.name().to_owned());
                    found.push(Rejection::SameCredential(pair.0, pair.1));
                }
            }
        }
        let held = self.signers.iter().filter(|one| one.add.hold == Hold::Server).count();
        if held > rules.settings().server_held {
            found.push(Rejection::ServerHeld(held));
        }
    }
}

fn bytes(capture: &Capture, measured: &Measured, found: &mut Vec<Rejection>) {
    if capture.sha256 != measured.sha256 {
        found.push(Rejection::Digest);
    }
    if capture.sm3 != measured.sm3 {
        found.push(Rejection::Sm3);
    }
    if capture.size != measured.size {
        found.push(Rejection::Size { said: capture.size, is: measured.size });
    }
    if capture.chunks.is_some() && capture.chunks != measured.chunks {
        found.push(Rejection::Chunks);
    }
}
