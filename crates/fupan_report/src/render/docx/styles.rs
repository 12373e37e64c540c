//! The part of styles, its fonts named from the data file.

use super::face::Face;
use super::node::Style;
use crate::render::escape::escape;

/// Namespace of the main vocabulary.
pub(super) const W: &str =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
/// First line of every part.
pub(super) const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// `word/styles.xml`.
pub(super) fn styles(face: &Face) -> String {
    let (size, pitch) = (face.fonts.size, face.fonts.pitch);
    let fonts = fonts(face, &face.fonts.body);
    // Latin words are English even in a Chinese report: else they would be broken anywhere.
    let mut out = format!(
        "{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val=\"{size}\"/>\
         <w:szCs w:val=\"{size}\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr>\
         </w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl w:val=\"0\"/>\
         <w:overflowPunct w:val=\"0\"/><w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{pitch}\" \
         w:lineRule=\"exact\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name \
         w:val=\"Normal\"/><w:qFormat/><w:pPr><w:widowControl w:val=\"0\"/>\
         <w:overflowPunct w:val=\"0\"/><w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{pitch}\" \
         w:lineRule=\"exact\"/></w:pPr></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name \
         w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name \
         w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd \
         w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>"
    );
    for style in Style::ALL {
        out.push_str(&paragraph(style, face));
    }
    let (edge, mark) = (face.size.edge, face.size.mark);
    let rule = face.pitch.edge;
    for (id, name) in [("Header", "header"), ("Footer", "footer")] {
        let line = if id == "Header" {
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"808080\"/></w:pBdr>"
        } else {
            ""
        };
        out.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:pPr>{line}<w:spacing w:line=\"{rule}\" \
             w:lineRule=\"exact\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:sz \
             w:val=\"{edge}\"/><w:szCs w:val=\"{edge}\"/></w:rPr></w:style>"
        ));
    }
    for (id, name, mark) in
        [("FupanMark", "Fupan Mark", mark), ("FupanMarkSmall", "Fupan Mark Small", mark - 2)]
    {
        out.push_str(&format!(
            "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name \
             w:val=\"{name}\"/><w:rPr><w:color w:val=\"1D4A86\"/><w:sz w:val=\"{mark}\"/>\
             <w:szCs w:val=\"{mark}\"/></w:rPr></w:style>"
        ));
    }
    out.push_str("<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"FupanTable\"><w:name w:val=\"Fupan Table\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.push_str(&format!(
            "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"7F8894\"/>"
        ));
    }
    out.push_str("</w:tblBorders></w:tblPr></w:style></w:styles>");
    out
}

/// The fonts of a role: Latin, and Chinese.
fn fonts(face: &Face, chinese: &str) -> String {
    let (latin, chinese) = (escape(&face.fonts.latin), escape(chinese));
    format!(
        "<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{chinese}\" \
         w:cs=\"{latin}\"/>"
    )
}

/// One paragraph style.
fn paragraph(style: Style, face: &Face) -> String {
    let (id, name) = style.names();
    let (size, pitch, first, left) = face.measure(style);
    let own = if id.starts_with("Fupan") { " w:customStyle=\"1\"" } else { "" };
    let keep = match style {
        Style::Heading | Style::Subheading | Style::ContentsTitle => "<w:keepNext/>",
        _ => "",
    };
    let list = match style {
        Style::Point => "<w:numPr><w:numId w:val=\"1\"/></w:numPr>",
        _ => "",
    };
    let tabs = match style {
        Style::Entry | Style::SubEntry => format!(
            "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{}\"/></w:tabs>",
            face.text_width(false)
        ),
        _ => String::new(),
    };
    // A picture's line is as tall as the picture; every other pitch is exact.
    let spacing = if matches!(style, Style::Picture | Style::Gauge) {
        "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>".to_owned()
    } else {
        format!("<w:spacing w:line=\"{pitch}\" w:lineRule=\"exact\"/>")
    };
    let indent = match (style, first, left) {
        (Style::Point, ..) => "<w:ind w:left=\"480\" w:hanging=\"320\"/>".to_owned(),
        (_, 0, 0) => String::new(),
        (_, 0, left) => format!("<w:ind w:left=\"{left}\"/>"),
        (_, first, _) => {
            let count = face.fonts.indent * 100;
            format!("<w:ind w:firstLineChars=\"{count}\" w:firstLine=\"{first}\"/>")
        }
    };
    let align = match style {
        Style::Title
        | Style::Cover
        | Style::ContentsTitle
        | Style::Caption
        | Style::Picture
        | Style::Head => "center",
        Style::Body | Style::Point if face.fonts.lang.starts_with("zh") => "both",
        _ => "left",
    };
    let level = match style {
        Style::Heading => "<w:outlineLvl w:val=\"0\"/>",
        Style::Subheading => "<w:outlineLvl w:val=\"1\"/>",
        _ => "",
    };
    let role = match style {
        Style::Title => &face.fonts.title,
        Style::Heading | Style::ContentsTitle | Style::Caption | Style::Head => &face.fonts.heading,
        Style::Subheading => &face.fonts.subheading,
        _ => &face.fonts.body,
    };
    let heavy = matches!(
        style,
        Style::Title
            | Style::Heading
            | Style::Subheading
            | Style::ContentsTitle
            | Style::Head
            | Style::Caption
    );
    let bold = if face.fonts.bold && heavy { "<w:b/><w:bCs/>" } else { "" };
    format!(
        "<w:style w:type=\"paragraph\"{own} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
         <w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{keep}{list}{tabs}{spacing}{indent}\
         <w:jc w:val=\"{align}\"/>{level}</w:pPr><w:rPr>{}{bold}<w:sz w:val=\"{size}\"/><w:szCs \
         w:val=\"{size}\"/></w:rPr></w:style>",
        fonts(face, role)
    )
}
