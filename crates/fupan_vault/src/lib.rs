//! The cellar (证据库): keeps evidence so that nobody can change it unseen, and gives it back.
//!
//! ```text
//! bytes ──Objects──▶ digest ─┐
//! Entry (who, when, what) ───┴─▶ Leaf ──Journal──▶ tiles, head ──▶ Receipt
//!                                             └──▶ Index (a cache), CaseRead, verify, backup
//! ```
//!
//! The log is the truth; `docs/vault-format.md` specifies it. Never here: judging evidence, asking the
//! time, drawing random numbers; the hall gives both as arguments.

mod admission;
mod backup;
mod entry;
mod index;
mod journal;
mod object;
mod stamp;
mod store;
mod vault;
mod verify;

#[cfg(test)]
mod tests;

pub use backup::{BackupError, BackupReport, backup, restore};
pub use entry::{
    Act, Attested, CaseHead, CaseRead, Correction, Custody, Deed, Entry, Erasure, Exhibit,
    FoldError, Hold, Kept, KindWord, Made, StandingPart, Statement,
};
pub use index::{Hit, Index, IndexError};
pub use journal::{
    Admitted, CosignAsk, Cosigners, Fault, FaultKind, Gate, Journal, JournalError, Log, LogReader,
    LogSigner, Open, Receipt, Refused, Signer, SignerError, Standing,
};
pub use object::{
    CHUNK, ChunkList, Declared, Digests, ObjectError, Objects, Stored, from_hex, hex_of, measure,
};
pub use stamp::{
    KeptStamp, StampDue, StampFailure, StampOutcome, StampTerms, Stamper, kept_stamps,
};
pub use store::{
    BlobName, Blobs, Created, DiskStore, Doing, HeadCell, Listing, MemoryStore, Staged, Store,
    StoreError, Swapped, probe, sync_folder,
};
pub use vault::{Opening, Recorded, Vault, VaultError};
pub use verify::{VerifyReport, scrub, verify};
