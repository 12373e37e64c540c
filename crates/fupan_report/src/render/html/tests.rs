//! The page: structure, links that lead somewhere, nothing from outside.

use super::html;
use crate::render::sample;
use fupan_model::{Block, Inline, Sentence};
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
