//! Small pieces of a chapter: cells, rows, tables, paragraphs.

use crate::pen::{Pen, Written};
use fupan_model::{
    Block, Cell, CheckStatus, Column, Connective, Inline, Row, RowStyle, Table, Tone, Verdict,
};

/// A cell of one paragraph.
pub(crate) fn cell(inline: Inline) -> Cell {
    Cell { paragraphs: vec![vec![inline]], ..Cell::default() }
}

/// A cell of one paragraph, marked.
pub(crate) fn toned(inline: Inline, tone: Tone) -> Cell {
    Cell { tone, ..cell(inline) }
}

/// A cell of several paragraphs.
pub(crate) fn cells(paragraphs: Vec<Inline>) -> Cell {
    let paragraphs = paragraphs.into_iter().map(|inline| vec![inline]).collect();
    Cell { paragraphs, ..Cell::default() }
}

/// A cell of several paragraphs of several pieces.
pub(crate) fn texts(paragraphs: Vec<Vec<Inline>>) -> Cell {
    Cell { paragraphs, ..Cell::default() }
}

/// An empty cell.
pub(crate) fn empty() -> Cell {
    Cell::default()
}

/// A row that nothing links to.
pub(crate) fn row(cells: Vec<Cell>) -> Row {
    Row { cells, ..Row::default() }
}

/// A row of one cell across all columns that heads the rows below it.
pub(crate) fn group(inline: Inline) -> Row {
    Row { style: RowStyle::Group, ..row(vec![cell(inline)]) }
}

/// A row of one cell across all columns, in a lower voice.
pub(crate) fn quiet(paragraphs: Vec<Inline>) -> Row {
    Row { style: RowStyle::Quiet, ..row(vec![cells(paragraphs)]) }
}

/// Things of one content of the assessment.
pub(crate) struct Group<'g, T> {
    /// Id of the content; `None`: of none the book knows.
    pub(crate) content: Option<&'g str>,
    pub(crate) members: Vec<&'g T>,
}

/// Groups things by content, in the order of the book; what has none comes last.
pub(crate) fn grouped<'g, T>(
    pen: &Pen<'g>,
    things: &'g [T],
    content: impl Fn(&T) -> Option<&'g str>,
) -> Vec<Group<'g, T>> {
    let mut contents: Vec<_> = pen.book.contents.iter().collect();
    contents.sort_by_key(|row| row.body.order);
    let ids: Vec<&str> = contents.into_iter().map(|row| row.id.as_str()).collect();
    let known = |thing: &T| content(thing).filter(|id| ids.contains(id));
    let of = |id: Option<&'g str>| Group {
        content: id,
        members: things.iter().filter(|thing| known(thing) == id).collect(),
    };
    let groups = ids.iter().map(|id| Some(*id)).chain([None]).map(of);
    groups.filter(|group| !group.members.is_empty()).collect()
}

/// How a check point's outcome is marked.
pub(crate) fn status_tone(status: CheckStatus) -> Tone {
    match status {
        CheckStatus::Consistent => Tone::Good,
        CheckStatus::Discrepant => Tone::Bad,
        CheckStatus::Unverifiable => Tone::Doubt,
        CheckStatus::Absent => Tone::Faint,
    }
}

/// The phrase of a check point's outcome.
pub(crate) fn status_word(status: CheckStatus) -> &'static str {
    match status {
        CheckStatus::Consistent => "status-consistent",
        CheckStatus::Discrepant => "status-discrepant",
        CheckStatus::Unverifiable => "status-unverifiable",
        CheckStatus::Absent => "status-absent",
    }
}

/// How a verdict is marked.
pub(crate) fn verdict_tone(verdict: Option<Verdict>) -> Tone {
    match verdict {
        None => Tone::Plain,
        Some(Verdict::Within) => Tone::Good,
        Some(Verdict::Over) => Tone::Bad,
        Some(Verdict::Unbounded | Verdict::Undecided) => Tone::Doubt,
    }
}

/// The phrase of a verdict.
pub(crate) fn verdict_word(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        None => "verdict-none",
        Some(Verdict::Within) => "verdict-within",
        Some(Verdict::Over) => "verdict-over",
        Some(Verdict::Unbounded) => "verdict-unbounded",
        Some(Verdict::Undecided) => "verdict-undecided",
    }
}

impl Pen<'_> {
    /// A table; its column heads are phrases, each with its share of the width.
    pub(crate) fn table(
        &self,
        caption: &str,
        columns: &[(&str, u32)],
        rows: Vec<Row>,
    ) -> Written<Block> {
        let column = |(title, share): &(&str, u32)| -> Written<Column> {
            Ok(Column { title: self.link(title)?, share: *share })
        };
        let columns: Written<Vec<Column>> = columns.iter().map(column).collect();
        Ok(Block::Table(Table { caption: self.link(caption)?, columns: columns?, rows }))
    }

    /// A table, or the sentence `none` where it would have no row; absence rests on the register.
    pub(crate) fn table_or(
        &self,
        none: &str,
        caption: &str,
        columns: &[(&str, u32)],
        rows: Vec<Row>,
    ) -> Written<Block> {
        if rows.is_empty() {
            return Ok(Block::Paragraph(vec![self.say(none, &[], &self.case("register"))?]));
        }
        self.table(caption, columns, rows)
    }

    /// A heading below the chapter's.
    pub(crate) fn heading(&self, id: &str) -> Written<Block> {
        Ok(Block::Heading(self.link(id)?))
    }

    /// A heading with the name of a content; a paragraph where the name holds a digit.
    pub(crate) fn content_heading(&self, content: Option<&str>) -> Written<Block> {
        let Some(id) = content else { return self.heading("heading-no-content") };
        Ok(match Connective::new(self.title(id)) {
            Some(title) => Block::Heading(title),
            None => Block::Paragraph(vec![self.row(id)?]),
        })
    }

    /// A paragraph of linking words.
    pub(crate) fn remark(&self, id: &str) -> Written<Block> {
        Ok(Block::Paragraph(vec![self.note(id)?]))
    }
}
