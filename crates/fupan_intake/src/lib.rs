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
mod layer;
mod mapping;
mod media;
mod node;
mod read;
mod scan;
mod source;
mod suggest;
mod table;
mod time;
mod words;
mod write;

pub use defaults::{IntakeDefaults, Policies};
pub use digest::{case_digest, digest_of, digest_read};
pub use error::{IntakeError, IntakeErrors, Problem};
pub use import::{ImportInput, ImportOutcome, import, same_bytes};
pub use layer::{
    LayerError, MOST_FILE, MOST_PAGES, MOST_STEPS, MOST_TEXT, MOST_UNPACKED, TextLayer, TextPart,
    read_text,
};
pub use mapping::{
    Area, Charset, ClaimRule, ColumnKind, ColumnRule, Condition, Crossing, DaySource, FactRule,
    FieldKind, Layout, Mapping, Pattern, Pick, QuantityRule, SeriesRule, Split, TableFormat,
    Template, Test, Trigger,
};
pub use media::{ExifAspect, ExifError, ExifField, MediaCheck, MediaType, check_media, read_exif};
pub use read::accident_day_ms;
pub use source::{CaseSource, SourceError};
pub use suggest::{MappingDraft, suggest};
pub use table::{
    Cell, FREE_BYTES, Log, MOST_BYTES, MOST_MEMBERS, MOST_OFFICE_BYTES, MOST_RATIO, Member, Row,
    RowItem, Table, find_charset, open as open_table, unpack,
};
pub use time::{
    DateOrder, Epoch, Precision, Reading, TimeError, TimeForm, read_formed, read_time, read_zone,
};

#[cfg(test)]
mod tests;
