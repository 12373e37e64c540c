//! The assessment: everything the judge concluded, as one value without words of any language.

use crate::{
    Accident, Args, CheckResult, Cites, Clock, ClockRelation, Decimal, DraftFinding, EventId,
    Evidence, Fact, FactId, FindingResult, Gap, GapResult, ImportReport, IndicatorResult,
    Interview, Moment, Party, PartyId, Question, Request, RowId, Team, Value, Window,
};
use crate::{Choice, ChoiceResult, ComponentResult, Digest, DriftResult, RecordAmount};
use serde::Serialize;
use std::collections::BTreeMap;

/// Assessment (评估结果), `fupan-assessment/1`; specified in `docs/assessment-format.md`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assessment {
    /// `fupan-assessment/1`.
    pub format: String,
    /// Which case.
    pub case: CaseRef,
    /// Grade by the three dimensions together, a name of the book's grades; `None`: no figure.
    pub grade: Option<String>,
    /// How the grade came about.
    pub grade_detail: GradeResult,
    /// Which book.
    pub book: BookRef,
    /// Events, by earliest bound, then by id.
    pub events: Vec<EventResult>,
    /// Gaps, questions first in the order of the case, then indicators by id.
    pub gaps: Vec<GapResult>,
    /// Contradictions, each minimal.
    pub conflicts: Vec<ConflictResult>,
    /// Ranked explanations of all contradictions together.
    pub diagnoses: Vec<DiagnosisResult>,
    /// Contradictions by the records they share, each group with explanations of its own.
    pub components: Vec<ComponentResult>,
    /// What named persons chose, in the order of the case.
    pub choices: Vec<ChoiceResult>,
    /// Whether the lists of conflicts or diagnoses were cut.
    pub capped: bool,
    /// Clocks and what the facts say of their offsets.
    pub clocks: Vec<ClockResult>,
    /// Claims ledger.
    pub claims: Vec<ClaimResult>,
    /// Check points.
    pub checks: Vec<CheckResult>,
    /// Indicators.
    pub indicators: Vec<IndicatorResult>,
    /// Findings, good and bad.
    pub findings: Vec<FindingResult>,
    /// What the evidence covers.
    pub coverage: Coverage,
    /// What cannot be decided.
    pub doubts: Vec<Doubt>,
    /// What was not used, and why.
    pub left_out: Vec<LeftOut>,
    /// What is still needed, and from whom.
    pub needs: Vec<Need>,
    /// Records the assessment was made from, so that it can be read alone.
    pub register: Register,
}

/// The case an assessment is of (卷宗).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseRef {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the case says of itself.
    pub notice: Option<String>,
    /// Digest of the case file in its canonical form.
    pub digest: Digest,
    /// Seconds east of UTC in which computed times print.
    pub offset_s: i32,
}

/// The book an assessment was made by (标准数据).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BookRef {
    /// Edition, e.g. `AQ 9012-2023`.
    pub edition: String,
    /// SHA-256 over its files.
    pub digest: Digest,
}

/// The grade and its dimensions (事故等级).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GradeResult {
    /// Per dimension, in the order of the book.
    pub dimensions: Vec<GradeDimension>,
    /// Grade if the missing were counted as deaths.
    pub with_missing: Option<String>,
    /// The missing, as stated.
    pub missing: Option<u64>,
    /// Grade as published by the case.
    pub published: Option<String>,
    /// Whether the grade lies within the standard's own scope; `None`: no grade.
    pub in_scope: Option<bool>,
    /// Where the figures stand.
    pub cites: Cites,
}

/// One dimension of the grade (等级维度).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GradeDimension {
    /// Name in the book, e.g. `deaths`.
    pub dimension: String,
    /// The figure; `None`: not found.
    pub value: Option<Decimal>,
    /// The grade it gives alone.
    pub grade: Option<String>,
}

/// An event with its window (事件).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventResult {
    /// Its id.
    pub id: EventId,
    /// Fact kinds of the book that speak of it, sorted.
    pub kinds: Vec<RowId>,
    /// Parties whose facts speak of it, sorted.
    pub parties: Vec<PartyId>,
    /// The tightest window; the hull over the least-cost diagnoses where a conflict touches it.
    pub window: Window,
    /// Whether a conflict touches it.
    pub contested: bool,
    /// Its facts, sorted.
    pub facts: Vec<FactId>,
    /// Their cites.
    pub cites: Cites,
}

