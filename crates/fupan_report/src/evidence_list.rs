//! The list of fixed electronic evidence (电子数据提取固定清单, 法发〔2016〕22号 art. 14) as a paper that is
//! printed and signed. What is not known stays empty for the pen; nothing is filled in for anybody.

use crate::compose::ComposeError;
use crate::layout::{cell, cells, empty, row, texts};
use crate::wording::Wording;
use fupan_model::{
    Block, BookText, Chapter, Cite, Cites, Column, Connective, Digest, Document, EvidenceId,
    Inline, Locator, Row, Sentence, Table,
};
use fupan_standard::Book;

/// Empty lines of the table that is signed.
const LINES: usize = 4;

/// Evidence list (提取固定清单): what the paper says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceList {
    /// The case's id.
    pub case: String,
    /// Its title: the cause.
    pub title: String,
    /// Digest of the case file.
    pub digest: String,
    /// How many pieces it lists.
    pub count: usize,
    /// Where this paper is one of several, which.
    pub volume: Option<ListVolume>,
    /// The evidence of this paper, in order.
    pub rows: Vec<ListedEvidence>,
}

/// List volume (清单分册): one of the papers of a list that is too long for one. Each is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListVolume {
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// Number of its first piece in the list, from 1.
    pub first: usize,
}

/// Listed evidence (清单所列证据): one row. Empty texts are not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedEvidence {
    /// Its number in the case.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its kind, a row of the book.
    pub kind: String,
    /// Name of the file.
    pub name: String,
    /// Format of the file.
    pub format: String,
    /// Its bytes.
    pub size: u64,
    /// SHA-256, 64 digits.
    pub sha256: String,
    /// SM3, 64 digits.
    pub sm3: String,
    /// When, where and how it was collected.
    pub captured: String,
    /// Where.
    pub place: String,
    /// How.
    pub method: String,
    /// Who collected it.
    pub collectors: Vec<String>,
    /// Who witnessed.
    pub witnesses: Vec<String>,
    /// Who held it or handed it over.
    pub holder: String,
    /// Remarks.
    pub remarks: String,
}

/// Composes the list in `lang` (`zh` or `en`).
///
/// # Errors
/// As [`crate::compose`].
pub fn compose_evidence_list(
    list: &EvidenceList,
    book: &Book,
    lang: &str,
) -> Result<Document, ComposeError> {
    let hand = Hand { list, book, wording: Wording::new(&book.phrases, lang)? };
    let case = hand.case();
    let about = [("title", list.title.clone()), ("id", list.case.clone())];
    let count = [("count", list.count.to_string())];
    let rule = hand.wording.word("evidence-list-rule")?;
    let rule = BookText { text: rule, row: book.edition.id.as_str().into() };
    let rows: Result<Vec<Row>, ComposeError> = (list.volume.map_or(1, |volume| volume.first)..)
        .zip(&list.rows)
        .map(|(number, one)| hand.row(number, one))
        .collect();
    let table = hand.table("table-evidence-list", &COLUMNS, rows?)?;
    let words = Block::Paragraph(vec![Inline::Link(hand.link("evidence-list-signing-words")?)]);
    let chapter = |anchor: &str, title: &str, blocks| -> Result<Chapter, ComposeError> {
        Ok(Chapter { anchor: anchor.to_owned(), title: hand.link(title)?, blocks })
    };
    let mut cover = vec![
        vec![said(hand.wording.fill("evidence-list-about", &about)?, &case)],
        vec![said(hand.wording.fill("evidence-list-count", &count)?, &case)],
    ];
    if let Some(volume) = &list.volume {
        let last = volume.first + list.rows.len().saturating_sub(1);
        let values = [
            ("volumes", volume.of.to_string()),
            ("volume", volume.number.to_string()),
            ("first", volume.first.to_string()),
            ("last", last.to_string()),
        ];
        cover.push(vec![said(hand.wording.fill("evidence-list-volume", &values)?, &case)]);
    }
    cover.push(vec![Inline::Book(rule)]);
    Ok(Document {
        lang: hand.wording.lang().code().to_owned(),
        title: hand.link("evidence-list-title")?,
        cover,
        contents_title: None,
        across: true,
        figure_word: hand.link("figure-word")?,
        table_word: hand.link("table-word")?,
        chapters: vec![
            chapter("list", "evidence-list-chapter", vec![table])?,
            chapter("signing", "evidence-list-signing", vec![words, hand.signatures()?])?,
        ],
        marks: Vec::new(),
    })
}

const COLUMNS: [(&str, u32); 7] = [
    ("column-number", 2),
    ("column-listed-evidence", 4),
    ("column-listed-file", 5),
    ("column-listed-values", 11),
    ("column-listed-course", 5),
    ("column-listed-people", 5),
    ("column-listed-remarks", 6),
];

fn said(text: impl Into<String>, cites: &Cites) -> Inline {
    Inline::Sentence(Sentence::new(text, cites.clone()))
}

struct Hand<'a> {
    list: &'a EvidenceList,
    book: &'a Book,
    wording: Wording<'a>,
}

