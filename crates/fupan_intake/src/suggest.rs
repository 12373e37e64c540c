//! A mapping proposed from the head of a log: what can be seen of format, encoding, heads and
//! columns. A person edits it; what cannot be told stands in it as a choice.

mod column;
mod words;

use crate::error::Problem;
use crate::mapping::{Charset, Mapping, Pattern, TableFormat};
use crate::table::{self, Log as _, Member, Row, RowItem, find_charset, find_delimiter};
use crate::time::{TimeForm, leading_time};
use column::ColumnDraft;

/// How much of a text is looked at, in bytes, and how many rows.
const HEAD: usize = 1 << 20;
const ROWS: usize = 500;
/// How far down a head may stand.
const MOST_HEAD: u64 = 10;
/// How many sheets of a workbook or tables of a document are looked at.
const MOST_PLACES: usize = 20;
/// A chat: a name and a time, and what was said below.
const CHAT: &str = "{who} {time:time}\n{text}";

/// Mapping draft (映射草稿): a mapping to be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappingDraft {
    name: String,
    format: TableFormat,
    files: Vec<String>,
    delimiter: Option<char>,
    encoding: Option<Charset>,
    sheet: Option<String>,
    table: u64,
    header_row: Option<u64>,
    path: Option<String>,
    pattern: Option<String>,
    columns: Vec<ColumnDraft>,
}

/// Proposes a mapping. `bytes` is the head of the log, at least its first few lines; of a workbook,
/// a document or an archive, all of it.
///
/// # Errors
/// [`Problem`] when nothing can be read of it: it is empty, or its encoding cannot be told.
pub fn suggest(name: &str, bytes: &[u8]) -> Result<MappingDraft, Problem> {
    let zipped = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\x1f\x8b");
    let head = if zipped { bytes } else { whole_lines(bytes) };
    if head.is_empty() {
        return Err(Problem::EmptyFile);
    }
    let members = table::unpack(&head, &plain("")?)?;
    let first = members.first().ok_or(Problem::EmptyFile)?;
    let mut draft = MappingDraft {
        name: name.to_owned(),
        format: TableFormat::Csv,
        files: members.iter().filter_map(|member| member.name.clone()).collect(),
        delimiter: None,
        encoding: None,
        sheet: None,
        table: 1,
        header_row: None,
        path: None,
        pattern: None,
        columns: Vec::new(),
    };
    look(&mut draft, first)?;
    Ok(draft)
}

/// Up to the last whole line of the first megabyte.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let Some(head) = bytes.get(..HEAD) else { return bytes };
    let end = head.iter().rposition(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
    // In UTF-16 the byte after the end of a line belongs to it.
    let end = if head.get(end) == Some(&0) { end + 1 } else { end };
    head.get(..end).unwrap_or(head)
}

fn plain(text: &str) -> Result<Mapping, Problem> {
    Mapping::parse("", text).map_err(|errors| {
        errors.0.into_iter().next().map_or(Problem::EmptyFile, |error| error.problem)
    })
}

fn look(draft: &mut MappingDraft, member: &Member<'_>) -> Result<(), Problem> {
    let mut start = [0_u8; 4];
    let mut reader = member.open().map_err(table::problem_of)?;
    let size = std::io::Read::read(&mut reader, &mut start).map_err(table::problem_of)?;
    if start.get(..size).is_some_and(|start| start == b"PK\x03\x04") {
        draft.format =
            if table::is_document(member) { TableFormat::Docx } else { TableFormat::Xlsx };
        return first_table(draft, member);
    }
    let charset = find_charset(&mut *member.open().map_err(table::problem_of)?)?;
    draft.encoding = Some(charset);
    let lines = table::first_lines(member, charset, ROWS).map_err(table::problem_of)?;
    let first = lines.iter().find(|line| !line.trim().is_empty()).ok_or(Problem::EmptyFile)?;
    let object = first.trim_start().starts_with(['{', '[']) || first == table::RUN;
    if object && json(draft, member, &lines)? {
        return Ok(());
    }
    let found = delimiter(&lines);
    if found.is_none() && log(draft, &lines) {
        return heads(draft, member);
    }
    draft.delimiter = found.or(Some(','));
    heads(draft, member)
}

/// The first sheet or table that has heads and rows; where none has, the very first.
fn first_table(draft: &mut MappingDraft, member: &Member<'_>) -> Result<(), Problem> {
    let sheets = match draft.format {
        TableFormat::Xlsx => table::sheet_names(member)?,
        _ => Vec::new(),
    };
    for place in 0..MOST_PLACES {
        draft.sheet = sheets.get(place).cloned();
        draft.table = place as u64 + 1;
        if draft.format == TableFormat::Xlsx && draft.sheet.is_none() {
            break;
        }
        match heads(draft, member) {
            Ok(()) if draft.header_row != Some(0) => return Ok(()),
            Err(Problem::NoTableInDocument(_)) => break,
            _ => {}
        }
    }
    draft.sheet = sheets.first().cloned();
    draft.table = 1;
    heads(draft, member)
}

/// The delimiter that cuts most lines into the same number of cells, more than one.
fn delimiter(lines: &[String]) -> Option<char> {
    let full: Vec<&String> = lines.iter().filter(|line| !line.trim().is_empty()).take(50).collect();
    let marks = full.iter().map(|line| find_delimiter(line));
    let best = |mark: char| {
        let counts: Vec<usize> = full.iter().map(|line| line.matches(mark).count()).collect();
        let most =
            counts.iter().copied().filter(|count| *count > 0).max_by_key(|count| {
                (counts.iter().filter(|other| *other == count).count(), *count)
            })?;
        let same = counts.iter().filter(|count| **count == most).count();
        (same * 5 >= full.len() * 3).then_some((same, most, mark))
    };
    marks.filter_map(best).max_by_key(|(same, most, _)| (*same, *most)).map(|(.., mark)| mark)
}

