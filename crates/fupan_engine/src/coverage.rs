//! What the evidence covers, and what was left out and why.

use crate::index::Index;
use fupan_model::{
    Arg, Args, CheckResult, CheckStatus, Coverage, Fact, IndicatorResult, IndicatorStatus, LeftOut,
    PartyCoverage,
};
use std::collections::BTreeMap;

/// How much of the case and of the book was used.
pub(crate) fn coverage(
    index: &Index<'_>,
    checks: &[CheckResult],
    indicators: &[IndicatorResult],
) -> Coverage {
    let case = index.case;
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let made = checks.iter().filter(|check| check.status != CheckStatus::Absent).count();
    let computed = indicators.iter().filter(|i| i.status != IndicatorStatus::NotComputed).count();
    let mut parties: Vec<PartyCoverage> = case
        .parties
        .iter()
        .map(|party| {
            let mut evidence = BTreeMap::new();
            for one in case.evidence.iter().filter(|e| e.party.as_ref() == Some(&party.id)) {
                *evidence.entry(one.kind.clone()).or_insert(0) += 1;
            }
            let facts = count(case.facts.iter().filter(|fact| fact.party == party.id).count());
            PartyCoverage { party: party.id.clone(), facts, evidence }
        })
        .collect();
    parties.sort_by(|a, b| a.party.cmp(&b.party));
    Coverage {
        facts: count(case.facts.len()),
        dated: count(case.facts.iter().filter(|fact| fact.time.is_some()).count()),
        checks: (count(made), count(checks.len())),
        indicators: (count(computed), count(indicators.len())),
        parties,
    }
}

/// What was not used: unknown keys, rejected and repeated rows, words no kind is bound to.
pub(crate) fn left_out(index: &Index<'_>) -> Vec<LeftOut> {
    let case = index.case;
    let register = index.register();
    let out = |what: &str, why: &str, args: Args, cites: &fupan_model::Cites| LeftOut {
        what: what.to_owned(),
        why: why.to_owned(),
        args,
        cites: cites.clone(),
    };
    let mut list: Vec<LeftOut> =
        case.kept.keys().map(|path| out(path, "unknown-key", Args::new(), &register)).collect();
    for import in &case.imports {
        let id = import.evidence.to_string();
        let cites = case.cite_part(format!("imports/{id}"));
        let evidence = ("evidence".to_owned(), Arg::Text(id.clone()));
        if import.rejected_total > 0 {
            let count = ("count".to_owned(), Arg::Count(import.rejected_total));
            list.push(out(&id, "rejected-rows", Args::from([evidence.clone(), count]), &cites));
        }
        if import.duplicates > 0 {
            let count = ("count".to_owned(), Arg::Count(import.duplicates));
            list.push(out(&id, "duplicate-rows", Args::from([evidence, count]), &cites));
        }
    }
    let mut unbound: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for fact in case.facts.iter().filter(|fact| fact.kind.is_none()) {
        unbound.entry(&fact.kind_word).or_default().push(fact);
    }
    for (word, facts) in unbound {
        let args = Args::from([
            ("word".to_owned(), Arg::Text(word.to_owned())),
            ("facts".to_owned(), Arg::Facts(crate::index::ids(&facts))),
        ]);
        let cites = index.cites_of_facts(facts.iter().copied());
        list.push(out(word, "unmapped-kind", args, &cites));
    }
    list.sort_by(|a, b| (&a.why, &a.what).cmp(&(&b.why, &b.what)));
    list
}
