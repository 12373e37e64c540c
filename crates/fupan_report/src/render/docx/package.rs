//! The zip: parts in a fixed order, with a fixed time.

use super::body::Body;
use super::face::Face;
use super::parts;
use super::styles::{W, XML, styles};
use super::write::Pen;
use crate::render::error::PenError;
use crate::render::words::Words;
use fupan_model::Document;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The whole file.
pub(super) fn package(
    document: &Document,
    body: &Body<'_>,
    words: &Words,
    face: &Face,
) -> Result<Vec<u8>, PenError> {
    let mut main = Pen::new(face);
    for node in &body.nodes {
        main.node(node);
    }
    main.section(body.last_section());
    let main = format!(
        "{XML}<w:document {W} \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>{}\
         </w:body></w:document>",
        main.out
    );
    let texts = [
        ("[Content_Types].xml", parts::types()),
        ("_rels/.rels", parts::root()),
        ("docProps/core.xml", parts::core(document, face)),
        ("word/document.xml", main),
        ("word/_rels/document.xml.rels", parts::relations(body.pictures.len())),
        ("word/styles.xml", styles(face)),
        ("word/settings.xml", parts::settings()),
        ("word/numbering.xml", parts::numbering()),
        ("word/fontTable.xml", parts::fonts(face)),
        ("word/header1.xml", parts::header(document)),
        ("word/footer1.xml", parts::footer(words)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let fixed = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .compression_level(Some(6));
    let packed = fixed.compression_method(CompressionMethod::Deflated);
    for (name, text) in texts {
        zip.start_file(name, packed)?;
        zip.write_all(text.as_bytes())?;
    }
    let stored = fixed.compression_method(CompressionMethod::Stored).compression_level(None);
    for (n, png) in body.pictures.iter().enumerate() {
        zip.start_file(format!("word/media/figure{}.png", n + 1), stored)?;
        zip.write_all(png)?;
    }
    Ok(zip.finish()?.into_inner())
}
