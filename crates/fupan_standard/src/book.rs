//! The book: all tables of one edition, parsed and checked.

use crate::calendar::{self, Calendar, NoCalendar};
use crate::local;
use crate::tables::{self, Found, Tables};
use crate::views::Views;
use crate::{
    BookError, CrossCheck, Date, Edition, FactKind, Fault, Indicator, Limit, Row, RowView,
};
use crate::{Phrase, phrase, shipped, validate};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Deref;

/// Book (标准库): the standard as data. It is given out only when it has no error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// The edition.
    pub edition: Row<Edition>,
    /// Calendars, by year.
    pub calendars: Vec<Row<Calendar>>,
    /// Words of the report, in the order of their file.
    pub phrases: Vec<Phrase>,
    tables: Tables,
    views: Views,
    files: BTreeMap<String, String>,
}

/// The tables are read as the book's own fields: `book.crosschecks`.
impl Deref for Book {
    type Target = Tables;

    fn deref(&self) -> &Tables {
        &self.tables
    }
}

/// Shortfall (行数不符): a table that has not the rows its edition expects. No error: the book
/// is incomplete, and says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// Which table, as the edition names it.
    pub what: String,
    /// Rows expected.
    pub expected: usize,
    /// Rows there.
    pub found: usize,
}

impl Book {
    /// The edition that ships with the program.
    ///
    /// # Errors
    /// Every error of the shipped files; a test holds that there is none.
    pub fn shipped() -> Result<Self, Vec<BookError>> {
        Self::parse(shipped::FILES)
    }

    /// Reads a book from its files: (name within the book such as `laws.toml` or
    /// `calendar/2024.toml`, text). The order of the files does not matter.
    ///
    /// # Errors
    /// Every error found in any file, sorted by file, row and key.
    pub fn parse<N: AsRef<str>, T: AsRef<str>>(files: &[(N, T)]) -> Result<Self, Vec<BookError>> {
        let mut found = Found::default();
        let mut texts = BTreeMap::new();
        for (name, text) in files {
            let (name, text) = (name.as_ref().to_owned(), text.as_ref().to_owned());
            if texts.insert(name.clone(), text).is_some() {
                found.errors.push(whole_file(&name, Fault::DuplicateFile));
            }
        }
        missing_files(&texts, &mut found);
        let mut tables = Tables::default();
        let mut edition = None;
        let mut calendars = Vec::new();
        let mut phrases = Vec::new();
        for (name, text) in &texts {
            if name == tables::PHRASES {
                phrases = phrase::read(name, text, &mut found.errors);
                continue;
            }
            let Some(document) = document(name, text, &mut found) else { continue };
            if name == tables::EDITION {
                edition = Some(tables::edition(document, &mut found));
            } else if let Some(year) = tables::calendar_year(name) {
                let row: Row<Calendar> = found.single(name, document);
                same_year(name, year, &row, &mut found);
                calendars.push(row);
            } else if let Some(province) = local::province(name) {
                local::read(name, province, document, &mut tables, &mut found);
            } else {
                tables.read(name, document, &mut found);
            }
        }
        let views = validate::book(&tables, edition.as_ref(), &mut found);
        let mut errors = found.errors;
        match edition {
            Some(edition) if errors.is_empty() => {
                Ok(Self { edition, calendars, phrases, tables, views, files: texts })
            }
            _ => {
                errors.sort();
                errors.dedup();
                Err(errors)
            }
        }
    }

