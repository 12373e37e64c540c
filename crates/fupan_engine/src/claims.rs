//! The claims ledger: who said how many, as of when, and where they differ.

use crate::index::Index;
use fupan_model::{ClaimResult, ClaimValue, Fact, Moment};
use std::collections::BTreeMap;

/// All claims by field; values by as-of time, then by fact. Undated values come last.
pub(crate) fn ledger(index: &Index<'_>) -> Vec<ClaimResult> {
    let mut fields: BTreeMap<&str, Vec<ClaimValue>> = BTreeMap::new();
    for fact in &index.case.facts {
        for claim in &fact.claims {
            fields.entry(&claim.field).or_default().push(ClaimValue {
                value: claim.value.clone(),
                as_of: claim.as_of.or_else(|| spoken(fact)),
                party: fact.party.clone(),
                fact: fact.id.clone(),
                cites: fact.cites.clone(),
            });
        }
    }
    fields
        .into_iter()
        .map(|(field, mut values)| {
            values.sort_by(|a, b| {
                (a.as_of.is_none(), a.as_of, &a.fact).cmp(&(b.as_of.is_none(), b.as_of, &b.fact))
            });
            let mut known = values.iter().filter_map(|value| value.value.as_ref());
            let first = known.next();
            let differs = first.is_some_and(|first| known.any(|other| other != first));
            ClaimResult { field: field.to_owned(), values, differs }
        })
        .collect()
}

/// When a fact was said, or, failing that, the time it states.
fn spoken(fact: &Fact) -> Option<Moment> {
    fact.stated_at.or_else(|| fact.time.as_ref().map(|stated| stated.at))
}
