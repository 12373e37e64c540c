//! The chapters of the report (章), in their order, one file each.

mod accountability;
mod basic;
mod book;
mod checks;
mod claims;
mod clocks;
mod coverage;
mod curves;
mod doubts;
mod events;
mod explanations;
mod figure;
mod findings;
mod imports;
mod indicators;
mod inquiry;
mod left_out;
mod matrix;
pub(crate) mod needs;
mod pairs;
mod registers;
mod summary;
mod timeline;

pub(crate) use book::standing as standing_of_book;
pub(crate) use findings::text as finding_text;
pub(crate) use indicators::word as indicator_word;
pub(crate) use pairs::telling;

use crate::pen::{Pen, Written};
use fupan_model::{Block, Chapter};

/// All chapters.
pub(crate) fn all(pen: &Pen<'_>) -> Written<Vec<Chapter>> {
    let chapter = |anchor: &str, title: &str, blocks: Vec<Block>| -> Written<Chapter> {
        Ok(Chapter { anchor: anchor.to_owned(), title: pen.link(title)?, blocks })
    };
    Ok(vec![
        chapter("basic-facts", "chapter-basic", basic::blocks(pen)?)?,
        chapter("summary", "chapter-summary", summary::blocks(pen)?)?,
        chapter("timeline", "chapter-timeline", timeline::blocks(pen)?)?,
        chapter("response-matrix", "chapter-matrix", matrix::blocks(pen)?)?,
        chapter("check-points", "chapter-checks", checks::blocks(pen)?)?,
        chapter("indicators", "chapter-indicators", indicators::blocks(pen)?)?,
        chapter("claims-ledger", "chapter-claims", claims::blocks(pen)?)?,
        chapter("findings", "chapter-findings", findings::blocks(pen)?)?,
        chapter("accountability", "chapter-accountability", accountability::blocks(pen)?)?,
        chapter("needs", "chapter-needs", needs::blocks(pen)?)?,
        chapter("doubts", "chapter-doubts", doubts::blocks(pen)?)?,
        chapter("left-out", "chapter-left-out", left_out::blocks(pen)?)?,
        chapter("registers", "chapter-registers", registers::blocks(pen)?)?,
        chapter("the-book", "chapter-book", book::blocks(pen)?)?,
    ])
}
