//! The report as DOCX: our own schema-ordered writer, no more than our report needs.
//!
//! `node` is what a report consists of on paper, `body` makes nodes of a document, `pages` tells
//! on which page each heading falls, `write` and `parts` are the XML, `package` the zip. All
//! paragraphs have exact line pitches, so that pages fall alike in Word, WPS and LibreOffice.

mod body;
mod face;
mod node;
mod package;
mod pages;
mod parts;
mod picture;
mod styles;
mod table;
mod write;

use super::cites::Marks;
use super::error::PenError;
use super::words::Words;
use body::Body;
use face::Face;
use fupan_model::Document;
use node::{Node, Run};

/// The report as a DOCX file (报告文档). The table of contents carries page numbers, computed by
/// laying the pages out as the styles say, and its field asks Word to refresh them.
///
/// # Errors
/// [`PenError`] if a figure cannot be drawn or the file cannot be packed.
pub fn docx(document: &Document) -> Result<Vec<u8>, PenError> {
    let words = Words::of(&document.lang);
    let face = Face::of(&document.lang);
    let marks = Marks::new(document, &words);
    let mut body = Body::new(document, &words, &face, &marks)?;
    body.write()?;
    let pages = pages::pages(&body.nodes, document.across, &face);
    for node in &mut body.nodes {
        let Node::Para(para) = node else { continue };
        for run in &mut para.runs {
            if let Run::Entry { heading, page, .. } = run {
                *page = pages.get(heading).copied().unwrap_or(1);
            }
        }
    }
    package::package(document, &body, &words, &face)
}

#[cfg(test)]
mod tests;
