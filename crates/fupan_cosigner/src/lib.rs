//! The cosigner (背书机构): an organisation's program that co-signs the checkpoints of logs it does not
//! keep, and only those that grow out of what it signed before. It speaks C2SP tlog-witness over HTTP:
//! `POST /add-checkpoint` and `GET /<origin hash>/checkpoint`.
//!
//! What is promised: it never signs two heads of one log of which one is not the beginning of the
//! other, not even across a crash, for a head is on the disk before its cosignature leaves. Two heads
//! of one size are both kept, and somebody is told.
//!
//! Never here: evidence, the entries of a log, a second process on the same state.

mod config;
mod cosigner;
mod http;
mod serving;
mod store;
#[cfg(test)]
mod tests;

pub use config::{Config, ConfigError};
pub use cosigner::{Alarm, Answer, Cosigner};
pub use http::{Notice, RunError, run};
pub use serving::Stop;
pub use store::{FolderStore, HeadStore, StoreError};
