//! Doubts: what cannot be decided, and what the reader must know the result rests on.

use crate::index::Index;
use fupan_model::{
    Arg, Args, Assessment, Basis, CheckStatus, Cites, ClockStanding, Doubt, Fact, IndicatorStatus,
    RowId, Verdict,
};
use fupan_standard::{Book, Status};
use std::collections::BTreeMap;

/// All doubts, by their subject matter: clocks, contradictions, gaps, facts, figures, rows.
pub(crate) fn doubts(index: &Index<'_>, book: &Book, made: &Assessment) -> Vec<Doubt> {
    let mut list = Vec::new();
    clocks(index, &mut list);
    rates(made, &mut list);
    for conflict in &made.conflicts {
        let facts = conflict.records.iter().map(|id| id.as_str().into()).collect();
        let args = [("facts", Arg::Facts(facts)), ("excess", Arg::Span(conflict.excess_ms))];
        list.push(doubt("conflict", args, &conflict.cites));
    }
    if made.capped {
        list.push(doubt("capped", [], &index.register()));
    }
    gaps(made, &mut list);
    facts(index, &mut list);
    figures(index, book, made, &mut list);
    requests(index, &mut list);
    rows(index, book, made, &mut list);
    list
}

fn doubt(code: &str, args: impl IntoIterator<Item = (&'static str, Arg)>, cites: &Cites) -> Doubt {
    let args: Args = args.into_iter().map(|(name, arg)| (name.to_owned(), arg)).collect();
    Doubt { code: code.to_owned(), args, cites: cites.clone() }
}

/// One doubt for each clock nobody checked that a time was read on.
fn clocks(index: &Index<'_>, list: &mut Vec<Doubt>) {
    let mut read: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for fact in index.case.facts.iter().filter(|fact| fact.time.is_some()) {
        read.entry(fact.clock.as_str()).or_default().push(fact);
    }
    for (clock, facts) in read {
        let Some(first) = facts.first() else { continue };
        let code = match index.standing(first) {
            ClockStanding::Civil => "clock-civil",
            ClockStanding::Unknown => "clock-unknown",
            ClockStanding::Checked { .. } => continue,
        };
        let count = u64::try_from(facts.len()).unwrap_or(u64::MAX);
        let args = [("clock", Arg::Text(clock.to_owned())), ("facts", Arg::Count(count))];
        list.push(doubt(code, args, &index.cites_of_facts(facts.iter().copied())));
    }
}

/// One doubt for each clock whose readings no constant rate fits: it was set, or its rate changed.
fn rates(made: &Assessment, list: &mut Vec<Doubt>) {
    for result in &made.clocks {
        let Some(drift) = result.drift.as_ref().filter(|drift| drift.rate_changed) else {
            continue;
        };
        let clock = result.clock.id.as_str().to_owned();
        let args = [("clock", Arg::Text(clock)), ("count", Arg::Count(drift.anchors))];
        list.push(doubt("clock-rate-changed", args, &drift.cites));
    }
}

fn gaps(made: &Assessment, list: &mut Vec<Doubt>) {
    for gap in &made.gaps {
        let id = ("id", Arg::Text(gap.id.clone()));
        let bounds = ("gap", Arg::Gap(gap.gap()));
        if gap.min_ms.is_none() || gap.max_ms.is_none() {
            list.push(doubt("gap-unbounded", [id.clone(), bounds.clone()], &gap.cites));
        }
        if gap.verdict == Some(Verdict::Undecided) {
            let limit = gap.limit_ms.map(|ms| ("limit", Arg::Span(ms)));
            let args = [id.clone(), bounds.clone()].into_iter().chain(limit);
            list.push(doubt("gap-undecided", args, &gap.cites));
        }
        if gap.max_ms.is_some_and(|max| max < 0) {
            list.push(doubt("gap-negative", [id, bounds], &gap.cites));
        }
    }
}

fn facts(index: &Index<'_>, list: &mut Vec<Doubt>) {
    let all = || index.case.facts.iter();
    let memory: Vec<&Fact> = all().filter(|fact| fact.basis == Basis::Memory).collect();
    let derived: Vec<&Fact> = all().filter(|fact| fact.derived).collect();
    for (code, found) in [("memory-basis", memory), ("derived-times", derived)] {
        if !found.is_empty() {
            let args = [("facts", Arg::Facts(crate::index::ids(&found)))];
            list.push(doubt(code, args, &index.cites_of_facts(found.iter().copied())));
        }
    }
}

fn figures(index: &Index<'_>, book: &Book, made: &Assessment, list: &mut Vec<Doubt>) {
    let detail = &made.grade_detail;
    let text = |t: &str| Arg::Text(t.to_owned());
    match &made.grade {
        None => list.push(doubt("grade-unknown", [], &detail.cites)),
        Some(grade) => {
            for dimension in detail.dimensions.iter().filter(|d| d.value.is_none()) {
                let args = [("dimension", text(&dimension.dimension))];
                list.push(doubt("grade-dimension-unknown", args, &detail.cites));
            }
            if let (Some(with), Some(missing)) = (&detail.with_missing, detail.missing) {
                let args = [
                    ("missing", Arg::Count(missing)),
                    ("grade", text(grade)),
                    ("with_missing", text(with)),
                ];
                list.push(doubt("grade-missing-persons", args, &detail.cites));
            }
            if let Some(published) =
                detail.published.as_ref().filter(|p| !same_grade(book, grade, p))
            {
                let args = [("computed", text(grade)), ("published", text(published))];
                list.push(doubt("grade-differs", args, &detail.cites));
            }
            if detail.in_scope == Some(false) {
                list.push(doubt("grade-out-of-scope", [("grade", text(grade))], &detail.cites));
            }
        }
    }
    for claim in made.claims.iter().filter(|claim| claim.differs) {
        let known = claim.values.iter().filter_map(|value| value.value.as_ref());
        let values: Vec<String> = known.map(crate::value::text).collect();
        let cites = Cites::all(claim.values.iter().map(|value| &value.cites));
        let args = [("field", text(&claim.field)), ("values", Arg::Texts(values))];
        list.push(doubt("claim-differs", args, &cites.unwrap_or_else(|| index.register())));
    }
}

/// Whether a published word names the grade: by its code or either of its titles.
fn same_grade(book: &Book, grade: &str, published: &str) -> bool {
    let row = book.grades.iter().find(|row| row.body.code == grade);
    let names = row.map(|row| [&row.body.code, &row.title.zh, &row.title.en]);
    names.is_some_and(|names| names.into_iter().any(|name| name == published.trim()))
}

/// Silence after a deadline is cited by the request itself.
fn requests(index: &Index<'_>, list: &mut Vec<Doubt>) {
    for request in index.case.requests.iter().filter(|request| request.reply.is_none()) {
        let due = request.due.map(|due| ("due", Arg::Moment(due)));
        let args =
            [("request", Arg::Text(request.id.clone())), ("party", Arg::Party(request.to.clone()))];
        let cites = index.case.cite_part(format!("requests/{}", request.id));
        list.push(doubt("request-silent", args.into_iter().chain(due), &cites));
    }
}

fn rows(index: &Index<'_>, book: &Book, made: &Assessment, list: &mut Vec<Doubt>) {
    // A province the book knows nothing of may have stricter limits; so may one that is misspelt.
    let province = index.case.accident.province.as_deref().filter(|name| !name.trim().is_empty());
    let known = |name: &str| book.limits.iter().any(|row| row.body.is_of(name));
    if let Some(name) = province.filter(|name| !known(name)) {
        let args = [("province", Arg::Text(name.to_owned()))];
        list.push(doubt("row-no-province", args, &index.register()));
    }
    for check in made.checks.iter().filter(|c| c.status == CheckStatus::Unverifiable) {
        list.push(doubt("check-unverifiable", [("row", Arg::Row(check.id.clone()))], &check.cites));
    }
    let absent: Vec<RowId> = made
        .checks
        .iter()
        .filter(|check| check.status == CheckStatus::Absent)
        .map(|check| check.id.clone())
        .collect();
    if !absent.is_empty() {
        list.push(doubt("check-absent", [("rows", Arg::Rows(absent))], &index.register()));
    }
    let missing: Vec<RowId> = made
        .indicators
        .iter()
        .filter(|one| one.status == IndicatorStatus::NotComputed)
        .map(|one| one.id.clone())
        .collect();
    if !missing.is_empty() {
        let args = [("rows", Arg::Rows(missing))];
        list.push(doubt("indicators-not-computed", args, &index.register()));
    }
    let used = made.checks.iter().filter(|c| c.status != CheckStatus::Absent).map(|c| &c.id);
    let used = used.chain(
        made.indicators.iter().filter(|i| i.status != IndicatorStatus::NotComputed).map(|i| &i.id),
    );
    let unchecked: Vec<RowId> = used
        .filter(|id| book.row(id.as_str()).is_some_and(|row| row.status != Status::Checked))
        .cloned()
        .collect();
    if !unchecked.is_empty() {
        let count = u64::try_from(unchecked.len()).unwrap_or(u64::MAX);
        let args = [("rows", Arg::Rows(unchecked)), ("count", Arg::Count(count))];
        list.push(doubt("row-unverified", args, &index.register()));
    }
}
