//! The response matrix: each content of the assessment against the enterprise and the government
//! side, with what is looked at, the records compared and the indicators there.

use crate::layout::{cell, row, status_tone, status_word};
use crate::pen::{Pen, Written};
use fupan_model::{Block, Cell, CheckResult, IndicatorResult, IndicatorStatus, Inline, Row, Tone};
use fupan_standard::{Content, Row as BookRow, Words};

/// The two columns: code of the track in the book, and head of the column.
const SIDES: [(&str, &str); 2] =
    [("enterprise", "column-enterprise"), ("government", "column-government")];

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut contents: Vec<&BookRow<Content>> = pen.book.contents.iter().collect();
    contents.sort_by_key(|content| content.body.order);
    let rows: Written<Vec<Row>> =
        contents.into_iter().map(|content| content_row(pen, content)).collect();
    let [(_, enterprise), (_, government)] = SIDES;
    let columns = [("column-content", 2), (enterprise, 6), (government, 6)];
    Ok(vec![pen.remark("matrix-how-to-read")?, pen.table("table-matrix", &columns, rows?)?])
}

fn content_row(pen: &Pen<'_>, content: &BookRow<Content>) -> Written<Row> {
    let looked_at = [&content.body.enterprise, &content.body.government];
    let mut cells = vec![cell(pen.row(&content.id)?)];
    for ((track, _), looked_at) in SIDES.into_iter().zip(looked_at) {
        cells.push(side(pen, content, track, looked_at)?);
    }
    Ok(row(cells))
}

fn side(
    pen: &Pen<'_>,
    content: &BookRow<Content>,
    track: &str,
    looked_at: &[Words],
) -> Written<Cell> {
    let mut paragraphs = Vec::new();
    if !looked_at.is_empty() {
        let points: Vec<String> = looked_at.iter().map(|one| pen.words(one).to_owned()).collect();
        let points = [("points", pen.wording.list(&points)?)];
        paragraphs.push(vec![pen.of_book("matrix-looked-at", &points, &content.id)?]);
    }
    let mut worst = Tone::Faint;
    for check in &pen.assessment.checks {
        let Some(row) = pen.book.crosscheck(check.id.as_str()) else { continue };
        if row.body.content != content.id {
            continue;
        }
        let [(first, _), _] = SIDES;
        let record = if track == first { &row.body.left } else { &row.body.right };
        paragraphs.push(check_line(pen, check, pen.words(record))?);
        worst = worse(worst, status_tone(check.status));
    }
    for indicator in &pen.assessment.indicators {
        let Some(row) = pen.book.indicator(indicator.id.as_str()) else { continue };
        if row.body.content == content.id && row.body.track == track {
            paragraphs.push(indicator_line(pen, indicator)?);
            worst = worse(worst, super::indicators::tone(indicator));
        }
    }
    if paragraphs.is_empty() {
        paragraphs.push(vec![pen.note("none-given")?]);
    }
    Ok(Cell { paragraphs, tone: worst })
}

fn check_line(pen: &Pen<'_>, check: &CheckResult, record: &str) -> Written<Vec<Inline>> {
    let id = check.id.as_str();
    let values = [("title", pen.named(id)?), ("record", record.to_owned())];
    let status = pen.wording.word(status_word(check.status))?;
    Ok(vec![
        pen.of_book("matrix-check", &values, id)?,
        pen.say("matrix-outcome", &[("outcome", status)], &check.cites)?,
    ])
}

fn indicator_line(pen: &Pen<'_>, one: &IndicatorResult) -> Written<Vec<Inline>> {
    let id = one.id.as_str();
    let outcome = match (one.status, one.value) {
        (IndicatorStatus::NotComputed, _) | (_, None) => pen.wording.word("status-not-computed")?,
        (_, Some(value)) => super::indicators::value(pen, id, value)?,
    };
    Ok(vec![
        pen.of_book("matrix-indicator", &[("title", pen.named(id)?)], id)?,
        pen.say("matrix-outcome", &[("outcome", outcome)], &one.cites)?,
    ])
}

/// The graver of two marks.
fn worse(a: Tone, b: Tone) -> Tone {
    let rank = |tone: Tone| match tone {
        Tone::Faint => 0,
        Tone::Plain => 1,
        Tone::Good => 2,
        Tone::Doubt => 3,
        Tone::Bad => 4,
    };
    if rank(a) >= rank(b) { a } else { b }
}
