//! One fact: a row of `[[fact]]` or of `records[]`.

use super::{Context, Form, cite, evidence_of, head::CIVIL};
use crate::error::Problem;
use crate::fields::Fields;
use crate::node::Node;
use crate::time::{Precision, Reading};
use fupan_model::{
    Basis, CaseFile, Cites, Claim, ClockId, EventId, Fact, FactId, Origin, PartyId, RowId, Stated,
    Value,
};
use std::collections::BTreeMap;

/// Reads a fact.
pub(crate) fn read(mut fields: Fields<'_>, case: &CaseFile, context: &Context<'_>) -> Fact {
    let f = &mut fields;
    let id = f.need("id");
    let cites = cite::required(f, case, context, &id);
    let from = Inherited::of(case, &cites);
    let cited = cites.iter().any(|cite| !cite.evidence.as_str().is_empty());
    let kind_word = f.need("kind");
    let timeless = !f.has("time");
    let time = stated(f, context, "time", None);
    let time_end = stated(f, context, "time_end", time.as_ref());
    if timeless && time_end.is_some() {
        f.wrong("time", "", Problem::Missing);
    }
    let clock = f.text("clock").map(ClockId::new);
    if context.form == Form::Folder && time.is_some() && clock.is_none() && !from.clocked {
        // Nothing says which clock showed this time; `civil` must be chosen, it is not assumed.
        for cite in cites.iter().filter(|_| cited) {
            f.wrong_at(&format!("evidence[{}]", cite.evidence), "clock", "", Problem::NoClock);
        }
    }
    let party = f.text("party").map(PartyId::new).or(from.party).unwrap_or_else(|| {
        if cited || context.form == Form::Json {
            f.wrong("party", "", Problem::Missing);
        }
        PartyId::new("")
    });
    let event = f.text("event").filter(|event| !event.is_empty()).unwrap_or_else(|| id.clone());
    let basis = f.one_of("basis", &["quoted", "memory"]);
    // Facts of a folder's own files are entered by hand; its imports are made again from the logs.
    let origins: &[&str] = if context.form == Form::Json { &["hand", "import"] } else { &["hand"] };
    let origin = f.one_of("origin", origins);
    let fact = Fact {
        party,
        source: f.text("source").unwrap_or(from.source),
        event: EventId::new(event),
        kind: context.kind_of(case, &kind_word),
        kind_word,
        text: f.text("text").unwrap_or_default(),
        clock: clock.unwrap_or(from.clock),
        time,
        time_end,
        after: f.texts("after").into_iter().map(EventId::new).collect(),
        before: f.texts("before").into_iter().map(EventId::new).collect(),
        claims: claims(f, context),
        key: f.text("key"),
        quantities: quantities(f),
        stated_at: f.moment("stated_at", context.zone_s),
        derived: f.flag("derived").unwrap_or(false),
        basis: if basis == "memory" { Basis::Memory } else { Basis::Quoted },
        source_kind: f.text("source_kind").map(RowId::new),
        weight: f.whole("weight"),
        note: f.text("note"),
        origin: if origin == "import" { Origin::Import } else { Origin::Hand },
        id: FactId::new(id),
        cites,
    };
    fields.finish();
    fact
}

/// What a fact has from the evidence it cites, where it says nothing else (承自证据). Of several
/// pieces of evidence the first in the order of cites decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inherited {
    pub(crate) party: Option<PartyId>,
    pub(crate) source: String,
    pub(crate) clock: ClockId,
    /// Whether any cited evidence names a clock.
    pub(crate) clocked: bool,
}

impl Inherited {
    pub(crate) fn of(case: &CaseFile, cites: &Cites) -> Self {
        let cited: Vec<_> =
            cites.iter().filter_map(|cite| evidence_of(case, &cite.evidence)).collect();
        let clock = cited.iter().find_map(|evidence| evidence.clock.clone());
        Self {
            party: cited.iter().find_map(|evidence| evidence.party.clone()),
            source: cited.first().map(|evidence| evidence.title.clone()).unwrap_or_default(),
            clocked: clock.is_some(),
            clock: clock.unwrap_or_else(|| ClockId::from(CIVIL)),
        }
    }
}

