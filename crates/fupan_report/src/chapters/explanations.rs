//! Contradictions as readers understand them, what might be set aside for them, side by side, and
//! how firm a verdict is.

use crate::durations::{self, number};
use crate::layout::{cell, cells, group, row, verdict_word};
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{
    Block, Cell, Choice, ChoiceResult, Cites, ComponentResult, ConflictResult, DiagnosisResult,
    Fact, Gap, GapResult, Inline, Robustness, Row, Tone, TurnResult, Verdict,
};

/// Records named one by one that would turn a verdict; more are counted.
const TURNS: usize = 3;

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut blocks = vec![pen.heading("heading-contradictions")?, contradictions(pen)?];
    if pen.assessment.capped {
        blocks.push(Block::Paragraph(vec![pen.say("capped", &[], &pen.case("register"))?]));
    }
    if !pen.assessment.components.is_empty() || !pen.assessment.choices.is_empty() {
        blocks.push(pen.heading("heading-explanations")?);
    }
    if !pen.assessment.components.is_empty() {
        blocks.extend([pen.remark("explanations-how-to-read")?, explanations(pen)?]);
    }
    let chosen: Written<Vec<Vec<Inline>>> =
        pen.assessment.choices.iter().map(|choice| choice_words(pen, choice)).collect();
    let chosen = chosen?;
    if !chosen.is_empty() {
        blocks.push(Block::List(chosen));
    }
    Ok(blocks)
}

/// What a record of the input says, by its id.
fn record_text(pen: &Pen<'_>, id: &str) -> Written<String> {
    let mut values = vec![("id", id.to_owned())];
    match pen.facts.get(id) {
        Some(fact) if !fact.text.is_empty() => values.push(("text", fact.text.clone())),
        Some(_) => {}
        None => {
            let of = |start: &str| id.strip_prefix(start);
            if let Some(clock) = of("clock:") {
                return pen.wording.fill("record-clock-check", &[("clock", pen.clock(clock)?)]);
            }
            if let Some(clock) = of("rate:") {
                return pen.wording.fill("record-clock-rate", &[("clock", pen.clock(clock)?)]);
            }
        }
    }
    pen.wording.fill("record", &values)
}

fn record(pen: &Pen<'_>, id: &str, or: &Cites) -> Written<Inline> {
    Ok(pen.said(record_text(pen, id)?, &pen.cites([id], or)))
}

fn contradictions(pen: &Pen<'_>) -> Written<Block> {
    let mut rows = Vec::new();
    for conflict in &pen.assessment.conflicts {
        let cites = &conflict.cites;
        let records: Written<Vec<Inline>> =
            conflict.records.iter().map(|id| record(pen, id, cites)).collect();
        let mut records = records?;
        if !conflict.beside.is_empty() {
            let beside = [("records", pen.wording.list(&conflict.beside)?)];
            records.push(pen.say("conflict-beside", &beside, cites)?);
        }
        let values = [
            ("count", number(conflict.records.len() as u64)),
            ("excess", durations::at_least(&pen.wording, conflict.excess_ms)?),
        ];
        let mut excess = vec![pen.say("conflict-excess", &values, cites)?];
        if let Some(words) = differing_words(pen, conflict) {
            let values = [("words", pen.wording.list(&words)?)];
            excess.push(pen.say("conflict-words", &values, cites)?);
        }
        rows.push(row(vec![cells(records), Cell { tone: Tone::Bad, ..cells(excess) }]));
    }
    let columns = [("column-records", 8), ("column-excess", 4)];
    pen.table_or("no-contradictions", "table-contradictions", &columns, rows)
}

/// The words the case has for what happened, where facts that contradict each other are taken to
/// speak of one event and call it by several.
fn differing_words(pen: &Pen<'_>, conflict: &ConflictResult) -> Option<Vec<String>> {
    let facts: Option<Vec<&&Fact>> =
        conflict.records.iter().map(|id| pen.facts.get(id.as_str())).collect();
    let facts = facts?;
    let first = facts.first()?;
    if facts.iter().any(|fact| fact.event != first.event) {
        return None;
    }
    let mut words: Vec<String> = facts.iter().map(|fact| fact.kind_word.clone()).collect();
    words.sort();
    words.dedup();
    (words.len() > 1).then_some(words)
}

fn explanations(pen: &Pen<'_>) -> Written<Block> {
    let parts = &pen.assessment.components;
    let mut rows = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if parts.len() > 1 {
            let records = part_records(pen, part);
            let values = [("n", number(at as u64 + 1)), ("records", pen.wording.list(&records)?)];
            let cites = pen.cites(records.iter().map(String::as_str), &pen.case("register"));
            rows.push(group(pen.say("explanation-group", &values, &cites)?));
        }
        let tied = part.diagnoses.iter().filter(|one| one.least).count() > 1;
        for one in &part.diagnoses {
            rows.push(explanation(pen, one, tied)?);
        }
    }
    let columns = [("column-set-aside", 6), ("column-cost", 3), ("column-explanation-standing", 4)];
    pen.table("table-explanations", &columns, rows)
}

fn part_records(pen: &Pen<'_>, part: &ComponentResult) -> Vec<String> {
    let at = |place: &u64| pen.assessment.conflicts.get(usize::try_from(*place).ok()?);
    let conflicts = part.conflicts.iter().filter_map(at);
    let mut records: Vec<String> = conflicts.flat_map(|c| c.records.clone()).collect();
    records.sort();
    records.dedup();
    records
}

