//! Parties: whom the assessment speaks of.

use crate::{PartyId, RowId};
use serde::{Deserialize, Serialize};

/// Party (责任主体): accident unit, related unit, government, department, rescue team, …
/// The kinds are open words; the book says which lane each is drawn in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its id in the case.
    pub id: PartyId,
    /// Its name, as people write it.
    pub name: String,
    /// Kind of party, an open word of the book's party kinds: `enterprise`, `government`, …
    pub track: String,
    /// The department of the book it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<RowId>,
}
