//! Check points, content by content: outcome, what each comparison found, standing of the row.

use super::pairs;
use crate::layout::{Group, cell, grouped, row, status_tone, status_word, texts, toned};
use crate::pen::{Pen, Written};
use fupan_model::{Block, Cell, CheckResult, CheckStatus, Inline, Row};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut blocks = vec![pen.remark("checks-how-to-read")?];
    let content = |check: &CheckResult| {
        pen.book.crosscheck(check.id.as_str()).map(|row| row.body.content.as_str())
    };
    for Group { content, members } in grouped(pen, &pen.assessment.checks, content) {
        blocks.push(pen.content_heading(content)?);
        let rows: Written<Vec<Row>> = members.iter().map(|check| check_row(pen, check)).collect();
        let columns = [
            ("column-check", 4),
            ("column-outcome", 2),
            ("column-detail", 9),
            ("column-standing", 2),
        ];
        blocks.push(pen.table("table-checks", &columns, rows?)?);
    }
    if pen.assessment.checks.is_empty() {
        let none = pen.say("no-checks", &[], &pen.case("register"))?;
        blocks.push(Block::Paragraph(vec![none]));
    }
    Ok(blocks)
}

fn check_row(pen: &Pen<'_>, check: &CheckResult) -> Written<Row> {
    let id = check.id.as_str();
    let detail: Cell = if check.status == CheckStatus::Absent {
        cell(pen.say("check-nothing", &[], &check.cites)?)
    } else {
        let mut paragraphs: Vec<Vec<Inline>> = pairs::parts(pen, check)?;
        if let (CheckStatus::Discrepant, Some(row)) = (check.status, pen.book.crosscheck(id)) {
            let means = [("means", pen.words(&row.body.means).to_owned())];
            paragraphs.push(vec![pen.of_book("check-means", &means, id)?]);
        }
        texts(paragraphs)
    };
    Ok(row(vec![
        cell(pen.row(id)?),
        toned(pen.note(status_word(check.status))?, status_tone(check.status)),
        detail,
        cell(pen.standing(id)?),
    ]))
}
