//! A fact, as a table.

use super::{Kept, Rows};
use crate::node::Node;
use crate::read::{Form, fact::Inherited};
use crate::time::{DateOrder, read_time};
use fupan_model::{Basis, CaseFile, Claim, Fact, Origin, Stated, Value};

/// A row of `records[]` or `[[fact]]`.
pub(crate) fn fact(fact: &Fact, case: &CaseFile, form: Form, kept: &mut Kept) -> Node {
    let from = Inherited::of(case, &fact.cites);
    let mut rows = Rows::default();
    rows.text("id", &fact.id);
    rows.text("party", &fact.party);
    rows.text("source", &fact.source);
    rows.text("event", &fact.event);
    rows.text("kind", &fact.kind_word);
    rows.text("text", &fact.text);
    times(&mut rows, fact, case.offset_s());
    // In a folder a fact with a time must have its clock from somewhere that says so.
    let unsaid = fact.clock == from.clock && (form == Form::Json || from.clocked);
    if !unsaid {
        rows.text("clock", &fact.clock);
    }
    rows.texts("after", &fact.after);
    rows.texts("before", &fact.before);
    rows.list("claims", fact.claims.iter().map(claim).collect());
    rows.maybe("key", fact.key.as_ref());
    if !fact.quantities.is_empty() {
        let all = fact.quantities.iter().map(|(name, v)| (name.clone(), value(v))).collect();
        rows.put("quantities", Node::Table(all));
    }
    rows.maybe("stated_at", fact.stated_at.as_ref());
    if fact.derived {
        rows.put("derived", Node::Bool(true));
    }
    rows.text("basis", if fact.basis == Basis::Memory { "memory" } else { "quoted" });
    rows.maybe("source_kind", fact.source_kind.as_ref());
    if let Some(weight) = fact.weight {
        rows.put("weight", Node::Number(fupan_model::Decimal::whole(weight)));
    }
    rows.maybe("note", fact.note.as_ref());
    if fact.origin == Origin::Import {
        rows.text("origin", "import");
    }
    rows.cites(Some(&fact.cites));
    kept.close(&format!("records[{}]", fact.id), rows)
}

fn times(rows: &mut Rows, fact: &Fact, zone_s: i32) {
    if let Some(time) = &fact.time {
        moment(rows, "time", "time_text", time, zone_s);
        match &time.policy {
            Some(policy) => rows.text("policy", policy),
            None => rows.bounds("error_s", time.lo_ms, time.hi_ms),
        }
    }
    if let Some(end) = &fact.time_end {
        moment(rows, "time_end", "end_text", end, zone_s);
        let same = fact.time.as_ref().is_some_and(|start| {
            start.policy.is_none() && (start.lo_ms, start.hi_ms) == (end.lo_ms, end.hi_ms)
        });
        match &end.policy {
            Some(policy) => rows.text("end_policy", policy),
            None if same => {}
            None => rows.bounds("end_error_s", end.lo_ms, end.hi_ms),
        }
    }
}

/// The words of the source, where they alone say the moment; else the moment, and the words beside.
fn moment(rows: &mut Rows, key: &str, text_key: &str, stated: &Stated, zone_s: i32) {
    let again = read_time(&stated.text, Some(zone_s), DateOrder::Ymd);
    let says = again
        .is_ok_and(|reading| reading.at == stated.at && reading.at.offset_s == stated.at.offset_s);
    if says {
        rows.text(key, &stated.text);
    } else {
        rows.text(key, stated.at);
        rows.text(text_key, &stated.text);
    }
}

fn claim(claim: &Claim) -> Node {
    let mut rows = Rows::default();
    rows.text("field", &claim.field);
    if let Some(v) = &claim.value {
        rows.put("value", value(v));
    }
    rows.maybe("as_of", claim.as_of.as_ref());
    Node::Table(rows.0)
}

fn value(value: &Value) -> Node {
    match value {
        Value::Bool(value) => Node::Bool(*value),
        Value::Number(value) => Node::Number(*value),
        Value::Text(text) => Node::text(text),
        Value::Set(names) => Node::texts(names),
    }
}
