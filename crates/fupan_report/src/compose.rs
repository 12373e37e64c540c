//! From an assessment to a document (成文): chapters of sentences that all lead to evidence.

use crate::chapters;
use crate::pen::{Pen, Written};
pub use crate::wording::ComposeError;
use crate::wording::Wording;
use fupan_model::{Assessment, Cite, Document, Inline, Mark};
use fupan_standard::Book;

/// Writes the report on an assessment by its book, in `lang` (`zh` or `en`).
///
/// Nothing is judged and no number is made here: values of the assessment and words of the book
/// are put together. The same assessment and book give the same document.
///
/// # Errors
/// [`ComposeError`]: a language without words, or a phrase of the book that is missing or has a
/// place without a value. Never for what the evidence says.
pub fn compose(assessment: &Assessment, book: &Book, lang: &str) -> Result<Document, ComposeError> {
    let pen = Pen::new(assessment, book, Wording::new(&book.phrases, lang)?);
    Ok(Document {
        cover: cover(&pen)?,
        contents_title: Some(pen.link("contents-title")?),
        chapters: chapters::all(&pen)?,
        ..bare(&pen)?
    })
}

/// Kept log (所据日志): the log of the vault that a case is kept in. Who has its fingerprint on paper knows a
/// forged log from the true one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLog {
    /// Its origin.
    pub origin: String,
    /// SHA-256 of its key, 64 hexadecimal digits.
    pub fingerprint: String,
}

/// The same of a case in a vault: its cover names the log and the fingerprint of the log's key.
///
/// # Errors
/// As [`compose`].
pub fn compose_kept(
    assessment: &Assessment,
    book: &Book,
    lang: &str,
    log: &KeptLog,
) -> Result<Document, ComposeError> {
    let pen = Pen::new(assessment, book, Wording::new(&book.phrases, lang)?);
    let values = [("origin", log.origin.clone()), ("fingerprint", log.fingerprint.clone())];
    let line = vec![pen.say("cover-log", &values, &pen.case("log"))?];
    let mut document = compose(assessment, book, lang)?;
    // Before the last line, which says who judges.
    document.cover.insert(document.cover.len().saturating_sub(1), line);
    Ok(document)
}

/// A document without chapters: title and marks alone, for what is rendered from the assessment.
pub(crate) fn bare(pen: &Pen<'_>) -> Written<Document> {
    Ok(Document {
        lang: pen.wording.lang().code().to_owned(),
        title: pen.link("report-title")?,
        cover: Vec::new(),
        contents_title: None,
        figure_word: pen.link("figure-word")?,
        table_word: pen.link("table-word")?,
        across: false,
        chapters: Vec::new(),
        marks: marks(pen)?,
    })
}

/// The lines below the title.
fn cover(pen: &Pen<'_>) -> Written<Vec<Vec<Inline>>> {
    let (case, edition) = (&pen.assessment.case, &pen.book.edition);
    let mut lines = vec![vec![pen.said(case.title.clone(), &pen.case("title"))]];
    if case.id != case.title {
        let id = [("id", case.id.clone())];
        lines.push(vec![pen.say("cover-case", &id, &pen.case("id"))?]);
    }
    if let Some(notice) = &case.notice {
        lines.push(vec![pen.said(notice.clone(), &pen.case("notice"))]);
    }
    let name = [("edition", edition.id.clone()), ("title", pen.words(&edition.title).to_owned())];
    lines.push(vec![pen.of_book("cover-edition", &name, &edition.id)?]);
    lines.push(vec![chapters::standing_of_book(pen)?]);
    let digest = [("digest", case.digest.as_str().to_owned())];
    lines.push(vec![pen.say("cover-case-digest", &digest, &pen.case("digest"))?]);
    let digest = [("digest", pen.assessment.book.digest.as_str().to_owned())];
    lines.push(vec![pen.of_book("cover-book-digest", &digest, &edition.id)?]);
    lines.push(vec![pen.note("cover-people-judge")?]);
    Ok(lines)
}

/// The marks of evidence in the order of the register, and of the case document.
fn marks(pen: &Pen<'_>) -> Written<Vec<Mark>> {
    let mut marks = Vec::new();
    for (at, evidence) in pen.assessment.register.evidence.iter().enumerate() {
        let text = pen.wording.fill("mark-evidence", &[("n", (at + 1).to_string())])?;
        marks.push(Mark { evidence: evidence.id.as_str().to_owned(), text });
    }
    let text = pen.wording.word("mark-case")?;
    marks.push(Mark { evidence: Cite::CASE.to_owned(), text });
    Ok(marks)
}
