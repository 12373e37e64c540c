//! Releases (发布): a case's evidence as a bag that proves itself (`docs/bag-format.md`): BagIt 1.0 with
//! the signed statements, the log's proofs, the policy, time stamps, and a folder `verify/` for people
//! who have no program of ours.
//!
//! ```text
//! tagmanifest ◀──BagSeal── bag.note        file ◀──digests── statement ◀──signatures── people's keys
//!      └── every other file                                    └── digest ─▶ leaf ─▶ proof ─▶ checkpoint
//! ```
//!
//! Keys in a bag are no trust anchors: [`verify()`] takes its [`Anchors`] from outside. Never here: the
//! opening of files (a [`BagSink`] and a [`BagSource`] do it), a clock, repairing what was read.

mod digests;
mod entry;
mod fault;
mod inside;
mod layout;
mod list;
mod name;
mod parts;
mod pem;
mod report;
mod seal;
mod store;
#[cfg(test)]
mod tests;
mod verify;
mod write;

pub use fault::{BagFault, Finding};
pub use inside::{BagCase, case_inside};
pub use list::remarks;
pub use name::SafeName;
pub use parts::{
    OlderHead, Original, PaperKind, ReadingKind, Release, ReleasedEvidence, ReleasedLeaf,
    ReleasedPaper, ReleasedReading, ReleasedRecord, ReleasedStamp, ReleasedStatement,
};
pub use pem::certificates;
pub use report::{EvidenceReport, Notice, Report, StampReport};
pub use seal::{BagSeal, fingerprint};
pub use store::{BagSink, BagSource, Found, FoundKind};
pub use verify::{Anchors, keys_inside, verify};
pub use write::{WriteError, write};
