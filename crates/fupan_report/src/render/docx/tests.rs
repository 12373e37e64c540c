//! The file: order of the schema, links, page numbers, sameness.

use super::docx;
use crate::render::sample;
use fupan_model::{
    Block, Cell, Connective, Decimal, Document, Gauge, Inline, Row, RowStyle, Sentence, Tone,
};
use resvg::usvg::roxmltree;
use std::io::{Cursor, Read as _};

/// The text of one part.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

/// The order ECMA-376 gives the children that we write.
const ORDER: [(&str, &[&str]); 9] = [
    (
        "pPr",
        &[
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "widowControl",
            "numPr",
            "pBdr",
            "shd",
            "tabs",
            "overflowPunct",
            "autoSpaceDE",
            "autoSpaceDN",
            "snapToGrid",
            "spacing",
            "ind",
            "jc",
            "outlineLvl",
            "rPr",
            "sectPr",
        ],
    ),
    ("rPr", &["rStyle", "rFonts", "b", "bCs", "color", "sz", "szCs", "lang"]),
    (
        "tblPr",
        &[
            "tblStyle",
            "tblW",
            "jc",
            "tblInd",
            "tblBorders",
            "shd",
            "tblLayout",
            "tblCellMar",
            "tblLook",
            "tblCaption",
        ],
    ),
    ("tcPr", &["tcW", "gridSpan", "tcBorders", "shd", "vAlign"]),
    (
        "sectPr",
        &[
            "headerReference",
            "footerReference",
            "type",
            "pgSz",
            "pgMar",
            "cols",
            "titlePg",
            "docGrid",
        ],
    ),
    ("style", &["name", "basedOn", "uiPriority", "semiHidden", "qFormat", "pPr", "rPr", "tblPr"]),
    ("tbl", &["tblPr", "tblGrid", "tr"]),
    ("tr", &["trPr", "tc"]),
    ("lvl", &["start", "numFmt", "pStyle", "lvlText", "lvlJc", "pPr", "rPr"]),
];

#[test]
fn children_stand_in_the_order_of_the_schema() {
    let bytes = docx(&sample::report("zh")).expect("written");
    for name in ["document", "styles", "numbering", "header1", "footer1", "settings"] {
        let text = part(&bytes, &format!("word/{name}.xml"));
        let tree = roxmltree::Document::parse(&text).expect(name);
        for node in tree.descendants().filter(roxmltree::Node::is_element) {
            let Some((_, order)) = ORDER.iter().find(|(n, _)| *n == node.tag_name().name()) else {
                continue;
            };
            let places: Vec<usize> = node
                .children()
                .filter(roxmltree::Node::is_element)
                .map(|child| {
                    let own = child.tag_name().name();
                    order.iter().position(|n| *n == own).unwrap_or_else(|| panic!("{own}"))
                })
                .collect();
            assert!(places.is_sorted(), "{name}: {:?} of {:?}", places, node.tag_name());
        }
    }
}

