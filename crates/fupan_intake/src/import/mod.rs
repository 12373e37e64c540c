//! A log and a mapping → facts and a report. Bad rows never stop it and never vanish; a row that
//! repeats an earlier one to the letter is counted and used once.

mod clock;
mod columns;
mod curve;
mod facts;
mod figures;
mod pick;
mod trigger;
mod values;

use crate::defaults::IntakeDefaults;
use crate::error::{IntakeError, IntakeErrors, Problem};
use crate::mapping::{Charset, Mapping};
use crate::table::stage::Stage;
use crate::table::{self, Log, Member, Row, RowItem, Table};
use clock::ClockWatch;
use columns::Columns;
use curve::Curves;
use figures::Figures;
use fupan_model::{
    CaseFile, ClockNotes, Digest, Evidence, Fact, ImportReport, Locator, PartyId, RejectedRow,
    RowId,
};
use pick::{After, Picker, Place};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
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
    let members = table::unpack(input.log, input.mapping).map_err(|e| refused(input, None, e))?;
    let mut tables = Tables { input, members: &members, header: Vec::new() };
    let first = tables.open(0)?;
    let mut header = first.header.clone();
    let serials = first.charset.is_none();
    let (charset, sheet) = (first.charset, first.sheet.clone());
    tables.header.clone_from(&header);
    let stage = Stage::new(input.mapping, &mut header, serials);
    let columns = Columns::resolve(input, &header)?;
    let mut run = Run::new(input, &columns, stage, None);
    tables.feed(first, &mut run)?;
    let (report, mut facts) = run.finish();
    if input.mapping.facts.iter().any(|rule| rule.after_fact.is_some()) {
        // Rules that wait for another are read a second time: its first fact may stand anywhere.
        let anchors = anchors(input, &facts, &members);
        let stage = Stage::new(input.mapping, &mut tables.header.clone(), serials);
        let mut run = Run::new(input, &columns, stage, Some(&anchors));
        tables.feed(tables.open(0)?, &mut run)?;
        for (all, more) in facts.iter_mut().zip(run.finish().1) {
            all.extend(more);
        }
    }
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    let report = ImportReport { facts: u64::try_from(facts.len()).unwrap_or(u64::MAX), ..report };
    Ok(ImportOutcome { report, facts, charset, sheet })
}

/// The refusal of a log, or of a member of it.
fn refused(input: &ImportInput<'_>, member: Option<&str>, problem: Problem) -> IntakeErrors {
    let mapping = input.mapping;
    let (field, found) = match &problem {
        Problem::NoSheet(_) => ("sheet", mapping.sheet.as_deref().unwrap_or_default()),
        Problem::NoMember(..) => ("files", ""),
        Problem::NoList(_) => ("rows", ""),
        Problem::NoBegin(_) => ("begins", ""),
        Problem::NoTableInDocument(_) => ("table", ""),
        Problem::NoPattern => ("pattern", ""),
        Problem::OtherFormat(_) => ("format", ""),
        _ => ("", ""),
    };
    let place = member.unwrap_or_default();
    IntakeError::at(&input.evidence.path, place, field, found, problem).into()
}

/// The tables of a log: one, or those of the members of an archive, which are one log (多文件日志).
struct Tables<'a> {
    input: &'a ImportInput<'a>,
    members: &'a [Member<'a>],
    header: Vec<String>,
}

impl<'a> Tables<'a> {
    fn open(&self, at: usize) -> Result<Table<'a>, IntakeErrors> {
        let member = self.members.get(at);
        let name = member.and_then(|member| member.name.as_deref());
        let refused = |problem| refused(self.input, name, problem);
        let table =
            table::open(member.ok_or_else(|| refused(Problem::EmptyFile))?, self.input.mapping);
        let table = table.map_err(refused)?;
        if at > 0 && table.header != self.header {
            let name = name.unwrap_or_default().to_owned();
            return Err(refused(Problem::OtherColumns(name, table.header)));
        }
        Ok(table)
    }

    /// Feeds all rows of all tables, the first of which is open already.
    fn feed(&self, first: Table<'a>, run: &mut Run<'_>) -> Result<(), IntakeErrors> {
        let mut first = Some(first);
        for (at, member) in self.members.iter().enumerate() {
            let table = match first.take() {
                Some(table) => table,
                None => self.open(at)?,
            };
            let name = member.name.as_deref();
            let sheet = match (name, &table.sheet) {
                (Some(name), Some(sheet)) => Some(format!("{name}/{sheet}")),
                (Some(name), None) => Some(name.to_owned()),
                (None, sheet) => sheet.clone(),
            };
            let several = self.members.len() > 1;
            run.report.formulas += table.formulas;
            run.begin(sheet, if several { at + 1 } else { 0 });
            for item in table.rows {
                let item =
                    item.map_err(|error| refused(self.input, name, table::problem_of(error)))?;
                run.take(item)?;
            }
        }
        Ok(())
    }
}