/// A stated time with its error bounds. `start` is the fact's start, when the end is read: stated
/// bounds hold for both, a policy follows the words of each.
fn stated(
    f: &mut Fields<'_>,
    context: &Context<'_>,
    key: &'static str,
    start: Option<&Stated>,
) -> Option<Stated> {
    if !f.has(key) {
        // Bounds without a time are kept as unknown keys: nothing is lost, nothing pretended.
        return None;
    }
    let end = key == "time_end";
    let (error_key, policy_key, text_key) = if end {
        ("end_error_s", "end_policy", "end_text")
    } else {
        ("error_s", "policy", "time_text")
    };
    let error = f.bounds(error_key);
    let policy = f.text(policy_key).map(RowId::new);
    if error.is_some() && policy.is_some() {
        f.wrong(policy_key, "", Problem::Both(error_key, policy_key));
    }
    let named = policy.and_then(|id| bounds_of(f, context, policy_key, id));
    let written = f.text(key)?;
    let reading = context.reading(f, key, &written)?;
    let text = f.text(text_key).unwrap_or(written);
    let stated = |lo_ms, hi_ms, policy| Some(Stated { text, at: reading.at, lo_ms, hi_ms, policy });
    if let Some((lo_ms, hi_ms)) = error {
        return stated(lo_ms, hi_ms, None);
    }
    if let Some((id, lo_ms, hi_ms)) = named {
        return stated(lo_ms, hi_ms, Some(id));
    }
    if let Some(same) = start.filter(|start| start.policy.is_none()) {
        return stated(same.lo_ms, same.hi_ms, None);
    }
    let (id, lo_ms, hi_ms) = by_precision(f, context, key, reading)?;
    stated(lo_ms, hi_ms, Some(id))
}

/// The bounds of a policy the case names.
fn bounds_of(
    f: &Fields<'_>,
    context: &Context<'_>,
    key: &str,
    id: RowId,
) -> Option<(RowId, i64, i64)> {
    let policies = &context.defaults.policies;
    let found = policies.by_name.get(&id).copied();
    if found.is_none() {
        f.wrong(key, id.as_str(), Problem::UnknownPolicy(policies.names()));
    }
    found.map(|(lo, hi)| (id, lo, hi))
}

/// The policy that follows from the words.
fn by_precision(
    f: &Fields<'_>,
    context: &Context<'_>,
    key: &str,
    reading: Reading,
) -> Option<(RowId, i64, i64)> {
    let found = context.defaults.policies.of_reading(&reading);
    if found.is_none() {
        let words = reading.loose.unwrap_or(match reading.precision {
            Precision::Day => "day",
            Precision::Hour => "hour",
            Precision::Minute => "minute",
            Precision::Second => "second",
            Precision::Milli => "millisecond",
        });
        f.wrong(key, words, Problem::UnknownPolicy(context.defaults.policies.names()));
    }
    found
}

fn claims(f: &mut Fields<'_>, context: &Context<'_>) -> Vec<Claim> {
    let mut list = Vec::new();
    for mut entry in f.one_or_many("claim", "claims") {
        list.push(Claim {
            field: entry.need("field"),
            value: entry.take("value").and_then(|node| value(&entry, "value", node)),
            as_of: entry.moment("as_of", context.zone_s),
        });
        entry.finish();
    }
    list
}

fn quantities(f: &mut Fields<'_>) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    let Some(mut table) = f.table("quantities") else { return out };
    for (name, node) in table.rest() {
        if let Some(value) = value(&table, &name, node) {
            out.insert(name, value);
        }
    }
    out
}

/// A quantity: yes/no, number, text, or a list of texts as a sorted set.
fn value(f: &Fields<'_>, key: &str, node: Node) -> Option<Value> {
    match node {
        Node::Null => None,
        Node::Bool(value) => Some(Value::Bool(value)),
        Node::Number(value) => Some(Value::Number(value)),
        Node::Text(text) => Some(Value::Text(text)),
        Node::List(list) => {
            let mut names = Vec::new();
            for item in list {
                match item {
                    Node::Text(text) => names.push(text),
                    other => {
                        f.wrong(key, &other.shown(), Problem::WrongType("text"));
                        return None;
                    }
                }
            }
            names.sort();
            names.dedup();
            Some(Value::Set(names))
        }
        Node::Odd(text) => {
            f.wrong(key, &text, Problem::WrongType("number"));
            None
        }
        Node::Table(_) => {
            f.wrong(key, &node.shown(), Problem::WrongType("text"));
            None
        }
    }
}