#[test]
fn every_link_leads_to_a_bookmark_that_is_there_once() {
    let bytes = docx(&sample::report("zh")).expect("written");
    let text = part(&bytes, "word/document.xml");
    let tree = roxmltree::Document::parse(&text).expect("xml");
    let named = |tag: &str, key: &str| -> Vec<String> {
        let nodes = tree.descendants().filter(|n| n.tag_name().name() == tag);
        let own = |n: roxmltree::Node<'_, '_>| {
            n.attributes().find(|a| a.name() == key).map(|a| a.value().to_owned())
        };
        nodes.filter_map(own).collect()
    };
    let mut marks = named("bookmarkStart", "name");
    let count = marks.len();
    marks.sort();
    marks.dedup();
    assert_eq!(marks.len(), count);
    let links = named("hyperlink", "anchor");
    assert!(links.len() > 50);
    for link in links {
        assert!(marks.contains(&link), "{link} leads nowhere");
    }
    let mut ids = named("bookmarkStart", "id");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn tables_are_fixed_with_real_widths_and_heads_that_repeat() {
    let text = part(&docx(&sample::report("en")).expect("written"), "word/document.xml");
    let tables = text.matches("<w:tbl>").count();
    assert!(tables > 3);
    assert_eq!(text.matches("<w:tblLayout w:type=\"fixed\"/>").count(), tables);
    assert_eq!(text.matches("<w:tblHeader/>").count(), tables);
    let tree = roxmltree::Document::parse(&text).expect("xml");
    for grid in tree.descendants().filter(|n| n.tag_name().name() == "tblGrid") {
        let width = |n: roxmltree::Node<'_, '_>| -> i64 {
            n.attributes().next().and_then(|a| a.value().parse().ok()).unwrap_or(0)
        };
        let total: i64 = grid.children().map(width).sum();
        assert_eq!(total, 11906 - 2 * 1418);
    }
}

#[test]
fn contents_name_a_page_for_every_heading_and_pages_only_grow() {
    let text = part(&docx(&sample::report("zh")).expect("written"), "word/document.xml");
    let pages: Vec<u32> = text
        .split("PAGEREF ")
        .skip(1)
        .filter_map(|rest| rest.split("<w:t>").nth(1)?.split('<').next()?.parse().ok())
        .collect();
    assert_eq!(pages.len(), text.matches("w:name=\"_Toc").count());
    assert!(
        pages.is_sorted() && pages.first() == Some(&3) && pages.last() > Some(&10),
        "{pages:?}"
    );
    assert!(text.contains("w:dirty=\"true\""));
}

#[test]
fn a_figure_lies_across_with_words_for_those_who_cannot_see_it() {
    let bytes = docx(&sample::report("zh")).expect("written");
    let text = part(&bytes, "word/document.xml");
    assert!(text.contains("w:orient=\"landscape\"") && text.contains("descr=\"图示四十个事件\""));
    let tree = roxmltree::Document::parse(&text).expect("xml");
    let sections = tree.descendants().filter(|n| n.tag_name().name() == "sectPr").count();
    assert_eq!(sections, 3);
    assert_eq!(text.matches("<w:titlePg/>").count(), 1);
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
    assert!(zip.by_name("word/media/figure1.png").is_ok());
}

#[test]
fn a_paper_that_lies_across_is_one_section_whose_tables_fill_its_width() {
    let document = Document { across: true, contents_title: None, ..sample::report("zh") };
    let text = part(&docx(&document).expect("written"), "word/document.xml");
    assert_eq!(text.matches("<w:sectPr>").count(), 1);
    assert_eq!(text.matches("w:orient=\"landscape\"").count(), 1);
    let upright = docx(&Document { across: false, ..document }).expect("written");
    let width = |text: &str| -> i64 {
        let (_, rest) = text.split_once("<w:tblW w:w=\"").expect("a table");
        rest.split_once('"').and_then(|(width, _)| width.parse().ok()).expect("its width")
    };
    let beside = width(&part(&upright, "word/document.xml"));
    assert!(width(&text) > beside * 5 / 4, "{} and {beside}", width(&text));
}

#[test]
fn no_sheet_between_two_figures_is_empty() {
    let mut report = sample::report("zh");
    let is_figure = |block: &Block| matches!(block, Block::Figure(_));
    let chapter = report.chapters.iter_mut().find(|one| one.blocks.iter().any(is_figure));
    let blocks = &mut chapter.expect("a chapter with a figure").blocks;
    let at = blocks.iter().position(is_figure).expect("a figure");
    let title = Block::Heading(Connective::new("曲线").expect("words"));
    let second = blocks[at].clone();
    blocks.splice(at + 1..at + 1, [title, second]);
    let bytes = docx(&report).expect("written");
    let text = part(&bytes, "word/document.xml");
    let tree = roxmltree::Document::parse(&text).expect("xml");
    let has =
        |n: roxmltree::Node<'_, '_>, name| n.descendants().any(|n| n.tag_name().name() == name);
    let empty = tree
        .descendants()
        .filter(|n| n.tag_name().name() == "p" && has(*n, "sectPr") && !has(*n, "t"));
    assert_eq!(empty.count(), 0);
    assert_eq!(text.matches("<w:sectPr>").count(), 3);
}

fn with(words: &str) -> Document {
    let mut report = sample::small("zh");
    let bad = Inline::Sentence(Sentence::new(words, sample::cites()));
    report.chapters[0].blocks.push(Block::Paragraph(vec![bad]));
    report
}

#[test]
fn hostile_words_stay_words() {
    let bytes = docx(&with("</w:t><w:bad/>&\u{b}\u{fffe}\"")).expect("written");
    let text = part(&bytes, "word/document.xml");
    assert!(roxmltree::Document::parse(&text).is_ok());
    assert!(text.contains("&lt;/w:t&gt;&lt;w:bad/&gt;&amp;\u{fffd}\u{fffd}&quot;"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let once = docx(&sample::report("zh")).expect("written");
    assert!(once == docx(&sample::report("zh")).expect("written"));
    let core = part(&once, "docProps/core.xml");
    assert!(!core.contains("created") && !core.contains("creator"));
    assert!(once != docx(&with("x")).expect("written"));
}

#[test]
fn rows_across_span_every_column_and_gauges_are_small_pictures() {
    let said = |text: &str| Inline::Sentence(Sentence::new(text, sample::cites()));
    let cell = |text: &str| Cell { paragraphs: vec![vec![said(text)]], ..Cell::default() };
    let anchors = [1, 3, 10].map(Decimal::whole);
    let two = Some(Decimal::whole(2));
    let gauge = Gauge { min: two, max: two, anchors, limit: None, tone: Tone::Bad };
    let mut report = sample::small("zh");
    let Some(Block::Table(table)) = report.chapters[0].blocks.first_mut() else { panic!() };
    table.columns.push(table.columns[0].clone());
    let head = Row { cells: vec![cell("g")], style: RowStyle::Group, ..Row::default() };
    let drawn = Cell { gauge: Some(gauge), ..cell("c") };
    table.rows = vec![head, Row { cells: vec![cell("a"), drawn], ..Row::default() }];
    let bytes = docx(&report).expect("written");
    let text = part(&bytes, "word/document.xml");
    assert_eq!(text.matches("<w:gridSpan w:val=\"2\"/>").count(), 1);
    // Once on the cover, in the head, and in the last cell of the row that rests on one place.
    assert_eq!(text.matches("〔证3·行7〕").count(), 3);
    assert!(text.contains("<w:pStyle w:val=\"FupanGauge\"/>"));
    let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
    assert!(zip.by_name("word/media/figure1.png").is_ok());
}

#[test]
fn a_paper_without_contents_begins_a_sheet_for_each_chapter() {
    let mut report = sample::small("zh");
    report.contents_title = None;
    let again = report.chapters[0].clone();
    report.chapters.push(again);
    let text = part(&docx(&report).expect("written"), "word/document.xml");
    assert!(!text.contains("TOC \\o") && !text.contains("PAGEREF"));
    assert_eq!(text.matches("<w:pageBreakBefore/>").count(), 1);
}
