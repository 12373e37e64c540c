//! Limits of a province: files of their own, and the rule that the stricter one wins.

use crate::body;
use crate::fields::Fields;
use crate::tables::{Found, Tables, listed};
use crate::{Book, Date, Fault, Limit, Nature, Row, Span};
use fupan_model::Accident;
use toml::Table;

/// The province a file of local limits is for.
pub(crate) fn province(file: &str) -> Option<&str> {
    let name = file.strip_prefix("limits/")?.strip_suffix(".toml")?;
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if !name.is_empty() && name.bytes().all(plain) { Some(name) } else { None }
}

/// Reads the rows of a province's file into the table of limits.
pub(crate) fn read(
    file: &str,
    province: &str,
    document: Table,
    tables: &mut Tables,
    found: &mut Found,
) {
    let mut errors = std::mem::take(&mut found.errors);
    let mut whole = Fields::new(file, String::new(), document, &mut errors);
    let rows = whole.take("limit").map(|rows| listed(&mut whole, "limit", rows));
    whole.close();
    for (name, table) in rows.into_iter().flatten() {
        let mut read = body::row::<Limit>(file, name, table, &mut errors);
        if read.row.body.place.is_none() {
            let fault = Fault::Missing { expected: "the place the rule holds in".to_owned() };
            errors.push(crate::validate::at(file, &read.row.id, "place", fault));
        }
        read.row.body.province = Some(province.to_owned());
        tables.limits.push(found.keep(read));
    }
    found.errors = errors;
}

impl Limit {
    /// Whether the row holds only in a province, and this is its name: the file's, or either of
    /// the place's titles.
    pub fn is_of(&self, province: &str) -> bool {
        let wanted = province.trim();
        self.province.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(wanted))
            || self.province.is_some()
                && self
                    .place
                    .as_ref()
                    .is_some_and(|p| p.zh == wanted || p.en.eq_ignore_ascii_case(wanted))
    }
}

impl Book {
    /// The limit that holds for an accident, and its span: the row of this id, or the row of the
    /// accident's province for the same fact kinds where that one is stricter, that is, shorter or
    /// the only one with a number. `None` where neither has a number.
    pub fn limit_for(
        &self,
        id: &str,
        accident: &Accident,
        grade: Option<&str>,
    ) -> Option<(&Row<Limit>, Span)> {
        let named = self.limit(id)?;
        let own = named.body.span_for(&accident.kind, grade);
        let day = Date::parse(&accident.date);
        let province = accident.province.as_deref().unwrap_or_default();
        let holds = |row: &&Row<Limit>| {
            let limit = &row.body;
            limit.is_of(province)
                && limit.nature == Nature::Within
                && !limit.from_kinds.is_empty()
                && limit.from_kinds == named.body.from_kinds
                && limit.to_kinds == named.body.to_kinds
                && (limit.grades.is_empty()
                    || grade.is_some_and(|g| limit.grades.iter().any(|x| x == g)))
                && day.is_none_or(|day| row.in_force(day))
        };
        let seconds = |span: Span| span.seconds().unwrap_or(i64::MAX);
        let local = self
            .limits
            .iter()
            .filter(holds)
            .filter_map(|row| Some((row, row.body.span_for(&accident.kind, grade)?)))
            .min_by_key(|(_, span)| seconds(*span));
        match (own, local) {
            (Some(own), Some((row, span))) if seconds(span) < seconds(own) => Some((row, span)),
            (Some(own), _) => Some((named, own)),
            (None, local) => local,
        }
    }
}
