//! Checks that fact kinds carry what check points and indicators read of them.

use crate::compare::{Compare, Pair, Part};
use crate::formula::{Formula, Operand};
use crate::tables::Tables;
use crate::validate::at;
use crate::{BookError, CrossCheck, FactKind, Fault, QuantitySort, Required, Row, Term};

/// Every such error of the book.
pub(crate) fn errors(tables: &Tables) -> Vec<BookError> {
    let mut quantities = Quantities { tables, errors: Vec::new() };
    quantities.all();
    quantities.errors
}

struct Quantities<'t> {
    tables: &'t Tables,
    errors: Vec<BookError>,
}

/// Place of a term in the book.
#[derive(Clone, Copy)]
struct Place<'p> {
    file: &'p str,
    row: &'p str,
    key: &'p str,
}

impl Quantities<'_> {
    fn all(&mut self) {
        for row in &self.tables.crosschecks {
            for part in &row.body.parts {
                self.part(&row.id, part);
                self.pairing(&row.id, part);
            }
            self.levels(row);
        }
        for row in &self.tables.indicators {
            let place = |key| Place { file: "indicators.toml", row: &row.id, key };
            for (key, term) in row.body.formula.terms() {
                self.term(place(key), term);
            }
            self.formula(place("formula"), &row.body.formula);
            self.formula_keys(place("formula"), &row.body.formula);
        }
        self.once();
    }

    fn pairing(&mut self, row: &str, part: &Part) {
        let place = |key| Place { file: "crosschecks.toml", row, key };
        let by_key = matches!(part.pair, Pair::Key | Pair::Near { .. } | Pair::Sequence);
        let of_keys = matches!(part.compare, Compare::Subset { .. } | Compare::Exists);
        for term in [Some(&part.left), part.right.as_ref()].into_iter().flatten() {
            if term.set.is_none() && (by_key || of_keys) {
                self.has_key(place("part.pair"), term);
            }
        }
        let fits = match part.pair {
            Pair::Sequence => matches!(part.compare, Compare::Order { .. }),
            Pair::Near { .. } => matches!(part.compare, Compare::Equal { .. }),
            Pair::First | Pair::Last | Pair::FirstToLast | Pair::Key => true,
        };
        if !fits {
            let found = "near or sequence with another comparison".to_owned();
            let expected = "near only with equal, sequence only with order".to_owned();
            self.errors.push(at(
                "crosschecks.toml",
                row,
                "part.pair",
                Fault::Clash { found, expected },
            ));
        }
    }

    fn levels(&mut self, row: &Row<CrossCheck>) {
        let by_levels = |part: &Part| match &part.compare {
            Compare::Equal { fields, .. } => fields.iter().any(|field| field.by_levels),
            _ => false,
        };
        if row.body.parts.iter().any(by_levels) == row.body.levels.is_empty() {
            let expected = "levels where a part compares by-levels, and only there".to_owned();
            let found = format!("{} levels", row.body.levels.len());
            let fault = Fault::Clash { found, expected };
            self.errors.push(at("crosschecks.toml", &row.id, "levels", fault));
        }
    }

    fn formula_keys(&mut self, place: Place<'_>, formula: &Formula) {
        match formula {
            Formula::WorstKey { leg }
            | Formula::ShareWithin { leg, .. }
            | Formula::WorkingDays { leg } => {
                self.has_key(place, &leg.from);
                self.has_key(place, &leg.to);
            }
            Formula::Coverage { required, have } => {
                for term in [Some(have), facts_of(required)].into_iter().flatten() {
                    if term.set.is_none() {
                        self.has_key(place, term);
                    }
                }
            }
            _ => {}
        }
    }

    fn has_key(&mut self, place: Place<'_>, term: &Term) {
        let bare: Vec<String> = self
            .kinds(term)
            .filter(|kind| kind.body.key.is_none())
            .map(|kind| kind.id.clone())
            .collect();
        for found in bare {
            let expected = "a fact kind with a key".to_owned();
            self.errors.push(at(
                place.file,
                place.row,
                place.key,
                Fault::Clash { found, expected },
            ));
        }
    }

    fn part(&mut self, row: &str, part: &Part) {
        let place = |key| Place { file: "crosschecks.toml", row, key };
        self.term(place("part.left"), &part.left);
        if let Some(right) = &part.right {
            self.term(place("part.right"), right);
        }
        let both = || [Some(&part.left), part.right.as_ref()].into_iter().flatten();
        match &part.compare {
            Compare::Equal { fields, .. } => {
                for field in fields {
                    for name in [Some(&field.name), field.abs_from.as_ref()].into_iter().flatten() {
                        for term in both() {
                            self.needs(place("part.fields"), term, name, None);
                        }
                    }
                }
            }
            Compare::Count { of: Some(name), .. } => {
                for term in both() {
                    self.needs(place("part.of"), term, name, Some(QuantitySort::Number));
                }
            }
            Compare::TimeDiff { .. } | Compare::Order { .. } => {
                for term in both() {
                    self.moment(place("part.compare"), term);
                }
            }
            Compare::Subset { .. } | Compare::Exists | Compare::Count { of: None, .. } => {}
        }
    }

    fn formula(&mut self, place: Place<'_>, formula: &Formula) {
        let number = Some(QuantitySort::Number);
        let mut operand = |one: &Operand| {
            if let Some(name) = &one.quantity {
                self.needs(place, &one.term, name, number);
            }
        };
        match formula {
            Formula::DelayRatio { by, .. } => operand(by),
            Formula::Ratio { numerator, denominator } => {
                operand(numerator);
                operand(denominator);
            }
            Formula::Uptime { stated, .. } => operand(stated),
            Formula::RelativeError { left, right, fields, .. } => {
                for name in fields {
                    self.needs(place, left, name, number);
                    self.needs(place, right, name, number);
                }
            }
            _ => {}
        }
        for term in formula.moments() {
            self.moment(place, term);
        }
    }

    fn term(&mut self, place: Place<'_>, term: &Term) {
        if let Some(set) = &term.set {
            self.needs(place, term, set, Some(QuantitySort::Set));
        }
        for condition in &term.conditions {
            self.needs(place, term, &condition.name, None);
        }
    }

    fn kinds<'k>(&'k self, term: &'k Term) -> impl Iterator<Item = &'k Row<FactKind>> {
        self.tables.fact_kinds.iter().filter(|row| term.kinds.contains(&row.id))
    }

    fn needs(&mut self, place: Place<'_>, term: &Term, name: &str, sort: Option<QuantitySort>) {
        let mut errors = Vec::new();
        for kind in self.kinds(term) {
            let Some(quantity) = kind.body.quantity(name) else {
                let expected = kind.body.quantities.iter().map(|q| q.name.clone()).collect();
                let (kind, found) = (kind.id.clone(), name.to_owned());
                let fault = Fault::NoQuantity { kind, found, expected };
                errors.push(at(place.file, place.row, place.key, fault));
                continue;
            };
            if sort.is_some_and(|sort| sort != quantity.sort) {
                let expected =
                    format!("a quantity of type {}", sort.map_or("", QuantitySort::word));
                let found = format!("{name} of {}, type {}", kind.id, quantity.sort.word());
                let fault = Fault::Sort { expected, found };
                errors.push(at(place.file, place.row, place.key, fault));
            }
        }
        self.errors.append(&mut errors);
    }

    fn moment(&mut self, place: Place<'_>, term: &Term) {
        let still: Vec<String> =
            self.kinds(term).filter(|kind| !kind.body.moment).map(|kind| kind.id.clone()).collect();
        for kind in still {
            let expected = "a fact kind with moment = true".to_owned();
            let fault = Fault::Clash { found: kind, expected };
            self.errors.push(at(place.file, place.row, place.key, fault));
        }
    }

    /// A kind names each of its quantities once.
    fn once(&mut self) {
        for row in &self.tables.fact_kinds {
            let mut names: Vec<&str> =
                row.body.quantities.iter().map(|q| q.name.as_str()).collect();
            names.sort_unstable();
            for pair in names.windows(2) {
                if let [a, b] = pair
                    && a == b
                {
                    let expected = "each quantity once".to_owned();
                    let fault = Fault::Clash { found: format!("{a} twice"), expected };
                    self.errors.push(at("fact-kinds.toml", &row.id, "quantities", fault));
                }
            }
        }
    }
}

fn facts_of(required: &Required) -> Option<&Term> {
    match required {
        Required::Facts(term) => Some(term),
        Required::List(_) => None,
    }
}
