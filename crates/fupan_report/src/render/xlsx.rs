//! The annex as a workbook: one sheet for each register, heads that stay, numbers as numbers.

use super::cites::Marks;
use super::error::PenError;
use super::words::Words;
use crate::annex::{Entry, Sheet, sheets};
use crate::compose::bare;
use crate::pen::Pen;
use crate::wording::Wording;
use fupan_model::{Assessment, Decimal, Moment};
use fupan_standard::Book;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};

/// Longest text a cell of a workbook holds, in UTF-16 units, less the sign of what was cut.
const LONGEST: usize = 32_766;
/// Days from the epoch of workbooks to that of moments.
const EPOCH: i64 = 25_569;
const DAY_MS: i64 = 86_400_000;
/// A4.
const PAPER: u8 = 9;

/// The annex of a report as a workbook (附表), in `lang` (`zh` or `en`): events, gaps, check points,
/// indicators, claims, findings, needs, evidence, each row with what it rests on. Moments print
/// in the zone of the case. The same assessment and book give the same bytes.
///
/// # Errors
/// [`PenError::Words`] for a language or a phrase the book lacks, [`PenError::Workbook`] if the
/// workbook cannot be packed.
pub fn xlsx(assessment: &Assessment, book: &Book, lang: &str) -> Result<Vec<u8>, PenError> {
    let pen = Pen::new(assessment, book, Wording::new(&book.phrases, lang)?);
    let (document, words) = (bare(&pen)?, Words::of(lang));
    let marks = Marks::new(&document, &words);
    let offset_ms = i64::from(assessment.case.offset_s) * 1_000;
    let made = ExcelDateTime::from_ymd(2023, 1, 1)?;
    let title = document.title.text();
    let properties = DocProperties::new().set_title(title).set_creation_datetime(&made);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties);
    let writer = Writer { marks: &marks, offset_ms, looks: Looks::new() };
    for sheet in sheets(&pen)? {
        writer.sheet(&sheet, workbook.add_worksheet())?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// How cells look.
struct Looks {
    head: Format,
    text: Format,
    number: Format,
    moment: Format,
}

impl Looks {
    fn new() -> Self {
        let line = || {
            Format::new()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00b9_c0ca))
                .set_align(FormatAlign::Top)
        };
        Self {
            head: line()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00ee_f2f7)),
            text: line().set_text_wrap(),
            number: line(),
            moment: line().set_num_format("yyyy-mm-dd hh:mm:ss.000"),
        }
    }
}

/// What every sheet is written with.
struct Writer<'w> {
    marks: &'w Marks<'w>,
    offset_ms: i64,
    looks: Looks,
}

impl Writer<'_> {
    fn sheet(&self, sheet: &Sheet, on: &mut Worksheet) -> Result<(), PenError> {
        on.set_name(&sheet.name)?;
        for (at, (title, width)) in (0_u16..).zip(&sheet.columns) {
            on.set_column_width(at, *width)?;
            on.write_string_with_format(0, at, title, &self.looks.head)?;
        }
        for (at, row) in (1_u32..).zip(&sheet.rows) {
            for (column, entry) in (0_u16..).zip(row) {
                self.entry(entry, (at, column), on)?;
            }
        }
        let last = |n: usize| u16::try_from(n.saturating_sub(1)).unwrap_or(u16::MAX);
        let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
        on.autofilter(0, 0, rows, last(sheet.columns.len()))?;
        on.set_freeze_panes(1, 1)?;
        on.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
        on.set_repeat_rows(0, 0)?;
        Ok(())
    }

    fn entry(
        &self,
        entry: &Entry,
        (row, column): (u32, u16),
        on: &mut Worksheet,
    ) -> Result<(), PenError> {
        let looks = &self.looks;
        match entry {
            Entry::Empty => on.write_blank(row, column, &looks.text)?,
            Entry::Text(text) => {
                on.write_string_with_format(row, column, fitting(text), &looks.text)?
            }
            Entry::Number(value) => {
                on.write_number_with_format(row, column, float(*value), &looks.number)?
            }
            Entry::Moment(at) => {
                on.write_number_with_format(row, column, self.serial(*at), &looks.moment)?
            }
            Entry::Cites(cites) => {
                let pieces = self.marks.of(cites).into_iter();
                let mark: String = pieces.map(|p| p.before + &p.text + &p.after).collect();
                on.write_string_with_format(row, column, fitting(mark.trim()), &looks.text)?
            }
        };
        Ok(())
    }

    /// A moment as a workbook counts it: days since its epoch, in the zone of the case. A double
    /// holds such a number to far less than a millisecond.
    #[allow(clippy::cast_precision_loss, reason = "days and milliseconds are far below 2^52")]
    fn serial(&self, at: Moment) -> f64 {
        let local = at.ms.saturating_add(self.offset_ms);
        let (days, rest) = (local.div_euclid(DAY_MS), local.rem_euclid(DAY_MS));
        (days + EPOCH) as f64 + rest as f64 / DAY_MS as f64
    }
}

/// A decimal as the nearest double, by way of its digits.
fn float(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or_default()
}

/// A text no longer than a cell holds; what had to be cut is marked.
fn fitting(text: &str) -> String {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    match end.and_then(|(at, _)| text.get(..at)) {
        Some(start) => format!("{start}…"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_too_long_for_a_cell_is_cut_and_says_so() {
        assert_eq!(fitting("短"), "短");
        let long = fitting(&"爆".repeat(40_000));
        assert_eq!(long.encode_utf16().count(), LONGEST + 1);
        assert!(long.ends_with('…'));
    }
}
