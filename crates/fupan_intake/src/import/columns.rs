//! The columns a mapping names, found in the head of the table.

use super::values::{self, Parsed, ReadError, Scope};
use super::{ImportInput, party_of};
use crate::error::{IntakeError, IntakeErrors, Problem};
use crate::mapping::{ColumnKind, ColumnRule};
use crate::table::Row;
use std::collections::BTreeMap;

/// Columns by name and place (列).
#[derive(Debug)]
pub(super) struct Columns<'a> {
    at: BTreeMap<&'a str, usize>,
    /// Columns whose cells are parsed, with their places.
    pub(super) rules: Vec<(usize, ColumnRule)>,
    /// How many heads there are.
    pub(super) width: usize,
    /// How many of them the mapping declares; the rest are used as times or numbers only.
    pub(super) declared: usize,
}

impl<'a> Columns<'a> {
    /// Finds them. Everything missing is named at once.
    pub(super) fn resolve(
        input: &ImportInput<'_>,
        header: &'a [String],
    ) -> Result<Self, IntakeErrors> {
        let mapping = input.mapping;
        let mut errors = Vec::new();
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        let mut twice = Vec::new();
        for (place, name) in header.iter().enumerate() {
            if at.insert(name.as_str(), place).is_some() {
                twice.push(name.as_str());
            }
        }
        let name = input.mapping_name;
        let mut wrong = |place: &str, field: &str, found: &str, problem: Problem| {
            let error = IntakeError::at(name, place, field, found, problem);
            if !errors.contains(&error) {
                errors.push(error);
            }
        };
        for (place, column) in mapping.named_columns() {
            if !at.contains_key(column.as_str()) {
                wrong(&place, &column, &input.evidence.path, Problem::NoColumn(header.to_vec()));
            } else if twice.contains(&column.as_str()) {
                wrong(&place, &column, &input.evidence.path, Problem::ColumnTwice);
            }
        }
        for rule in &mapping.facts {
            if party_of(rule.party.as_ref(), input.evidence).is_none() {
                wrong(&format!("fact[{}]", rule.id), "party", "", Problem::Missing);
            }
        }
        for column in &mapping.columns {
            let policies = &input.defaults.policies;
            if let Some(id) =
                column.policy.as_ref().filter(|id| !policies.by_name.contains_key(*id))
            {
                let problem = Problem::UnknownPolicy(policies.names());
                wrong(&format!("column[{}]", column.name), "policy", id.as_str(), problem);
            }
        }
        if !errors.is_empty() {
            return Err(IntakeErrors(errors));
        }
        let mut rules: Vec<(usize, ColumnRule)> = Vec::new();
        for rule in &mapping.columns {
            if let Some(place) = at.get(rule.name.as_str()) {
                rules.push((*place, rule.clone()));
            }
        }
        let declared = rules.len();
        for (column, kind) in used(input) {
            let known = rules.iter().any(|(_, rule)| rule.name == column && rule.kind == kind);
            if let Some(place) = at.get(column).filter(|_| !known) {
                rules.push((*place, ColumnRule::undeclared(column, kind)));
            }
        }
        Ok(Self { at, width: header.len(), rules, declared })
    }

    /// The place of a column.
    pub(super) fn place(&self, column: &str) -> Option<usize> {
        self.at.get(column).copied()
    }

    /// Where a column of this kind stands among the rules.
    pub(super) fn rule(&self, column: &str, kind: ColumnKind) -> Option<usize> {
        self.rules.iter().position(|(_, rule)| rule.name == column && rule.kind == kind)
    }

    /// The text of a cell.
    pub(super) fn text<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        let place = self.at.get(column);
        place.and_then(|place| row.cells.get(*place)).map_or("", |cell| cell.text.trim())
    }

    /// What a cell was parsed as, of the kind asked for.
    pub(super) fn parsed<'p>(
        &self,
        parsed: &'p [Parsed],
        column: &str,
        kind: ColumnKind,
    ) -> Option<&'p Parsed> {
        parsed.get(self.rule(column, kind)?)
    }

    /// Where the parsed cells hold the log's own time: the first time column the mapping declares
    /// or uses; and how often its rows come, where the mapping says so.
    pub(super) fn time(&self) -> Option<(usize, Option<i64>)> {
        let at = self.rules.iter().position(|(_, rule)| rule.kind == ColumnKind::Time)?;
        let every = self.rules.get(at).and_then(|(_, rule)| rule.every_ms);
        Some((at, every))
    }

    /// The kind a mapping declares for a column.
    pub(super) fn declared_kind(&self, column: &str) -> Option<ColumnKind> {
        let declared = self.rules.get(..self.declared).unwrap_or_default();
        declared.iter().find(|(_, rule)| rule.name == column).map(|(_, rule)| rule.kind)
    }

    /// All columns of a row that are checked or used as times and numbers.
    pub(super) fn parse(&self, row: &Row, scope: &Scope<'_>) -> Result<Vec<Parsed>, ReadError> {
        let mut out = Vec::with_capacity(self.rules.len());
        for (place, rule) in &self.rules {
            let cell = row.cells.get(*place).cloned().unwrap_or_default();
            out.push(values::parse(&cell, rule, row.number, scope)?);
        }
        Ok(out)
    }
}

/// Columns that facts use as times and numbers, whether or not they are declared.
fn used<'a>(input: &ImportInput<'a>) -> Vec<(&'a str, ColumnKind)> {
    let mut out = Vec::new();
    for rule in &input.mapping.facts {
        let times = rule.time.iter().chain(&rule.time_end);
        let times = times.chain(rule.claims.iter().filter_map(|claim| claim.as_of.as_ref()));
        out.extend(times.map(|name| (name.as_str(), ColumnKind::Time)));
        out.extend(rule.crossing.iter().map(|c| (c.column.as_str(), ColumnKind::Number)));
    }
    for rule in &input.mapping.series {
        out.push((rule.time.as_str(), ColumnKind::Time));
        out.push((rule.value.as_str(), ColumnKind::Number));
    }
    out
}
