//! What reading the logs did, and what each log says of its own clock: told, never corrected.

use crate::durations::number;
use crate::layout::{cell, cells, row};
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{Block, Cite, Cites, ClockStep, Evidence, ImportReport, Inline, Locator, Window};

/// Steps of a clock that are said one by one.
const LISTED: usize = 5;

pub(super) fn table(pen: &Pen<'_>) -> Written<Block> {
    let mut rows = Vec::new();
    for import in &pen.assessment.register.imports {
        let mut all = pen.assessment.register.evidence.iter();
        let log = all.find(|one| one.id == import.evidence);
        let cites = log.map_or_else(|| pen.case("register"), |log| cite(log, Locator::Whole));
        let name = log.map_or(import.evidence.as_str(), |one| one.title.as_str());
        let span = import.first.zip(import.last).map(|(first, last)| {
            let window = Window { min: Some(first), max: Some(last) };
            moments::window(&pen.wording, window, pen.assessment.case.offset_s)
        });
        let span = match span {
            Some(span) => pen.said(span?, &cites),
            None => pen.note("not-dated")?,
        };
        let mut result = vec![counts(pen, import, &cites)?];
        result.extend(clock(pen, import, log, &cites)?);
        rows.push(row(vec![cell(pen.label(name, &cites)), cells(result), cell(span)]));
    }
    let columns = [("column-log", 4), ("column-import", 6), ("column-log-span", 4)];
    pen.table("table-imports", &columns, rows)
}

fn cite(log: &Evidence, locator: Locator) -> Cites {
    Cites::one(Cite { evidence: log.id.clone(), digest: log.sha256.clone(), locator })
}

fn counts(pen: &Pen<'_>, import: &ImportReport, cites: &Cites) -> Written<Inline> {
    let mut values = vec![
        ("rows", number(import.rows)),
        ("rejected", number(import.rejected_total)),
        ("duplicates", number(import.duplicates)),
        ("facts", number(import.facts)),
    ];
    if import.formulas > 0 {
        values.push(("formulas", number(import.formulas)));
    }
    pen.say("import-counts", &values, cites)
}

/// One line for each kind of thing, none where there is nothing to say.
fn clock(
    pen: &Pen<'_>,
    import: &ImportReport,
    log: Option<&Evidence>,
    cites: &Cites,
) -> Written<Vec<Inline>> {
    let notes = &import.clock;
    let mut out = Vec::new();
    if notes.descending {
        out.push(pen.say("log-descending", &[], cites)?);
    }
    let counts = [
        ("log-out-of-order", notes.out_of_order),
        ("log-repeated", notes.repeated),
        ("log-midnights", notes.roll_overs),
        ("log-jumps", notes.jumps_total),
    ];
    for (phrase, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        out.push(pen.say(phrase, &[("count", number(count))], cites)?);
    }
    for step in notes.rolled.iter().take(LISTED).chain(notes.jumps.iter().take(LISTED)) {
        out.push(told(pen, step, log, cites)?);
    }
    Ok(out)
}

fn told(pen: &Pen<'_>, step: &ClockStep, log: Option<&Evidence>, cites: &Cites) -> Written<Inline> {
    let at = |moment| moments::moment(&pen.wording, moment, pen.assessment.case.offset_s);
    let values = [("row", number(step.row)), ("from", at(step.from)?), ("to", at(step.to)?)];
    let own = log.map(|log| cite(log, Locator::Row(step.row)));
    pen.say("log-step", &values, own.as_ref().unwrap_or(cites))
}
