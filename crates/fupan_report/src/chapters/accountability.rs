//! References for the assessor to rows of law that bad findings touch; never a finding of guilt.

use super::findings;
use crate::layout::{cell, cells, row};
use crate::pen::{Pen, Written};
use fupan_model::{Block, FindingResult, Inline, Row};
use fupan_standard::{Article, Law, Row as BookRow};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut rows = Vec::new();
    for law in &pen.book.laws {
        let touches = |finding: &&FindingResult| {
            finding.tone == "bad" && finding.laws.iter().any(|id| id.as_str() == law.id)
        };
        let findings: Vec<&FindingResult> =
            pen.assessment.findings.iter().filter(touches).collect();
        if !findings.is_empty() {
            rows.push(law_row(pen, law, &findings)?);
        }
    }
    let columns = [
        ("column-breach", 4),
        ("column-duty-articles", 4),
        ("column-liability", 5),
        ("column-liable", 3),
        ("column-touched-by", 3),
        ("column-standing", 2),
    ];
    let table = pen.table_or("no-laws", "table-laws", &columns, rows)?;
    Ok(vec![pen.remark("accountability-not-guilt")?, table])
}

fn law_row(pen: &Pen<'_>, law: &BookRow<Law>, findings: &[&FindingResult]) -> Written<Row> {
    let mut liability = vec![pen.in_book(pen.words(&law.body.liability), &law.id)];
    liability.extend(articles(pen, &law.body.liability_articles, &law.id)?);
    let liable: Written<Vec<Inline>> = law.body.liable.iter().map(|id| pen.row(id)).collect();
    let names = findings.iter().map(|finding| findings::name(pen, finding)).collect();
    Ok(row(vec![
        cell(pen.row(&law.id)?),
        cells(articles(pen, &law.body.duty_articles, &law.id)?),
        cells(liability),
        cells(liable?),
        cells(names),
        cell(pen.standing(&law.id)?),
    ]))
}

/// Articles in one paragraph, those of one act together; none where the row names none.
fn articles(pen: &Pen<'_>, articles: &[Article], row: &str) -> Written<Vec<Inline>> {
    let said: Written<Vec<String>> = articles
        .chunk_by(|a, b| a.act == b.act)
        .filter_map(|of_one| of_one.first().map(|first| (&first.act, of_one)))
        .map(|(act, of_one)| {
            let numbers: Vec<String> = of_one.iter().map(|one| one.number.clone()).collect();
            let values = [("act", pen.title(act)), ("number", pen.article_numbers(&numbers)?)];
            pen.wording.fill("article", &values)
        })
        .collect();
    let said = said?;
    if said.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![pen.in_book(pen.wording.list(&said)?, row)])
}
