//! Which kinds of evidence each party has handed in, and which it has not.

use crate::durations::number;
use crate::layout::{cell, row, toned};
use crate::pen::{Pen, Written};
use fupan_model::{Block, Column, Connective, PartyCoverage, Row, Table, Tone};
use fupan_standard::{EvidenceKind, Row as BookRow};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    // A column's head holds no digit; a kind whose title does is told by the register alone.
    let kinds = pen.book.evidence_kinds.iter();
    let kinds: Vec<(&BookRow<EvidenceKind>, Connective)> =
        kinds.filter_map(|kind| Some((kind, Connective::new(pen.title(&kind.id))?))).collect();
    let parties = &pen.assessment.register.parties;
    if parties.is_empty() || kinds.is_empty() {
        return Ok(Vec::new());
    }
    let column = |title: Connective, share| Column { title, share };
    let mut columns = vec![column(pen.link("column-party")?, 4)];
    columns.extend(kinds.iter().map(|(_, title)| column(title.clone(), 2)));
    columns.push(column(pen.link("column-facts")?, 2));
    let mut rows = Vec::new();
    for party in parties {
        let mut all = pen.assessment.coverage.parties.iter();
        let covered = all.find(|one| one.party == party.id);
        rows.push(party_row(pen, &party.name, covered, &kinds)?);
    }
    let caption = pen.link("table-coverage")?;
    let table = Block::Table(Table { caption, columns, rows });
    Ok(vec![pen.heading("heading-coverage")?, pen.remark("coverage-how-to-read")?, table])
}

fn party_row(
    pen: &Pen<'_>,
    name: &str,
    covered: Option<&PartyCoverage>,
    kinds: &[(&BookRow<EvidenceKind>, Connective)],
) -> Written<Row> {
    let register = pen.case("register");
    let mut out = vec![cell(pen.label(name, &pen.case("parties")))];
    let pieces = |id: &str| {
        let all = covered.iter().flat_map(|one| &one.evidence);
        all.filter(|(kind, _)| kind.as_str() == id).map(|(_, count)| *count).sum::<u64>()
    };
    let counts = kinds.iter().map(|(kind, _)| pieces(&kind.id));
    for count in counts.chain([covered.map_or(0, |one| one.facts)]) {
        let tone = if count == 0 { Tone::Faint } else { Tone::Plain };
        out.push(toned(pen.said(number(count), &register), tone));
    }
    Ok(row(out))
}
