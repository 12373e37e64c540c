//! What was not used, and why: nothing that came in vanishes unsaid.

use crate::durations::number;
use crate::layout::{cell, cells, row};
use crate::pen::{Pen, Written};
use fupan_model::{Block, Cite, Cites, Inline, LeftOut, Locator};

/// Rejected rows of a log that are said one by one.
const LISTED: usize = 10;

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut rows = Vec::new();
    for one in &pen.assessment.left_out {
        let mut why = vec![pen.phrase(&one.why, &one.args, &one.cites)?];
        why.extend(rejected(pen, one)?);
        rows.push(row(vec![cell(pen.said(one.what.clone(), &one.cites)), cells(why)]));
    }
    let columns = [("column-what", 4), ("column-why", 8)];
    Ok(vec![pen.table_or("nothing-left-out", "table-left-out", &columns, rows)?])
}

/// The first rows of a log that could not be read, each cited at its place in the log.
fn rejected(pen: &Pen<'_>, one: &LeftOut) -> Written<Vec<Inline>> {
    let register = &pen.assessment.register;
    let import = register.imports.iter().find(|import| import.evidence.as_str() == one.what);
    let log = register.evidence.iter().find(|log| log.id.as_str() == one.what);
    let (Some(import), Some(log), "rejected-rows") = (import, log, one.why.as_str()) else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for bad in import.rejected.iter().take(LISTED) {
        let cites = Cites::one(Cite {
            evidence: log.id.clone(),
            digest: log.sha256.clone(),
            locator: Locator::Row(bad.row),
        });
        let mut values = vec![
            ("row", number(bad.row)),
            ("text", bad.text.clone()),
            ("expected", expected(pen, &bad.expected)?),
        ];
        if !bad.column.is_empty() {
            values.push(("column", bad.column.clone()));
        }
        out.push(pen.say("rejected-row", &values, &cites)?);
    }
    Ok(out)
}

/// What intake expected of a row, in words; an encoding is named as it is.
fn expected(pen: &Pen<'_>, code: &str) -> Written<String> {
    let (code, count) = code.split_once('=').unwrap_or((code, ""));
    let values = [("count", count.to_owned())];
    let phrase = format!("expected-{code}");
    if pen.wording.has(&phrase) { pen.wording.fill(&phrase, &values) } else { Ok(code.to_owned()) }
}
