//! What a sentence's cites print, and where each leads.

use super::words::{Words, fill};
use fupan_model::{Block, Cite, Cites, Document, Inline, Locator, Row};
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

/// A place in a mark: its words, the signs that must not part from them, and the anchor of the
/// row it leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// What stands before it on the same line: the opening bracket, for the first.
    pub(super) before: String,
    pub(super) text: String,
    /// What stands behind it on the same line: a comma, or the closing bracket for the last.
    pub(super) after: String,
    pub(super) to: Option<String>,
}

/// Where in a row the mark of each set of cites is printed: at the last sentence that rests on it,
/// so that what the same places say in several cells is marked once. Cell, paragraph, piece.
pub(super) fn printed(row: &Row) -> BTreeMap<&Cites, (usize, usize, usize)> {
    let mut out = BTreeMap::new();
    for (c, cell) in row.cells.iter().enumerate() {
        for (p, paragraph) in cell.paragraphs.iter().enumerate() {
            for (i, inline) in paragraph.iter().enumerate() {
                if let Inline::Sentence(sentence) = inline {
                    out.insert(sentence.cites(), (c, p, i));
                }
            }
        }
    }
    out
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
    /// runs of rows and pages drawn together. At least one piece.
    pub(super) fn of(&self, cites: &Cites) -> Vec<Piece> {
        let mark = &self.words.mark;
        let mut groups: BTreeMap<(usize, &str), Vec<&Cite>> = BTreeMap::new();
        for cite in cites.iter() {
            let id = cite.evidence.as_str();
            let at = self.order.get(id).map_or(usize::MAX, |(at, _)| *at);
            groups.entry((at, id)).or_default().push(cite);
        }
        let mut out: Vec<Piece> = Vec::new();
        for ((_, id), group) in &groups {
            if let Some(last) = out.last_mut() {
                last.after.push_str(&mark.between);
            }
            let name = self.order.get(id).map_or(*id, |(_, text)| *text);
            self.group(name, group, &mut out);
        }
        if let Some(first) = out.first_mut() {
            first.before.push_str(&mark.open);
        }
        if let Some(last) = out.last_mut() {
            last.after.push_str(&mark.close);
        }
        out
    }

    /// The cites of one piece of evidence.
    fn group(&self, name: &str, group: &[&Cite], out: &mut Vec<Piece>) {
        let mark = &self.words.mark;
        let mut before = name.to_owned();
        let mut sheet_before = None;
        let mut rest = group.iter().peekable();
        while let Some(first) = rest.next() {
            let mut last = *first;
            while let Some(next) = rest.next_if(|next| follows(last, next)) {
                last = *next;
            }
            let locator = self.locator(first, last, sheet_before);
            sheet_before = sheet(first);
            let joint = if locator.is_empty() || before.is_empty() { "" } else { &mark.of };
            let text = format!("{before}{joint}{locator}");
            let after = if rest.peek().is_some() { mark.and.clone() } else { String::new() };
            out.push(Piece { before: String::new(), text, after, to: self.target(first) });
            before.clear();
        }
    }

    /// Words of the places from `first` to `last`; a sheet that was just named is not named again.
    fn locator(&self, first: &Cite, last: &Cite, named: Option<&str>) -> String {
        let mark = &self.words.mark;
        let run = |one: &str, many: &str, a: u64, b: u64| {
            if a == b { fill(one, a) } else { fill(many, a).replace("{to}", &b.to_string()) }
        };
        match (&first.locator, &last.locator) {
            (Locator::Row(a), Locator::Row(b)) => run(&mark.row, &mark.rows, *a, *b),
            (Locator::Page(a), Locator::Page(b)) => run(&mark.page, &mark.pages, *a, *b),
            (Locator::SheetRow { sheet, row: a }, Locator::SheetRow { row: b, .. }) => {
                let rows = run(&mark.row, &mark.rows, *a, *b);
                if named == Some(sheet) {
                    return rows;
                }
                mark.sheet.replace("{sheet}", sheet).replace("{rows}", &rows)
            }
            (Locator::Row(a), _) => fill(&mark.row, a),
            (Locator::Page(a), _) => fill(&mark.page, a),
            (Locator::Whole, _) => String::new(),
            (Locator::Record(record), _) => fill(&mark.record, record),
            (Locator::SheetRow { sheet, row }, _) => {
                mark.sheet.replace("{sheet}", sheet).replace("{rows}", &fill(&mark.row, row))
            }
            (Locator::Second(second), _) => fill(&mark.second, second),
            (Locator::Part(part), _) => self.part(part),
        }
    }

    /// Words of a part of the case document: its name in the language of the report, and which
    /// of several it is. A part nobody named prints as it is.
    fn part(&self, part: &str) -> String {
        let (head, which) = part.split_once('/').map_or((part, None), |(a, b)| (a, Some(b)));
        let Some(name) = self.words.part.get(head) else { return part.to_owned() };
        let Some(which) = which else { return name.clone() };
        let which = self.order.get(which).map_or(which, |(_, text)| *text);
        self.words.mark.part.replace("{part}", name).replace("{which}", which)
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
        (Locator::SheetRow { sheet: a, row: m }, Locator::SheetRow { sheet: b, row: n }) => {
            a == b && m.checked_add(1) == Some(*n)
        }
        _ => false,
    }
}

