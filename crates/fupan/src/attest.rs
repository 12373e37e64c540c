//! Use cases on attested captures, one file each: draft a statement, sign one that somebody else made,
//! hand one in. Two people do this on two devices; the vault judges what they bring.

mod around;
mod chain;
mod draft;
mod record;
mod refused;
mod sign;
mod signings;
mod submit;

pub(crate) use draft::measure;
pub use draft::{CaptureWords, Drafted, draft_capture};
pub use sign::{Signed, sign_capture};
pub use signings::ClockWords;
pub use submit::{SubmitWords, Submitted, submit_capture};
