//! Basic facts: the accident, its grade in each dimension, the parties, the group, the scope.

use crate::durations::number;
use crate::layout::{cell, row};
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{Block, Inline};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut blocks = vec![Block::Paragraph(accident(pen)?)];
    blocks.push(pen.heading("heading-grade")?);
    blocks.push(dimensions(pen)?);
    blocks.push(Block::Paragraph(grade(pen)?));
    blocks.push(pen.heading("heading-parties")?);
    blocks.push(parties(pen)?);
    blocks.push(pen.heading("heading-team")?);
    blocks.push(team(pen)?);
    Ok(blocks)
}

fn accident(pen: &Pen<'_>) -> Written<Vec<Inline>> {
    let (accident, cites) = (&pen.assessment.register.accident, pen.case("accident"));
    let mut values = vec![("day", moments::day_words(&pen.wording, &accident.date)?)];
    let kind = pen.accident_type(&accident.kind);
    let named = [("place", &accident.place), ("kind", &kind)];
    values.extend(named.into_iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| (n, v.clone())));
    let fill = |id: &str, name, value| pen.wording.fill(id, &[(name, value)]);
    let mut out = vec![pen.wording.fill("accident", &values)?];
    let counts = [
        ("accident-deaths", accident.deaths),
        ("accident-missing", accident.missing),
        ("accident-injuries", accident.injuries),
        ("accident-serious-injuries", accident.serious_injuries),
        ("accident-trapped", accident.trapped),
    ];
    for (id, count) in counts {
        if let Some(count) = count {
            out.push(fill(id, "count", number(count))?);
        }
    }
    if let Some(loss) = accident.direct_loss_cny {
        out.push(fill("accident-loss", "loss", moments::decimal(loss))?);
    }
    if let Some(note) = &accident.note {
        out.push(fill("accident-note", "note", note.clone())?);
    }
    out.push(fill("accident-zone", "zone", accident.timezone.clone())?);
    Ok(vec![pen.together(&out, &cites)?])
}

fn dimensions(pen: &Pen<'_>) -> Written<Block> {
    let detail = &pen.assessment.grade_detail;
    let mut rows = Vec::new();
    for one in &detail.dimensions {
        let figure = match one.value {
            Some(value) => pen.said(moments::decimal(value), &detail.cites),
            None => pen.note("figure-not-found")?,
        };
        let grade = match &one.grade {
            Some(grade) => pen.label(&pen.grade(grade), &detail.cites),
            None => pen.note("grade-not-known")?,
        };
        let name = pen.label(&pen.known("dimension", &one.dimension)?, &detail.cites);
        rows.push(row(vec![cell(name), cell(figure), cell(grade)]));
    }
    let columns = [("column-dimension", 3), ("column-figure", 2), ("column-grade-alone", 2)];
    pen.table_or("grade-no-figures", "table-grade", &columns, rows)
}

fn grade(pen: &Pen<'_>) -> Written<Vec<Inline>> {
    let detail = &pen.assessment.grade_detail;
    let fill = |id: &str, grade: &str| pen.wording.fill(id, &[("grade", pen.grade(grade))]);
    let mut said = vec![match &pen.assessment.grade {
        Some(grade) => fill("grade", grade)?,
        None => pen.wording.word("grade-none")?,
    }];
    if let (Some(missing), Some(grade)) = (detail.missing.filter(|n| *n > 0), &detail.with_missing)
    {
        let values = [("missing", number(missing)), ("grade", pen.grade(grade))];
        said.push(pen.wording.fill("grade-with-missing", &values)?);
    }
    if let Some(published) = &detail.published {
        said.push(fill("grade-published", published)?);
    }
    let mut out = vec![pen.together(&said, &detail.cites)?];
    match detail.in_scope {
        Some(true) => out.push(pen.of_book("scope-within", &[], &pen.book.edition.id)?),
        Some(false) => out.push(pen.of_book("scope-outside", &[], &pen.book.edition.id)?),
        None => out.push(pen.of_book("scope-not-known", &[], &pen.book.edition.id)?),
    }
    Ok(out)
}

fn parties(pen: &Pen<'_>) -> Written<Block> {
    let (parties, register) = (pen.case("parties"), pen.case("register"));
    let mut rows = Vec::new();
    for party in &pen.assessment.register.parties {
        let mut covered = pen.assessment.coverage.parties.iter();
        let covered = covered.find(|one| one.party == party.id);
        let facts = covered.map_or(0, |one| one.facts);
        let pieces: u64 = covered.map_or(0, |one| one.evidence.values().sum());
        let kind = pen.book.party_kinds.iter().find(|kind| kind.body.code == party.track);
        let kind = match kind {
            Some(kind) => pen.row(&kind.id)?,
            None => pen.label(&party.track, &parties),
        };
        let department = match &party.department {
            Some(department) => pen.row(department.as_str())?,
            None => pen.note("none-given")?,
        };
        let counts = [("pieces", number(pieces)), ("facts", number(facts))];
        rows.push(row(vec![
            cell(pen.label(&party.name, &parties)),
            cell(kind),
            cell(department),
            cell(pen.say("party-coverage", &counts, &register)?),
        ]));
    }
    let columns = [
        ("column-party", 4),
        ("column-party-kind", 3),
        ("column-department", 3),
        ("column-coverage", 3),
    ];
    pen.table_or("no-parties", "table-parties", &columns, rows)
}

fn team(pen: &Pen<'_>) -> Written<Block> {
    let cites = pen.case("team");
    let mut rows = Vec::new();
    for member in &pen.assessment.register.team {
        let name = member
            .name
            .as_ref()
            .map_or_else(|| pen.note("name-not-printed"), |name| Ok(pen.label(name, &cites)))?;
        rows.push(row(vec![
            cell(pen.label(&member.role, &cites)),
            cell(pen.label(&member.organisation, &cites)),
            cell(name),
        ]));
    }
    let columns = [("column-role", 2), ("column-organisation", 4), ("column-name", 2)];
    pen.table_or("no-team", "table-team", &columns, rows)
}
