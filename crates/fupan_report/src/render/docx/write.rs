//! Nodes into the XML of the main part; children always in the order the schema asks for.

use super::face::Face;
use super::node::{Drawing, Grid, GridRow, Look, Node, Para, Run, Section, Style};
use super::pages::{CELL_SIDE, CELL_TOP};
use crate::render::escape::escape;
use fupan_model::{RowStyle, Tone};

/// Writes one main part, counting its bookmarks and pictures.
pub(super) struct Pen<'f> {
    pub(super) face: &'f Face,
    pub(super) out: String,
    count: usize,
}

/// Ink and tint of a tone.
fn colours(tone: Tone) -> Option<(&'static str, &'static str)> {
    match tone {
        Tone::Plain => None,
        Tone::Good => Some(("1F6B33", "F1F8F2")),
        Tone::Bad => Some(("A31912", "FDF1F0")),
        Tone::Doubt => Some(("6F4A00", "FDF7E7")),
        Tone::Faint => Some(("5C5C5C", "F4F4F4")),
    }
}

impl<'f> Pen<'f> {
    pub(super) fn new(face: &'f Face) -> Self {
        Self { face, out: String::new(), count: 0 }
    }

    fn add(&mut self, text: &str) {
        self.out.push_str(text);
    }

    pub(super) fn node(&mut self, node: &Node) {
        match node {
            Node::Para(para) => self.para(para),
            Node::Grid(grid) => self.grid(grid),
        }
    }