/// Facts that cannot all be true (矛盾).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConflictResult {
    /// Input record ids, verbatim and sorted; minimal: without any one of them the rest can be true.
    pub records: Vec<String>,
    /// Records that may not be set aside and take part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
    /// By how much they contradict each other.
    pub excess_ms: i64,
    /// Cites of all of them.
    pub cites: Cites,
}

/// A least set of records that, set aside, restores consistency (诊断).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiagnosisResult {
    /// The records, sorted.
    pub retract: Vec<String>,
    /// Sum of their weights.
    pub cost: i64,
    /// Whether no other diagnosis costs less.
    pub least: bool,
    /// By how much each of the records is off at the least, if it is these that are wrong; told
    /// by component only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<RecordAmount>,
    /// Whether a named person chose it, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Choice>,
}

/// A clock and its offset (时钟).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClockResult {
    /// The clock as the case states it.
    #[serde(flatten)]
    pub clock: Clock,
    /// Offset (local minus true) that the consistent facts leave open.
    pub offset: Gap,
    /// What is assumed of its rate; absent for civil time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drift: Option<DriftResult>,
}

/// Who said how many, as of when (主张台账).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimResult {
    /// What is counted.
    pub field: String,
    /// The values, by as-of time, then by fact id.
    pub values: Vec<ClaimValue>,
    /// Whether at least two values differ.
    pub differs: bool,
}

/// One value of the ledger (台账值).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimValue {
    /// The value; `None`: the source says that it is not known.
    pub value: Option<Value>,
    /// As of when; `None`: not stated.
    pub as_of: Option<Moment>,
    /// Who.
    pub party: PartyId,
    /// The fact.
    pub fact: FactId,
    /// Where.
    pub cites: Cites,
}

/// What the evidence covers (证据覆盖).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Facts.
    pub facts: u64,
    /// Facts with a time.
    pub dated: u64,
    /// Check points with an outcome other than absent, of all.
    pub checks: (u64, u64),
    /// Indicators computed, of all.
    pub indicators: (u64, u64),
    /// Per party: how much of each evidence kind.
    pub parties: Vec<PartyCoverage>,
}

/// Evidence and facts of one party (责任主体的证据覆盖).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartyCoverage {
    /// The party.
    pub party: PartyId,
    /// Facts it states.
    pub facts: u64,
    /// Pieces of evidence by kind.
    pub evidence: BTreeMap<RowId, u64>,
}

/// What cannot be decided (存疑).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// Phrase of the book by its key.
    pub code: String,
    /// What the phrase is filled with.
    pub args: Args,
    /// What it rests on.
    pub cites: Cites,
}

/// What was not used, and why (未采用).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// What: a key's path, a row, a fact id.
    pub what: String,
    /// Why, a phrase of the book by its key.
    pub why: String,
    /// What the phrase is filled with.
    pub args: Args,
    /// Where it stands.
    pub cites: Cites,
}

/// A record still needed (待调取): what check points and indicators lack, and who keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Need {
    /// The kind of fact that is lacking, a row of the book.
    pub kind: RowId,
    /// Kinds of party that normally keep the record, rows of the book.
    pub holders: Vec<RowId>,
    /// Parties of the case of those kinds, in the order of the case.
    pub parties: Vec<PartyId>,
    /// Check points and indicators that lack it, sorted.
    pub rows: Vec<RowId>,
    /// Requests of the case that asked for it already.
    pub requests: Vec<String>,
    /// What the lack is cited by.
    pub cites: Cites,
}

/// The records an assessment was made from (登记).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Register {
    /// The accident.
    pub accident: Accident,
    /// The group.
    pub team: Vec<Team>,
    /// Parties.
    pub parties: Vec<Party>,
    /// Evidence, in the order of the case; its place is its number in the report.
    pub evidence: Vec<Evidence>,
    /// Facts, by id.
    pub facts: Vec<Fact>,
    /// Clock comparisons.
    pub clock_relations: Vec<ClockRelation>,
    /// Imports.
    pub imports: Vec<ImportReport>,
    /// Gaps asked for.
    pub questions: Vec<Question>,
    /// Requests.
    pub requests: Vec<Request>,
    /// Interviews.
    pub interviews: Vec<Interview>,
    /// Findings by hand.
    pub findings: Vec<DraftFinding>,
}
