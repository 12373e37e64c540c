//! The claims ledger: who said how many, as of when; one group for each thing that is counted.

use crate::layout::{cell, group, row, toned};
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{Block, Cites, ClaimResult, ClaimValue, Row, Tone};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut rows = Vec::new();
    for claim in &pen.assessment.claims {
        let Some(cites) = Cites::all(claim.values.iter().map(|value| &value.cites)) else {
            continue;
        };
        let field = [("field", pen.field(&claim.field)?)];
        let name = if claim.differs { "claim-differs-field" } else { "claim-field" };
        rows.push(group(pen.label(&pen.wording.fill(name, &field)?, &cites)));
        // What is of no stated time comes last.
        let mut values: Vec<&ClaimValue> = claim.values.iter().collect();
        values.sort_by_key(|value| (value.as_of.is_none(), value.as_of, value.fact.clone()));
        for value in values {
            rows.push(value_row(pen, claim, value)?);
        }
    }
    let columns =
        [("column-stated-value", 3), ("column-as-of", 4), ("column-who", 4), ("column-fact", 3)];
    let table = pen.table_or("no-claims", "table-claims", &columns, rows)?;
    Ok(vec![pen.remark("claims-how-to-read")?, table])
}

fn value_row(pen: &Pen<'_>, claim: &ClaimResult, value: &ClaimValue) -> Written<Row> {
    let as_of = match value.as_of {
        Some(at) => {
            let text = moments::moment(&pen.wording, at, pen.assessment.case.offset_s)?;
            pen.said(text, &value.cites)
        }
        None => pen.note("as-of-not-stated")?,
    };
    let said = pen.said(pen.value(value.value.as_ref())?, &value.cites);
    Ok(row(vec![
        toned(said, tone(claim, value)),
        cell(as_of),
        cell(pen.label(&pen.party(value.party.as_str()), &value.cites)),
        cell(pen.said(value.fact.as_str(), &value.cites)),
    ]))
}

/// Values that differ as of the same time contradict each other; where no time is stated, whether
/// they do is open; as of different times they may all be true.
fn tone(claim: &ClaimResult, value: &ClaimValue) -> Tone {
    let other = |one: &&ClaimValue| {
        one.as_of == value.as_of && one.value.is_some() && one.value != value.value
    };
    match claim.values.iter().find(other) {
        Some(_) if value.value.is_none() => Tone::Plain,
        Some(_) if value.as_of.is_some() => Tone::Bad,
        Some(_) => Tone::Doubt,
        None => Tone::Plain,
    }
}
