//! What those who signed make of a capture, once nothing else speaks against it: how many, of how many
//! organisations, and how soon.

use std::collections::BTreeMap;

use super::{Attestor, Standing};
use crate::attest::circumstances::{Circumstances, Exception};
use crate::attest::clock::{Timing, signed_by};
use crate::attest::open::SignedCapture;
use crate::attest::rejection::Rejection;
use crate::attest::roll::Enrolment;
use crate::attest::rules::{AttestRequirement, AttestRules, LateNeeds};
use crate::capture::{Capture, ulid};

impl SignedCapture {
    /// Whether enough people signed, but of too few organisations.
    pub(super) fn too_near(&self, rules: &AttestRules, asked: &AttestRequirement) -> bool {
        let organisations = self.signers.iter().map(|one| one.add.organisation.as_str()).collect();
        self.signers.len() >= asked.attestors
            && rules.independent(&organisations) < asked.organisations
    }

    pub(super) fn attestors(
        &self,
        around: &Circumstances,
        timing: &Timing,
        rules: &AttestRules,
    ) -> Vec<Attestor> {
        let settings = rules.settings();
        let captured = timing.bounds(&settings);
        let signings: BTreeMap<Vec<u8>, i64> = around
            .signings
            .iter()
            .map(|one| (one.key.material(), signed_by(one, around.received.error_ms, &settings)))
            .collect();
        let judged = around.received.judged.as_millisecond();
        let attestor = |(at, signer): (usize, &Enrolment)| {
            // Whose client reported nothing signed no later than now.
            let signed = signings.get(&signer.add.key.material()).copied().unwrap_or(judged);
            let lag = captured.map(|captured| signed.saturating_sub(captured.earliest));
            Attestor {
                person: signer.add.person.clone(),
                organisation: signer.add.organisation.clone(),
                assurance: signer.assurance(),
                lag_ms: lag.filter(|_| at != self.device),
            }
        };
        self.signers.iter().enumerate().map(attestor).collect()
    }

    pub(super) fn standing(
        &self,
        attestors: &[Attestor],
        around: &Circumstances,
        timing: &Timing,
        rules: &AttestRules,
        found: &mut Vec<Rejection>,
    ) -> Option<Standing> {
        let asked = rules.requirement(&self.capture)?;
        let settings = rules.settings();
        let window_ms = 0_i64.saturating_add_unsigned(settings.window_s * 1000);
        if attestors.len() < asked.attestors {
            let from = timing.bounds(&settings).map(|captured| captured.earliest);
            let from = from.unwrap_or(timing.received.statement.as_millisecond());
            let until_ms = from.saturating_add(window_ms);
            return self.missing(attestors.len(), asked, until_ms, around, found);
        }
        if self.too_near(rules, asked) {
            // `pairs` says which of them.
            return None;
        }
        if asked.attestors == 1 {
            return Some(Standing::Single);
        }
        let in_time = |(at, one): &(usize, &Attestor)| {
            *at == self.device || one.lag_ms.is_some_and(|lag| lag <= window_ms)
        };
        let prompt: Vec<&Attestor> =
            attestors.iter().enumerate().filter(in_time).map(|(_, one)| one).collect();
        let organisations = prompt.iter().map(|one| one.organisation.as_str()).collect();
        if prompt.len() >= asked.attestors
            && rules.independent(&organisations) >= asked.organisations
        {
            return Some(Standing::Witnessed);
        }
        let late = attestors.iter().filter_map(|one| one.lag_ms).max();
        let by_ms = late.map(|lag| lag.saturating_sub(window_ms).max(0).unsigned_abs());
        let exception = around.exception.as_ref();
        let reason = exception.is_some_and(has_reason);
        let video = exception.is_some_and(|exception| has_video(exception, &self.capture));
        let explained = match settings.late {
            LateNeeds::Nothing => true,
            LateNeeds::Reason => reason,
            LateNeeds::ReasonAndVideo => reason && video,
        };
        if !explained {
            found.push(Rejection::LateUnexplained);
        }
        Some(Standing::Late { by_ms })
    }

    /// The standing where fewer signed than are asked for.
    fn missing(
        &self,
        signed: usize,
        asked: &AttestRequirement,
        until_ms: i64,
        around: &Circumstances,
        found: &mut Vec<Rejection>,
    ) -> Option<Standing> {
        if let Some(exception) = &around.exception {
            if !has_reason(exception) {
                found.push(Rejection::ExceptionWithoutReason);
            }
            if !has_video(exception, &self.capture) {
                found.push(Rejection::ExceptionWithoutVideo);
            }
            return Some(Standing::Unwitnessed(exception.clone()));
        }
        if around.received.judged.as_millisecond() <= until_ms {
            return Some(Standing::Awaiting { until_ms });
        }
        found.push(Rejection::TooFewAttestors { signed, asked: asked.attestors });
        None
    }
}

fn has_reason(exception: &Exception) -> bool {
    !exception.reason.trim().is_empty()
}

/// A video is evidence of its own: a capture does not stand in for its own witness.
fn has_video(exception: &Exception, capture: &Capture) -> bool {
    let video = exception.video.as_deref();
    video.is_some_and(|video| ulid(video).is_some() && video != capture.evidence)
}