impl Hand<'_> {
    fn case(&self) -> Cites {
        let digest = Digest::new(self.list.digest.clone());
        let locator = Locator::Part("register".to_owned());
        Cites::one(Cite { evidence: Cite::CASE.into(), digest, locator })
    }

    fn link(&self, id: &str) -> Result<Connective, ComposeError> {
        let text = self.wording.word(id)?;
        Connective::new(text.clone()).ok_or(ComposeError::Digit { id: id.to_owned(), text })
    }

    fn row(&self, number: usize, one: &ListedEvidence) -> Result<Row, ComposeError> {
        let cites = Cites::one(Cite {
            evidence: EvidenceId::new(one.number.clone()),
            digest: Digest::new(one.sha256.clone()),
            locator: Locator::Whole,
        });
        let fill = |id: &str, values: &[(&str, String)]| -> Result<Inline, ComposeError> {
            Ok(said(self.wording.fill(id, values)?, &cites))
        };
        let known = |pairs: &[(&str, &str)]| -> Result<Vec<Inline>, ComposeError> {
            let known = pairs.iter().filter(|(_, value)| !value.is_empty());
            known.map(|(id, value)| fill(id, &[("value", (*value).to_owned())])).collect()
        };
        let value = |algorithm: &str, value: &str| {
            fill("listed-value", &[("algorithm", algorithm.into()), ("value", value.into())])
        };
        let named = [("number", one.number.clone()), ("title", one.title.clone())];
        let file = [
            ("name", one.name.clone()),
            ("format", one.format.clone()),
            ("size", one.size.to_string()),
        ];
        let (collectors, witnesses) =
            (self.wording.list(&one.collectors)?, self.wording.list(&one.witnesses)?);
        Ok(row(vec![
            cell(said(number.to_string(), &cites)),
            cells(vec![fill("listed-named", &named)?, self.kind(&one.kind)]),
            cell(fill("listed-file", &file)?),
            cells(vec![value("SHA-256", &one.sha256)?, value("SM3", &one.sm3)?]),
            cells(known(&[
                ("listed-time", &one.captured),
                ("listed-place", &one.place),
                ("listed-method", &one.method),
            ])?),
            cells(known(&[
                ("listed-collectors", &collectors),
                ("listed-witnesses", &witnesses),
                ("listed-holder", &one.holder),
            ])?),
            if one.remarks.is_empty() { empty() } else { cell(said(&one.remarks, &cites)) },
        ]))
    }

    fn kind(&self, id: &str) -> Inline {
        let title = self.book.row(id).map(|row| match self.wording.lang().code() {
            "zh" => row.title.zh.clone(),
            _ => row.title.en.clone(),
        });
        Inline::Book(BookText { text: title.unwrap_or_else(|| id.to_owned()), row: id.into() })
    }

    fn signatures(&self) -> Result<Block, ComposeError> {
        let blank = || -> Result<Vec<Vec<Inline>>, ComposeError> {
            let line = || Ok(vec![Inline::Link(self.link("blank-line")?)]);
            std::iter::repeat_with(line).take(LINES).collect()
        };
        let columns = [
            ("column-signed-collector", 4),
            ("column-signed-holder", 4),
            ("column-signed-witness", 4),
            ("column-signed-on", 3),
        ];
        let cells = vec![texts(blank()?), empty(), empty(), empty()];
        self.table("table-signatures", &columns, vec![row(cells)])
    }

    fn table(
        &self,
        caption: &str,
        columns: &[(&str, u32)],
        rows: Vec<Row>,
    ) -> Result<Block, ComposeError> {
        let column = |(title, share): &(&str, u32)| -> Result<Column, ComposeError> {
            Ok(Column { title: self.link(title)?, share: *share })
        };
        let columns: Result<Vec<Column>, ComposeError> = columns.iter().map(column).collect();
        Ok(Block::Table(Table { caption: self.link(caption)?, columns: columns?, rows }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render;

    #[test]
    fn the_paper_says_what_is_known_and_leaves_room_for_the_rest() {
        let book = Book::shipped().unwrap();
        let one = ListedEvidence {
            number: "E1".to_owned(),
            title: "浓度记录".to_owned(),
            kind: book.evidence_kinds[0].id.clone(),
            sha256: "ab".repeat(32),
            sm3: "cd".repeat(32),
            collectors: vec!["张某".to_owned(), "李某".to_owned()],
            ..ListedEvidence::default()
        };
        let list = EvidenceList {
            title: "泄漏".to_owned(),
            count: 1,
            rows: vec![one],
            ..Default::default()
        };
        for lang in ["zh", "en"] {
            let document = compose_evidence_list(&list, &book, lang).unwrap();
            let page = render::html(&document);
            for said in ["浓度记录", &"ab".repeat(32), &"cd".repeat(32), "张某", "李某"] {
                assert!(page.contains(said), "{said}");
            }
            assert!(!render::docx(&document).unwrap().is_empty());
        }
    }

    #[test]
    fn a_volume_says_which_it_is_and_goes_on_counting() {
        let book = Book::shipped().unwrap();
        let rows = vec![ListedEvidence::default(), ListedEvidence::default()];
        let volume = Some(ListVolume { number: 3, of: 5, first: 1001 });
        let list = EvidenceList { count: 2402, volume, rows, ..Default::default() };
        let page = render::html(&compose_evidence_list(&list, &book, "zh").unwrap());
        for said in ["2402", "清单分 5 册，本册为第 3 册：第 1001 件至第 1002 件。", ">1002<"]
        {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains(">1003<"));
    }
}
