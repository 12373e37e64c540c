//! The small parts: relations, types, settings, header, footer, fonts, properties.

use super::face::Face;
use super::styles::{W, XML};
use super::write::field;
use crate::render::escape::escape;
use crate::render::words::Words;
use fupan_model::Document;

/// Root of the types of relations.
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Root of the content types.
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// `[Content_Types].xml`.
pub(super) fn types() -> String {
    let mut out = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/>"
    );
    let parts = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("numbering", "numbering"),
        ("fontTable", "fontTable"),
        ("header1", "header"),
        ("footer1", "footer"),
    ];
    for (part, kind) in parts {
        out.push_str(&format!(
            "<Override PartName=\"/word/{part}.xml\" ContentType=\"{TYPE}.{kind}+xml\"/>"
        ));
    }
    out.push_str(
        "<Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>",
    );
    out
}

/// `_rels/.rels`.
pub(super) fn root() -> String {
    format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{REL}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/\
         relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

/// `word/_rels/document.xml.rels`.
pub(super) fn relations(pictures: usize) -> String {
    let mut out = format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    let parts = [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdNumbering", "numbering", "numbering.xml"),
        ("rIdFonts", "fontTable", "fontTable.xml"),
        ("rIdHead", "header", "header1.xml"),
        ("rIdFoot", "footer", "footer1.xml"),
    ];
    for (id, kind, target) in parts {
        out.push_str(&format!(
            "<Relationship Id=\"{id}\" Type=\"{REL}/{kind}\" Target=\"{target}\"/>"
        ));
    }
    for n in 1..=pictures {
        out.push_str(&format!(
            "<Relationship Id=\"rIdP{n}\" Type=\"{REL}/image\" Target=\"media/figure{n}.png\"/>"
        ));
    }
    out.push_str("</Relationships>");
    out
}

/// `word/settings.xml`: Word 2013 and later lay out as they do by themselves.
pub(super) fn settings() -> String {
    format!(
        "{XML}<w:settings {W}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat><w:compatSetting \
         w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" \
         w:val=\"15\"/></w:compat></w:settings>"
    )
}

/// `word/numbering.xml`: the one list we use.
pub(super) fn numbering() -> String {
    format!(
        "{XML}<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType \
         w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt \
         w:val=\"bullet\"/><w:pStyle w:val=\"ListBullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc \
         w:val=\"left\"/><w:pPr><w:ind w:left=\"480\" w:hanging=\"320\"/></w:pPr><w:rPr><w:rFonts \
         w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:hint=\"default\"/></w:rPr>\
         </w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         </w:numbering>"
    )
}

/// `word/fontTable.xml`: what may stand for a font that a machine lacks.
pub(super) fn fonts(face: &Face) -> String {
    let mut out = format!("{XML}<w:fonts {W}>");
    for font in &face.all {
        let (name, alt) = (escape(&font.name), escape(&font.alt));
        out.push_str(&format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{alt}\"/><w:charset w:val=\"86\"/>\
             <w:family w:val=\"auto\"/></w:font>"
        ));
    }
    out.push_str("</w:fonts>");
    out
}

/// `word/header1.xml`: the report's title.
pub(super) fn header(document: &Document) -> String {
    let title = escape(document.title.text());
    format!(
        "{XML}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r><w:t>{title}</w:t>\
         </w:r></w:p></w:hdr>"
    )
}

/// `word/footer1.xml`: page and number of pages, in the order and words of the language.
pub(super) fn footer(words: &Words) -> String {
    let mut out = format!("{XML}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>");
    let text =
        |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text));
    for part in words.page.footer.split_inclusive('}') {
        let (before, name) = part.split_once('{').unwrap_or((part, ""));
        out.push_str(&text(before));
        match name {
            "page}" => out.push_str(&field("PAGE", "1")),
            "pages}" => out.push_str(&field("NUMPAGES", "1")),
            _ => {}
        }
    }
    out.push_str("</w:p></w:ftr>");
    out
}

/// `docProps/core.xml`: title and language; no name and no time, which would differ by machine.
pub(super) fn core(document: &Document, face: &Face) -> String {
    let (title, lang) = (escape(document.title.text()), escape(&face.fonts.lang));
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/\
         core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{title}\
         </dc:title><dc:language>{lang}</dc:language></cp:coreProperties>"
    )
}
