//! A log and a mapping → facts and a report. Bad rows never stop it and never vanish; a row that
//! repeats an earlier one to the letter is counted and used once.

mod clock;
mod columns;
mod condition;
mod curve;
mod facts;
mod figures;
mod filter;
mod offer;
mod part;
mod pick;
mod repeats;
mod run;
mod spread;
mod tables;
mod trigger;
mod values;

use crate::defaults::IntakeDefaults;
use crate::error::{IntakeError, IntakeErrors, Problem};
use crate::mapping::{Charset, Mapping};
use crate::table::stage::Stage;
use crate::table::{self, Log, Member, Table};
use columns::Columns;
use condition::Conditions;
use fupan_model::{CaseFile, Digest, Evidence, Fact, ImportReport, Locator, PartyId, RowId};
use pick::After;
use repeats::{Repeats, Room};
use run::Run;
use spread::Spread;
use std::collections::BTreeMap;
use std::thread::available_parallelism;
use tables::Tables;
use values::Scope;

/// More threads than this gain nothing: one alone puts the rows in order.
const MOST_THREADS: usize = 8;

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

/// Imports a log, on all cores.
///
/// # Errors
/// [`IntakeErrors`] when the log is no table the mapping speaks of: a column that is not there, a
/// sheet, an encoding that cannot be told, a party nobody names, times without any zone.
pub fn import(input: &ImportInput<'_>) -> Result<ImportOutcome, IntakeErrors> {
    let cores = available_parallelism().map_or(1, usize::from);
    let spread = Spread { threads: cores.min(MOST_THREADS), block: spread::BLOCK };
    import_with(input, spread, Room::ORDINARY)
}

/// Imports a log with so many threads and so much room for repeated rows; neither shows in what
/// comes of it.
fn import_with(
    input: &ImportInput<'_>,
    spread: Spread,
    room: Room,
) -> Result<ImportOutcome, IntakeErrors> {
    let members = table::unpack(input.log, input.mapping).map_err(|e| refused(input, None, e))?;
    let mut tables = Tables { input, members: &members, header: Vec::new(), spread };
    let first = tables.open(0)?;
    let mut header = first.header.clone();
    let (charset, sheet) = (first.charset, first.sheet.clone());
    tables.header.clone_from(&header);
    Stage::new(input.mapping, &mut header, charset.is_none());
    let columns = Columns::resolve(input, &header)?;
    let rules = input.mapping.facts.iter();
    let conditions: Vec<Conditions<'_>> =
        rules.map(|rule| Conditions::new(rule, &columns)).collect();
    let mut repeats = Repeats::new(room);
    let (report, mut facts) =
        read(&tables, Some(first), &columns, &conditions, &mut repeats, None)?;
    if input.mapping.facts.iter().any(|rule| rule.after_fact.is_some()) {
        // Rules that wait for another are read a second time: its first fact may stand anywhere.
        let anchors = anchors(input, &facts, &members);
        let more = read(&tables, None, &columns, &conditions, &mut repeats, Some(&anchors))?;
        for (all, more) in facts.iter_mut().zip(more.1) {
            all.extend(more);
        }
    }
    let facts: Vec<Fact> = facts.into_iter().flatten().collect();
    let report = ImportReport { facts: u64::try_from(facts.len()).unwrap_or(u64::MAX), ..report };
    Ok(ImportOutcome { report, facts, charset, sheet })
}

/// Reads all rows, as often as it takes to know which of them are repeated.
fn read<'a>(
    tables: &Tables<'a>,
    mut first: Option<Table<'a>>,
    columns: &'a Columns<'a>,
    conditions: &'a [Conditions<'a>],
    repeats: &mut Repeats,
    anchors: Option<&Anchors<'_>>,
) -> Result<(ImportReport, Vec<Vec<Fact>>), IntakeErrors> {
    loop {
        let table = match first.take() {
            Some(table) => table,
            None => tables.open(0)?,
        };
        let mapping = tables.input.mapping;
        let stage = Stage::new(mapping, &mut tables.header.clone(), table.charset.is_none());
        let mut run = Run::new(tables.input, columns, conditions, stage, repeats, anchors);
        tables.feed(table, &mut run)?;
        let made = run.finish();
        if repeats.end_pass() {
            return Ok(made);
        }
    }
}

impl<'a> ImportInput<'a> {
    /// What the reading of cells needs to know.
    fn scope(&self) -> Scope<'a> {
        Scope {
            zone_s: self.mapping.zone_s,
            day_ms: self.day_ms,
            policies: &self.defaults.policies,
        }
    }
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

/// The party of a rule's facts: its own, or the evidence's.
fn party_of(rule: Option<&PartyId>, evidence: &Evidence) -> Option<PartyId> {
    rule.or(evidence.party.as_ref()).cloned()
}

#[cfg(test)]
mod tests;