/// Whether it is JSON: a list, an object a line, or a list inside an object.
fn json(draft: &mut MappingDraft, member: &Member<'_>, lines: &[String]) -> Result<bool, Problem> {
    let object =
        |line: &String| line.trim_start().starts_with('{') && line.trim_end().ends_with('}');
    let full: Vec<&String> = lines.iter().filter(|line| !line.trim().is_empty()).take(50).collect();
    // A line in five may be broken; a list of objects has brackets and commas around them.
    let whole = full.iter().filter(|line| object(line)).count();
    let run = full.first().is_some_and(|line| *line == table::RUN);
    let by_line = run || (whole > 1 && whole * 5 >= full.len() * 4);
    draft.format = if by_line { TableFormat::Jsonl } else { TableFormat::Json };
    if !by_line && full.first().is_some_and(|line| line.trim_start().starts_with('{')) {
        draft.path = table::find_list(member, draft.encoding.unwrap_or(Charset::Utf8));
        if draft.path.is_none() {
            draft.format = TableFormat::Csv;
            return Ok(false);
        }
    }
    let done = heads(draft, member);
    if done.is_err() {
        (draft.format, draft.path) = (TableFormat::Csv, None);
    }
    Ok(done.is_ok())
}

/// Whether lines begin with a time; then their pattern.
fn log(draft: &mut MappingDraft, lines: &[String]) -> bool {
    let form = TimeForm::default();
    let full: Vec<&String> = lines.iter().filter(|line| !line.trim().is_empty()).take(50).collect();
    let opened = |line: &str| line.starts_with('[');
    let rest = |line: &str| -> Option<String> {
        let line = line.strip_prefix('[').unwrap_or(line);
        let end = leading_time(line, &form)?;
        line.get(end..).map(str::to_owned)
    };
    let rests: Vec<String> = full.iter().filter_map(|line| rest(line)).collect();
    if rests.len() * 2 < full.len() || rests.is_empty() {
        return chat(draft, &full);
    }
    let boxed = full.iter().filter(|line| opened(line)).count() * 2 > full.len();
    let time = if boxed { "[{time:time}]" } else { "{time:time}" };
    let bracket = |rest: &String| rest.trim_start_matches(']').trim_start().starts_with('[');
    let levels = rests.iter().filter(|rest| bracket(rest)).count() * 5 > rests.len() * 4;
    let level = if levels { " [{level}]" } else { "" };
    draft.format = TableFormat::Text;
    draft.pattern = Some(format!("{time}{level} {{text}}"));
    true
}

/// Whether lines of a name and a time stand over what was said: a chat, pasted into a text.
fn chat(draft: &mut MappingDraft, full: &[&String]) -> bool {
    let form = TimeForm::default();
    let Some(pattern) = Pattern::parse(CHAT) else { return false };
    let heads: Vec<bool> = full.iter().map(|line| pattern.begins(line, &|_| form)).collect();
    let count = heads.iter().filter(|head| **head).count();
    let found = heads.first() == Some(&true) && count > 1 && count * 5 >= heads.len();
    if found {
        draft.format = TableFormat::Text;
        draft.pattern = Some(CHAT.to_owned());
    }
    found
}

/// Finds the row of the heads, and what stands below it.
fn heads(draft: &mut MappingDraft, member: &Member<'_>) -> Result<(), Problem> {
    let rowed = matches!(draft.format, TableFormat::Csv | TableFormat::Xlsx | TableFormat::Docx);
    let mut last = Problem::EmptyFile;
    for row in 1..=if rowed { MOST_HEAD } else { 1 } {
        draft.header_row = rowed.then_some(row);
        match read(draft, member) {
            Ok((header, rows)) => {
                let good = are_heads(&header) && !rows.is_empty();
                if good || (!rowed && !rows.is_empty()) {
                    draft.columns = ColumnDraft::of(&header, &rows);
                    settle(draft, member, &header);
                    return Ok(());
                }
            }
            Err(problem) => last = problem,
        }
    }
    if !rowed {
        return Err(last);
    }
    // No row is a head: the columns are numbered.
    draft.header_row = Some(0);
    let (header, rows) = read(draft, member).map_err(|_| last)?;
    draft.columns = ColumnDraft::of(&header, &rows);
    Ok(())
}

/// Names the row in which the heads stand, not a blank one before it.
fn settle(draft: &mut MappingDraft, member: &Member<'_>, header: &[String]) {
    while let Some(row) = draft.header_row.filter(|row| *row < MOST_HEAD) {
        draft.header_row = Some(row + 1);
        let same = read(draft, member).is_ok_and(|(next, _)| next == header);
        if !same {
            draft.header_row = Some(row);
            return;
        }
    }
}

/// Names, each once; no figures and no times.
fn are_heads(header: &[String]) -> bool {
    let named = |head: &String| !head.is_empty() && !column::is_figure(head);
    let once =
        header.iter().enumerate().all(|(at, head)| !header.iter().skip(at + 1).any(|h| h == head));
    !header.is_empty() && header.iter().all(named) && once
}

fn read(draft: &mut MappingDraft, member: &Member<'_>) -> Result<(Vec<String>, Vec<Row>), Problem> {
    let mapping = plain(&draft.shape())?;
    let table = table::open(member, &mapping)?;
    draft.sheet.clone_from(&table.sheet);
    let good = table.rows.take(ROWS).filter_map(|item| match item {
        Ok(RowItem::Good(row)) => Some(row),
        _ => None,
    });
    Ok((table.header, good.collect()))
}

#[cfg(test)]
mod tests;
