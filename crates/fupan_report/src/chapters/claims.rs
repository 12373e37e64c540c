//! The claims ledger: who said how many, as of when, and where they differ.

use crate::layout::{cell, row, toned};
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{Block, Cites, Tone};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut rows = Vec::new();
    for claim in &pen.assessment.claims {
        let Some(cites) = Cites::all(claim.values.iter().map(|value| &value.cites)) else {
            continue;
        };
        let field = [("field", pen.field(&claim.field)?)];
        let name = if claim.differs { "claim-differs-field" } else { "claim-field" };
        let name = pen.wording.fill(name, &field)?;
        let tone = if claim.differs { Tone::Bad } else { Tone::Plain };
        for (at, value) in claim.values.iter().enumerate() {
            let title = match at {
                0 => toned(pen.label(&name, &cites), tone),
                _ => crate::layout::empty(),
            };
            let as_of = match value.as_of {
                Some(at) => {
                    let text = moments::moment(&pen.wording, at, pen.assessment.case.offset_s)?;
                    pen.said(text, &value.cites)
                }
                None => pen.note("as-of-not-stated")?,
            };
            rows.push(row(vec![
                title,
                cell(pen.said(pen.value(value.value.as_ref())?, &value.cites)),
                cell(as_of),
                cell(pen.label(&pen.party(value.party.as_str()), &value.cites)),
                cell(pen.said(value.fact.as_str(), &value.cites)),
            ]));
        }
    }
    let columns = [
        ("column-claim", 4),
        ("column-stated-value", 3),
        ("column-as-of", 4),
        ("column-who", 4),
        ("column-fact", 2),
    ];
    let table = pen.table_or("no-claims", "table-claims", &columns, rows)?;
    Ok(vec![pen.remark("claims-how-to-read")?, table])
}
