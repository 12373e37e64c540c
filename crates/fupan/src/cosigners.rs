//! The cosigners of a policy over the network, as a vault asks them: those that the policy gives an
//! address of (`witness NAME KEY ADDRESS`).

use fupan_ledger::{Policy, SignatureLine, Witness};
use fupan_vault::{CosignAsk, Cosigners};
use fupan_wire::{Caller, CosignerCall, CosignerOutcome, CosignerSeat, HttpCosigner, collect};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a cosigner may take for one answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Cosigners by wire (联网背书机构), and what came of asking them.
pub(crate) struct ByWire<'a> {
    policy: &'a Policy,
    callers: Vec<HttpCosigner>,
    outcomes: Mutex<Vec<CosignerOutcome>>,
}

impl<'a> ByWire<'a> {
    pub(crate) fn new(policy: &'a Policy) -> Self {
        let caller = Caller::new(PATIENCE);
        let of = |witness: &Witness| {
            Some(HttpCosigner::new(caller.clone(), witness.url()?, witness.key().clone()))
        };
        let callers = policy.witnesses().iter().filter_map(of).collect();
        Self { policy, callers, outcomes: Mutex::default() }
    }

    /// Whether the policy gives no address.
    pub(crate) fn is_empty(&self) -> bool {
        self.callers.is_empty()
    }

    /// What came of each cosigner when they were asked last, in the order of the policy.
    pub(crate) fn outcomes(self) -> Vec<CosignerOutcome> {
        self.outcomes.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cosigners for ByWire<'_> {
    fn cosign(&self, ask: &CosignAsk<'_>) -> Vec<SignatureLine> {
        // Nobody's last size is kept: a cosigner says it, and the proof begins there.
        let seat = |cosigner| CosignerSeat { cosigner: cosigner as &dyn CosignerCall, last: 0 };
        let seats: Vec<_> = self.callers.iter().map(seat).collect();
        let prove = |old: u64| match old {
            0 => Some(Vec::new()),
            old => ask.consistency(old).ok(),
        };
        let Ok(quorum) = collect(ask.note, &seats, self.policy, &prove) else { return Vec::new() };
        *self.outcomes.lock().unwrap_or_else(PoisonError::into_inner) = quorum.outcomes;
        let before = ask.note.signatures();
        let new = quorum.note.signatures().iter().filter(|line| !before.contains(line));
        new.cloned().collect()
    }
}
