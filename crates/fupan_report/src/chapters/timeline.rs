//! The timeline: figure, events, gaps; then contradictions and the explanations side by side.

use super::{curves, events, explanations, figure};
use crate::durations;
use crate::layout::{cell, cells, empty, row, toned, verdict_tone, verdict_word};
use crate::pen::{Pen, Written};
use fupan_model::{Block, GapResult, Row};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut blocks = vec![pen.heading("heading-figure")?];
    blocks.extend(figure::blocks(pen)?);
    blocks.extend(curves::blocks(pen)?);
    blocks.push(pen.heading("heading-events")?);
    blocks.extend(events::of_the_course(pen)?);
    blocks.extend([pen.heading("heading-gaps")?, pen.remark("gaps-how-to-read")?, gaps(pen)?]);
    blocks.extend(explanations::blocks(pen)?);
    Ok(blocks)
}

fn gaps(pen: &Pen<'_>) -> Written<Block> {
    // Where nothing was decided and no contradiction touches any gap, nothing stands there.
    let told = |gap: &GapResult| gap.robustness.is_some() || !gap.by_diagnosis.is_empty();
    let torn = pen.assessment.gaps.iter().any(told);
    let columns = [
        ("column-gap", 5),
        ("column-bounds", 4),
        ("column-limit", 2),
        ("column-verdict", 2),
        ("column-by-explanation", 6),
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
    let under = explanations::under(pen, gap)?;
    let under = if under.is_empty() { empty() } else { cells(under) };
    Ok(row(vec![cells(name), cell(pen.said(length, &gap.cites)), limit, verdict, under]))
}
