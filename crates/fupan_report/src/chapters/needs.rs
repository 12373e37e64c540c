//! What is needed, from whom: the records that check points and indicators lack, by party, and what each
//! party has handed in.

use super::coverage;
use crate::layout::{cell, cells, group, row};
use crate::pen::{Pen, Written};
use fupan_model::{Block, Inline, Need, Party, Row};

/// The needs of one party; `None`: of kinds of party that the case does not name.
pub(crate) struct Asked<'a> {
    pub(crate) party: Option<&'a Party>,
    pub(crate) needs: Vec<&'a Need>,
}

/// Needs by party in the order of the case; what no party of the case keeps comes last.
pub(crate) fn by_party<'a>(pen: &Pen<'a>) -> Vec<Asked<'a>> {
    let needs = &pen.assessment.needs;
    let of_party = pen.assessment.register.parties.iter().map(|party| Asked {
        party: Some(party),
        needs: needs.iter().filter(|need| need.parties.contains(&party.id)).collect(),
    });
    let nobody = needs.iter().filter(|need| need.parties.is_empty()).collect();
    let all = of_party.chain([Asked { party: None, needs: nobody }]);
    all.filter(|asked| !asked.needs.is_empty()).collect()
}

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut rows = Vec::new();
    for asked in by_party(pen) {
        rows.push(group(match asked.party {
            Some(party) => pen.label(&party.name, &pen.case("parties")),
            None => pen.note("needs-of-nobody")?,
        }));
        for need in asked.needs {
            rows.push(need_row(pen, need, asked.party.is_none())?);
        }
    }
    let columns = [
        ("column-record", 4),
        ("column-found-in", 4),
        ("column-needed-for", 5),
        ("column-asked-already", 4),
    ];
    let table = pen.table_or("no-needs", "table-needs", &columns, rows)?;
    let mut blocks = vec![pen.remark("needs-how-to-read")?, table];
    blocks.extend(coverage::blocks(pen)?);
    Ok(blocks)
}

fn need_row(pen: &Pen<'_>, need: &Need, nobody: bool) -> Written<Row> {
    let mut found = found_in(pen, need);
    if nobody && !need.holders.is_empty() {
        let holders: Vec<String> =
            need.holders.iter().map(|id| pen.party_kind(id.as_str())).collect();
        let holders = [("holders", pen.wording.list(&holders)?)];
        found.push(pen.of_book("need-holders", &holders, need.kind.as_str())?);
    }
    Ok(row(vec![
        cell(pen.row(need.kind.as_str())?),
        cells(found),
        why(pen, need)?,
        asked(pen, need)?,
    ]))
}

/// The records in which such facts are normally found.
pub(crate) fn found_in(pen: &Pen<'_>, need: &Need) -> Vec<Inline> {
    let kind = pen.book.fact_kind(need.kind.as_str());
    kind.map(|row| pen.in_book(pen.words(&row.body.found_in), &row.id)).into_iter().collect()
}

/// The check points and indicators that lack it.
pub(crate) fn why(pen: &Pen<'_>, need: &Need) -> Written<fupan_model::Cell> {
    let rows: Written<Vec<Inline>> = need.rows.iter().map(|id| pen.row(id.as_str())).collect();
    Ok(cells(rows?))
}

/// Whether it was asked for already, and what came of it; the lack itself is cited here.
pub(crate) fn asked(pen: &Pen<'_>, need: &Need) -> Written<fupan_model::Cell> {
    let mut said = Vec::new();
    for id in &need.requests {
        let mut requests = pen.assessment.register.requests.iter();
        let answered = requests.any(|request| request.id == *id && request.reply.is_some());
        let phrase = if answered { "need-answered" } else { "need-silent" };
        let values = [("request", id.clone())];
        said.push(pen.say(phrase, &values, &pen.case(&format!("requests/{id}")))?);
    }
    if said.is_empty() {
        said.push(pen.say("need-not-asked", &[], &need.cites)?);
    }
    Ok(cells(said))
}
