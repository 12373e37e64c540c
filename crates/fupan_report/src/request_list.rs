//! The request list (调取清单): what is still needed of each party, as a paper that can be handed
//! over, with lines to sign on.

use crate::chapters::needs::{self, Asked};
use crate::compose::bare;
use crate::durations::number;
use crate::layout::{cell, cells, empty, row, texts};
use crate::pen::{Pen, Written};
use crate::wording::{ComposeError, Wording};
use fupan_model::{Assessment, Block, Chapter, Connective, Document, Inline, Need, Row};
use fupan_standard::Book;

/// Empty lines of the table that is signed: room for two names or a seal.
const LINES: usize = 4;

/// Drafts the request list of every party of the case, in `lang` (`zh` or `en`): a paper of one
/// chapter for each party, numbered on from the requests that the case already has. What no party
/// of the case keeps stands in a last chapter of its own.
///
/// # Errors
/// As [`crate::compose`].
pub fn compose_request_list(
    assessment: &Assessment,
    book: &Book,
    lang: &str,
) -> Result<Document, ComposeError> {
    let pen = Pen::new(assessment, book, Wording::new(&book.phrases, lang)?);
    let before = assessment.register.requests.len();
    let all = needs::by_party(&pen);
    let numbered = all.iter().zip(before + 1..);
    let chapters: Written<Vec<Chapter>> =
        numbered.map(|(asked, number)| chapter(&pen, asked, number)).collect();
    let mut cover = vec![vec![pen.said(assessment.case.title.clone(), &pen.case("title"))]];
    if all.is_empty() {
        cover.push(vec![pen.say("no-needs", &[], &pen.case("register"))?]);
    }
    let title = pen.link("request-list-title")?;
    Ok(Document { title, cover, chapters: chapters?, ..bare(&pen)? })
}

fn chapter(pen: &Pen<'_>, asked: &Asked<'_>, at: usize) -> Written<Chapter> {
    let requests = pen.case("requests");
    let at = number(at as u64);
    let name = asked.party.map(|party| party.name.clone());
    let title = match name.clone().and_then(Connective::new) {
        Some(title) => title,
        None if name.is_some() => pen.link("request-of-party")?,
        None => pen.link("needs-of-nobody")?,
    };
    let mut values = vec![("number", at.clone())];
    values.extend(name.map(|name| ("party", name)));
    let mut blocks = vec![Block::Paragraph(vec![pen.say("request-number", &values, &requests)?])];
    let intro = if asked.party.is_some() { "request-words" } else { "request-nobody" };
    blocks.push(pen.remark(intro)?);
    let needs = asked.needs.iter().zip(1..);
    let rows: Written<Vec<Row>> = needs.map(|(need, n)| need_row(pen, need, &at, n)).collect();
    let columns = [
        ("column-number", 2),
        ("column-record", 4),
        ("column-form", 5),
        ("column-needed-for", 5),
        ("column-asked-already", 4),
    ];
    blocks.push(pen.table("table-request", &columns, rows?)?);
    if asked.party.is_some() {
        blocks.push(signatures(pen)?);
    }
    Ok(Chapter { anchor: format!("request-{at}"), title, blocks })
}

fn need_row(pen: &Pen<'_>, need: &Need, at: &str, n: u64) -> Written<Row> {
    let values = [("number", at.to_owned()), ("item", number(n))];
    Ok(row(vec![
        cell(pen.say("request-item", &values, &need.cites)?),
        cell(pen.row(need.kind.as_str())?),
        cells(needs::found_in(pen, need)),
        needs::why(pen, need)?,
        needs::asked(pen, need)?,
    ]))
}

/// An empty row to sign and seal.
fn signatures(pen: &Pen<'_>) -> Written<Block> {
    let blank = || -> Written<Vec<Vec<Inline>>> {
        let line = || Ok(vec![pen.note("blank-line")?]);
        std::iter::repeat_with(line).take(LINES).collect()
    };
    let cells = vec![texts(blank()?), empty(), empty(), empty()];
    let columns = [
        ("column-asked-by", 4),
        ("column-asked-on", 3),
        ("column-handed-in-by", 4),
        ("column-received-by", 4),
    ];
    pen.table("table-signatures", &columns, vec![row(cells)])
}
