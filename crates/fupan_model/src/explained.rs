//! Why a result is what it is: explanations by component, how far a record is off, how firm a
//! verdict is, and the steps behind a gap.

use crate::{
    CaseRef, Choice, Cites, ClockId, ConflictResult, DiagnosisResult, EventId, Gap, Moment,
    QuestionId, Verdict,
};
use serde::Serialize;

/// Contradictions that share records, directly or through others (矛盾组), and what might be set
/// aside for them, whatever is done about the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComponentResult {
    /// Places in the list of conflicts, from 0.
    pub conflicts: Vec<u64>,
    /// Its explanations, by cost, size and ids.
    pub diagnoses: Vec<DiagnosisResult>,
    /// Every one that costs least is among them.
    pub exact: bool,
    /// Every one there is is among them.
    pub complete: bool,
}

/// How far one record is off at least (单条偏差).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordAmount {
    /// The record.
    pub record: String,
    /// Milliseconds beyond its stated error.
    pub off_ms: i64,
    /// Where it stands.
    pub cites: Cites,
}

/// A choice of a named person (选定结果), and what it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChoiceResult {
    /// Who set what aside, and why.
    #[serde(flatten)]
    pub choice: Choice,
    /// Contradictions it leaves, with all other choices made.
    pub conflicts_left: u64,
}

/// How firm a verdict is (结论稳健性).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Robustness {
    /// How many explanations were held against it; 0: no contradiction touches the gap.
    pub explanations: u64,
    /// The range over all of them, those that do not cost least included.
    pub union: Gap,
    /// The verdict, where it is the same under each of them.
    pub verdict: Option<Verdict>,
    /// Decided, and the same whichever single record is wrong.
    pub firm: bool,
    /// How far the bound that decides lies from the limit, at the nearest.
    pub margin_ms: Option<i64>,
    /// Records whose falling turns the verdict, by how little each must be off, then by id.
    pub turns: Vec<TurnResult>,
}

/// What becomes of a verdict when one record is wrong (翻转条件).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TurnResult {
    /// The record.
    pub record: String,
    /// By how many milliseconds beyond its stated error it must be off, at least.
    pub off_ms: i64,
    /// The gap without it.
    pub without: Gap,
    /// The verdict without it.
    pub verdict: Option<Verdict>,
    /// Where it stands.
    pub cites: Cites,
}

/// What is assumed of a clock's rate (漂移模型), and whether the records bear it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DriftResult {
    /// `offset_only`: one offset throughout; `bounded_rate`: the rate may change within its bound.
    pub model: String,
    /// The bound on its rate, parts in 10^9; 0 for `offset_only`.
    pub rate_ppb: i64,
    /// Readings whose true time other records bound: what the rest of this rests on.
    pub anchors: u64,
    /// Whether some rate within the bound, changing or not, fits all of them.
    pub fits: bool,
    /// Whether one constant rate within the bound does.
    pub constant_rate_fits: bool,
    /// A changing rate fits and a constant one does not: its rate changed, or it was set.
    pub rate_changed: bool,
    /// Where they stand.
    pub cites: Cites,
}

/// Explained gap (间隔说明), `fupan-explanation/1`: why a gap is what it is, step by step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedGap {
    /// `fupan-explanation/1`.
    pub format: String,
    /// Which case.
    pub case: CaseRef,
    /// Event it starts at.
    pub from: EventId,
    /// Event it ends at.
    pub to: EventId,
    /// The limit it is held against, if there is one.
    pub limit_ms: Option<i64>,
    /// The question of the case the limit is taken from.
    pub question: Option<QuestionId>,
    /// Lower bound, hull over the least-cost explanations where a contradiction touches it.
    pub min_ms: Option<i64>,
    /// Upper bound, likewise.
    pub max_ms: Option<i64>,
    /// Verdict against the limit.
    pub verdict: Option<Verdict>,
    /// How firm the verdict is; `None`: nothing was decided.
    pub robustness: Option<Robustness>,
    /// Contradictions whose explanations differ in their answer.
    pub conflicts: Vec<ConflictResult>,
    /// What named persons set aside beforehand.
    pub choices: Vec<ChoiceResult>,
    /// Whether there are more contradictions or explanations than were looked at.
    pub capped: bool,
    /// Each explanation; one with nothing set aside where no contradiction touches the gap.
    pub explanations: Vec<ExplainedUnder>,
    /// Every record named above.
    pub records: Vec<ExplainedRecord>,
}

/// A gap under one explanation, step by step (某解释下的推理).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedUnder {
    /// The records set aside.
    pub retract: Vec<String>,
    /// Sum of their weights.
    pub cost: i64,
    /// Whether no other explanation costs less.
    pub least: bool,
    /// Lower bound then.
    pub min_ms: Option<i64>,
    /// Upper bound then.
    pub max_ms: Option<i64>,
    /// Verdict then.
    pub verdict: Option<Verdict>,
    /// How far the bound that decides lies from the limit.
    pub margin_ms: Option<i64>,
    /// Why it is at least so much; empty where it is open.
    pub at_least: Vec<ExplainedStep>,
    /// Why it is at most so much; empty where it is open.
    pub at_most: Vec<ExplainedStep>,
    /// Records whose falling turns the verdict then, by how little each must be off.
    pub turns: Vec<TurnResult>,
}

/// Point in a step (推理端点).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExplainedPoint {
    /// When this clock shows the epoch of the case: its offset, as a point in time.
    Clock(ClockId),
    /// When this event happened.
    Event(EventId),
}

/// One record's share in a bound (推理步): `to` comes `ms` after `from`, at least or at most as
/// the list says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedStep {
    /// The record that says so.
    pub record: String,
    /// Counted from.
    pub from: ExplainedPoint,
    /// Counted to.
    pub to: ExplainedPoint,
    /// Milliseconds; they sum to the bound.
    pub ms: i64,
    /// Where it joins a clock and an event: what the clock showed then, at the earliest for the
    /// end a lower bound counts to and an upper bound counts from, else at the latest.
    pub shown: Option<Moment>,
    /// Where it stands.
    pub cites: Cites,
}

/// A record an explanation names (所涉记录).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedRecord {
    /// Its id.
    pub id: String,
    /// What it says; empty for a check of a clock.
    pub text: String,
    /// Where it was read, in the assessor's words.
    pub source: String,
    /// The words of its time.
    pub time: Option<String>,
    /// What setting it aside costs.
    pub weight: i64,
    /// Where it stands.
    pub cites: Cites,
}
