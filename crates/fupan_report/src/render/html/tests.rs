//! The page: structure, links that lead somewhere, nothing from outside.

use super::html;
use crate::render::sample;
use fupan_model::{Block, Cell, Decimal, Document, Gauge, Inline, Row, RowStyle, Sentence, Tone};
use std::collections::BTreeSet;

/// The values of an attribute, in order.
fn values<'t>(text: &'t str, attribute: &str) -> Vec<&'t str> {
    let start = format!(" {attribute}=\"");
    text.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_leads_to_an_id_that_is_there_once() {
    for lang in ["zh", "en"] {
        let page = html(&sample::report(lang));
        let ids = values(&page, "id");
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "an id is there twice");
        let links: Vec<&str> = values(&page, "href");
        assert!(links.len() > 50);
        for link in links {
            assert!(once.contains(link.trim_start_matches('#')), "{link} leads nowhere");
        }
    }
}

#[test]
fn chapters_figures_and_tables_are_numbered_in_both_languages() {
    let zh = html(&sample::report("zh"));
    for part in ["一、基本情况", "（一）总述", "图1　", "表2　", "<html lang=\"zh-CN\">"]
    {
        assert!(zh.contains(part), "{part}");
    }
    let en = html(&sample::report("en"));
    for part in ["1  Basic facts", "3.1  In brief", "Figure 1. ", "Table 2. ", "<html lang=\"en\">"]
    {
        assert!(en.contains(part), "{part}");
    }
}

#[test]
fn a_tone_is_said_by_sign_and_words() {
    let zh = html(&sample::report("zh"));
    assert!(zh.contains("<td class=\"bad\"><p><span class=\"sign\" role=\"img\" aria-label="));
    assert!(zh.contains("注：✓ 相符或在限内；× "));
}

#[test]
fn nothing_is_fetched_and_hostile_words_stay_words() {
    let mut report = sample::small("zh");
    let bad = Sentence::new("<img src=x onerror=alert(1)>\u{2}", sample::cites());
    report.chapters[0].blocks.push(Block::Paragraph(vec![Inline::Sentence(bad)]));
    let page = html(&report);
    assert!(page.contains("&lt;img src=x") && !page.contains("<img"));
    assert!(!page.contains('\u{2}') && !page.contains("<script") && !page.contains("url(h"));
    assert!(!page.contains("https:"));
}

#[test]
fn the_same_document_gives_the_same_page() {
    assert_eq!(html(&sample::report("zh")), html(&sample::report("zh")));
}

#[test]
fn a_mark_never_parts_from_its_brackets() {
    let page = html(&sample::report("zh"));
    let whole =
        "<span class=\"cites\"><span class=\"one\">〔<a href=\"#r-E3\">证3·行7</a>〕</span></span>";
    assert!(page.contains(whole));
    assert!(page.contains("；</span><wbr><span class=\"one\">"));
    assert!(html(&sample::report("en")).contains(" <span class=\"cites\"><span class=\"one\">[<a"));
}

/// A table of a group, what it is asked, and a row whose cells rest on the same place.
fn grouped() -> Document {
    let said = |text: &str| Inline::Sentence(Sentence::new(text, sample::cites()));
    let cell = |text: &str| Cell { paragraphs: vec![vec![said(text)]], ..Cell::default() };
    let across = |text: &str, style| Row { cells: vec![cell(text)], style, ..Row::default() };
    let anchors = [1, 3, 10].map(Decimal::whole);
    let gauge = Gauge { min: None, max: None, anchors, limit: None, tone: Tone::Plain };
    let last = Cell { gauge: Some(gauge), ..cell("c") };
    let mut report = sample::small("zh");
    let Some(Block::Table(table)) = report.chapters[0].blocks.first_mut() else { panic!() };
    table.columns.push(table.columns[0].clone());
    table.rows = vec![
        across("g", RowStyle::Group),
        across("q", RowStyle::Quiet),
        Row { cells: vec![cell("a"), last], ..Row::default() },
    ];
    report
}

#[test]
fn heads_of_groups_go_across_and_what_cells_share_is_marked_once() {
    let page = html(&grouped());
    assert!(page.contains("<tr class=\"group\"><td colspan=\"2\"><p>g"));
    assert!(page.contains("<tr class=\"quiet\"><td colspan=\"2\"><p>q"));
    assert!(page.contains("<td><p>a</p></td><td><p>c<span class=\"cites\">"), "{page}");
    assert_eq!(page.matches("class=\"gauge\"").count(), 1);
}

#[test]
fn a_paper_without_contents_has_none() {
    let page = html(&Document { contents_title: None, ..grouped() });
    assert!(!page.contains("<nav") && html(&grouped()).contains("<nav"));
}
