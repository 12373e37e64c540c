//! A sheet of a workbook (XLSX) as a table. Numbers are exact, formulas give the value that was
//! saved with them, dates come with the precision they are shown with.

use super::container::problem_of;
use super::grid::Grid;
use super::{Cell, Log, Table};
use crate::error::Problem;
use crate::mapping::{Area, Mapping};
use crate::time::{DAY_MS, Precision};
use calamine::{DataRef, Reader as _, Xlsx};
use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Serials at and beyond this are no dates a workbook can show (10000-01-01).
const MOST_DAYS: f64 = 2_958_466.0;
/// Rows and columns of a sheet.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

/// Opens the sheet the mapping names, or the first.
pub(super) fn open<'l>(log: &'l dyn Log, mapping: &Mapping) -> Result<Table<'l>, Problem> {
    let broken = |error: calamine::XlsxError| Problem::NotTable(error.to_string());
    let bytes = all_of(log)?;
    let (sheet, grid) = fenced(|| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
        let names = book.sheet_names();
        let sheet = mapping.sheet.clone().or_else(|| names.first().cloned()).unwrap_or_default();
        if !names.contains(&sheet) {
            return Err(Problem::NoSheet(names));
        }
        let grid = grid(&mut book, &sheet).map_err(broken)?;
        let grid = grid.ok_or_else(beyond)?;
        Ok((sheet, grid))
    })?;
    let table = grid.table(mapping)?;
    let rows = Box::new(table.rows.map(Ok));
    let (sheet, formulas) = (Some(sheet), table.formulas);
    Ok(Table { header: table.header, charset: None, sheet, formulas, plain: None, rows })
}

/// The names of the sheets, in their order.
pub(crate) fn sheet_names(log: &dyn Log) -> Result<Vec<String>, Problem> {
    let bytes = all_of(log)?;
    fenced(|| {
        let book: Xlsx<_> =
            Xlsx::new(Cursor::new(bytes)).map_err(|error| Problem::NotTable(error.to_string()))?;
        Ok(book.sheet_names())
    })
}

fn all_of(log: &dyn Log) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    log.open().map_err(problem_of)?.read_to_end(&mut bytes).map_err(problem_of)?;
    Ok(bytes)
}

/// The reader of workbooks is not ours, and stumbles over references that lead backwards, such as
/// `I1:B2`: a workbook it cannot bear is a table that cannot be read, no bug of the program.
pub(super) fn fenced<T>(work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(beyond()))
}

/// A cell that stands where no cell can.
pub(super) fn beyond() -> Problem {
    Problem::NotTable(String::from("references"))
}

/// All cells that hold something, what is merged, and which formulas were saved without a value;
/// `None` where a cell stands beyond the last a sheet can have.
pub(super) fn grid(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
) -> Result<Option<Grid>, calamine::XlsxError> {
    let mut grid = Grid::default();
    for area in book.merge_cells_by_sheet_name(sheet)? {
        let rows = (u64::from(area.start.0) + 1, u64::from(area.end.0) + 1);
        grid.merged.push(Area { rows, columns: (area.start.1, area.end.1) });
    }
    let formulas = formulas(book, sheet)?;
    let is_1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let shown: Vec<Option<Precision>> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().and_then(|f| shown_by(&f.format_code)))
        .collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Ok(None);
        }
        let shown = shown.get(style).copied().flatten();
        let number = u64::from(row) + 1;
        if let Some(cell) = as_cell(cell.get_value(), shown, is_1904) {
            grid.rows.entry(number).or_default().insert(column, cell);
            if formulas.contains(&(row, column)) {
                grid.computed.insert((number, column));
            }
        } else if formulas.contains(&(row, column)) {
            grid.rows.entry(number).or_default();
            grid.unsaved.insert((number, column));
        }
    }
    Ok(Some(grid))
}

/// The cells that hold a formula.
fn formulas(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
) -> Result<BTreeSet<(u32, u32)>, calamine::XlsxError> {
    let mut out = BTreeSet::new();
    let mut reader = book.worksheet_cells_reader(sheet)?;
    while let Some(cell) = reader.next_formula()? {
        if !cell.get_value().is_empty() {
            out.insert(cell.get_position());
        }
    }
    Ok(out)
}

