//! What people do in a case, as bodies of entries: who, when, upon which version, what. A body is an
//! object; the leaf holds its digest. It carries a salt, so that who knows the digest of an erased body
//! cannot try out what it said.

mod act;
mod fold;

use fupan_ledger::Ulid;
use serde::{Deserialize, Serialize};

pub use act::{
    Act, Attested, CaseHead, Correction, Custody, Deed, Erasure, Exhibit, Hold, Kept, KindWord,
    Statement,
};
pub(crate) use fold::CaseState;
pub use fold::{CaseRead, FoldError, StandingPart};

const FORMAT: &str = "fupan-entry/1";

/// Entry (案卷行为记录): one act of one person in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Format of the body.
    format: String,
    /// The case: a ULID.
    case: String,
    /// The entry: a ULID.
    id: String,
    /// Who did it: the account or name that the hall knows.
    pub author: String,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The version of the case that the author had before them. Acts that state nothing have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
    /// 16 bytes drawn for this entry, as hexadecimal digits.
    salt: String,
    /// What was done.
    pub act: Act,
}

/// Made (行为来历): who does something, when, and the ids drawn for it; the hall gives all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The case.
    pub case: Ulid,
    /// The entry's id; the same id again is the same act, asked for a second time.
    pub id: Ulid,
    /// Who.
    pub author: String,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// 16 random bytes.
    pub salt: [u8; 16],
}

impl Entry {
    /// The entry of an act.
    #[must_use]
    pub fn new(made: &Made, expected: Option<u64>, act: Act) -> Self {
        Self {
            format: FORMAT.to_owned(),
            case: made.case.to_string(),
            id: made.id.to_string(),
            author: made.author.clone(),
            at_ms: made.at_ms,
            expected,
            salt: made.salt.iter().map(|byte| format!("{byte:02x}")).collect(),
            act,
        }
    }

    /// Its case.
    #[must_use]
    pub fn case(&self) -> Option<Ulid> {
        self.case.parse().ok()
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Option<Ulid> {
        self.id.parse().ok()
    }

    /// Its bytes.
    ///
    /// # Errors
    /// A value without a JSON form.
    pub fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// Reads a body.
    ///
    /// # Errors
    /// It is none, or of another format.
    pub fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        let entry: Self = serde_json::from_slice(bytes)?;
        if entry.format != FORMAT || entry.case().is_none() || entry.id().is_none() {
            return Err(serde::de::Error::custom("not a body of fupan-entry/1"));
        }
        Ok(entry)
    }
}
