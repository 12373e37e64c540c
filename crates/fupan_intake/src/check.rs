//! What one value of a case says of another: ids once, references that lead somewhere, orders that
//! make no circle, times near the accident. Everything wrong is noted at once.

use crate::error::Problem;
use crate::fields::Sink;
use crate::mapping::template::Template;
use crate::read::Context;
use fupan_model::{CaseFile, Cite, EventId, Fact};
use std::collections::{BTreeMap, BTreeSet};

/// Notes everything in `case` that leads nowhere. `events` are events that the mappings may make
/// although no row did.
pub(crate) fn check(case: &CaseFile, context: &Context<'_>, sink: &Sink, events: &[Template]) {
    once(case, sink);
    parties(case, sink);
    clocks(case, sink);
    events_known(case, sink, events);
    evidence(case, sink);
    order(case, sink);
    moments(case, context, sink);
}

/// Every id stands once.
fn once(case: &CaseFile, sink: &Sink) {
    let each = |list: &str, what: &'static str, ids: Vec<&str>| {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !id.is_empty() && !seen.insert(id) {
                sink.error_at(&format!("{list}[{id}]"), "id", id, Problem::Duplicate(what));
            }
        }
    };
    each("parties", "party", case.parties.iter().map(|p| p.id.as_str()).collect());
    each("clocks", "clock", case.clocks.iter().map(|c| c.id.as_str()).collect());
    each(
        "clock_relations",
        "clock relation",
        case.clock_relations.iter().map(|r| r.id.as_str()).collect(),
    );
    each("questions", "question", case.questions.iter().map(|q| q.id.as_str()).collect());
    each("evidence", "evidence", case.evidence.iter().map(|e| e.id.as_str()).collect());
    // The case document itself is cited under this id.
    if case.evidence.iter().any(|evidence| evidence.id.as_str() == Cite::CASE) {
        let path = format!("evidence[{}]", Cite::CASE);
        sink.error_at(&path, "id", Cite::CASE, Problem::Duplicate("evidence"));
    }
    each("records", "record", case.facts.iter().map(|f| f.id.as_str()).collect());
    each("requests", "request", case.requests.iter().map(|r| r.id.as_str()).collect());
    each("interviews", "interview", case.interviews.iter().map(|i| i.id.as_str()).collect());
    each("findings", "finding", case.findings.iter().map(|f| f.id.as_str()).collect());
}

/// Reports `id` unless it is one of `known`.
fn refer(
    sink: &Sink,
    known: &BTreeSet<&str>,
    what: &'static str,
    path: &str,
    field: &str,
    id: &str,
) {
    if !id.is_empty() && !known.contains(id) {
        let list = known.iter().take(50).map(|name| (*name).to_owned()).collect();
        sink.error_at(path, field, id, Problem::Unknown(what, list));
    }
}

fn parties(case: &CaseFile, sink: &Sink) {
    let known: BTreeSet<&str> = case.parties.iter().map(|p| p.id.as_str()).collect();
    let say = |path: String, field: &str, id: &str| refer(sink, &known, "party", &path, field, id);
    for fact in &case.facts {
        say(format!("records[{}]", fact.id), "party", fact.party.as_str());
    }
    for evidence in &case.evidence {
        if let Some(party) = &evidence.party {
            say(format!("evidence[{}]", evidence.id), "party", party.as_str());
        }
    }
    for request in &case.requests {
        say(format!("requests[{}]", request.id), "to", request.to.as_str());
    }
    for interview in &case.interviews {
        say(format!("interviews[{}]", interview.id), "party", interview.party.as_str());
    }
}

fn clocks(case: &CaseFile, sink: &Sink) {
    let known: BTreeSet<&str> = case.clocks.iter().map(|c| c.id.as_str()).collect();
    let say = |path: String, field: &str, id: &str| refer(sink, &known, "clock", &path, field, id);
    for evidence in &case.evidence {
        if let Some(clock) = &evidence.clock {
            say(format!("evidence[{}]", evidence.id), "clock", clock.as_str());
        }
    }
    // A clock that a fact has from its evidence is named there.
    let named: BTreeSet<&str> =
        case.evidence.iter().filter_map(|e| e.clock.as_ref()).map(|c| c.as_str()).collect();
    for fact in case.facts.iter().filter(|fact| !named.contains(fact.clock.as_str())) {
        say(format!("records[{}]", fact.id), "clock", fact.clock.as_str());
    }
    for relation in &case.clock_relations {
        say(format!("clock_relations[{}]", relation.id), "a", relation.a.as_str());
        say(format!("clock_relations[{}]", relation.id), "b", relation.b.as_str());
    }
}