/// The first facts of all rules, for those that wait for them: time, member and row.
type Anchors<'a> = BTreeMap<&'a str, After>;

fn anchors<'a>(
    input: &ImportInput<'a>,
    facts: &[Vec<Fact>],
    members: &[Member<'_>],
) -> Anchors<'a> {
    let mut out = Anchors::new();
    for (rule, facts) in input.mapping.facts.iter().zip(facts) {
        let first = facts.iter().filter_map(|fact| Some((fact.time.as_ref()?.at, fact)));
        let Some((at, fact)) = first.min_by_key(|(at, _)| *at) else { continue };
        let row = fact.cites.iter().next().map(|cite| match &cite.locator {
            Locator::Row(row) => (0, *row),
            Locator::SheetRow { sheet, row } => {
                let own =
                    |m: &Member<'_>| m.name.as_deref().is_some_and(|name| sheet.starts_with(name));
                let member = members.iter().position(own).map_or(0, |at| at + 1);
                (if members.len() > 1 { member } else { 0 }, *row)
            }
            _ => (0, 0),
        });
        out.insert(rule.id.as_str(), After { at, row });
    }
    out
}

/// One pass over the rows (一次导入).
struct Run<'a> {
    input: &'a ImportInput<'a>,
    columns: &'a Columns<'a>,
    stage: Stage,
    place: Place,
    seen: HashSet<[u8; 16]>,
    figures: Figures,
    clock: ClockWatch,
    time: Option<usize>,
    pickers: Vec<Option<Picker<'a>>>,
    curves: Vec<Curves<'a>>,
    report: ImportReport,
}

impl<'a> Run<'a> {
    /// Without anchors, all rules that wait for none; with anchors, those that do.
    fn new(
        input: &'a ImportInput<'a>,
        columns: &'a Columns<'a>,
        stage: Stage,
        anchors: Option<&Anchors<'_>>,
    ) -> Self {
        let picker = |rule: &'a crate::mapping::FactRule| {
            let after = match (&rule.after_fact, anchors) {
                (None, None) => None,
                (Some(id), Some(anchors)) => Some(anchors.get(id.as_str())?.clone()),
                _ => return None,
            };
            Some(Picker::new(rule, input, columns, after))
        };
        let pickers = input.mapping.facts.iter().map(picker).collect();
        let time = columns.time();
        Self {
            input,
            columns,
            stage,
            place: Place::default(),
            seen: HashSet::new(),
            figures: Figures::new(columns),
            clock: ClockWatch::new(time.and_then(|(_, every)| every)),
            time: time.map(|(at, _)| at),
            pickers,
            curves: input.mapping.series.iter().map(Curves::new).collect(),
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
                formulas: 0,
                series: Vec::new(),
                clock: ClockNotes::default(),
            },
        }
    }

    /// The rows that follow stand in this sheet or member.
    fn begin(&mut self, sheet: Option<String>, member: usize) {
        self.place = Place { sheet: sheet.map(Rc::from), member };
        for picker in self.pickers.iter_mut().flatten() {
            picker.begin(self.place.clone());
        }
    }

    fn take(&mut self, item: RowItem) -> Result<(), IntakeErrors> {
        self.report.rows += 1;
        let item = if self.stage.is_idle() { item } else { self.stage.pass(item) };
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
            Err(ReadError::Whole { column, text, key, problem }) => {
                let place = format!("column[{column}]");
                let name = self.input.mapping_name;
                return Err(IntakeError::at(name, &place, key, &text, problem).into());
            }
        };
        if !self.seen.insert(print_of(&row)) {
            self.report.duplicates += 1;
            return Ok(());
        }
        self.figures.add(&parsed);
        if let Some(at) = self.time.and_then(|at| parsed.get(at)).and_then(values::Parsed::at) {
            self.clock.see(row.number, at);
        }
        for picker in self.pickers.iter_mut().flatten() {
            picker.offer(&row, &parsed);
        }
        for curves in &mut self.curves {
            curves.see(&row, &parsed, self.columns);
        }
        Ok(())
    }

    fn reject(&mut self, mut row: RejectedRow) {
        // Of several members, the row alone does not tell where it stands.
        if let Some(sheet) = self.place.sheet.as_ref().filter(|_| self.place.member > 0) {
            row.column = format!("{sheet}: {}", row.column).trim_end().to_owned();
        }
        self.report.rejected_total += 1;
        if self.report.rejected.len() < LISTED {
            self.report.rejected.push(row);
        }
    }

    /// The report, without the number of facts; and the facts of each rule.
    fn finish(self) -> (ImportReport, Vec<Vec<Fact>>) {
        let facts = self.pickers.into_iter();
        let facts = facts.map(|picker| picker.map(Picker::finish).unwrap_or_default()).collect();
        let mut report = self.report;
        (report.first, report.last) = self.figures.span();
        report.columns = self.figures.finish();
        report.series = self.curves.into_iter().flat_map(Curves::finish).collect();
        report.clock = self.clock.finish(self.stage.roll_overs, self.stage.rolled);
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
