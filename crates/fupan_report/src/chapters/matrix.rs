//! The response matrix: for each phase and each content of the assessment, one row for each check
//! point and indicator, what stands on the enterprise and on the government side, and what came
//! of it. Only the cell of the result is marked.

use super::{indicators, pairs};
use crate::layout::{
    Group, cell, cells, empty, group, grouped, quiet, row, status_tone, status_word, texts,
};
use crate::pen::{Pen, Written};
use fupan_model::{
    Block, Cell, CheckResult, CheckStatus, IndicatorResult, IndicatorStatus, Inline, Row,
};
use fupan_standard::{Phase, Row as BookRow, Words};

/// The two sides: code of the track in the book, and head of the column.
const SIDES: [(&str, &str); 2] =
    [("enterprise", "column-enterprise"), ("government", "column-government")];

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut blocks = vec![pen.remark("matrix-how-to-read")?];
    let phases = phases(pen)?;
    let [(_, enterprise), (_, government)] = SIDES;
    let columns = |item: (&'static str, u32), found: (&'static str, u32)| {
        [item, (enterprise, 4), (government, 4), found]
    };
    if !phases.is_empty() {
        blocks.push(pen.heading("heading-phases")?);
        let [check, left, right, result] = columns(("column-check", 3), ("column-result", 3));
        let columns = [check, left, right, result, ("column-found", 6)];
        blocks.push(pen.table("table-phases", &columns, phases)?);
        blocks.push(pen.heading("heading-contents")?);
    }
    let columns = columns(("column-item", 4), ("column-result", 3));
    blocks.push(pen.table_or("no-checks", "table-matrix", &columns, contents(pen)?)?);
    Ok(blocks)
}

/// The phases for which the book says what is looked at, each with its check points.
fn phases(pen: &Pen<'_>) -> Written<Vec<Row>> {
    let mut phases: Vec<&BookRow<Phase>> = pen.book.phases.iter().collect();
    phases.sort_by_key(|phase| phase.body.order);
    let asked = |phase: &&BookRow<Phase>| {
        phase.body.enterprise.is_some() || phase.body.government.is_some()
    };
    let mut rows = Vec::new();
    for phase in phases.into_iter().filter(asked) {
        let of = |check: &&CheckResult| {
            let row = pen.book.crosscheck(check.id.as_str());
            row.is_some_and(|row| row.body.phases.contains(&phase.id))
        };
        let checks: Vec<&CheckResult> = pen.assessment.checks.iter().filter(of).collect();
        if checks.is_empty() {
            continue;
        }
        rows.push(group(pen.row(&phase.id)?));
        let (enterprise, government) = (&phase.body.enterprise, &phase.body.government);
        let points = [enterprise.as_slice(), government.as_slice()];
        rows.extend(looked_at(pen, &phase.id, points)?);
        for check in checks {
            let mut row = check_row(pen, check, outcome(pen, check)?)?;
            row.cells.push(texts(pairs::telling(pen, check)?));
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The contents, each with what is looked at, its check points and its indicators.
fn contents(pen: &Pen<'_>) -> Written<Vec<Row>> {
    let (checks, indicators) = (&pen.assessment.checks, &pen.assessment.indicators);
    let of_check = |check: &CheckResult| {
        pen.book.crosscheck(check.id.as_str()).map(|row| row.body.content.as_str())
    };
    let of_indicator = |one: &IndicatorResult| {
        pen.book.indicator(one.id.as_str()).map(|row| row.body.content.as_str())
    };
    let checks = grouped(pen, checks, of_check);
    let indicators = grouped(pen, indicators, of_indicator);
    let mut contents: Vec<_> = pen.book.contents.iter().collect();
    contents.sort_by_key(|content| content.body.order);
    let mut rows = Vec::new();
    for content in contents {
        let id = content.id.as_str();
        rows.push(group(pen.row(id)?));
        let points = [content.body.enterprise.as_slice(), content.body.government.as_slice()];
        rows.extend(looked_at(pen, id, points)?);
        for check in members(&checks, id) {
            rows.push(check_row(pen, check, outcome(pen, check)?)?);
        }
        for indicator in members(&indicators, id) {
            rows.push(indicator_row(pen, indicator)?);
        }
    }
    Ok(rows)
}

/// The members of one content's group.
fn members<'g, T>(groups: &[Group<'g, T>], content: &str) -> Vec<&'g T> {
    let own = groups.iter().filter(|group| group.content == Some(content));
    own.flat_map(|group| group.members.iter().copied()).collect()
}

/// What the book looks at on either side, as one quiet row.
fn looked_at(pen: &Pen<'_>, id: &str, points: [&[Words]; 2]) -> Written<Option<Row>> {
    let mut said = Vec::new();
    for (phrase, points) in ["looked-at-enterprise", "looked-at-government"].into_iter().zip(points)
    {
        if !points.is_empty() {
            let points: Vec<String> = points.iter().map(|one| pen.words(one).to_owned()).collect();
            let points = [("points", pen.wording.list(&points)?)];
            said.push(pen.of_book(phrase, &points, id)?);
        }
    }
    Ok((!said.is_empty()).then(|| quiet(said)))
}

fn outcome(pen: &Pen<'_>, check: &CheckResult) -> Written<Cell> {
    let status = pen.wording.word(status_word(check.status))?;
    Ok(Cell { tone: status_tone(check.status), ..cell(pen.said(status, &check.cites)) })
}

fn check_row(pen: &Pen<'_>, check: &CheckResult, result: Cell) -> Written<Row> {
    let id = check.id.as_str();
    let mut out = vec![cell(pen.row(id)?)];
    match pen.book.crosscheck(id).filter(|_| check.status != CheckStatus::Absent) {
        Some(row) => {
            let sides = [&row.body.left, &row.body.right];
            out.extend(sides.map(|record| cell(pen.in_book(pen.words(record), id))));
        }
        None => out.extend([empty(), empty()]),
    }
    out.push(result);
    Ok(row(out))
}

/// The value stands on the side the indicator measures; one that measures both stands in the last
/// cell.
fn indicator_row(pen: &Pen<'_>, one: &IndicatorResult) -> Written<Row> {
    let id = one.id.as_str();
    let computed = one.value.filter(|_| one.status != IndicatorStatus::NotComputed);
    let value = match computed {
        Some(value) => Some(pen.said(indicators::value(pen, id, value)?, &one.cites)),
        None => None,
    };
    let word = pen.wording.word(indicators::word(pen, one))?;
    let verdict = pen.said(word, &one.cites);
    let track = pen.book.indicator(id).map_or("", |row| row.body.track.as_str());
    let mut out = vec![cell(pen.row(id)?)];
    let own = SIDES.iter().any(|(side, _)| *side == track);
    for (side, _) in SIDES {
        out.push(value.clone().filter(|_| side == track).map_or_else(empty, cell));
    }
    let result: Vec<Inline> = value.filter(|_| !own).into_iter().chain([verdict]).collect();
    out.push(Cell { tone: indicators::tone(one), ..cells(result) });
    Ok(row(out))
}
