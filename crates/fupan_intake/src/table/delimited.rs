//! Delimited text (CSV, TSV, any delimiter) as a table.

use super::charset::find_charset;
use super::lines::{LONGEST, Line, Lines};
use super::piece::Plain;
use super::split::{Split, find_delimiter, split};
use super::{Cell, Log, Row, RowItem, Table};
use crate::error::{Problem, cut};
use crate::mapping::{Charset, Mapping};
use std::io;

/// A quoted cell that spans more lines than this is a stray quote.
pub(super) const MOST_LINES: usize = 200;

/// Opens it: finds encoding and delimiter where the mapping names none, and reads the head.
pub(super) fn open<'l>(log: &'l dyn Log, mapping: &Mapping) -> Result<Table<'l>, Problem> {
    let unreadable = super::problem_of;
    let charset = match mapping.encoding {
        Some(charset) => charset,
        None => find_charset(&mut *log.open().map_err(unreadable)?)?,
    };
    let mut lines = Lines::new(log.open().map_err(unreadable)?, charset);
    let mut head = None;
    while let Some(line) = lines.next_line().map_err(unreadable)? {
        if line.number >= mapping.header_row && !line.text.trim().is_empty() {
            head = Some(line);
            break;
        }
    }
    let Some(head) = head else { return Err(Problem::EmptyFile) };
    let delimiter = mapping.delimiter.unwrap_or_else(|| find_delimiter(&head.text));
    lines.give_back(vec![head]);
    let mut rows = Delimited { lines, delimiter, charset, width: 0, header: Vec::new() };
    let first = match rows.next_item().map_err(unreadable)? {
        Some(RowItem::Good(row)) => row,
        Some(RowItem::Bad { expected, .. }) => return Err(Problem::NotTable(expected)),
        None => return Err(Problem::EmptyFile),
    };
    let header: Vec<String> = if mapping.header_row == 0 {
        (1..=first.cells.len()).map(|number| number.to_string()).collect()
    } else {
        first.cells.iter().map(|cell| cell.text.trim().to_owned()).collect()
    };
    rows.width = header.len();
    rows.header.clone_from(&header);
    let plain = rows.plain(match &first {
        row if mapping.header_row == 0 => row.number.saturating_sub(1),
        _ => rows.lines.used(),
    });
    let again = (mapping.header_row == 0).then_some(Ok(RowItem::Good(first)));
    let rows = again.into_iter().chain(rows);
    Ok(Table {
        header,
        charset: Some(charset),
        sheet: None,
        formulas: 0,
        plain,
        rows: Box::new(rows),
    })
}

struct Delimited<'l> {
    lines: Lines<'l>,
    delimiter: char,
    charset: Charset,
    /// How many cells a row has; 0 while the head is read.
    width: usize,
    header: Vec<String>,
}

impl Delimited<'_> {
    /// How the rows can be read in blocks: one byte a delimiter, LF at the ends of lines, and an
    /// encoding in which LF is LF wherever it stands.
    fn plain(&self, skip: u64) -> Option<Plain> {
        let delimiter = u8::try_from(self.delimiter).ok().filter(u8::is_ascii)?;
        let plain = matches!(self.charset, Charset::Utf8 | Charset::Gb18030)
            && self.lines.end_in_lf()
            && !matches!(delimiter, b'"' | b'\n' | b'\r');
        let (charset, header) = (self.charset, self.header.clone());
        plain.then_some(Plain { charset, delimiter, header, skip })
    }

    /// The next row that is not blank.
    fn next_item(&mut self) -> io::Result<Option<RowItem>> {
        while let Some(line) = self.lines.next_line()? {
            if line.cut {
                return Ok(Some(bad(&line, "", "shorter-line")));
            }
            let blank = |c: char| c == self.delimiter || c.is_whitespace();
            if line.text.chars().all(blank) {
                continue;
            }
            return self.row(&line).map(Some);
        }
        Ok(None)
    }

    /// The row that begins at `line`, with the lines a quoted cell runs over.
    fn row(&mut self, line: &Line) -> io::Result<RowItem> {
        let mut cells = Vec::new();
        let mut text = line.text.clone();
        let mut more: Vec<Line> = Vec::new();
        loop {
            match split(&text, self.delimiter, &mut cells) {
                Split::Open => {}
                // A cell over several lines that ends in the middle of one, or gives no row of the
                // table, was opened by a stray quote.
                Split::Torn if !more.is_empty() => break,
                Split::Torn => return Ok(self.checked(line, cells)),
                Split::Whole => {
                    let fits = more.is_empty() || self.width == 0 || cells.len() == self.width;
                    if fits {
                        return Ok(self.checked(line, cells));
                    }
                    break;
                }
            }
            let room = more.len() < MOST_LINES && text.len() <= LONGEST;
            let next = if room { self.lines.next_line()? } else { None };
            let Some(next) = next else { break };
            if next.cut {
                more.push(next);
                break;
            }
            text.push('\n');
            text.push_str(&next.text);
            more.push(next);
        }
        // Only the line of the stray quote is lost; the others are rows.
        self.lines.give_back(more);
        Ok(bad(line, "", "closing-quote"))
    }

    fn checked(&self, line: &Line, mut cells: Vec<String>) -> RowItem {
        let name = |at: usize| self.header.get(at).cloned().unwrap_or_default();
        let broken = |cell: &String| super::fault(cell, self.charset);
        if let Some((at, cell)) = cells.iter().enumerate().find(|(_, cell)| broken(cell).is_some())
        {
            let expected = broken(cell).unwrap_or_default();
            return RowItem::Bad {
                number: line.number,
                column: name(at),
                text: cut(cell),
                expected: expected.to_owned(),
            };
        }
        if self.width > 0 {
            while cells.len() > self.width && cells.last().is_some_and(|cell| cell.is_empty()) {
                cells.pop();
            }
            if cells.len() != self.width {
                return bad(line, "", &format!("columns={}", self.width));
            }
        }
        let cells = cells.into_iter().map(|text| Cell { text, date: None }).collect();
        RowItem::Good(Row { number: line.number, cells })
    }
}

impl Iterator for Delimited<'_> {
    type Item = io::Result<RowItem>;
    fn next(&mut self) -> Option<Self::Item> {
        self.next_item().transpose()
    }
}

fn bad(line: &Line, column: &str, expected: &str) -> RowItem {
    RowItem::Bad {
        number: line.number,
        column: column.to_owned(),
        text: cut(&line.text),
        expected: expected.to_owned(),
    }
}