/// The sheet of a cite, if it names one.
fn sheet(cite: &Cite) -> Option<&str> {
    match &cite.locator {
        Locator::SheetRow { sheet, .. } => Some(sheet),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn text(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| format!("{}{}{}", p.before, p.text, p.after)).collect()
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
        assert_eq!(pieces.first().and_then(|p| p.to.as_deref()), Some("E3"));
    }

    #[test]
    fn a_cite_prefers_the_row_of_its_place_and_leads_nowhere_without_one() {
        let document = sample::small("en");
        let words = Words::of("en");
        let marks = Marks::new(&document, &words);
        let exact = marks.of(&Cites::one(sample::cite("E3", Locator::Record("r07".into()))));
        assert_eq!(exact.first().and_then(|p| p.to.as_deref()), Some("E3/record/r07"));
        let nowhere = marks.of(&Cites::one(sample::cite("E77", Locator::Whole)));
        assert_eq!(text(&nowhere), " [E77]");
        assert_eq!(nowhere.first().and_then(|p| p.to.clone()), None);
    }

    #[test]
    fn rows_of_a_sheet_run_together_and_parts_of_the_case_have_words() {
        let document = sample::small("zh");
        let (zh, en) = (Words::of("zh"), Words::of("en"));
        let row = |row| Locator::SheetRow { sheet: "演练台账".into(), row };
        let cites: Vec<Cite> =
            [2, 3, 4, 7].map(|n| sample::cite("E3", row(n))).into_iter().collect();
        let cites = Cites::of(cites).expect("not empty");
        assert_eq!(text(&Marks::new(&document, &zh).of(&cites)), "〔证3·演练台账·行2–4、行7〕");
        let part = |part: &str| Cites::one(sample::cite(Cite::CASE, Locator::Part(part.into())));
        let say = |words: &Words, name| text(&Marks::new(&document, words).of(&part(name)));
        assert_eq!(say(&zh, "register"), "〔case·登记〕");
        assert_eq!(say(&zh, "requests/RQ2"), "〔case·调取 RQ2〕");
        assert_eq!(say(&zh, "imports/E3"), "〔case·导入 证3〕");
        assert_eq!(say(&en, "interviews/I1"), " [case interview I1]");
        assert_eq!(say(&zh, "moon/1"), "〔case·moon/1〕");
    }

    #[test]
    fn what_several_cells_rest_on_is_marked_in_the_last_of_them() {
        let cell = |row| {
            let cites = Cites::one(sample::cite("E3", Locator::Row(row)));
            let said = Inline::Sentence(fupan_model::Sentence::new("…", cites));
            fupan_model::Cell { paragraphs: vec![vec![said]], ..fupan_model::Cell::default() }
        };
        let row = Row { cells: vec![cell(1), cell(2), cell(1)], ..Row::default() };
        let places: Vec<(usize, usize, usize)> = printed(&row).into_values().collect();
        assert_eq!(places, [(2, 0, 0), (1, 0, 0)]);
    }
}
