//! Acts: what can be stated in a case, and what can be done with its evidence.

use fupan_model::{
    Accident, Choice, Clock, ClockRelation, DraftFinding, Evidence, Fact, ImportReport, Interview,
    Party, Question, Request, RowId, Team,
};
use serde::{Deserialize, Serialize};

/// Act (行为): what an entry records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Things stated together; they are in the case together or not at all.
    State(Vec<Statement>),
    /// A statement put right or withdrawn.
    Correct(Box<Correction>),
    /// Something done with evidence.
    Custody(Custody),
    /// A duty to keep, or its end.
    Hold(Hold),
    /// An object taken away.
    Erase(Erasure),
}

/// Statement (陈述): one part of the case file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Statement {
    /// Title, accident, languages: stated first, once.
    Case(Box<CaseHead>),
    /// A party.
    Party(Party),
    /// A member of the group.
    Member(Team),
    /// A clock.
    Clock(Clock),
    /// Two clocks compared.
    Relation(ClockRelation),
    /// A piece of evidence; its bytes are an object.
    Evidence(Box<Exhibit>),
    /// A fact.
    Fact(Box<Fact>),
    /// What an import did.
    Import(Box<ImportReport>),
    /// A gap asked for.
    Question(Question),
    /// A request for material.
    Request(Request),
    /// An interview.
    Interview(Interview),
    /// A finding by hand.
    Finding(DraftFinding),
    /// A diagnosis chosen.
    Choice(Choice),
    /// A word of the case, bound to a fact kind of the book.
    Kind(KindWord),
    /// A key that the format does not know.
    Kept(Kept),
}

/// Case head (卷首): what a case says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseHead {
    /// The case's own id, as people say it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it says of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Languages of the report.
    pub languages: Vec<String>,
    /// The accident.
    pub accident: Accident,
}

/// Exhibit (入卷证据): a piece of evidence with what the vault knows of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhibit {
    /// The piece, as the case file holds it.
    pub evidence: Evidence,
    /// SM3 of its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sm3: Option<String>,
    /// SHA-256 of the list of its chunks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chunks: Option<String>,
    /// By whom it was attested, where a signed statement came with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attested: Option<Box<Attested>>,
}

/// Attested (见证记载): what the judgement of a capture came to when it was written down. The leaf and the
/// signed statement are the proof; this is what people read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attested {
    /// Number of the evidence in the log: a ULID.
    pub capture: String,
    /// `witnessed`, `late`, `single`, `unwitnessed`, `pending`.
    pub status: String,
    /// Lowest assurance among those who signed.
    pub assurance: String,
    /// Class of the device's clock and of the latency.
    pub clock: String,
    /// Codes of what is held against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub downgrades: Vec<String>,
    /// Why the rule of two people was not kept, or not in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Number in the log of the video that stands in for a witness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<String>,
    /// Why numbers of the device are missing before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap_reason: Option<String>,
}

/// Kind word (案卷用词): a word of the case and the fact kind it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindWord {
    /// The word.
    pub word: String,
    /// The row of the book.
    pub row: RowId,
}

/// Kept key (保留键): something a file said that no format knows; it travels along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Its path.
    pub path: String,
    /// Its value, as JSON text.
    pub json: String,
}

/// Correction (更正): says anew what an earlier entry said, or takes it back. The earlier entry stays in
/// the log as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Id of the entry, a ULID.
    pub of: String,
    /// Which of its statements, from 0.
    #[serde(default)]
    pub part: u64,
    /// Why.
    pub reason: String,
    /// What holds from here on; `None`: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Statement>,
}

/// Deed (经手方式): what was done with evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// It came in.
    Received,
    /// Somebody looked at it.
    Viewed,
    /// It was moved.
    Moved,
    /// It went from one keeper to another.
    HandedOver,
    /// A copy left the vault.
    Exported,
    /// Its bytes were checked against the log.
    Verified,
    /// Something was handed in and not taken; the note says why, by its codes.
    Refused,
    /// Two statements, or two logs, where there can be one: somebody must look.
    Alarm,
}

impl Deed {
    /// The word in a leaf.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Viewed => "viewed",
            Self::Moved => "moved",
            Self::HandedOver => "handed-over",
            Self::Exported => "exported",
            Self::Verified => "verified",
            Self::Refused => "refused",
            Self::Alarm => "alarm",
        }
    }
}

/// Custody act (经手记录): who had evidence, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custody {
    /// What was done.
    pub deed: Deed,
    /// Number of the evidence in the case; empty: the whole case.
    pub evidence: String,
    /// SHA-256 of its bytes, where one object is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// From whom or where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// To whom or where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Why, or what was found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Hold (留存令): an object, or a whole case, must be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// SHA-256 of the object; `None`: all of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// Begin or end.
    pub on: bool,
    /// Whose order, and why.
    pub reason: String,
}

/// Erasure (删除): an object is taken away; leaf, digests and proof stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// SHA-256 of the object.
    pub object: String,
    /// By what law or order, and why.
    pub reason: String,
}
