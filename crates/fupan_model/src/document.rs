//! The report before it has a file format: chapters of sentences, each of which leads to evidence.
//!
//! Law 1 of the design is these types. A [`Sentence`] exists only with [`Cites`]:
//!
//! ```compile_fail
//! let bare = fupan_model::Sentence { text: "The report came late.".into() };
//! ```
//!
//! ```compile_fail
//! let bare = fupan_model::Sentence::new("The report came late.", None);
//! ```
//!
//! With one it does:
//!
//! ```
//! use fupan_model::{Cite, Cites, Locator, Sentence};
//! let row = Cite { evidence: "E1".into(), digest: "00".into(), locator: Locator::Row(7) };
//! let cited = Sentence::new("The report came late.", Cites::one(row));
//! assert_eq!(cited.cites().count(), 1);
//! ```
//!
//! Words that only link are a [`Connective`] and carry no number; words of the standard are a
//! [`BookText`] and name their row.

use crate::{Cites, Gauge, Picture, RowId};

/// A sentence (句): text that leads back to evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    text: String,
    cites: Cites,
}

impl Sentence {
    /// A sentence and what it rests on.
    pub fn new(text: impl Into<String>, cites: Cites) -> Self {
        Self { text: text.into(), cites }
    }
    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// What it rests on.
    pub fn cites(&self) -> &Cites {
        &self.cites
    }
}

/// Linking words (连接语): headings, captions, labels. They hold no digit, so that no figure can
/// enter a report without a cite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connective(String);

impl Connective {
    /// Linking words, or `None` where the text holds a digit of any script.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        if text.chars().any(digit) { None } else { Some(Self(text)) }
    }
    /// The words.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// Whether a character is a decimal digit, ASCII or full width.
fn digit(c: char) -> bool {
    c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c)
}

/// Words of the book (标准用语): what a row says, with the row that says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookText {
    /// The words.
    pub text: String,
    /// The row; for words about the book as a whole, the edition's id.
    pub row: RowId,
}

/// A piece of running text (行内).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// A sentence with its cites.
    Sentence(Sentence),
    /// Words of the book.
    Book(BookText),
    /// Linking words.
    Link(Connective),
}

impl Inline {
    /// The words, without the marks of their cites.
    pub fn text(&self) -> &str {
        match self {
            Self::Sentence(sentence) => sentence.text(),
            Self::Book(book) => &book.text,
            Self::Link(link) => link.text(),
        }
    }
}

/// How a cell or bar is marked (标记): colour is never the only sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// In order.
    Good,
    /// Not in order.
    Bad,
    /// Not decided.
    Doubt,
    /// Of less weight: not computed, absent.
    Faint,
}

/// A cell of a table (单元格).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its paragraphs; may be none.
    pub paragraphs: Vec<Vec<Inline>>,
    /// Its mark.
    pub tone: Tone,
    /// A small drawing of the value that the paragraphs say.
    pub gauge: Option<Gauge>,
}

/// A column of a table (列).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub title: Connective,
    /// Its share of the width; the shares of a table need not add up to anything.
    pub share: u32,
}

/// A table (表).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its caption, numbered by the renderer.
    pub caption: Connective,
    /// Columns, left to right.
    pub columns: Vec<Column>,
    /// Rows; each has an anchor that sentences link to, if it is a register's row.
    pub rows: Vec<Row>,
}

/// What a row is among its fellows (行式).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowStyle {
    /// A row of cells, as many as columns.
    #[default]
    Plain,
    /// One cell across all columns: the head of the rows below it.
    Group,
    /// One cell across all columns, in a lower voice: what is asked of the rows below it.
    Quiet,
}

/// A row of a table (行).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What links to this row: an evidence id or a fact's locator; `None`: nothing does.
    pub anchor: Option<String>,
    /// Its cells: as many as columns, or one that goes across all of them.
    pub cells: Vec<Cell>,
    /// Which of the two.
    pub style: RowStyle,
}

/// A figure (图).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its caption, numbered by the renderer.
    pub caption: Connective,
    /// What it shows, for those who cannot see it.
    pub alt: Vec<Inline>,
    /// The picture.
    pub picture: Picture,
}

/// A block of a chapter (块).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading below the chapter's, numbered by the renderer.
    Heading(Connective),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list of points.
    List(Vec<Vec<Inline>>),
    /// A table.
    Table(Table),
    /// A figure.
    Figure(Figure),
}

/// A chapter (章).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// A short word of ASCII letters and hyphens that links to it.
    pub anchor: String,
    /// Its title, numbered by the renderer.
    pub title: Connective,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// The report (报告), before any file format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Language of the words: `zh` or `en`.
    pub lang: String,
    /// Title of the cover.
    pub title: Connective,
    /// Lines below the title: the case, the edition, what the case says of itself.
    pub cover: Vec<Vec<Inline>>,
    /// Heading of the table of contents; `None`: a short paper without one, and without a cover of
    /// its own.
    pub contents_title: Option<Connective>,
    /// Words before the number of a figure and of a table.
    pub figure_word: Connective,
    /// Words before the number of a table.
    pub table_word: Connective,
    /// Whether its sheets lie across (横排): for a paper that is a wide table.
    pub across: bool,
    /// Chapters.
    pub chapters: Vec<Chapter>,
    /// Short mark of a piece of evidence in running text, by evidence id: what a cite prints.
    pub marks: Vec<Mark>,
}

/// What a cite of one piece of evidence prints (引证标记).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The evidence.
    pub evidence: String,
    /// Its words before the locator.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linking_words_carry_no_number() {
        assert!(Connective::new("Basic facts").is_some());
        assert!(Connective::new("after 47 minutes").is_none());
        assert!(Connective::new("第４节").is_none());
    }
}
