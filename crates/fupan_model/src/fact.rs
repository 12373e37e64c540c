//! Facts: statements read from evidence.

use crate::{Cites, ClockId, Decimal, EventId, FactId, Moment, PartyId, RowId, Stated};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// A stated quantity (数值): number, yes/no, text, or a set of names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A number, exact.
    Number(Decimal),
    /// Words.
    Text(String),
    /// A set of names, sorted by the reader.
    Set(Vec<String>),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// As it stands in JSON: words stay words, even where they are all digits.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Bool(bool),
            Text(String),
            Number(Decimal),
            Set(Vec<String>),
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Bool(value) => Self::Bool(value),
            Written::Text(value) => Self::Text(value),
            Written::Number(value) => Self::Number(value),
            Written::Set(value) => Self::Set(value),
        })
    }
}

/// Claim (主张): who says how many, as of when. It fills the claims ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What is counted, an open word: `deaths`, `missing`, …
    pub field: String,
    /// The value; `None` where the source says that it is not known.
    #[serde(default)]
    pub value: Option<Value>,
    /// As of when, if the source says so and it is not the fact's own time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Moment>,
}

/// How a fact came to us (来路): it decides the default weight, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The page, row or recording was read.
    Quoted,
    /// From memory, unverified: weighs least and is shown so.
    Memory,
}

/// Whether a person entered the fact or a mapping read it from a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Entered by a person.
    #[default]
    Hand,
    /// Read from a log by its mapping; made again from the log at every reading of a folder.
    Import,
}

/// Fact (事实): a statement read from evidence, with its cite. One fact is one retractable
/// unit of the timeline: its time and its orders stand or fall together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its id: the input's record id, verbatim.
    pub id: FactId,
    /// Who states it or whose record it is.
    pub party: PartyId,
    /// Where it was read, in the assessor's words.
    pub source: String,
    /// Of which event it speaks.
    pub event: EventId,
    /// The case's own word for what happened.
    pub kind_word: String,
    /// The fact kind of the book that the case's `[kinds]` map binds the word to.
    pub kind: Option<RowId>,
    /// What is stated.
    pub text: String,
    /// Clock the time was read on.
    pub clock: ClockId,
    /// Start of what happened; `None`: the source gives no time.
    pub time: Option<Stated>,
    /// Its stated end.
    pub time_end: Option<Stated>,
    /// Events at or after which this event happened.
    pub after: Vec<EventId>,
    /// Events at or before which this event happened.
    pub before: Vec<EventId>,
    /// Stated quantities for the ledger.
    pub claims: Vec<Claim>,
    /// What pairs it with facts of other sources: warning number, unit, order number, …
    pub key: Option<String>,
    /// Quantities the checks read, by the book's names for this kind.
    pub quantities: BTreeMap<String, Value>,
    /// When it was said, where that is not when it happened.
    pub stated_at: Option<Moment>,
    /// Computed by the reader from a relative phrase.
    pub derived: bool,
    /// How it came to us.
    pub basis: Basis,
    /// Kind of source (a row of the book's weights), where the evidence names none.
    pub source_kind: Option<RowId>,
    /// Weight given by a person in place of the book's, in thousandths of a log-odds unit.
    pub weight: Option<i64>,
    /// A person's note.
    pub note: Option<String>,
    /// Entered or imported.
    pub origin: Origin,
    /// Where it stands in the evidence.
    pub cites: Cites,
}
