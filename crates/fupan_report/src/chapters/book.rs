//! The book: edition, digest, how far each table was checked, and the settings that were used.

use crate::durations::{self, number};
use crate::layout::{cell, cells, row};
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{Block, Inline, Row};
use fupan_standard::{Reading, Row as BookRow, Shape, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of the book by standing.
#[derive(Default)]
struct Counts {
    checked: u64,
    unverified: u64,
    proposed: u64,
}

impl Counts {
    fn add(&mut self, status: Status) {
        match status {
            Status::Checked => self.checked += 1,
            Status::Unverified => self.unverified += 1,
            Status::Proposed => self.proposed += 1,
        }
    }

    fn total(&self) -> u64 {
        self.checked + self.unverified + self.proposed
    }
}

/// How many rows were checked against the official text, in one sentence of the book.
pub(crate) fn standing(pen: &Pen<'_>) -> Written<Inline> {
    let mut counts = Counts::default();
    for view in pen.book.rows() {
        counts.add(view.status);
    }
    let values = [
        ("total", number(counts.total())),
        ("checked", number(counts.checked)),
        ("unverified", number(counts.unverified)),
        ("proposed", number(counts.proposed)),
    ];
    pen.of_book("standing-of-book", &values, &pen.book.edition.id)
}

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let edition = &pen.book.edition;
    let digest = [("digest", pen.assessment.book.digest.as_str().to_owned())];
    let mut first = vec![pen.of_book("book-digest", &digest, &edition.id)?, standing(pen)?];
    if let Some(note) = &edition.note {
        first.push(pen.in_book(pen.words(note), &edition.id));
    }
    let mut blocks = vec![Block::Paragraph(first)];
    let short = shortfalls(pen)?;
    if !short.is_empty() {
        blocks.push(Block::List(short));
    }
    blocks.extend([pen.heading("heading-tables")?, files(pen)?]);
    blocks.extend([pen.heading("heading-settings")?, pen.remark("settings-are-ours")?]);
    blocks.extend([weights(pen)?, readings(pen)?]);
    Ok(blocks)
}

fn shortfalls(pen: &Pen<'_>) -> Written<Vec<Vec<Inline>>> {
    let mut out = Vec::new();
    for one in pen.book.shortfalls() {
        let values = [
            ("what", pen.known("file", &one.what)?),
            ("expected", number(one.expected as u64)),
            ("found", number(one.found as u64)),
        ];
        out.push(vec![pen.of_book("book-shortfall", &values, &pen.book.edition.id)?]);
    }
    Ok(out)
}

fn files(pen: &Pen<'_>) -> Written<Block> {
    let mut files: BTreeMap<&str, Counts> = BTreeMap::new();
    for view in pen.book.rows() {
        let file = view.file.strip_suffix(".toml").unwrap_or(&view.file);
        let file = file.split('/').next().unwrap_or(file);
        files.entry(file).or_default().add(view.status);
    }
    let mut rows = Vec::new();
    for (file, counts) in files {
        let said = |text: String| cell(pen.in_book(text, &pen.book.edition.id));
        rows.push(row(vec![
            said(pen.known("file", file)?),
            said(number(counts.total())),
            said(number(counts.checked)),
            said(number(counts.unverified)),
            said(number(counts.proposed)),
        ]));
    }
    let columns = [
        ("column-table", 5),
        ("column-rows", 2),
        ("column-checked", 2),
        ("column-unverified", 2),
        ("column-proposed", 2),
    ];
    pen.table("table-book", &columns, rows)
}

fn weights(pen: &Pen<'_>) -> Written<Block> {
    let mut rows = Vec::new();
    for weight in &pen.book.weights {
        let said = |text: String| cell(pen.in_book(text, &weight.id));
        rows.push(row(vec![
            cell(pen.row(&weight.id)?),
            said(moments::decimal(weight.body.reliability)),
            said(weight.body.weight.to_string()),
            cells(vec![pen.standing(&weight.id)?]),
        ]));
    }
    let columns = [
        ("column-source-kind", 5),
        ("column-reliability", 3),
        ("column-weight", 3),
        ("column-standing", 2),
    ];
    pen.table_or("no-weights", "table-weights", &columns, rows)
}

/// The reading policies that the facts of the case were read by.
fn readings(pen: &Pen<'_>) -> Written<Block> {
    let facts = pen.assessment.register.facts.iter();
    let stated = facts.flat_map(|fact| [&fact.time, &fact.time_end].into_iter().flatten());
    let used: BTreeSet<&str> =
        stated.filter_map(|stated| stated.policy.as_ref().map(|id| id.as_str())).collect();
    let rows: Written<Vec<Row>> = pen
        .book
        .readings
        .iter()
        .filter(|reading| used.contains(reading.id.as_str()))
        .map(|reading| reading_row(pen, reading))
        .collect();
    let columns = [("column-reading", 5), ("column-reading-bounds", 6), ("column-standing", 2)];
    pen.table_or("no-readings", "table-readings", &columns, rows?)
}

fn reading_row(pen: &Pen<'_>, reading: &BookRow<Reading>) -> Written<Row> {
    let span = |ms: i64| durations::span(&pen.wording, ms.saturating_abs());
    let (lo, hi) = (reading.body.lo_ms, reading.body.hi_ms);
    let bounds = match reading.body.shape {
        Shape::Bounds => {
            let values = [("lo", signed(lo, &span(lo)?)), ("hi", signed(hi, &span(hi)?))];
            pen.of_book("reading-bounds", &values, &reading.id)?
        }
        Shape::After => pen.of_book("reading-after", &[], &reading.id)?,
        Shape::Before => pen.of_book("reading-before", &[], &reading.id)?,
    };
    Ok(row(vec![cell(pen.row(&reading.id)?), cell(bounds), cell(pen.standing(&reading.id)?)]))
}

fn signed(ms: i64, length: &str) -> String {
    let sign = if ms < 0 { "−" } else { "+" };
    format!("{sign}{length}")
}
