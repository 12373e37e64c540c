//! Evidence: things kept.

use crate::{ClockId, Digest, EvidenceId, PartyId, RowId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Evidence (证据): a thing kept, with who collected and witnessed it and the fields its kind
/// must carry (行政处罚法 art. 46; the fields are rows of the book).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its number in the case.
    pub id: EvidenceId,
    /// Kind, a row of the book's evidence kinds.
    pub kind: RowId,
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// The medium it came on, in the collector's words.
    #[serde(default)]
    pub medium: String,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
    /// The clock its times were read on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockId>,
    /// Kind of source, a row of the book's weights: how far such a source is trusted by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_kind: Option<RowId>,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// Length of its bytes.
    #[serde(default)]
    pub size: u64,
    /// Where its bytes stand, relative to the case, with `/` between folders.
    #[serde(default)]
    pub path: String,
    /// Who collected it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collected_by: Vec<String>,
    /// Who witnessed the collecting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witnessed_by: Vec<String>,
    /// When it was collected, as the collector wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collected_at: Option<String>,
    /// The fields its kind must carry, by the book's field key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Text of the mapping by which its rows become facts, if it is a log that is imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<String>,
}
