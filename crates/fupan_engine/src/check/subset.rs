//! Every key of the left is among the keys of the right, and the other way round if asked.

use super::{Bench, Sides, pair};
use crate::index::ids;
use crate::value;
use fupan_model::{Arg, CheckStatus, Fact, FactId, PairResult, RowId};
use fupan_standard::{Date, Part, Term};
use std::collections::{BTreeMap, BTreeSet};

/// What the book allows.
pub(crate) struct Rule {
    pub(crate) both: bool,
    pub(crate) day_tolerance: u32,
    pub(crate) settle_s: i64,
}

/// Keys, each with the facts that name it.
type Keys<'c> = BTreeMap<String, Vec<&'c Fact>>;

pub(crate) fn run(
    bench: &mut Bench<'_, '_, '_>,
    part: &Part,
    sides: &Sides<'_>,
    rule: &Rule,
) -> Vec<PairResult> {
    let listed = part.left.list.is_some();
    if !listed && let Some(outcome) = super::one_sided(sides) {
        return outcome;
    }
    if listed && sides.right.is_empty() && !sides.right_void {
        return Vec::new();
    }
    let left = keys(bench, &part.left, &sides.left);
    let right = part.right.as_ref().map_or_else(Keys::new, |t| keys(bench, t, &sides.right));
    let (matched_left, matched_right) = matched(&left, &right, rule.day_tolerance);
    let mut list = Vec::new();
    let kind = |kind: &Option<RowId>| kind.clone().unwrap_or_else(|| sides.left_kind.clone());
    let said = latest_statement(&sides.right);
    list.extend(lacking("only-left", &left, &matched_left, &kind(&sides.right_kind), said, rule));
    if rule.both {
        let said = latest_statement(&sides.left);
        let own = sides.left_kind.clone();
        list.extend(lacking("only-right", &right, &matched_right, &own, said, rule));
    }
    if list.is_empty() {
        let count = u64::try_from(matched_left.len()).unwrap_or(u64::MAX);
        let facts = ids(sides.left.iter().chain(&sides.right));
        let args = [("count", Arg::Count(count))];
        list.push(pair(None, CheckStatus::Consistent, "sets-agree", args, facts));
    }
    list
}

/// The keys of a term: items of a list of the book, elements of a set quantity, or the facts' keys.
fn keys<'c>(bench: &Bench<'_, '_, '_>, term: &Term, facts: &[&'c Fact]) -> Keys<'c> {
    if let Some(list) = &term.list {
        let items = bench.book.list_items(list).unwrap_or_default();
        return items.into_iter().map(|(key, _)| (key.to_owned(), Vec::new())).collect();
    }
    let mut map = Keys::new();
    for fact in facts {
        let names = match &term.set {
            Some(set) => fact.quantities.get(set).map(value::names).unwrap_or_default(),
            None => bench.index.key(fact).into_iter().map(str::to_owned).collect(),
        };
        for name in names {
            map.entry(name.trim().to_owned()).or_default().push(fact);
        }
    }
    map
}

/// Keys of both sides that match: equal, or dates at most so many days apart. Dates are matched
/// one to one in their order, which leaves the fewest over.
fn matched(left: &Keys<'_>, right: &Keys<'_>, days: u32) -> (BTreeSet<String>, BTreeSet<String>) {
    let equal: BTreeSet<String> = left.keys().filter(|k| right.contains_key(*k)).cloned().collect();
    let (mut l, mut r) = (equal.clone(), equal);
    if days > 0 {
        let dates = |keys: &Keys<'_>, done: &BTreeSet<String>| -> Vec<(i64, String)> {
            let open = keys.keys().filter(|key| !done.contains(*key));
            let mut list: Vec<(i64, String)> =
                open.filter_map(|key| Some((Date::parse(key)?.number(), key.clone()))).collect();
            list.sort();
            list
        };
        let (a, b) = (dates(left, &l), dates(right, &r));
        let mut others = b.iter().peekable();
        for (day, key) in &a {
            while others.peek().is_some_and(|(other, _)| other + i64::from(days) < *day) {
                others.next();
            }
            if let Some((_, other)) = others.next_if(|(o, _)| *o <= day + i64::from(days)) {
                l.insert(key.clone());
                r.insert(other.clone());
            }
        }
    }
    (l, r)
}

/// One outcome per key the other side lacks.
fn lacking(
    reason: &str,
    keys: &Keys<'_>,
    matched: &BTreeSet<String>,
    kind: &RowId,
    other_said: Option<i64>,
    rule: &Rule,
) -> Vec<PairResult> {
    let open = keys.iter().filter(|(key, _)| !matched.contains(*key));
    open.map(|(key, facts)| {
        let args = [("keys", Arg::Texts(vec![key.clone()])), ("kind", Arg::Row(kind.clone()))];
        let early = settling(facts, other_said, rule.settle_s);
        let status = if early { CheckStatus::Unverifiable } else { CheckStatus::Discrepant };
        let ids: Vec<FactId> = ids(facts);
        pair(Some(key), status, reason, args, ids)
    })
    .collect()
}

/// Whether the other side spoke too early after these facts for a missing key to mean anything.
fn settling(facts: &[&Fact], other_said: Option<i64>, settle_s: i64) -> bool {
    let own = facts.iter().filter_map(|fact| said(fact)).min();
    match (own, other_said) {
        (Some(own), Some(other)) if settle_s > 0 => {
            other.saturating_sub(own) < settle_s.saturating_mul(1_000)
        }
        _ => false,
    }
}

fn latest_statement(facts: &[&Fact]) -> Option<i64> {
    facts.iter().filter_map(|fact| said(fact)).max()
}

fn said(fact: &Fact) -> Option<i64> {
    fact.stated_at.or_else(|| fact.time.as_ref().map(|t| t.at)).map(|m| m.ms)
}
