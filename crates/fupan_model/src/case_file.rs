//! The case file: all that is known of a case, as one value.

use crate::{
    Accident, Cite, Cites, Clock, ClockRelation, Digest, DraftFinding, Evidence, Fact,
    ImportReport, Interview, Locator, Moment, Party, Question, Request, RowId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A member of the assessment group (评估组成员), by role; names are optional.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Role in the group.
    pub role: String,
    /// Organisation.
    #[serde(default)]
    pub organisation: String,
    /// Name, where the group wishes it printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A diagnosis a named person chose (选定的解释), with the reason: only such a choice sets
/// facts aside in the headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Facts set aside.
    pub retract: Vec<String>,
    /// Who chose.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
}

/// Case file (卷宗): the one value an assessment reads. Lists stand in the order of the case;
/// nothing in an assessment may depend on that order except how registers are numbered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The case's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the case says of itself, e.g. that it is constructed.
    pub notice: Option<String>,
    /// Languages of the report.
    pub languages: Vec<String>,
    /// The accident.
    pub accident: Accident,
    /// Parties.
    pub parties: Vec<Party>,
    /// The group.
    pub team: Vec<Team>,
    /// Clocks.
    pub clocks: Vec<Clock>,
    /// Clocks compared with each other.
    pub clock_relations: Vec<ClockRelation>,
    /// Evidence.
    pub evidence: Vec<Evidence>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// What the imports did.
    pub imports: Vec<ImportReport>,
    /// Gaps asked for.
    pub questions: Vec<Question>,
    /// Requests for material.
    pub requests: Vec<Request>,
    /// Interviews.
    pub interviews: Vec<Interview>,
    /// Findings by hand.
    pub findings: Vec<DraftFinding>,
    /// Diagnoses chosen by named persons.
    pub choices: Vec<Choice>,
    /// The case's own words, bound to fact kinds of the book.
    pub kinds: BTreeMap<String, RowId>,
    /// Keys the format does not know, by their path, as JSON text: kept, travelling along, and
    /// named in `left_out`.
    pub kept: BTreeMap<String, String>,
    /// SHA-256 of this value in its canonical form, without the digest itself. The reader sets it;
    /// it is equal however the case was written down.
    pub digest: Digest,
}

impl CaseFile {
    /// Seconds east of UTC of the accident's civil time; 0 when the text names none.
    pub fn offset_s(&self) -> i32 {
        Moment::parse(&format!("2000-01-01T00:00:00{}", self.accident.timezone))
            .map_or(0, |moment| moment.offset_s)
    }

    /// A cite of a part of the case document itself.
    pub fn cite_part(&self, part: impl Into<String>) -> Cites {
        Cites::one(Cite {
            evidence: Cite::CASE.into(),
            digest: self.digest.clone(),
            locator: Locator::Part(part.into()),
        })
    }
}
