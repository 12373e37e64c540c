//! The words of the house (地面层·词): plain values that every other crate speaks in.
//!
//! How the words connect, in the order of the walk (`docs/walk.md`):
//!
//! ```text
//! Evidence ──Cite──▶ Fact ──(Clock)──▶ Window ──▶ Gap ──▶ CheckResult, IndicatorResult ──▶ Finding
//!     └────────────── CaseFile (all that is known of a case) ──▶ Assessment ──▶ Document ──▶ bytes
//! ```
//!
//! Never here: I/O, a clock, judging. A type may refuse a value that cannot be true of itself
//! ([`Cites`] is never empty, [`Sentence`] never without [`Cites`]); it never weighs evidence.

mod accident;
mod arg;
mod assessment;
mod case_file;
mod cite;
mod clock;
mod decimal;
mod document;
mod evidence;
mod explained;
mod fact;
mod figure;
mod id;
mod import;
mod inquiry;
mod moment;
mod party;
mod verdict;

pub use accident::Accident;
pub use arg::{Arg, Args};
pub use assessment::{
    Assessment, BookRef, CaseRef, ClaimResult, ClaimValue, ClockResult, ConflictResult, Coverage,
    DiagnosisResult, Doubt, EventResult, GradeDimension, GradeResult, LeftOut, Need, PartyCoverage,
    Register,
};
pub use case_file::{CaseFile, Choice, Team};
pub use cite::{Cite, Cites, Locator};
pub use clock::{Clock, ClockRelation, ClockStanding};
pub use decimal::{Decimal, DecimalError};
pub use document::{
    Block, BookText, Cell, Chapter, Column, Connective, Document, Figure, Inline, Mark, Row,
    RowStyle, Sentence, Table, Tone,
};
pub use evidence::Evidence;
pub use explained::{
    ChoiceResult, ComponentResult, DriftResult, ExplainedGap, ExplainedPoint, ExplainedRecord,
    ExplainedStep, ExplainedUnder, RecordAmount, Robustness, TurnResult,
};
pub use fact::{Basis, Claim, Fact, Origin, Value};
pub use figure::{Bar, Bracket, Curve, Gauge, Lane, Picture, Timeline};
pub use id::{ClockId, Digest, EventId, EvidenceId, FactId, PartyId, QuestionId, RowId};
pub use import::{ClockNotes, ClockStep, ColumnSummary, ImportReport, RejectedRow, Series};
pub use inquiry::{DraftFinding, Interview, Question, Reply, Request};
pub use moment::{Gap, Moment, Stated, Window};
pub use party::Party;
pub use verdict::{
    CheckResult, CheckStatus, FindingResult, GapByDiagnosis, GapResult, IndicatorResult,
    IndicatorStatus, Interval, PairResult, PartResult, Support, Verdict,
};
