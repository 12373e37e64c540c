//! One piece of evidence: a descriptor of a folder, or a row of `evidence[]`.

use crate::error::Problem;
use crate::fields::Fields;
use crate::node::Node;
use fupan_model::{ClockId, Digest, Evidence, EvidenceId, PartyId, RowId};
use std::collections::BTreeMap;

/// Reads it. `path`, `sha256`, `size` and the text of the mapping are as written; the caller
/// compares them with the bytes.
pub(crate) fn read(mut fields: Fields<'_>) -> Evidence {
    let evidence = Evidence {
        id: EvidenceId::new(fields.need("id")),
        kind: RowId::new(fields.need("kind")),
        title: fields.text("title").unwrap_or_default(),
        medium: fields.text("medium").unwrap_or_default(),
        party: fields.text("party").map(PartyId::new),
        clock: fields.text("clock").map(ClockId::new),
        source_kind: fields.text("source_kind").map(RowId::new),
        sha256: Digest::new(fields.text("sha256").unwrap_or_default().to_ascii_lowercase()),
        size: fields.count("size").unwrap_or_default(),
        path: fields.text("path").unwrap_or_default(),
        collected_by: fields.texts("collected_by"),
        witnessed_by: fields.texts("witnessed_by"),
        collected_at: fields.text("collected_at"),
        fields: kind_fields(&mut fields),
        mapping: fields.text("mapping"),
    };
    fields.finish();
    evidence
}

/// `[fields]`: texts by the book's field key. A number or yes/no is taken as it prints.
fn kind_fields(fields: &mut Fields<'_>) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let Some(mut table) = fields.table("fields") else { return out };
    for (key, node) in table.rest() {
        match node {
            Node::Text(text) => {
                out.insert(key, text);
            }
            Node::Number(_) | Node::Bool(_) => {
                out.insert(key, node.shown());
            }
            Node::Null => {}
            Node::Odd(_) | Node::List(_) | Node::Table(_) => {
                table.wrong(&key, &node.shown(), Problem::WrongType("text"));
            }
        }
    }
    out
}
