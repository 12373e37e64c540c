//! All of a text or workbook, for a person to read rather than for a mapping.

use super::lines::Lines;
use super::{Log as _, workbook};
use crate::error::Problem;
use crate::mapping::Charset;
use calamine::{Reader as _, Xlsx};
use std::io::{self, Cursor};

/// A sheet: its name, and its rows with their numbers.
pub(crate) type SheetRows = (String, Vec<(u64, String)>);

/// The lines of a text with their numbers.
///
/// # Errors
/// What the system says.
pub(crate) fn text_lines(
    bytes: &Vec<u8>,
    charset: Charset,
) -> io::Result<impl Iterator<Item = io::Result<(u64, String)>>> {
    let mut lines = Lines::new(bytes.open()?, charset);
    Ok(std::iter::from_fn(move || {
        lines.next_line().map(|line| line.map(|line| (line.number, line.text))).transpose()
    }))
}

/// The sheets of a workbook, one by one: each row that holds something, its cells between tabs.
///
/// # Errors
/// [`Problem::NotTable`].
pub(crate) fn workbook_rows(
    bytes: Vec<u8>,
) -> Result<impl Iterator<Item = Result<SheetRows, Problem>>, Problem> {
    let broken = |error: calamine::XlsxError| Problem::NotTable(error.to_string());
    let mut book: Xlsx<_> = workbook::fenced(|| Xlsx::new(Cursor::new(bytes)).map_err(broken))?;
    let names = book.sheet_names().into_iter();
    Ok(names.map(move |name| {
        let grid = workbook::fenced(|| workbook::grid(&mut book, &name).map_err(broken))?;
        let grid = grid.ok_or_else(workbook::beyond)?;
        let rows = grid.rows.into_iter().map(|(number, cells)| {
            let texts: Vec<String> = cells.into_values().map(|cell| cell.text).collect();
            (number, texts.join("\t"))
        });
        Ok((name, rows.collect()))
    }))
}
