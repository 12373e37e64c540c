//! What a sentence's cites print, and where each leads.

use super::words::{Words, fill};
use fupan_model::{Block, Cite, Cites, Document, Locator};
use std::collections::{BTreeMap, BTreeSet};

/// The name of a place that a cite leads to (引证锚点), for [`fupan_model::Row::anchor`]:
/// `E3/row/7`, `E3/page/2`, `E3/second/61`, `E3/record/r07`, `E3/sheet/Calls/7`,
/// `case/part/register`; the evidence's id alone for [`Locator::Whole`]. A cite links to the row
/// with this anchor if there is one, else to the row whose anchor is the evidence's id.
pub fn place(cite: &Cite) -> String {
    let id = cite.evidence.as_str();
    match &cite.locator {
        Locator::Whole => id.to_owned(),
        Locator::Record(record) => format!("{id}/record/{record}"),
        Locator::Row(row) => format!("{id}/row/{row}"),
        Locator::SheetRow { sheet, row } => format!("{id}/sheet/{sheet}/{row}"),
        Locator::Page(page) => format!("{id}/page/{page}"),
        Locator::Second(second) => format!("{id}/second/{second}"),
        Locator::Part(part) => format!("{id}/part/{part}"),
    }
}

/// A piece of a mark: words, and the anchor of the row they lead to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) to: Option<String>,
}

/// How the cites of one document print.
pub(super) struct Marks<'a> {
    words: &'a Words,
    order: BTreeMap<&'a str, (usize, &'a str)>,
    rows: BTreeSet<&'a str>,
}

impl<'a> Marks<'a> {
    /// Reads the marks and the anchors of a document.
    pub(super) fn new(document: &'a Document, words: &'a Words) -> Self {
        let mut order = BTreeMap::new();
        for (at, mark) in document.marks.iter().enumerate() {
            order.entry(mark.evidence.as_str()).or_insert((at, mark.text.as_str()));
        }
        let blocks = document.chapters.iter().flat_map(|chapter| &chapter.blocks);
        let tables = blocks.filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Heading(_) | Block::Paragraph(_) | Block::List(_) | Block::Figure(_) => None,
        });
        let rows = tables.flat_map(|table| &table.rows).filter_map(|row| row.anchor.as_deref());
        Self { words, order, rows: rows.collect() }
    }

    /// The mark of some cites, its brackets included; evidence in the order of the register,
    /// runs of rows and pages drawn together.
    pub(super) fn of(&self, cites: &Cites) -> Vec<Piece> {
        let mark = &self.words.mark;
        let mut groups: BTreeMap<(usize, &str), Vec<&Cite>> = BTreeMap::new();
        for cite in cites.iter() {
            let id = cite.evidence.as_str();
            let at = self.order.get(id).map_or(usize::MAX, |(at, _)| *at);
            groups.entry((at, id)).or_default().push(cite);
        }
        let mut out = vec![plain(&mark.open)];
        for (n, ((_, id), group)) in groups.iter().enumerate() {
            if n > 0 {
                out.push(plain(&mark.between));
            }
            let name = self.order.get(id).map_or(*id, |(_, text)| *text);
            self.group(name, group, &mut out);
        }
        out.push(plain(&mark.close));
        out
    }

    /// The cites of one piece of evidence.
    fn group(&self, name: &str, group: &[&Cite], out: &mut Vec<Piece>) {
        let mark = &self.words.mark;
        let mut before = name.to_owned();
        let mut rest = group.iter().peekable();
        while let Some(first) = rest.next() {
            let mut last = *first;
            while let Some(next) = rest.next_if(|next| follows(last, next)) {
                last = *next;
            }
            let locator = self.locator(first, last);
            let joint = if locator.is_empty() || before.is_empty() { "" } else { &mark.of };
            out.push(Piece { text: format!("{before}{joint}{locator}"), to: self.target(first) });
            before.clear();
            if rest.peek().is_some() {
                out.push(plain(&mark.and));
            }
        }
    }

    /// Words of the places from `first` to `last`.
    fn locator(&self, first: &Cite, last: &Cite) -> String {
        let mark = &self.words.mark;
        let run = |one: &str, many: &str, a: u64, b: u64| {
            if a == b { fill(one, a) } else { fill(many, a).replace("{to}", &b.to_string()) }
        };
        match (&first.locator, &last.locator) {
            (Locator::Row(a), Locator::Row(b)) => run(&mark.row, &mark.rows, *a, *b),
            (Locator::Page(a), Locator::Page(b)) => run(&mark.page, &mark.pages, *a, *b),
            (Locator::Row(a), _) => fill(&mark.row, a),
            (Locator::Page(a), _) => fill(&mark.page, a),
            (Locator::Whole, _) => String::new(),
            (Locator::Record(record), _) => fill(&mark.record, record),
            (Locator::SheetRow { sheet, row }, _) => {
                fill(&mark.sheet_row, row).replace("{sheet}", sheet)
            }
            (Locator::Second(second), _) => fill(&mark.second, second),
            (Locator::Part(part), _) => fill(&mark.part, part),
        }
    }

    /// The row a cite leads to, if the document holds one.
    fn target(&self, cite: &Cite) -> Option<String> {
        [place(cite), cite.evidence.as_str().to_owned()]
            .into_iter()
            .find(|name| self.rows.contains(name.as_str()))
    }
}

/// Whether one cite's place comes right after another's.
fn follows(last: &Cite, next: &Cite) -> bool {
    match (&last.locator, &next.locator) {
        (Locator::Row(a), Locator::Row(b)) | (Locator::Page(a), Locator::Page(b)) => {
            a.checked_add(1) == Some(*b)
        }
        _ => false,
    }
}

/// Words that lead nowhere.
fn plain(text: &str) -> Piece {
    Piece { text: text.to_owned(), to: None }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn text(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn runs_of_rows_are_drawn_together_in_the_order_of_the_register() {
        let document = sample::small("zh");
        let words = Words::of("zh");
        let marks = Marks::new(&document, &words);
        let cites = Cites::of([
            sample::cite("E9", Locator::Page(2)),
            sample::cite("E3", Locator::Row(7)),
            sample::cite("E3", Locator::Row(9)),
            sample::cite("E3", Locator::Row(8)),
            sample::cite("E3", Locator::Row(20)),
        ])
        .expect("not empty");
        let pieces = marks.of(&cites);
        assert_eq!(text(&pieces), "〔证3·行7–9、行20；证9·页2〕");
        assert_eq!(pieces.get(1).and_then(|p| p.to.as_deref()), Some("E3"));
    }

    #[test]
    fn a_cite_prefers_the_row_of_its_place_and_leads_nowhere_without_one() {
        let document = sample::small("en");
        let words = Words::of("en");
        let marks = Marks::new(&document, &words);
        let exact = marks.of(&Cites::one(sample::cite("E3", Locator::Record("r07".into()))));
        assert_eq!(exact.get(1).and_then(|p| p.to.as_deref()), Some("E3/record/r07"));
        let nowhere = marks.of(&Cites::one(sample::cite("E77", Locator::Whole)));
        assert_eq!(text(&nowhere), " [E77]");
        assert_eq!(nowhere.get(1).and_then(|p| p.to.clone()), None);
    }
}
