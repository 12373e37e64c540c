//! Plain-text logs by pattern: a record a line, or from one time to the next.

use super::charset::find_charset;
use super::container::problem_of;
use super::lines::{Line, Lines};
use super::{Cell, Log, Row, RowItem, Table};
use crate::error::{Problem, cut};
use crate::mapping::{Charset, ColumnKind, Mapping, Pattern};
use crate::time::TimeForm;
use std::collections::BTreeMap;
use std::io;

/// A record runs over no more lines than this, and over no more bytes than a line may have.
const MOST_LINES: usize = 10_000;
const LONGEST: usize = 1 << 24;

/// Opens it. The heads are the fields of all patterns, in the order they first stand.
pub(super) fn open<'l>(log: &'l dyn Log, mapping: &Mapping) -> Result<Table<'l>, Problem> {
    if mapping.layout.patterns.is_empty() {
        return Err(Problem::NoPattern);
    }
    let charset = match mapping.encoding {
        Some(charset) => charset,
        None => find_charset(&mut *log.open().map_err(problem_of)?)?,
    };
    let times: BTreeMap<String, TimeForm> = mapping
        .columns
        .iter()
        .filter(|column| column.kind == ColumnKind::Time)
        .map(|column| (column.name.clone(), column.form()))
        .collect();
    let used: Vec<&String> =
        mapping.facts.iter().flat_map(|rule| rule.time.iter().chain(&rule.time_end)).collect();
    let is_time = |name: &str| times.contains_key(name) || used.iter().any(|used| *used == name);
    let patterns: Vec<Pattern> =
        mapping.layout.patterns.iter().map(|pattern| pattern.clone().typed(is_time)).collect();
    let mut header: Vec<String> = Vec::new();
    for name in patterns.iter().flat_map(Pattern::names) {
        if !header.iter().any(|known| known == name) {
            header.push(name.to_owned());
        }
    }
    let lines = Lines::new(log.open().map_err(problem_of)?, charset);
    let by_time = mapping.layout.by_time;
    let rows = Records { lines, charset, patterns, times, header: header.clone(), by_time };
    Ok(Table {
        header,
        charset: Some(charset),
        sheet: None,
        formulas: 0,
        plain: None,
        rows: Box::new(rows),
    })
}

struct Records<'l> {
    lines: Lines<'l>,
    charset: Charset,
    patterns: Vec<Pattern>,
    times: BTreeMap<String, TimeForm>,
    header: Vec<String>,
    by_time: bool,
}

impl Records<'_> {
    fn form(&self, name: &str) -> TimeForm {
        self.times.get(name).copied().unwrap_or_default()
    }

    fn begins(&self, line: &Line) -> bool {
        self.patterns.iter().any(|pattern| pattern.begins(&line.text, &|name| self.form(name)))
    }

    fn next_item(&mut self) -> io::Result<Option<RowItem>> {
        while let Some(line) = self.lines.next_line()? {
            if line.cut {
                return Ok(Some(bad(&line, "shorter-line")));
            }
            if line.text.trim().is_empty() {
                continue;
            }
            if !self.by_time || !self.begins(&line) {
                return Ok(Some(self.row(&line)));
            }
            return self.record(line).map(Some);
        }
        Ok(None)
    }

    /// The record that begins at `line`, to where the next one begins.
    fn record(&mut self, mut line: Line) -> io::Result<RowItem> {
        let mut count = 1;
        while let Some(next) = self.lines.next_line()? {
            let long = line.text.len() + next.text.len() > LONGEST || count == MOST_LINES;
            if next.cut || long || self.begins(&next) {
                self.lines.give_back(vec![next]);
                break;
            }
            count += 1;
            line.text.push('\n');
            line.text.push_str(next.text.trim_end());
        }
        line.text.truncate(line.text.trim_end().len());
        Ok(self.row(&line))
    }

    fn row(&self, line: &Line) -> RowItem {
        if let Some(expected) = super::fault(&line.text, self.charset) {
            return bad(line, expected);
        }
        let form = |name: &str| self.form(name);
        let Some(fields) = self.patterns.iter().find_map(|pattern| pattern.read(&line.text, &form))
        else {
            return bad(line, "pattern");
        };
        let text = |name: &String| {
            let found = fields.iter().find(|(field, _)| field == name);
            found.map(|(_, text)| (*text).to_owned()).unwrap_or_default()
        };
        let cells = self.header.iter().map(|name| Cell { text: text(name), date: None });
        RowItem::Good(Row { number: line.number, cells: cells.collect() })
    }
}

fn bad(line: &Line, expected: &str) -> RowItem {
    RowItem::Bad {
        number: line.number,
        column: String::new(),
        text: cut(&line.text),
        expected: expected.to_owned(),
    }
}

impl Iterator for Records<'_> {
    type Item = io::Result<RowItem>;
    fn next(&mut self) -> Option<Self::Item> {
        self.next_item().transpose()
    }
}