fn events_known(case: &CaseFile, sink: &Sink, templates: &[Template]) {
    let known: BTreeSet<&str> = case.facts.iter().map(|f| f.event.as_str()).collect();
    let say = |path: String, field: &str, id: &EventId| {
        if !templates.iter().any(|template| template.could_be(id.as_str())) {
            refer(sink, &known, "event", &path, field, id.as_str());
        }
    };
    for fact in &case.facts {
        let path = format!("records[{}]", fact.id);
        fact.after.iter().for_each(|event| say(path.clone(), "after", event));
        fact.before.iter().for_each(|event| say(path.clone(), "before", event));
    }
    for question in &case.questions {
        say(format!("questions[{}]", question.id), "from", &question.from);
        say(format!("questions[{}]", question.id), "to", &question.to);
    }
}

fn evidence(case: &CaseFile, sink: &Sink) {
    let known: BTreeSet<&str> = case.evidence.iter().map(|e| e.id.as_str()).collect();
    let say = |path: String, id: &str| refer(sink, &known, "evidence", &path, "evidence", id);
    for request in &case.requests {
        for id in request.reply.iter().flat_map(|reply| &reply.evidence) {
            say(format!("requests[{}]", request.id), id.as_str());
        }
    }
    for interview in &case.interviews {
        if let Some(id) = &interview.evidence {
            say(format!("interviews[{}]", interview.id), id.as_str());
        }
    }
    for report in &case.imports {
        say(String::from("imports"), report.evidence.as_str());
    }
    let facts = case.facts.iter().map(|f| f.id.as_str());
    let records: BTreeSet<&str> =
        facts.chain(case.clock_relations.iter().map(|r| r.id.as_str())).collect();
    for (at, choice) in case.choices.iter().enumerate() {
        for id in &choice.retract {
            let path = format!("choices[#{}]", at + 1);
            refer(sink, &records, "record", &path, "retract", id);
        }
    }
}

/// Circles of `after` and `before` among different events: with no time at all they can only be
/// one moment, and nobody writes that as an order. One error a circle.
fn order(case: &CaseFile, sink: &Sink) {
    let mut later: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to, _) in edges(&case.facts) {
        later.entry(from).or_default().insert(to);
    }
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        later.keys().map(|event| (*event, reachable(&later, event))).collect();
    let leads = |a: &str, b: &str| reach.get(a).is_some_and(|set| set.contains(b));
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for event in later.keys().copied() {
        if told.contains(event) || !leads(event, event) {
            continue;
        }
        let circle: BTreeSet<&str> =
            later.keys().copied().filter(|e| leads(event, e) && leads(e, event)).collect();
        let records: BTreeSet<&str> = edges(&case.facts)
            .filter(|(from, to, _)| circle.contains(from) && circle.contains(to))
            .map(|(_, _, fact)| fact.id.as_str())
            .collect();
        let first = records.iter().next().copied().unwrap_or_default();
        let texts = |set: &BTreeSet<&str>| set.iter().map(|text| (*text).to_owned()).collect();
        let problem = Problem::OrderCycle { events: texts(&circle), records: texts(&records) };
        sink.error_at(&format!("records[{first}]"), "after, before", event, problem);
        told.extend(circle);
    }
}

/// Orders as (earlier, later, whose), an event after itself left out.
fn edges(facts: &[Fact]) -> impl Iterator<Item = (&str, &str, &Fact)> {
    facts.iter().flat_map(|fact| {
        let own = fact.event.as_str();
        let after = fact.after.iter().map(move |event| (event.as_str(), own, fact));
        let before = fact.before.iter().map(move |event| (own, event.as_str(), fact));
        after.chain(before).filter(|(from, to, _)| from != to)
    })
}

fn reachable<'a>(later: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = later.get(from).into_iter().flatten().copied().collect();
    while let Some(event) = open.pop() {
        if seen.insert(event) {
            open.extend(later.get(event).into_iter().flatten().copied());
        }
    }
    seen
}

/// Moments that are no reading of a fact, near the accident as well.
fn moments(case: &CaseFile, context: &Context<'_>, sink: &Sink) {
    let say = |path: String, field: &str, at: Option<fupan_model::Moment>| {
        if let Some(at) = at.filter(|at| !context.near(*at)) {
            sink.error_at(&path, field, &at.to_string(), Problem::FarTime);
        }
    };
    for fact in &case.facts {
        let path = format!("records[{}]", fact.id);
        say(path.clone(), "stated_at", fact.stated_at);
        for claim in &fact.claims {
            say(path.clone(), "as_of", claim.as_of);
        }
    }
    for request in &case.requests {
        let path = format!("requests[{}]", request.id);
        say(path.clone(), "asked_at", request.asked_at);
        say(path, "reply", request.reply.as_ref().map(|reply| reply.at));
    }
}