fn explanation(pen: &Pen<'_>, one: &DiagnosisResult, tied: bool) -> Written<Row> {
    let cites = pen.cites(one.retract.iter().map(String::as_str), &pen.case("register"));
    let set_aside: Written<Vec<Inline>> =
        one.retract.iter().map(|id| record(pen, id, &cites)).collect();
    let mut set_aside = set_aside?;
    for amount in &one.off {
        let off = durations::at_least(&pen.wording, amount.off_ms)?;
        let values = [("record", amount.record.clone()), ("off", off)];
        set_aside.push(pen.say("record-off", &values, &amount.cites)?);
    }
    let cost = [("cost", one.cost.to_string())];
    let mut standing = vec![pen.note(match (one.least, tied) {
        (true, true) => "explanation-tied",
        (true, false) => "explanation-least",
        (false, _) => "explanation-costlier",
    })?];
    if let Some(choice) = &one.chosen {
        standing.push(chosen(pen, choice)?);
    }
    Ok(row(vec![
        cells(set_aside),
        cell(pen.say("explanation-cost", &cost, &cites)?),
        cells(standing),
    ]))
}

fn chosen(pen: &Pen<'_>, choice: &Choice) -> Written<Inline> {
    let mut values = vec![("by", choice.by.clone()), ("reason", choice.reason.clone())];
    if let Some(at) = choice.at {
        values.push(("at", moments::moment(&pen.wording, at, pen.assessment.case.offset_s)?));
    }
    pen.say("explanation-chosen", &values, &pen.case("choices"))
}

/// What a named person set aside in the headline, and what contradiction is left.
fn choice_words(pen: &Pen<'_>, result: &ChoiceResult) -> Written<Vec<Inline>> {
    let records = [("records", pen.wording.list(&result.choice.retract)?)];
    let left = [("count", number(result.conflicts_left))];
    let phrase = if result.conflicts_left == 0 { "choice-resolves" } else { "choice-leaves" };
    let cites = pen.case("choices");
    Ok(vec![
        pen.say("choice-sets-aside", &records, &cites)?,
        chosen(pen, &result.choice)?,
        pen.say(phrase, &left, &cites)?,
    ])
}

/// What would turn the verdict, the range over all explanations, and the gap under each.
pub(super) fn under(pen: &Pen<'_>, gap: &GapResult) -> Written<Vec<Inline>> {
    let mut out = firmness(pen, gap)?;
    if let Some(all) = gap.robustness.as_ref().filter(|all| all.explanations > 1) {
        let mut values = vec![
            ("count", number(all.explanations)),
            ("gap", durations::gap(&pen.wording, all.union, gap.limit_ms)?),
        ];
        if all.verdict.is_some() {
            values.push(("verdict", pen.wording.word(verdict_word(all.verdict))?));
        }
        out.push(pen.say("gap-under-all", &values, &gap.cites)?);
    }
    for one in &gap.by_diagnosis {
        let bounds = Gap { min_ms: one.min_ms, max_ms: one.max_ms };
        let mut values = vec![
            ("records", pen.wording.list(&one.retract)?),
            ("gap", durations::gap(&pen.wording, bounds, gap.limit_ms)?),
        ];
        if one.verdict.is_some() {
            values.push(("verdict", pen.wording.word(verdict_word(one.verdict))?));
        }
        let cites = pen.cites(one.retract.iter().map(String::as_str), &gap.cites).and(&gap.cites);
        out.push(pen.say("gap-under", &values, &cites)?);
    }
    Ok(out)
}

/// What would turn the verdict on a gap; nothing where none was reached.
pub(super) fn firmness(pen: &Pen<'_>, gap: &GapResult) -> Written<Vec<Inline>> {
    let Some(all) = gap.robustness.as_ref().filter(|_| gap.limit_ms.is_some()) else {
        return Ok(Vec::new());
    };
    if all.firm {
        return Ok(vec![pen.say("verdict-firm", &[], &gap.cites)?]);
    }
    if !matches!(all.verdict, Some(Verdict::Over | Verdict::Within)) {
        let differs = all.explanations > 1 && all.verdict.is_none();
        let said = differs.then(|| pen.say("verdict-differs", &[], &gap.cites)).transpose()?;
        return Ok(said.into_iter().collect());
    }
    turns(pen, all, gap)
}

/// Records that would turn the verdict, those that must be off by as much together.
fn turns(pen: &Pen<'_>, all: &Robustness, gap: &GapResult) -> Written<Vec<Inline>> {
    let mut out = Vec::new();
    let (named, rest) = all.turns.split_at(all.turns.len().min(TURNS));
    for alike in named.chunk_by(|a, b| a.off_ms == b.off_ms) {
        let records: Vec<String> = alike.iter().map(|turn| turn.record.clone()).collect();
        let off = alike.first().map_or(0, |turn| turn.off_ms);
        let values = [
            ("record", pen.wording.list(&records)?),
            ("off", durations::at_least(&pen.wording, off)?),
        ];
        let phrase = if alike.len() == 1 { "verdict-turns" } else { "verdict-turns-any" };
        let cites = Cites::all(alike.iter().map(|turn: &TurnResult| &turn.cites));
        out.push(pen.say(phrase, &values, cites.as_ref().unwrap_or(&gap.cites))?);
    }
    if !rest.is_empty() {
        let values = [("count", number(rest.len() as u64))];
        out.push(pen.say("verdict-turns-more", &values, &gap.cites)?);
    }
    Ok(out)
}
