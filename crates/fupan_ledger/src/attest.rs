//! Attestors (`docs/ledger-format.md`): who may co-sign a capture, and whether those who did make it
//! witnessed. An attestor is a person at the scene; an organisation that co-signs the log's
//! checkpoints is a cosigner, which is another matter ([`crate::Policy`]).
//!
//! ```text
//! rules (data) ──┐
//! key-add, key-revoke ──▶ Roll ──┐
//! signed note ──────────────────▶ SignedCapture::open ──judge(circumstances, rules)──▶ Judgement
//!                                        └─────────── every rejection at once, each with its code
//! ```
//!
//! Never here: how many must attest what. The rules say so; this module only counts.

mod circumstances;
mod clock;
mod enrolment;
mod history;
mod judge;
mod open;
mod rejection;
mod roll;
mod rules;

pub use circumstances::{Circumstances, Exception, Measured, Received, Signing};
pub use clock::{ClockClass, Distrust, Timing};
pub use enrolment::{Hold, KeyAdd, KeyRevoke};
pub use history::{History, Past, Priors};
pub use judge::{Attestor, Judgement, Standing};
pub use open::SignedCapture;
pub use rejection::{Downgrade, Rejection};
pub use roll::{Assurance, Enrolment, Revocation, Roll, RollError};
pub use rules::{
    AttestRequirement, AttestRules, AttestSettings, LateNeeds, Organisation, RulesError, RulesFault,
};

/// A name in rules, rolls and statements: 1 to 64 characters, none a blank or a control character.
fn name(value: &str) -> Option<String> {
    let plain = !value.chars().any(|c| c.is_whitespace() || c.is_control());
    (plain && (1..=64).contains(&value.chars().count())).then(|| value.to_owned())
}
