//! A table of a document (DOCX): its cells, those that span columns and rows among them.

use super::container::problem_of;
use super::grid::Grid;
use super::{Cell, Log, Table};
use crate::error::Problem;
use crate::mapping::{Area, Mapping};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

/// The part of a document that holds its text.
const BODY: &str = "word/document.xml";
/// A row has no more columns than this.
const MOST_COLUMNS: u32 = 4_096;

/// Opens the table the mapping names, or the first.
pub(super) fn open<'l>(log: &'l dyn Log, mapping: &Mapping) -> Result<Table<'l>, Problem> {
    let mut bytes = Vec::new();
    log.open().map_err(problem_of)?.read_to_end(&mut bytes).map_err(problem_of)?;
    let broken = |why: String| Problem::NotTable(why);
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let mut part = archive.by_name(BODY).map_err(|_| Problem::OtherFormat("docx"))?;
    let mut text = String::new();
    part.read_to_string(&mut text).map_err(|error| broken(error.to_string()))?;
    let wanted = mapping.layout.table.unwrap_or(1);
    let (grid, count) = read(&text, wanted).map_err(|error| broken(error.to_string()))?;
    let Some(grid) = grid else { return Err(Problem::NoTableInDocument(count)) };
    let table = grid.table(mapping)?;
    let sheet = Some(format!("#{wanted}"));
    let rows = Box::new(table.rows.map(Ok));
    Ok(Table { header: table.header, charset: None, sheet, formulas: 0, plain: None, rows })
}

/// Whether the parts of an Office file are those of a document.
pub(crate) fn is_document(log: &dyn Log) -> bool {
    let mut bytes = Vec::new();
    let read = log.open().and_then(|mut reader| reader.read_to_end(&mut bytes));
    let archive = read.ok().and_then(|_| zip::ZipArchive::new(Cursor::new(bytes)).ok());
    archive.is_some_and(|archive| archive.index_for_name(BODY).is_some())
}

/// The wanted table, and how many there are. Tables inside cells are text of those cells.
fn read(text: &str, wanted: u64) -> Result<(Option<Grid>, u64), quick_xml::Error> {
    let mut reader = Reader::from_str(text);
    let (mut depth, mut count) = (0_u64, 0_u64);
    let mut found = None;
    let mut draft = Draft::default();
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok((found, count)),
            Event::Start(tag) => match tag.local_name().as_ref() {
                "tbl" => {
                    depth += 1;
                    if depth == 1 {
                        count += 1;
                        draft = Draft::default();
                    }
                }
                name if depth > 0 => draft.open(name, &tag, depth),
                _ => {}
            },
            Event::Empty(tag) if depth > 0 => draft.empty(tag.local_name().as_ref(), &tag, depth),
            Event::Text(words) if depth > 0 => draft.words(&words.xml10_content()),
            Event::GeneralRef(name) if depth > 0 => {
                let word = match name.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => quick_xml::escape::resolve_predefined_entity(&name.xml10_content())
                        .unwrap_or_default()
                        .to_owned(),
                };
                draft.words(&word);
            }
            Event::CData(words) if depth > 0 => draft.words(&words.xml10_content()),
            Event::End(tag) if tag.local_name().as_ref() == "tbl" && depth > 0 => {
                depth -= 1;
                if depth == 0 && count == wanted {
                    found = Some(std::mem::take(&mut draft).finish());
                }
            }
            Event::End(tag) if depth > 0 => draft.close(tag.local_name().as_ref(), depth),
            _ => {}
        }
    }
}

/// A table being read (表格草稿).
#[derive(Default)]
struct Draft {
    grid: Grid,
    row: u64,
    column: u32,
    span: u32,
    /// Of the cell: whether it goes on from the one above.
    goes_on: bool,
    in_text: bool,
    text: String,
    /// Where cells that go on downwards began, by column: row, last row and span.
    begun: BTreeMap<u32, (u64, u64, u32)>,
}

impl Draft {
    fn open(&mut self, name: &str, tag: &BytesStart<'_>, depth: u64) {
        match name {
            "tr" if depth == 1 => {
                self.row += 1;
                self.column = 0;
            }
            "tc" if depth == 1 => {
                self.span = 1;
                self.goes_on = false;
                self.text.clear();
            }
            "t" => self.in_text = true,
            other => self.empty(other, tag, depth),
        }
    }

    fn empty(&mut self, name: &str, tag: &BytesStart<'_>, depth: u64) {
        let value = |tag: &BytesStart<'_>| {
            let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == "val");
            found.map(|a| a.value.to_string())
        };
        match name {
            "gridSpan" if depth == 1 => {
                let span = value(tag).and_then(|text| text.parse().ok()).unwrap_or(1);
                self.span = span.clamp(1, MOST_COLUMNS);
            }
            "gridBefore" if depth == 1 => {
                let skipped: u32 = value(tag).and_then(|text| text.parse().ok()).unwrap_or(0);
                self.column = skipped.min(MOST_COLUMNS);
            }
            "vMerge" if depth == 1 => {
                let begins = value(tag).as_deref() == Some("restart");
                self.goes_on = !begins;
                if begins {
                    self.begun.insert(self.column, (self.row, self.row, 1));
                }
            }
            "tab" => self.text.push('\t'),
            "br" | "cr" => self.text.push('\n'),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.in_text {
            self.text.push_str(words);
        }
    }

    fn close(&mut self, name: &str, depth: u64) {
        match name {
            "t" => self.in_text = false,
            "p" => self.text.push('\n'),
            "tc" if depth == 1 => self.cell(),
            _ => {}
        }
    }

    fn cell(&mut self) {
        let (row, column) = (self.row, self.column);
        let text = std::mem::take(&mut self.text).trim().to_owned();
        if self.goes_on {
            if let Some((_, last, _)) = self.begun.get_mut(&column) {
                *last = row;
            }
        } else {
            match self.begun.get_mut(&column) {
                Some((first, _, span)) if *first == row => *span = self.span,
                // Another cell stands here: what was begun above has ended.
                Some(_) => self.end(column),
                None => {}
            }
            if self.span > 1 && self.begun.get(&column).is_none_or(|(first, ..)| *first != row) {
                let columns = (column, column + self.span - 1);
                self.grid.merged.push(Area { rows: (row, row), columns });
            }
            self.grid.rows.entry(row).or_default().insert(column, Cell { text, date: None });
        }
        self.column = column.saturating_add(self.span).min(MOST_COLUMNS);
    }

    fn end(&mut self, column: u32) {
        if let Some((first, last, span)) = self.begun.remove(&column) {
            let columns = (column, column + span - 1);
            self.grid.merged.push(Area { rows: (first, last), columns });
        }
    }

    fn finish(mut self) -> Grid {
        for column in self.begun.keys().copied().collect::<Vec<_>>() {
            self.end(column);
        }
        self.grid
    }
}
