//! The book (标准库): the standard as data. Parses `standard/<edition>/*.toml` into typed rows,
//! refuses what does not fit, and looks rows up.
//!
//! [`Book::parse`] takes the texts of the files and gives the book or **all** errors, each with
//! file, row, key and what was expected; [`Book::shipped`] is the edition compiled in. The format
//! is specified in `docs/book-format.md`.
//!
//! Never here: I/O, a rule of the standard that is not data, an id of a row.

mod body;
mod book;
mod calendar;
mod clause;
mod compare;
mod compare_read;
mod crosscheck;
mod date;
mod edition;
mod error;
mod evidence;
mod fact_kind;
mod fields;
mod formula;
mod formula_read;
mod grade;
mod identity;
mod indicator;
mod lateness;
mod law;
mod limit;
mod list;
mod local;
mod party;
mod phrase;
mod plan;
mod procedure;
mod quantities;
mod question;
mod reading;
mod row;
mod shipped;
mod tables;
mod term;
#[cfg(test)]
mod tests;
mod unit;
mod validate;
mod values;
mod views;
mod weight;
mod words;

pub use book::{Book, Shortfall};
pub use calendar::{Calendar, NoCalendar, working_days_between};
pub use clause::{Clause, Content, Method, Outline, Phase, Requirement, Stage};
pub use compare::{Compare, CountAgainst, FieldTolerance, Pair, Part, Period};
pub use crosscheck::{CrossCheck, LevelPair};
pub use date::Date;
pub use edition::{Edition, Expected};
pub use error::{BookError, Fault};
pub use evidence::{EvidenceField, EvidenceKind, EvidenceRule, InterviewRule};
pub use fact_kind::{FactKind, Quantity, QuantitySort};
pub use formula::{Formula, Leg, Operand, Pick, Required, Take};
pub use grade::{Band, Grade};
pub use identity::{Fold, Identity};
pub use indicator::{Anchors, Direction, Indicator, Statutory};
pub use lateness::{Lateness, PenaltyBand};
pub use law::{Article, Duty, DutyStage, Law, LiableKind, Statute};
pub use limit::{Limit, LimitCase, Nature, Span};
pub use list::{Item, List, ReportItem};
pub use party::{AccidentType, Alternate, Department, PartyKind, Track};
pub use phrase::Phrase;
pub use plan::{FilingRule, Frequency, IsoClause, PlanElement, PlanSort};
pub use procedure::ProcedureRule;
pub use question::{BankQuestion, Layer, Topic};
pub use reading::{Reading, Shape};
pub use row::{Row, RowView};
pub use tables::Tables;
pub use term::{Condition, Term};
pub use unit::Unit;
pub use weight::Weight;
pub use words::{Mark, Status, Words};
