//! The journal: one append-only log (C2SP tlog-tiles) with group commit. What arrives while a batch is
//! being made durable becomes the next batch. The order of one: WAL, entry bundles, hash tiles, kept
//! checkpoint, head; each durable before the next begins, and only then the receipts. When the bundles of one
//! batch are durable, the next is closed and written to the WAL.
//!
//! After any failure on that way the journal stops and takes nothing more: what the disk holds then is
//! found out at the next start, from the WAL, never guessed.

mod admit;
mod commit;
mod cosign;
mod error;
mod front;
mod gate;
mod log;
mod places;
mod reader;
mod receipt;
mod recover;
mod sequencer;
mod signer;
mod wal;

pub use cosign::{CosignAsk, Cosigners};
pub(crate) use cosign::{cosigned_heads, line_name, size_of_line, with_cosignatures};
pub use error::{Fault, FaultKind, JournalError, Refused};
pub use gate::{Admitted, Gate, Open};
pub use log::Log;
pub(crate) use places::{
    CHECKPOINTS, COSIGNED, TILES, WAL, checkpoint_name, size_of_checkpoint, tile_name, wal_name,
};
pub use reader::LogReader;
pub use receipt::{Receipt, Standing};
pub(crate) use recover::load_head;
pub use sequencer::Journal;
pub use signer::{LogSigner, Signer, SignerError};
pub(crate) use wal::Wal;