    /// The files the book was read from, by name: kept with a case, they read back as this book.
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// SHA-256 over the sorted files (for each: length and bytes of name, length and bytes of
    /// text, lengths as 8 bytes big-endian), as 64 lower-case hexadecimal digits.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (name, text) in &self.files {
            for part in [name, text] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part.as_bytes());
            }
        }
        let mut hex = String::with_capacity(64);
        for byte in hash.finalize() {
            // Writing into a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }

    /// Any row by its id, as text.
    pub fn row(&self, id: &str) -> Option<&RowView> {
        self.views.by_id(id)
    }

    /// Every row of every table, in the order of the files' names and of the rows in them.
    pub fn rows(&self) -> impl Iterator<Item = &RowView> {
        self.views.iter()
    }

    /// The fact kind of this id.
    pub fn fact_kind(&self, id: &str) -> Option<&Row<FactKind>> {
        find(&self.fact_kinds, id)
    }

    /// The check point of this id.
    pub fn crosscheck(&self, id: &str) -> Option<&Row<CrossCheck>> {
        find(&self.crosschecks, id)
    }

    /// The indicator of this id.
    pub fn indicator(&self, id: &str) -> Option<&Row<Indicator>> {
        find(&self.indicators, id)
    }

    /// The limit of this id.
    pub fn limit(&self, id: &str) -> Option<&Row<Limit>> {
        find(&self.limits, id)
    }

    /// Items a list of the book requires: (key by which facts name it, title).
    pub fn list_items(&self, id: &str) -> Option<Vec<(&str, &crate::Words)>> {
        let list = &find(&self.lists, id)?.body;
        let Some(table) = &list.of_table else {
            return Some(list.items.iter().map(|item| (item.key.as_str(), &item.title)).collect());
        };
        let rows = self.views.iter().filter(|view| view.table == *table);
        Some(rows.map(|view| (view.id.as_str(), &view.title)).collect())
    }

    /// The code of the lane in which parties of this kind are drawn.
    pub fn track_of(&self, party_kind: &str) -> Option<&str> {
        let kind = self.party_kinds.iter().find(|row| row.body.code == party_kind)?;
        Some(&kind.body.track)
    }

    /// The calendar of this year.
    pub fn calendar(&self, year: i32) -> Option<&Row<Calendar>> {
        self.calendars.iter().find(|row| row.body.year == year)
    }

    /// Working days after `from` up to and including `to`.
    ///
    /// # Errors
    /// [`NoCalendar`] when the book has no calendar for a year of the span.
    pub fn working_days_between(&self, from: Date, to: Date) -> Result<i64, NoCalendar> {
        calendar::working_days_between(&self.calendars, from, to)
    }

    /// Tables that have not the rows the edition expects.
    pub fn shortfalls(&self) -> Vec<Shortfall> {
        let counted = self.edition.body.expected.iter().filter_map(|one| {
            let expected = usize::try_from(one.count).ok()?;
            let found = self.tables.count(&one.what.replace('-', "_"))?;
            Some(Shortfall { what: one.what.clone(), expected, found })
        });
        counted.filter(|one| one.expected != one.found).collect()
    }

    /// Whether the edition calls itself complete and no table falls short.
    pub fn is_complete(&self) -> bool {
        self.edition.body.complete && self.shortfalls().is_empty()
    }
}

fn find<'r, T>(rows: &'r [Row<T>], id: &str) -> Option<&'r Row<T>> {
    rows.iter().find(|row| row.id == id)
}

fn whole_file(file: &str, fault: Fault) -> BookError {
    BookError { file: file.to_owned(), row: String::new(), key: String::new(), fault }
}

fn missing_files(texts: &BTreeMap<String, String>, found: &mut Found) {
    let wanted: BTreeSet<&str> =
        tables::files().into_iter().chain([tables::EDITION, tables::PHRASES]).collect();
    for name in wanted.iter().filter(|name| !texts.contains_key(**name)) {
        found.errors.push(whole_file(name, Fault::MissingFile));
    }
    for name in texts.keys().filter(|name| !wanted.contains(name.as_str())) {
        if tables::calendar_year(name).is_none() && local::province(name).is_none() {
            let mut expected: Vec<String> = wanted.iter().map(|&name| name.to_owned()).collect();
            expected.extend(["calendar/<year>.toml", "limits/<province>.toml"].map(str::to_owned));
            found.errors.push(whole_file(name, Fault::UnknownFile { expected }));
        }
    }
}

fn document(name: &str, text: &str, found: &mut Found) -> Option<toml::Table> {
    let known = name == tables::EDITION
        || tables::calendar_year(name).is_some()
        || local::province(name).is_some()
        || tables::files().contains(&name);
    if !known {
        return None;
    }
    match text.parse::<toml::Table>() {
        Ok(document) => Some(document),
        Err(error) => {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map_or(0, |before| before.matches('\n').count() + 1);
            let detail = error.message().to_owned();
            found.errors.push(whole_file(name, Fault::Syntax { line, detail }));
            None
        }
    }
}

fn same_year(file: &str, year: i32, row: &Row<Calendar>, found: &mut Found) {
    let mut fault = |key: &str, found_there: String, expected: String| {
        let (file, row, key) = (file.to_owned(), row.id.clone(), key.to_owned());
        let fault = Fault::Clash { found: found_there, expected };
        found.errors.push(BookError { file, row, key, fault });
    };
    if row.body.year != year {
        fault("year", row.body.year.to_string(), format!("{year}, the year of the file's name"));
        return;
    }
    for (key, days) in [("holidays", &row.body.holidays), ("workdays", &row.body.workdays)] {
        for day in days.iter().filter(|day| day.year() != year) {
            fault(key, day.to_string(), format!("a day of {year}"));
        }
    }
}