    fn para(&mut self, para: &Para) {
        let (style, _) = para.style.names();
        self.add(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>"));
        if para.keep_next {
            self.add("<w:keepNext/>");
        }
        if para.break_before {
            self.add("<w:pageBreakBefore/>");
        }
        if para.style == Style::Body && para.runs.iter().any(has_long_word) {
            // A word that fills a line would stretch the line before it from edge to edge.
            self.add("<w:jc w:val=\"left\"/>");
        }
        if let Some(section) = para.section {
            self.section(section);
        }
        self.add("</w:pPr>");
        self.count += 1;
        let id = self.count;
        if let Some(name) = &para.bookmark {
            self.add(&format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>"));
        }
        for run in &para.runs {
            self.run(run, para.style);
        }
        if para.bookmark.is_some() {
            self.add(&format!("<w:bookmarkEnd w:id=\"{id}\"/>"));
        }
        self.add("</w:p>");
    }

    fn run(&mut self, run: &Run, style: Style) {
        match run {
            Run::Text(text, look) => self.text(text, *look, style),
            Run::Link { to, text, look } => {
                self.add(&format!("<w:hyperlink w:anchor=\"{to}\" w:history=\"1\">"));
                self.text(text, *look, style);
                self.add("</w:hyperlink>");
            }
            Run::Count { name, now } => {
                self.add(&field(&format!("SEQ {name} \\* ARABIC"), &now.to_string()));
            }
            Run::Entry { heading, text, page } => {
                let to = format!("_Toc{:08}", heading + 1);
                self.add(&format!("<w:hyperlink w:anchor=\"{to}\" w:history=\"1\">"));
                self.text(text, Look::Plain, style);
                self.add("<w:r><w:tab/></w:r>");
                self.add(&field(&format!("PAGEREF {to} \\h"), &page.to_string()));
                self.add("</w:hyperlink>");
            }
            Run::ContentsBegin => self.add(
                "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r>\
                 <w:r><w:instrText xml:space=\"preserve\"> TOC \\o &quot;1-2&quot; \\h \\z \\u \
                 </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
            ),
            Run::ContentsEnd => self.add("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"),
            Run::Picture(drawing) => self.picture(drawing),
        }
    }

    /// Words in one look.
    fn text(&mut self, text: &str, look: Look, style: Style) {
        if text.is_empty() {
            return;
        }
        let how = match look {
            Look::Plain | Look::Toned(Tone::Plain) => String::new(),
            Look::Mark if matches!(style, Style::Cell | Style::Quiet) => {
                "<w:rPr><w:rStyle w:val=\"FupanMarkSmall\"/></w:rPr>".to_owned()
            }
            Look::Mark => "<w:rPr><w:rStyle w:val=\"FupanMark\"/></w:rPr>".to_owned(),
            Look::Toned(tone) => {
                let ink = colours(tone).map_or("000000", |(ink, _)| ink);
                format!("<w:rPr><w:color w:val=\"{ink}\"/></w:rPr>")
            }
        };
        let text = escape(text);
        self.add(&format!("<w:r>{how}<w:t xml:space=\"preserve\">{text}</w:t></w:r>"));
    }

    fn picture(&mut self, drawing: &Drawing) {
        let Drawing { file, size: (x, y), alt } = drawing;
        let alt = escape(alt);
        self.add(&format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{x}\" cy=\"{y}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>\
             <wp:docPr id=\"{file}\" name=\"Picture {file}\" descr=\"{alt}\"/>\
             <wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>\
             </wp:cNvGraphicFramePr><a:graphic><a:graphicData \
             uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
             <pic:nvPicPr><pic:cNvPr id=\"{file}\" name=\"figure{file}.png\"/><pic:cNvPicPr/>\
             </pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdP{file}\"/><a:stretch><a:fillRect/>\
             </a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
             <a:ext cx=\"{x}\" cy=\"{y}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
             </a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>\
             </w:drawing></w:r>"
        ));
    }

    fn grid(&mut self, grid: &Grid) {
        let full: i64 = grid.widths.iter().sum();
        self.add(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"FupanTable\"/><w:tblW w:w=\"{full}\" \
             w:type=\"dxa\"/><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblCellMar><w:top w:w=\"{CELL_TOP}\" w:type=\"dxa\"/>\
             <w:left w:w=\"{CELL_SIDE}\" w:type=\"dxa\"/><w:bottom w:w=\"{CELL_TOP}\" \
             w:type=\"dxa\"/><w:right w:w=\"{CELL_SIDE}\" w:type=\"dxa\"/></w:tblCellMar>\
             <w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
             w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
             <w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>",
            escape(&grid.title)
        ));
        for width in &grid.widths {
            self.add(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.add("</w:tblGrid>");
        for row in &grid.rows {
            self.row(row, grid);
        }
        self.add("</w:tbl>");
    }

    fn row(&mut self, row: &GridRow, grid: &Grid) {
        self.add("<w:tr>");
        if row.head || !row.splits {
            let head = if row.head { "<w:tblHeader/>" } else { "" };
            self.add(&format!("<w:trPr><w:cantSplit/>{head}</w:trPr>"));
        }
        let span = match row.style {
            RowStyle::Plain => String::new(),
            RowStyle::Group | RowStyle::Quiet => {
                format!("<w:gridSpan w:val=\"{}\"/>", grid.widths.len())
            }
        };
        for (cell, width) in grid.widths(row) {
            let fill = match row.style {
                _ if row.head => Some("EEF2F7"),
                RowStyle::Group => Some("EEF2F7"),
                RowStyle::Quiet => Some("FBFCFD"),
                RowStyle::Plain => colours(cell.tone).map(|c| c.1),
            };
            let shade = fill.map_or_else(String::new, |fill| {
                format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>")
            });
            let align = if row.head { "<w:vAlign w:val=\"center\"/>" } else { "" };
            self.add(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{shade}{align}</w:tcPr>"
            ));
            for para in &cell.paras {
                self.para(para);
            }
            self.add("</w:tc>");
        }
        self.add("</w:tr>");
    }

    /// The properties of a section.
    pub(super) fn section(&mut self, section: Section) {
        let page = &self.face.page;
        let edge = page.edge;
        let (w, h, orient) = if section.across {
            (page.long, page.short, " w:orient=\"landscape\"")
        } else {
            (page.short, page.long, "")
        };
        let (top, bottom, left, right) = if section.across {
            (page.across_top, page.across_bottom, page.across_side, page.across_side)
        } else {
            (page.top, page.bottom, page.left, page.right)
        };
        let first = if section.first { "<w:titlePg/>" } else { "" };
        self.add(&format!(
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHead\"/>\
             <w:footerReference w:type=\"default\" r:id=\"rIdFoot\"/><w:type w:val=\"nextPage\"/>\
             <w:pgSz w:w=\"{w}\" w:h=\"{h}\"{orient}/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" \
             w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"{edge}\" w:footer=\"{edge}\" \
             w:gutter=\"0\"/><w:cols w:space=\"425\"/>{first}\
             <w:docGrid w:type=\"lines\" w:linePitch=\"312\"/></w:sectPr>"
        ));
    }
}

/// A field with what it shows now.
pub(super) fn field(instruction: &str, now: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText \
         xml:space=\"preserve\"> {instruction} </w:instrText></w:r><w:r><w:fldChar \
         w:fldCharType=\"separate\"/></w:r><w:r><w:t>{now}</w:t></w:r><w:r><w:fldChar \
         w:fldCharType=\"end\"/></w:r>"
    )
}

/// Whether a run holds a word that cannot be broken and fills most of a line, such as a digest.
fn has_long_word(run: &Run) -> bool {
    let (Run::Text(text, _) | Run::Link { text, .. }) = run else { return false };
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.len() >= 40)
}
