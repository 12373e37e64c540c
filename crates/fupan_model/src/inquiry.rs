//! What the group asks: questions of time, requests for material, interviews, findings by hand.

use crate::{Cites, EventId, EvidenceId, Moment, PartyId, QuestionId, RowId};
use serde::{Deserialize, Serialize};

/// Question (待查间隔): a gap the assessor asks for, with its limit if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its id, kept verbatim in the assessment.
    pub id: QuestionId,
    /// Event the gap starts at.
    pub from: EventId,
    /// Event the gap ends at.
    pub to: EventId,
    /// Limit in milliseconds.
    pub limit_ms: Option<i64>,
    /// The row of the book the limit comes from, if the case names it.
    pub limit: Option<RowId>,
    /// The question in words.
    pub text: Option<String>,
}

/// Request for material (调取): what was asked of whom, and what came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Its id in the case.
    pub id: String,
    /// Of whom.
    pub to: PartyId,
    /// What was asked for.
    pub asks: String,
    /// Fact kinds of the book the material would have shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<RowId>,
    /// When it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Moment>,
    /// By when an answer was due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Moment>,
    /// The answer; `None` after the deadline is silence, and is cited as such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
}

/// Reply to a request (答复).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// When it came.
    pub at: Moment,
    /// What it says.
    pub text: String,
    /// Evidence handed in with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceId>,
}

/// Interview (询问谈话), AQ 9012-2023 cl. 5.2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interview {
    /// Its id in the case.
    pub id: String,
    /// Party the interviewee belongs to.
    pub party: PartyId,
    /// Post or role of the interviewee.
    pub role: String,
    /// Layer: `decision`, `execution`, `affected`.
    pub layer: String,
    /// Topics spoken of: `D`, `R`, `C`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Who asked; at least two.
    pub interviewers: Vec<String>,
    /// Begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<Moment>,
    /// End.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Moment>,
    /// The record that was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceId>,
    /// Whether the interviewee signed, or the refusal was noted.
    #[serde(default)]
    pub signed: bool,
}

/// A finding an assessor wrote by hand (评估员所拟问题或经验).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftFinding {
    /// Its id in the case.
    pub id: String,
    /// `good` or `bad`.
    pub tone: String,
    /// Heading of the content it belongs to, a row of the book.
    pub content: RowId,
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub by: String,
    /// What it rests on.
    pub cites: Cites,
}
