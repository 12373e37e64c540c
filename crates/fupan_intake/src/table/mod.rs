//! Bytes of a log → rows of cells with their numbers, whatever the encoding, delimiter or format.

pub(crate) mod blocks;
mod charset;
mod container;
mod decoded;
mod delimited;
mod document;
mod grid;
pub(crate) mod items;
mod json;
pub(crate) mod known;
mod lines;
mod mixed;
pub(crate) mod piece;
pub(crate) mod print;
mod split;
pub(crate) mod stage;
mod text;
mod whole;
mod words;
mod workbook;

pub use charset::find_charset;
pub(crate) use container::problem_of;
pub use container::{
    FREE_BYTES, MOST_BYTES, MOST_MEMBERS, MOST_OFFICE_BYTES, MOST_RATIO, Member, unpack,
};
pub(crate) use document::is_document;
pub(crate) use json::{RUN, find_list};
pub(crate) use split::find_delimiter;
pub(crate) use whole::{text_lines, workbook_rows};
pub(crate) use workbook::sheet_names;

use crate::error::Problem;
use crate::mapping::{Charset, Mapping, TableFormat};
use crate::time::Precision;
use std::io::{self, Read};

/// Log (日志): bytes that can be read from their start as often as need be. The hall implements it
/// over files; a byte slice is one.
pub trait Log {
    /// A reader at the first byte.
    ///
    /// # Errors
    /// What the system says when the bytes cannot be opened.
    fn open(&self) -> io::Result<Box<dyn Read + '_>>;
}

impl Log for &[u8] {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(*self))
    }
}

impl Log for Vec<u8> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.as_slice()))
    }
}

/// A cell (单元格).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its words; of a date cell of a workbook, the moment it shows.
    pub text: String,
    /// Of a date cell: local milliseconds since 1970-01-01, and how precisely it is shown.
    pub date: Option<(i64, Precision)>,
}

/// A row (行).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Row of a sheet, or the line at which the row begins, from 1.
    pub number: u64,
    /// Its cells: as many as there are heads.
    pub cells: Vec<Cell>,
}

/// What stands at a row (行项).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowItem {
    /// A row that is a row.
    Good(Row),
    /// A row that cannot be cut into cells.
    Bad {
        /// Its number.
        number: u64,
        /// The column at fault, where one is.
        column: String,
        /// The first 200 characters of what stands there.
        text: String,
        /// What was expected: `columns`, `closing-quote`, `shorter-line`, `no-nul`, or an encoding.
        expected: String,
    },
}

/// Table (表格): heads, and rows one by one.
pub struct Table<'l> {
    /// The heads, in order.
    pub header: Vec<String>,
    /// The encoding it was read in; `None` for a workbook.
    pub charset: Option<Charset>,
    /// The sheet it was read from; `None` for a text.
    pub sheet: Option<String>,
    /// How many cells of its rows a formula computed.
    pub formulas: u64,
    /// How its rows can be read in blocks instead, where they can.
    pub(crate) plain: Option<piece::Plain>,
    /// The rows after the head. An error of the system ends them.
    pub rows: Box<dyn Iterator<Item = io::Result<RowItem>> + 'l>,
}

/// A table has no more columns than a sheet of a workbook.
const MOST_HEADS: usize = 16_384;

/// Opens a log as the table a mapping speaks of.
///
/// # Errors
/// [`Problem`] when it is empty, no table, lacks the sheet, or its encoding cannot be told.
pub fn open<'l>(log: &'l dyn Log, mapping: &Mapping) -> Result<Table<'l>, Problem> {
    let mut head = [0_u8; 4];
    let size = fill(&mut *log.open().map_err(problem_of)?, &mut head).map_err(problem_of)?;
    if size == 0 {
        return Err(Problem::EmptyFile);
    }
    let zipped = head == *b"PK\x03\x04";
    let format = match mapping.format {
        Some(format) => format,
        None => found(log, mapping, zipped),
    };
    let grids = matches!(format, TableFormat::Xlsx | TableFormat::Docx);
    // A workbook read as lines gives thousands of bad rows and no word of what is wrong.
    if zipped != grids && (zipped || format == TableFormat::Docx) {
        return Err(Problem::OtherFormat(name_of(format)));
    }
    let layout = &mapping.layout;
    let placed = !layout.header_rows.is_empty() || layout.area.is_some() || layout.begins.is_some();
    if placed && !grids {
        return Err(Problem::OtherFormat(name_of(TableFormat::Xlsx)));
    }
    let table = match format {
        TableFormat::Xlsx => workbook::open(log, mapping),
        TableFormat::Csv => delimited::open(log, mapping),
        TableFormat::Json => json::open(log, mapping, false),
        TableFormat::Jsonl => json::open(log, mapping, true),
        TableFormat::Text => text::open(log, mapping),
        TableFormat::Docx => document::open(log, mapping),
    }?;
    if table.header.len() > MOST_HEADS {
        return Err(Problem::NotTable(format!("columns > {MOST_HEADS}")));
    }
    Ok(table)
}

/// The name of a format.
fn name_of(format: TableFormat) -> &'static str {
    TableFormat::NAMES.get(format as usize).copied().unwrap_or_default()
}

/// The format a mapping means that names none: by what else it says, then by the bytes.
fn found(log: &dyn Log, mapping: &Mapping, zipped: bool) -> TableFormat {
    if mapping.layout.table.is_some() || (zipped && document::is_document(log)) {
        TableFormat::Docx
    } else if zipped {
        TableFormat::Xlsx
    } else if !mapping.layout.path.is_empty() {
        TableFormat::Json
    } else if !mapping.layout.patterns.is_empty() {
        TableFormat::Text
    } else {
        TableFormat::Csv
    }
}

/// The first lines of a text.
pub(crate) fn first_lines(log: &dyn Log, charset: Charset, most: usize) -> io::Result<Vec<String>> {
    let mut lines = lines::Lines::new(log.open()?, charset);
    let mut out = Vec::new();
    while out.len() < most
        && let Some(line) = lines.next_line()?
    {
        out.push(line.text);
    }
    Ok(out)
}

/// What is wrong with the characters of a text: broken bytes, a NUL, a byte order mark in its midst, a
/// line of another encoding.
pub(crate) fn fault(text: &str, charset: Charset) -> Option<&'static str> {
    let odd = |c: char| matches!(c, '\0' | '\u{fffd}' | '\u{feff}');
    let found = text.chars().find(|c| odd(*c)).map(|c| match c {
        '\0' => "no-nul",
        '\u{feff}' => "no-mark",
        _ => charset.name(),
    });
    let other = || charset == Charset::Gb18030 && mixed::is_utf8_inside(text);
    found.or_else(|| other().then(|| charset.name()))
}

/// Reads until `buffer` is full or the bytes end; gives how many there were.
fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut size = 0;
    while let Some(rest) = buffer.get_mut(size..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => break,
            Ok(count) => size += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(size)
}
