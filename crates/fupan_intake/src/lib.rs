//! The post room (收发室): bytes → rows → facts → one case file.
//!
//! ```text
//! case_json::read ─┐                        ┌─ case_json::write
//!                  ├─▶ read ─▶ check ─▶ CaseFile
//! case_folder::read┘      ▲                 └─ case_folder::write
//!                         │
//!  log bytes ─▶ table ─▶ import (by a mapping) ─▶ facts, report
//! ```
//!
//! It works over bytes and readers that the hall hands in ([`CaseSource`], [`Log`]) and opens
//! nothing; ids of the book arrive as [`IntakeDefaults`]. Never here: touching a store, judging.

pub mod case_folder;
pub mod case_json;
mod check;
mod defaults;
mod digest;
mod document;
mod error;
mod fields;
mod import;
mod mapping;
mod node;
mod read;
mod scan;
mod source;
mod table;
mod time;
mod words;
mod write;

pub use defaults::{IntakeDefaults, Policies};
pub use digest::{case_digest, digest_of};
pub use error::{IntakeError, IntakeErrors, Problem};
pub use import::{ImportInput, ImportOutcome, import, same_bytes};
pub use mapping::{
    Charset, ClaimRule, ColumnKind, ColumnRule, Condition, Crossing, FactRule, Mapping, Pick,
    QuantityRule, TableFormat, Template, Test,
};
pub use read::accident_day_ms;
pub use source::{CaseSource, SourceError};
pub use table::{Cell, Log, Row, RowItem, Table, find_charset, open as open_table};
pub use time::{DateOrder, Precision, Reading, TimeError, read_time, read_zone};

#[cfg(test)]
mod tests;
