//! Verdicts: what the judge says of gaps, check points, indicators and findings.

use crate::{Args, Cites, Decimal, EventId, FactId, Gap, Robustness, RowId};
use serde::{Deserialize, Serialize};

/// Verdict on a gap against its limit (时限结论).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Longer than the limit, whatever the true times are.
    Over,
    /// Within the limit, whatever the true times are.
    Within,
    /// Has no upper bound, and is not surely over.
    Unbounded,
    /// The bounds straddle the limit, or the explanations of a contradiction disagree.
    Undecided,
}

impl Verdict {
    /// The rule of the design, section 7: no limit, no verdict.
    pub fn of(gap: Gap, limit_ms: Option<i64>) -> Option<Self> {
        let limit = limit_ms?;
        Some(if gap.min_ms.is_some_and(|min| min > limit) {
            Self::Over
        } else if gap.max_ms.is_some_and(|max| max <= limit) {
            Self::Within
        } else if gap.max_ms.is_none() {
            Self::Unbounded
        } else {
            Self::Undecided
        })
    }
}

/// The facts each bound of a gap rests on (依据): one least set for each bound.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support {
    /// Records that alone give the lower bound.
    pub min: Vec<String>,
    /// Records that alone give the upper bound.
    pub max: Vec<String>,
}

/// A gap under one diagnosis (某解释下的间隔).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapByDiagnosis {
    /// The records set aside.
    pub retract: Vec<String>,
    /// Lower bound then.
    pub min_ms: Option<i64>,
    /// Upper bound then.
    pub max_ms: Option<i64>,
    /// Verdict then.
    pub verdict: Option<Verdict>,
}

/// A gap with its bounds, limit and verdict (间隔结论).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GapResult {
    /// The question's id verbatim, or the indicator's.
    pub id: String,
    /// Event it starts at.
    pub from: EventId,
    /// Event it ends at.
    pub to: EventId,
    /// Lower bound, hull over the least-cost diagnoses where a conflict touches it.
    pub min_ms: Option<i64>,
    /// Upper bound, likewise.
    pub max_ms: Option<i64>,
    /// Limit, if it has one.
    pub limit_ms: Option<i64>,
    /// The row of the book the limit comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_row: Option<RowId>,
    /// Verdict against the limit.
    pub verdict: Option<Verdict>,
    /// Bounds under each least-cost diagnosis; empty where no conflict touches the gap.
    pub by_diagnosis: Vec<GapByDiagnosis>,
    /// What each bound rests on.
    pub supports: Support,
    /// How firm the verdict is; absent where nothing was decided, or where the gap lies between
    /// several events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub robustness: Option<Robustness>,
    /// Cites of the facts the bounds rest on.
    pub cites: Cites,
}

impl GapResult {
    /// The bounds alone.
    pub fn gap(&self) -> Gap {
        Gap { min_ms: self.min_ms, max_ms: self.max_ms }
    }
}

/// Outcome of a check point (比对结论).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckStatus {
    /// Neither side has a record.
    Absent,
    /// Both agree within the tolerance.
    Consistent,
    /// One side is missing, or the times cannot decide: itself a finding.
    Unverifiable,
    /// Beyond the tolerance.
    Discrepant,
}

/// One pair a comparison looked at (比对对).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairResult {
    /// What pairs the two, if a key does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Outcome of this pair.
    pub status: CheckStatus,
    /// Why, a phrase of the book by its key: `time-beyond`, `left-missing`, `value-differs`, …
    pub reason: String,
    /// What the phrase is filled with.
    pub args: Args,
    /// The facts compared.
    pub facts: Vec<FactId>,
}

/// One comparison of a check point (比对项).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartResult {
    /// Its place in the row, from 1.
    pub part: u32,
    /// Which of the comparisons it is.
    pub compare: String,
    /// Outcome.
    pub status: CheckStatus,
    /// The pairs, worst first, then by key.
    pub pairs: Vec<PairResult>,
}

/// Outcome of a check point (比对结果): a row of the book, applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResult {
    /// The row.
    pub id: RowId,
    /// Outcome: the worst of its parts.
    pub status: CheckStatus,
    /// What each comparison found.
    pub detail: Vec<PartResult>,
    /// Cites of both sides; of the register or the request where something is missing.
    pub cites: Cites,
}

/// Standing of an indicator (指标状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorStatus {
    /// Computed.
    Computed,
    /// Input is missing: never zero.
    NotComputed,
    /// Rests on a contradiction nobody has resolved, and its explanations disagree.
    Undecided,
}

/// A number between bounds (区间值), in the row's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// At least.
    pub min: Option<Decimal>,
    /// At most.
    pub max: Option<Decimal>,
}

/// An indicator, applied (指标结果).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorResult {
    /// The row.
    pub id: RowId,
    /// Value in the row's unit, rounded outward to thousandths.
    pub value: Option<Interval>,
    /// Score by the assessor's anchors, 0 to 100, rounded outward to hundredths.
    pub score: Option<Interval>,
    /// Standing.
    pub status: IndicatorStatus,
    /// Verdict against the statutory limit, if there is one.
    pub verdict: Option<Verdict>,
    /// Why it was not computed, or what qualifies it: a phrase of the book by its key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the phrase is filled with.
    pub args: Args,
    /// Cites of the facts it rests on; of the register where input is missing.
    pub cites: Cites,
}

/// A finding the program drafts or an assessor wrote (问题 / 经验).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingResult {
    /// `F-` and the row or question it comes from; the case's id for one written by hand.
    pub id: String,
    /// `bad` or `good`.
    pub tone: String,
    /// The row of the book, if one led to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<RowId>,
    /// Phrase of the book by its key; absent for one written by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phrase: Option<String>,
    /// What the phrase is filled with.
    pub args: Args,
    /// Words of the assessor, for one written by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Heading of the content, a row of the book.
    pub content: Option<RowId>,
    /// Lane it belongs to: a party kind of the book.
    pub track: Option<String>,
    /// Duties it touches, rows of the book.
    pub duties: Vec<RowId>,
    /// Accountability rows: references for the assessor, never a finding of guilt.
    pub laws: Vec<RowId>,
    /// What it rests on.
    pub cites: Cites,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_follows_the_design() {
        let gap = |min, max| Gap { min_ms: min, max_ms: max };
        let cases = [
            (gap(Some(61), Some(70)), Some(60), Some(Verdict::Over)),
            (gap(Some(61), None), Some(60), Some(Verdict::Over)),
            (gap(Some(60), Some(60)), Some(60), Some(Verdict::Within)),
            (gap(None, Some(60)), Some(60), Some(Verdict::Within)),
            (gap(Some(60), None), Some(60), Some(Verdict::Unbounded)),
            (gap(None, None), Some(60), Some(Verdict::Unbounded)),
            (gap(Some(59), Some(61)), Some(60), Some(Verdict::Undecided)),
            (gap(None, Some(61)), Some(60), Some(Verdict::Undecided)),
            (gap(Some(1), Some(2)), None, None),
        ];
        for (gap, limit, want) in cases {
            assert_eq!(Verdict::of(gap, limit), want, "{gap:?} against {limit:?}");
        }
    }
}
