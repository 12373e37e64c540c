//! The pen (报告): an assessment is composed into a [`fupan_model::Document`], and a document is
//! rendered into bytes. Neither half reads a file, asks the time or judges anything.
//!
//! The same document gives the same bytes on any machine.

mod annex;
mod article;
mod chapters;
mod compose;
mod durations;
mod evidence_list;
mod layout;
mod moments;
mod names;
mod pen;
pub mod render;
mod request_list;
mod wording;

pub use compose::{ComposeError, KeptLog, compose, compose_kept};
pub use evidence_list::{EvidenceList, ListVolume, ListedEvidence, compose_evidence_list};
pub use request_list::compose_request_list;
