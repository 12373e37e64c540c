//! The figures as PNG, drawn side by side, and how large they stand on the sheet.

use super::face::Face;
use super::node::Drawing;
use crate::render::error::PenError;
use crate::render::gauge;
use crate::render::png::{png, wordless};
use crate::render::svg::pictures;
use crate::render::words::Words;
use fupan_model::{Block, Document};

/// English metric units in a twip, and in a pixel of a picture at A4 width.
const TWIP: i64 = 635;
/// Room below a picture for its caption, and above it for headings, in twips.
const KEEP: i64 = 1_800;

/// Width of a gauge in a cell, in twips.
const GAUGE: i64 = 1_700;

/// One picture of a figure.
pub(super) struct Drawn {
    pub(super) figure: u32,
    pub(super) png: Vec<u8>,
    pixels: (i64, i64),
}

/// All pictures of a document, in order. Each is drawn on a thread of its own: what it becomes
/// depends on nothing but itself.
pub(super) fn draw(document: &Document, words: &Words) -> Result<Vec<Drawn>, PenError> {
    let blocks = document.chapters.iter().flat_map(|chapter| &chapter.blocks);
    let figures = blocks.filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        Block::Heading(_) | Block::Paragraph(_) | Block::List(_) | Block::Table(_) => None,
    });
    let mut sources = Vec::new();
    for (figure, at) in figures.zip(1_u32..) {
        let parts = pictures(&figure.picture, words, "p");
        sources.extend(parts.into_iter().map(|svg| (at, svg)));
    }
    std::thread::scope(|scope| {
        let work: Vec<_> =
            sources.iter().map(|(figure, svg)| (*figure, scope.spawn(|| png(svg)))).collect();
        work.into_iter()
            .map(|(figure, thread)| {
                let drawn = thread.join().unwrap_or_else(|_| {
                    Err(PenError::Picture("drawing stopped half-way".to_owned()))
                });
                let png = drawn?;
                let pixels = (word(&png, 16), word(&png, 20));
                Ok(Drawn { figure, png, pixels })
            })
            .collect()
    })
}

/// The gauges of all cells, in reading order: one cell's drawing depends on nothing but itself,
/// and none holds words, so that they are cheap.
pub(super) fn gauges(document: &Document) -> Result<Vec<Vec<u8>>, PenError> {
    let blocks = document.chapters.iter().flat_map(|chapter| &chapter.blocks);
    let tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Heading(_) | Block::Paragraph(_) | Block::List(_) | Block::Figure(_) => None,
    });
    let cells = tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let gauges = cells.filter_map(|cell| cell.gauge.as_ref());
    gauges.map(|gauge| wordless(&gauge::svg(gauge))).collect()
}

/// A gauge as it stands in a cell.
pub(super) fn small(png: &[u8], file: usize) -> Drawing {
    let (w, h) = (word(png, 16), word(png, 20));
    Drawing { file, size: (GAUGE * TWIP, GAUGE * h / w * TWIP), alt: String::new() }
}

/// A number of the PNG's head.
fn word(png: &[u8], at: usize) -> i64 {
    let bytes = png.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    bytes.map_or(1, |bytes| i64::from(u32::from_be_bytes(bytes))).max(1)
}

impl Drawn {
    /// As large as fits the sheet with its caption.
    pub(super) fn place(&self, face: &Face, file: usize, alt: &str) -> Drawing {
        let (w, h) = self.pixels;
        let (wide, tall) = (face.text_width(true), face.text_height(true) - KEEP);
        let (x, y) = if wide * h <= tall * w { (wide, wide * h / w) } else { (tall * w / h, tall) };
        Drawing { file, size: (x * TWIP, y * TWIP), alt: alt.to_owned() }
    }
}
