//! A log and a mapping → facts and a report. Bad rows never stop it and never vanish; a row that
//! repeats an earlier one to the letter is counted and used once.

mod columns;
mod facts;
mod figures;
mod pick;
mod values;

use crate::defaults::IntakeDefaults;
use crate::error::{IntakeError, IntakeErrors, Problem};
use crate::mapping::{Charset, Mapping};
use crate::table::{self, Log, Row, RowItem};
use columns::Columns;
use figures::Figures;
use fupan_model::{CaseFile, Digest, Evidence, Fact, ImportReport, PartyId, RejectedRow, RowId};
use pick::Picker;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashSet};
use values::ReadError;

/// How many rejected rows a report lists.
const LISTED: usize = 1000;

/// What an import is given (导入输入).
#[derive(Clone, Copy)]
pub struct ImportInput<'a> {
    /// The log, as evidence: its id names the facts, its title is their source.
    pub evidence: &'a Evidence,
    /// Its bytes.
    pub log: &'a dyn Log,
    /// How its rows become facts.
    pub mapping: &'a Mapping,
    /// What errors call the mapping's file.
    pub mapping_name: &'a str,
    /// The case's own words, bound to fact kinds.
    pub kinds: &'a BTreeMap<String, RowId>,
    /// Start of the accident's day, in ms; rows further than 2^40 ms from it are rejected.
    /// `None` outside a case.
    pub day_ms: Option<i64>,
    /// Ids and policies of the book.
    pub defaults: &'a IntakeDefaults,
}

/// What an import made (导入结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOutcome {
    /// What was read, rejected, repeated.
    pub report: ImportReport,
    /// The facts, in the order of the mapping, then of the rows.
    pub facts: Vec<Fact>,
    /// The encoding it was read in; `None` for a workbook.
    pub charset: Option<Charset>,
    /// The sheet it was read from; `None` for a text.
    pub sheet: Option<String>,
}

/// The evidence of a case that has these bytes already: importing them again adds nothing.
pub fn same_bytes<'c>(case: &'c CaseFile, digest: &Digest) -> Option<&'c Evidence> {
    case.evidence.iter().find(|evidence| evidence.sha256 == *digest)
}

/// Imports a log.
///
/// # Errors
/// [`IntakeErrors`] when the log is no table the mapping speaks of: a column that is not there, a
/// sheet, an encoding that cannot be told, a party nobody names, times without any zone.
pub fn import(input: &ImportInput<'_>) -> Result<ImportOutcome, IntakeErrors> {
    let file = &input.evidence.path;
    let table = table::open(input.log, input.mapping).map_err(|problem| {
        let field = if matches!(problem, Problem::NoSheet(_)) { "sheet" } else { "" };
        let found = input.mapping.sheet.as_deref().unwrap_or_default();
        IntakeError::at(file, "", field, if field.is_empty() { "" } else { found }, problem)
    })?;
    let columns = Columns::resolve(input, &table.header)?;
    let mut run = Run::new(input, &columns, table.sheet.as_deref());
    for item in table.rows {
        let item = item.map_err(|error| {
            IntakeError::of_file(file, Problem::FileUnreadable(error.to_string()))
        })?;
        run.take(item)?;
    }
    let (report, facts) = run.finish();
    Ok(ImportOutcome { report, facts, charset: table.charset, sheet: table.sheet })
}

/// One pass over the rows (一次导入).
struct Run<'a> {
    input: &'a ImportInput<'a>,
    columns: &'a Columns<'a>,
    seen: HashSet<[u8; 16]>,
    figures: Figures,
    pickers: Vec<Picker<'a>>,
    report: ImportReport,
}

impl<'a> Run<'a> {
    fn new(input: &'a ImportInput<'a>, columns: &'a Columns<'a>, sheet: Option<&str>) -> Self {
        let pickers = input
            .mapping
            .facts
            .iter()
            .map(|rule| Picker::new(rule, input, columns, sheet))
            .collect();
        Self {
            input,
            columns,
            seen: HashSet::new(),
            figures: Figures::new(columns),
            pickers,
            report: ImportReport {
                evidence: input.evidence.id.clone(),
                mapping: input.mapping.digest.clone(),
                rows: 0,
                rejected_total: 0,
                rejected: Vec::new(),
                duplicates: 0,
                first: None,
                last: None,
                columns: Vec::new(),
                facts: 0,
            },
        }
    }

    fn take(&mut self, item: RowItem) -> Result<(), IntakeErrors> {
        self.report.rows += 1;
        let row = match item {
            RowItem::Good(row) => row,
            RowItem::Bad { number, column, text, expected } => {
                self.reject(RejectedRow { row: number, column, text, expected });
                return Ok(());
            }
        };
        let parsed = match self.columns.parse(&row, self.input) {
            Ok(parsed) => parsed,
            Err(ReadError::Row(rejected)) => {
                self.reject(rejected);
                return Ok(());
            }
            Err(ReadError::NoZone { column, text }) => {
                let place = format!("column[{column}]");
                let name = self.input.mapping_name;
                return Err(IntakeError::at(name, &place, "zone", &text, Problem::NoZone).into());
            }
        };
        if !self.seen.insert(print_of(&row)) {
            self.report.duplicates += 1;
            return Ok(());
        }
        self.figures.add(&parsed);
        for picker in &mut self.pickers {
            picker.offer(&row, &parsed);
        }
        Ok(())
    }

    fn reject(&mut self, row: RejectedRow) {
        self.report.rejected_total += 1;
        if self.report.rejected.len() < LISTED {
            self.report.rejected.push(row);
        }
    }

    fn finish(self) -> (ImportReport, Vec<Fact>) {
        let facts: Vec<Fact> = self.pickers.into_iter().flat_map(Picker::finish).collect();
        let mut report = self.report;
        (report.first, report.last) = self.figures.span();
        report.columns = self.figures.finish();
        report.facts = u64::try_from(facts.len()).unwrap_or(u64::MAX);
        (report, facts)
    }
}

/// Half a SHA-256 of the cells: two rows have one print only when they are the same to the letter.
fn print_of(row: &Row) -> [u8; 16] {
    let mut hash = Sha256::new();
    for cell in &row.cells {
        hash.update(cell.text.len().to_le_bytes());
        hash.update(cell.text.as_bytes());
    }
    let mut print = [0; 16];
    for (to, from) in print.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    print
}

/// The party of a rule's facts: its own, or the evidence's.
fn party_of(rule: Option<&PartyId>, evidence: &Evidence) -> Option<PartyId> {
    rule.or(evidence.party.as_ref()).cloned()
}
