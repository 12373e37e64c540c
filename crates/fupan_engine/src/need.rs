//! What is still needed, and from whom: the records that check points and indicators lack.

use crate::index::Index;
use fupan_model::{Assessment, CheckStatus, IndicatorStatus, Need, Party, PartyId, RowId};
use fupan_standard::{Book, CrossCheck, Formula, Leg, Operand, Required, Term};
use std::collections::{BTreeMap, BTreeSet};

/// Every kind of fact that some row lacks, by kind.
pub(crate) fn needs(index: &Index<'_>, book: &Book, made: &Assessment) -> Vec<Need> {
    let mut lacking: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for check in &made.checks {
        let open = matches!(check.status, CheckStatus::Absent | CheckStatus::Unverifiable);
        let Some(row) = book.crosscheck(check.id.as_str()).filter(|_| open) else { continue };
        for term in check_terms(&row.body) {
            note(index, term, &row.id, &mut lacking);
        }
    }
    for one in &made.indicators {
        let open = one.status == IndicatorStatus::NotComputed;
        let Some(row) = book.indicator(one.id.as_str()).filter(|_| open) else { continue };
        for term in formula_terms(&row.body.formula) {
            note(index, term, &row.id, &mut lacking);
        }
    }
    lacking.into_iter().map(|(kind, rows)| need(index, book, kind, &rows)).collect()
}

/// Notes the preferred kind of a term of which the case has no fact at all.
fn note<'b>(
    index: &Index<'_>,
    term: &'b Term,
    row: &'b str,
    lacking: &mut BTreeMap<&'b str, BTreeSet<&'b str>>,
) {
    if !index.any_of(term)
        && let Some(kind) = term.kinds.first()
    {
        lacking.entry(kind).or_default().insert(row);
    }
}

fn need(index: &Index<'_>, book: &Book, kind: &str, rows: &BTreeSet<&str>) -> Need {
    let holders: Vec<&str> = book
        .fact_kind(kind)
        .map(|row| row.body.holders.iter().map(String::as_str).collect())
        .unwrap_or_default();
    let asked = index.case.requests.iter();
    let asked = asked.filter(|request| request.kinds.iter().any(|k| k.as_str() == kind));
    Need {
        kind: RowId::new(kind),
        holders: holders.iter().map(|holder| RowId::new(*holder)).collect(),
        parties: parties(index, book, &holders),
        rows: rows.iter().map(|row| RowId::new(*row)).collect(),
        requests: asked.map(|request| request.id.clone()).collect(),
        cites: index.absence(&[kind]),
    }
}

/// Parties of the case of these kinds; a holder is named by its row or by its word.
fn parties(index: &Index<'_>, book: &Book, holders: &[&str]) -> Vec<PartyId> {
    let words: BTreeSet<&str> = book
        .party_kinds
        .iter()
        .filter(|row| holders.contains(&row.id.as_str()))
        .map(|row| row.body.code.as_str())
        .chain(holders.iter().copied())
        .collect();
    let holds = |party: &&Party| words.contains(party.track.as_str());
    index.case.parties.iter().filter(holds).map(|party| party.id.clone()).collect()
}

fn check_terms(check: &CrossCheck) -> Vec<&Term> {
    check.parts.iter().flat_map(|part| [Some(&part.left), part.right.as_ref()]).flatten().collect()
}

fn formula_terms(formula: &Formula) -> Vec<&Term> {
    fn leg(leg: &Leg) -> [&Term; 2] {
        [&leg.from, &leg.to]
    }
    fn of(operand: &Operand) -> &Term {
        &operand.term
    }
    match formula {
        Formula::Delay(one)
        | Formula::WorstKey { leg: one }
        | Formula::ShareWithin { leg: one, .. }
        | Formula::WorkingDays { leg: one } => leg(one).to_vec(),
        Formula::WorstHop { chain } => chain.iter().collect(),
        Formula::DelayRatio { leg: one, by } => [&leg(one)[..], &[of(by)]].concat(),
        Formula::Ratio { numerator, denominator } => vec![of(numerator), of(denominator)],
        Formula::Coverage { required: Required::Facts(term), have } => vec![term, have],
        Formula::Coverage { required: Required::List(_), have } => vec![have],
        Formula::CountPerPeriod { of, .. } => vec![of],
        Formula::RelativeError { left, right, .. } => vec![left, right],
        Formula::MonthsSince { of, until } => vec![of, until],
        // Outages or a stated percentage: either will do, the first is asked for.
        Formula::Uptime { down, until, .. } => vec![down, until],
    }
}
