//! The porter (传达): calls to others over the network. A time stamp authority (RFC 3161) and cosigners
//! (C2SP tlog-witness), each behind a trait, so that the hall knows neither HTTP nor this crate's
//! client. What an answer claims is checked before it is handed on.
//!
//! Every call has a time-out and a limit on what it reads, follows no redirection, and reads no
//! environment. Errors tell what may be tried later from what was refused; queueing is the caller's.
//!
//! Never here: being called from a pure room; a clock, a retry, a file.

mod caller;
mod cosigning;
mod error;
mod quorum;
mod stamping;

pub use caller::Caller;
pub use cosigning::{CosignerCall, CosignerReply, HttpCosigner};
pub use error::WireError;
pub use quorum::{CosignerOutcome, CosignerSeat, Quorum, collect};
pub use stamping::{HttpTimeStamper, Stamped, TimeStamper};
