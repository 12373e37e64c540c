//! Findings, bad and good: what was found, under which content, by which duty, on what evidence.

use super::pairs;
use crate::layout::{cell, cells, row, texts};
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{Arg, Args, Block, CheckStatus, FindingResult, Inline, Row};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let of = |keep: fn(&str) -> bool| {
        let all = pen.assessment.findings.iter();
        all.filter(|finding| keep(&finding.tone)).collect::<Vec<&FindingResult>>()
    };
    let mut blocks = vec![pen.remark("findings-how-to-read")?];
    blocks.push(pen.heading("heading-bad")?);
    blocks.push(table(pen, "no-bad-findings", "table-bad", &of(|tone| tone == "bad"))?);
    blocks.push(pen.heading("heading-good")?);
    blocks.push(table(pen, "no-good-findings", "table-good", &of(|tone| tone == "good"))?);
    let open = of(|tone| tone != "bad" && tone != "good");
    if !open.is_empty() {
        blocks.push(pen.heading("heading-open")?);
        blocks.push(table(pen, "no-bad-findings", "table-open", &open)?);
    }
    Ok(blocks)
}

fn table(pen: &Pen<'_>, none: &str, caption: &str, findings: &[&FindingResult]) -> Written<Block> {
    let rows: Written<Vec<Row>> = findings.iter().map(|one| finding_row(pen, one)).collect();
    let columns =
        [("column-number", 2), ("column-finding", 9), ("column-content", 3), ("column-duties", 4)];
    pen.table_or(none, caption, &columns, rows?)
}

fn finding_row(pen: &Pen<'_>, finding: &FindingResult) -> Written<Row> {
    let mut content = Vec::new();
    if let Some(id) = &finding.content {
        content.push(pen.marked(id.as_str())?);
    }
    if let Some(track) = &finding.track {
        content.push(track_name(pen, track, finding)?);
    }
    let duties: Written<Vec<Inline>> =
        finding.duties.iter().map(|id| pen.marked(id.as_str())).collect();
    Ok(row(vec![
        cell(name(pen, finding)),
        texts(text(pen, finding)?),
        cells(content),
        cells(duties?),
    ]))
}

/// The number of a finding: by the row or the question it comes from, or by hand.
pub(super) fn name(pen: &Pen<'_>, finding: &FindingResult) -> Inline {
    let id = finding.id.as_str();
    match &finding.row {
        Some(row) => pen.in_book(id, row.as_str()),
        None if finding.text.is_some() => pen.said(id, &pen.case(&format!("findings/{id}"))),
        None => {
            let question = id.strip_prefix("F-").unwrap_or(id);
            pen.said(id, &pen.case(&format!("questions/{question}")))
        }
    }
}

/// The lane: a track or a kind of party of the book, by its code.
fn track_name(pen: &Pen<'_>, code: &str, finding: &FindingResult) -> Written<Inline> {
    let tracks = pen.book.tracks.iter().filter(|row| row.body.code == code).map(|row| &row.id);
    let kinds = pen.book.party_kinds.iter().filter(|row| row.body.code == code).map(|row| &row.id);
    match tracks.chain(kinds).next() {
        Some(id) => pen.row(id),
        None => Ok(pen.label(code, &finding.cites)),
    }
}

/// The judge's values, with value and score of the indicator that led here.
fn args(pen: &Pen<'_>, finding: &FindingResult) -> Written<Args> {
    let mut args = finding.args.clone();
    let Some(row) = &finding.row else { return Ok(args) };
    let Some(one) = pen.assessment.indicators.iter().find(|one| one.id == *row) else {
        return Ok(args);
    };
    if let Some(score) = one.score {
        let score = moments::interval(&pen.wording, score)?;
        args.entry("score".to_owned()).or_insert(Arg::Text(score));
    }
    if let (Some(value), false) = (one.value, args.contains_key("gap")) {
        let value = super::indicators::value(pen, row.as_str(), value)?;
        args.insert("value".to_owned(), Arg::Text(value));
    }
    Ok(args)
}

/// What was found: the phrase or the assessor's words, then the pairs that failed and what the
/// book says such a discrepancy means.
pub(crate) fn text(pen: &Pen<'_>, finding: &FindingResult) -> Written<Vec<Vec<Inline>>> {
    let mut out = Vec::new();
    if let Some(phrase) = &finding.phrase {
        out.push(vec![pen.phrase(phrase, &args(pen, finding)?, &finding.cites)?]);
    }
    if let Some(text) = &finding.text {
        let drafts = &pen.assessment.register.findings;
        let by = drafts.iter().find(|draft| draft.id == finding.id).map(|draft| draft.by.clone());
        let mut values = vec![("text", text.clone())];
        values.extend(by.map(|by| ("by", by)));
        out.push(vec![pen.say("finding-by-hand", &values, &finding.cites)?]);
    }
    let Some(row) = &finding.row else { return Ok(out) };
    let check = pen.assessment.checks.iter().find(|check| check.id == *row);
    let Some(check) = check.filter(|check| check.status == CheckStatus::Discrepant) else {
        return Ok(out);
    };
    out.extend(pairs::failing(pen, check)?);
    if let Some(found) = pen.book.crosscheck(row.as_str()) {
        let means = [("means", pen.words(&found.body.means).to_owned())];
        out.push(vec![pen.of_book("check-means", &means, row.as_str())?]);
    }
    Ok(out)
}