fn as_cell(value: &DataRef<'_>, shown: Option<Precision>, is_1904: bool) -> Option<Cell> {
    let plain = |text: String| Some(Cell { text, date: None });
    match value {
        DataRef::Empty => None,
        DataRef::String(text) => plain(text.clone()),
        DataRef::SharedString(text) => plain((*text).to_owned()),
        DataRef::Bool(value) => plain(value.to_string()),
        DataRef::Error(error) => plain(error.to_string()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => plain(text.clone()),
        DataRef::Int(value) => {
            let date = f64::from(i32::try_from(*value).unwrap_or(i32::MAX));
            Some(Cell { text: value.to_string(), date: date_of(date, None, is_1904) })
        }
        DataRef::Float(value) => {
            Some(Cell { text: value.to_string(), date: date_of(*value, None, is_1904) })
        }
        DataRef::DateTime(moment) => {
            let serial = moment.as_f64();
            let date = if moment.is_duration() { None } else { date_of(serial, shown, is_1904) };
            let text = match date {
                Some((ms, precision)) => written(ms, precision),
                // A time of day without a day, or a length of time.
                None => serial.to_string(),
            };
            Some(Cell { text, date })
        }
    }
}

/// The day and time of a serial, in local ms since 1970, and its precision: what the format shows,
/// or more where the value holds more. `None`: no day a workbook knows, such as 1900-02-29.
fn date_of(serial: f64, shown: Option<Precision>, is_1904: bool) -> Option<(i64, Precision)> {
    if !(1.0..MOST_DAYS).contains(&serial) {
        return None;
    }
    let epoch = match (is_1904, serial) {
        (true, _) => 24_107,
        (false, ..60.0) => 25_568,
        (false, ..61.0) => return None,
        (false, _) => 25_569,
    };
    // To the nearest millisecond: a typed second is no exact binary fraction of a day.
    #[allow(clippy::cast_possible_truncation, reason = "at most 2.6e14, far below 2^53")]
    let since = (serial * 86_400_000.0).round() as i64;
    let ms = since - epoch * DAY_MS;
    let of_day = ms.rem_euclid(DAY_MS);
    let held = match of_day {
        0 => Precision::Day,
        t if t % 60_000 == 0 => Precision::Minute,
        t if t % 1000 == 0 => Precision::Second,
        _ => Precision::Milli,
    };
    Some((ms, shown.map_or(held, |shown| shown.max(held))))
}

/// The moment as words, to its precision.
fn written(ms: i64, precision: Precision) -> String {
    let text = fupan_model::Moment::new(ms, 0).to_string();
    let text = text.trim_end_matches("+00:00").replace('T', " ");
    let size = match precision {
        Precision::Day => 10,
        Precision::Hour | Precision::Minute => 16,
        Precision::Second | Precision::Milli => text.len(),
    };
    text.chars().take(size).collect()
}

/// What a number format shows of a date: letters outside quotes, brackets and escapes.
fn shown_by(code: &str) -> Option<Precision> {
    let mut letters = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '[' => while chars.next().is_some_and(|c| c != ']') {},
            '\\' | '_' => {
                chars.next();
            }
            _ => letters.push(c.to_ascii_lowercase()),
        }
    }
    let has = |c: char| letters.contains(c);
    if letters.contains("s.0") {
        Some(Precision::Milli)
    } else if has('s') {
        Some(Precision::Second)
    } else if has('h') {
        Some(Precision::Minute)
    } else if has('y') || has('d') {
        Some(Precision::Day)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(serial: f64, is_1904: bool) -> Option<String> {
        date_of(serial, None, is_1904).map(|(ms, precision)| written(ms, precision))
    }

    #[test]
    fn serials_of_both_systems() {
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(59.0, false).as_deref(), Some("1900-02-28"));
        assert_eq!(day(60.5, false), None);
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(day(44_206.0, false).as_deref(), Some("2021-01-10"));
        assert_eq!(day(42_744.0, true).as_deref(), Some("2021-01-10"));
        assert_eq!(day(44_206.550_694_444_4, false).as_deref(), Some("2021-01-10 13:13"));
        assert_eq!(day(44_206.550_752_314_8, false).as_deref(), Some("2021-01-10 13:13:05"));
        assert_eq!(day(0.5, false), None);
        assert_eq!(day(20_240_512.0, false), None);
    }

    #[test]
    fn a_format_says_how_precise_a_date_is() {
        assert_eq!(shown_by("yyyy/m/d h:mm"), Some(Precision::Minute));
        assert_eq!(shown_by("yyyy\\-mm\\-dd hh:mm:ss"), Some(Precision::Second));
        assert_eq!(shown_by("mm:ss.000"), Some(Precision::Milli));
        assert_eq!(shown_by("yyyy\"年\"m\"月\"d\"日\""), Some(Precision::Day));
        assert_eq!(shown_by("[$-804]d;@"), Some(Precision::Day));
        assert_eq!(shown_by("0.00"), None);
        // A format that hides the seconds does not take them away.
        let held = date_of(44_206.550_752_314_8, Some(Precision::Minute), false);
        assert_eq!(held.map(|(_, precision)| precision), Some(Precision::Second));
    }
}
