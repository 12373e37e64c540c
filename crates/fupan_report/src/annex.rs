//! The annex (附表): what the report says as rows of a workbook, numbers as numbers, each row with
//! its cites. Like the chapters, it judges nothing; sheets are in the order of the report.

mod records;
mod results;

use crate::pen::{Pen, Written};
use fupan_model::{Cites, Decimal, Moment};

/// What stands in a cell of the workbook.
pub(crate) enum Entry {
    /// Nothing is known or nothing applies.
    Empty,
    /// Words.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A moment, printed in the zone of the case.
    Moment(Moment),
    /// What the row rests on.
    Cites(Cites),
}

/// A sheet: its name, its columns with their widths in characters, its rows.
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) columns: Vec<(String, u32)>,
    pub(crate) rows: Vec<Vec<Entry>>,
}

/// All sheets.
pub(crate) fn sheets(pen: &Pen<'_>) -> Written<Vec<Sheet>> {
    Ok(vec![
        results::events(pen)?,
        results::gaps(pen)?,
        results::checks(pen)?,
        results::indicators(pen)?,
        results::claims(pen)?,
        records::findings(pen)?,
        records::needs(pen)?,
        records::evidence(pen)?,
    ])
}

/// A sheet whose rows end with their cites.
fn sheet(
    pen: &Pen<'_>,
    name: &str,
    columns: &[(&str, u32)],
    rows: Vec<Vec<Entry>>,
) -> Written<Sheet> {
    let all = columns.iter().chain([&("column-cites", 36)]);
    let columns: Written<Vec<(String, u32)>> =
        all.map(|(title, width)| Ok((pen.wording.word(title)?, *width))).collect();
    Ok(Sheet { name: pen.wording.word(name)?, columns: columns?, rows })
}

fn text(text: impl Into<String>) -> Entry {
    let text = text.into();
    if text.is_empty() { Entry::Empty } else { Entry::Text(text) }
}

fn number(value: Option<Decimal>) -> Entry {
    value.map_or(Entry::Empty, Entry::Number)
}

fn moment(at: Option<Moment>) -> Entry {
    at.map_or(Entry::Empty, Entry::Moment)
}

/// A length of time in seconds, exactly.
fn seconds(ms: Option<i64>) -> Entry {
    let parsed = ms.and_then(|ms| {
        let (sign, size) = (if ms < 0 { "-" } else { "" }, ms.unsigned_abs());
        Decimal::parse(&format!("{sign}{}.{:03}", size / 1_000, size % 1_000)).ok()
    });
    number(parsed)
}

/// The words of some paragraphs, one line each.
fn lines(pen: &Pen<'_>, paragraphs: &[Vec<fupan_model::Inline>]) -> Entry {
    let join = if pen.wording.lang() == crate::wording::Lang::En { " " } else { "" };
    let line = |paragraph: &Vec<fupan_model::Inline>| {
        paragraph.iter().map(fupan_model::Inline::text).collect::<Vec<&str>>().join(join)
    };
    text(paragraphs.iter().map(line).collect::<Vec<String>>().join("\n"))
}
