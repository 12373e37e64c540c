//! The timeline: figure, events, gaps, contradictions and the explanations side by side.

use super::{curves, events, figure};
use crate::durations;
use crate::layout::{cell, cells, empty, row, toned, verdict_tone, verdict_word};
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{Block, DiagnosisResult, Gap, GapResult, Inline, Row, Tone};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut blocks = vec![pen.heading("heading-figure")?];
    blocks.extend(figure::blocks(pen)?);
    blocks.extend(curves::blocks(pen)?);
    blocks.push(pen.heading("heading-events")?);
    blocks.extend(events::of_the_course(pen)?);
    blocks.extend([pen.heading("heading-gaps")?, pen.remark("gaps-how-to-read")?, gaps(pen)?]);
    blocks.extend([pen.heading("heading-contradictions")?, contradictions(pen)?]);
    if pen.assessment.capped {
        blocks.push(Block::Paragraph(vec![pen.say("capped", &[], &pen.case("register"))?]));
    }
    if !pen.assessment.diagnoses.is_empty() {
        blocks.push(pen.heading("heading-explanations")?);
        blocks.extend([pen.remark("explanations-how-to-read")?, explanations(pen)?]);
    }
    Ok(blocks)
}

fn gaps(pen: &Pen<'_>) -> Written<Block> {
    // Where no contradiction touches any gap, nothing stands under explanations.
    let torn = pen.assessment.gaps.iter().any(|gap| !gap.by_diagnosis.is_empty());
    let columns = [
        ("column-gap", 6),
        ("column-bounds", 4),
        ("column-limit", 2),
        ("column-verdict", 2),
        ("column-by-explanation", 5),
    ];
    let columns = if torn { &columns[..] } else { columns.split_last().map_or(&[][..], |c| c.1) };
    let one = |gap: &GapResult| {
        let row = gap_row(pen, gap)?;
        Ok(Row { cells: row.cells.into_iter().take(columns.len()).collect(), ..Row::default() })
    };
    let rows: Written<Vec<Row>> = pen.assessment.gaps.iter().map(one).collect();
    pen.table_or("no-gaps", "table-gaps", columns, rows?)
}

fn gap_row(pen: &Pen<'_>, gap: &GapResult) -> Written<Row> {
    let question = pen.case(&format!("questions/{}", gap.id));
    let mut name = Vec::new();
    if pen.book.indicator(&gap.id).is_some() {
        name.push(pen.row(&gap.id)?);
    } else {
        let values = [("id", gap.id.clone()), ("name", pen.gap_name(&gap.id)?)];
        name.push(pen.say("gap-asked", &values, &question)?);
        if pen.question(&gap.id).is_some() {
            name.push(pen.said(pen.gap_ends(gap)?, &question));
        }
    }
    let length = durations::gap(&pen.wording, gap.gap(), gap.limit_ms)?;
    let limit = match gap.limit_ms {
        None => cell(pen.note("no-limit")?),
        Some(ms) => {
            let text = durations::span(&pen.wording, ms)?;
            cell(match &gap.limit_row {
                Some(limit) => pen.in_book(text, limit.as_str()),
                None if pen.book.indicator(&gap.id).is_some() => pen.in_book(text, &gap.id),
                None => pen.said(text, &question),
            })
        }
    };
    let verdict = toned(pen.note(verdict_word(gap.verdict))?, verdict_tone(gap.verdict));
    let mut under = Vec::new();
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
        under.push(pen.say("gap-under", &values, &cites)?);
    }
    let under = if under.is_empty() { empty() } else { cells(under) };
    Ok(row(vec![cells(name), cell(pen.said(length, &gap.cites)), limit, verdict, under]))
}

/// What a record of the input says, by its id.
fn record(pen: &Pen<'_>, id: &str, or: &fupan_model::Cites) -> Written<Inline> {
    let text = pen.facts.get(id).map(|fact| fact.text.clone());
    let mut values = vec![("id", id.to_owned())];
    values.extend(text.filter(|text| !text.is_empty()).map(|text| ("text", text)));
    pen.say("record", &values, &pen.cites([id], or))
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
            ("count", durations::number(conflict.records.len() as u64)),
            ("excess", durations::at_least(&pen.wording, conflict.excess_ms)?),
        ];
        let excess = pen.say("conflict-excess", &values, cites)?;
        rows.push(row(vec![cells(records), toned(excess, Tone::Bad)]));
    }
    let columns = [("column-records", 8), ("column-excess", 4)];
    pen.table_or("no-contradictions", "table-contradictions", &columns, rows)
}

fn explanations(pen: &Pen<'_>) -> Written<Block> {
    let rows: Written<Vec<Row>> =
        pen.assessment.diagnoses.iter().map(|one| explanation(pen, one)).collect();
    let columns = [("column-set-aside", 6), ("column-cost", 3), ("column-explanation-standing", 4)];
    pen.table("table-explanations", &columns, rows?)
}

fn explanation(pen: &Pen<'_>, one: &DiagnosisResult) -> Written<Row> {
    let cites = pen.cites(one.retract.iter().map(String::as_str), &pen.case("register"));
    let set_aside: Written<Vec<Inline>> =
        one.retract.iter().map(|id| record(pen, id, &cites)).collect();
    let cost = [("cost", one.cost.to_string())];
    let mut standing =
        vec![pen.note(if one.least { "explanation-least" } else { "explanation-costlier" })?];
    if let Some(choice) = &one.chosen {
        let mut values = vec![("by", choice.by.clone()), ("reason", choice.reason.clone())];
        if let Some(at) = choice.at {
            let at = moments::moment(&pen.wording, at, pen.assessment.case.offset_s)?;
            values.push(("at", at));
        }
        standing.push(pen.say("explanation-chosen", &values, &pen.case("choices"))?);
    }
    Ok(row(vec![
        cells(set_aside?),
        cell(pen.say("explanation-cost", &cost, &cites)?),
        cells(standing),
    ]))
}
