//! The registers that every cite leads to: evidence and facts, then clocks, imports, requests and
//! interviews.

use super::{clocks, events, inquiry};
use crate::durations;
use crate::layout::{cell, cells, empty};
use crate::moments;
use crate::pen::{Pen, Written};
use crate::render::place;
use fupan_model::{Basis, Block, Cite, Cites, Evidence, Fact, Inline, Locator, Row, Stated};
use std::collections::BTreeSet;

/// Hexadecimal digits of a digest that a register prints.
const DIGEST_SHOWN: usize = 16;

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut blocks = vec![pen.heading("heading-evidence")?, evidence(pen)?];
    blocks.extend([pen.heading("heading-facts")?, pen.remark("facts-how-to-read")?, facts(pen)?]);
    blocks.extend(events::of_the_time_before(pen)?);
    blocks.extend(clocks::blocks(pen)?);
    blocks.extend(inquiry::blocks(pen)?);
    Ok(blocks)
}

fn evidence(pen: &Pen<'_>) -> Written<Block> {
    let mut rows = Vec::new();
    for (at, one) in pen.assessment.register.evidence.iter().enumerate() {
        rows.push(evidence_row(pen, at, one)?);
    }
    let columns = [
        ("column-number", 3),
        ("column-kind", 3),
        ("column-title", 5),
        ("column-party", 3),
        ("column-clock", 3),
        ("column-digest", 3),
        ("column-collected", 8),
    ];
    pen.table_or("no-evidence", "table-evidence", &columns, rows)
}

fn evidence_row(pen: &Pen<'_>, at: usize, one: &Evidence) -> Written<Row> {
    let whole =
        Cite { evidence: one.id.clone(), digest: one.sha256.clone(), locator: Locator::Whole };
    let cites = Cites::one(whole);
    let number = pen.wording.fill("mark-evidence", &[("n", (at + 1).to_string())])?;
    let id = [("number", number), ("id", one.id.as_str().to_owned())];
    let mut title = Vec::new();
    for text in [&one.title, &one.medium].into_iter().filter(|text| !text.is_empty()) {
        title.push(pen.label(text, &cites));
    }
    let party = one.party.as_ref().map(|id| pen.label(&pen.party(id.as_str()), &cites));
    let clock = match &one.clock {
        Some(id) => cell(pen.label(&pen.clock(id.as_str())?, &cites)),
        None => empty(),
    };
    let digest: String = one.sha256.as_str().chars().take(DIGEST_SHOWN).collect();
    let mut collected = Vec::new();
    for (phrase, names) in
        [("collected-by", &one.collected_by), ("witnessed-by", &one.witnessed_by)]
    {
        if names.is_empty() {
            continue;
        }
        let names = [("names", pen.wording.list(names)?)];
        collected.push(pen.say(phrase, &names, &cites)?);
    }
    if let Some(at) = &one.collected_at {
        collected.push(pen.say("collected-at", &[("at", pen.stated(at)?)], &cites)?);
    }
    Ok(Row {
        anchor: Some(one.id.as_str().to_owned()),
        cells: vec![
            cell(pen.say("evidence-number", &id, &cites)?),
            cell(pen.row(one.kind.as_str())?),
            cells(title),
            party.map_or_else(empty, cell),
            clock,
            cell(pen.say("digest-short", &[("digest", digest)], &cites)?),
            cells(collected),
        ],
        ..Row::default()
    })
}

fn facts(pen: &Pen<'_>) -> Written<Block> {
    let (mut rows, mut taken) = (Vec::new(), BTreeSet::new());
    for fact in &pen.assessment.register.facts {
        // A cite leads to the fact that stands at its place; where two do, to the first.
        let spot = fact.cites.iter().next().map(place).filter(|spot| taken.insert(spot.clone()));
        let anchor = spot.unwrap_or_else(|| format!("fact:{}", fact.id));
        let party = pen.label(&pen.party(fact.party.as_str()), &fact.cites);
        rows.push(Row {
            anchor: Some(anchor),
            cells: vec![
                cell(pen.said(fact.id.as_str(), &fact.cites)),
                cells(vec![party, pen.label(&fact.source, &fact.cites)]),
                cells(what(pen, fact)?),
                cells(when(pen, fact)?),
            ],
            ..Row::default()
        });
    }
    let columns =
        [("column-fact", 3), ("column-source", 4), ("column-stated", 7), ("column-stated-time", 5)];
    pen.table_or("no-facts", "table-facts", &columns, rows)
}

fn what(pen: &Pen<'_>, fact: &Fact) -> Written<Vec<Inline>> {
    let mut out = Vec::new();
    if let Some(kind) = &fact.kind {
        out.push(pen.row(kind.as_str())?);
    }
    out.push(pen.said(fact.text.clone(), &fact.cites));
    if fact.basis == Basis::Memory {
        out.push(pen.note("fact-from-memory")?);
    }
    if fact.derived {
        out.push(pen.note("fact-derived")?);
    }
    Ok(out)
}

fn when(pen: &Pen<'_>, fact: &Fact) -> Written<Vec<Inline>> {
    let mut out = Vec::new();
    for (phrase, stated) in [("stated", &fact.time), ("stated-end", &fact.time_end)] {
        let Some(stated) = stated else { continue };
        out.push(pen.say(phrase, &[("time", stated_words(pen, stated)?)], &fact.cites)?);
    }
    if out.is_empty() {
        out.push(pen.note("not-dated")?);
    }
    Ok(out)
}

/// A stated time with the bounds of its reading, rounded outward to the second.
fn stated_words(pen: &Pen<'_>, stated: &Stated) -> Written<String> {
    let at = moments::moment(&pen.wording, stated.at, pen.assessment.case.offset_s)?;
    let wider = |ms: i64| durations::span(&pen.wording, ms.saturating_add(999) / 1_000 * 1_000);
    let closer = |ms: i64| durations::span(&pen.wording, ms / 1_000 * 1_000);
    let mut values = vec![("at", at)];
    match stated.lo_ms {
        0 => {}
        lo @ 1.. => values.push(("after", closer(lo)?)),
        lo => values.push(("before", wider(lo.saturating_neg())?)),
    }
    match stated.hi_ms {
        0 => {}
        hi @ 1.. => values.push(("up_to", wider(hi)?)),
        hi => values.push(("at_least_before", closer(hi.saturating_neg())?)),
    }
    if let Some(policy) = &stated.policy {
        values.push(("policy", pen.title(policy.as_str())));
    }
    pen.wording.fill("stated-time", &values)
}
