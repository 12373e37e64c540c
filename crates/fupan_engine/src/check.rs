//! Check points: each row of the book, applied to the facts of both sides by the closed set of
//! comparisons. What a row compares is data; how a comparison works is here.

mod count;
mod equal;
mod exists;
mod order;
mod pairing;
mod subset;
mod time_diff;

use crate::index::Index;
use crate::times::Times;
use fupan_model::{
    Accident, Arg, Args, CheckResult, CheckStatus, Cites, Fact, FactId, Gap, PairResult,
    PartResult, RowId,
};
use fupan_standard::{Book, Compare, CrossCheck, Part, Row, Term};

/// What a comparison looks at.
pub(crate) struct Bench<'a, 'c, 'n> {
    pub(crate) index: &'a Index<'c>,
    pub(crate) times: &'a mut Times<'n>,
    pub(crate) book: &'c Book,
    pub(crate) accident: &'c Accident,
    pub(crate) grade: Option<&'a str>,
    /// The row a part belongs to.
    pub(crate) row: &'c Row<CrossCheck>,
}

/// The facts of both sides of a part.
pub(crate) struct Sides<'c> {
    pub(crate) left: Vec<&'c Fact>,
    pub(crate) right: Vec<&'c Fact>,
    pub(crate) left_kind: RowId,
    pub(crate) right_kind: Option<RowId>,
    /// The case has records of the right, none of which meets the part's conditions.
    right_void: bool,
}

/// Applies every check point of the book.
pub(crate) fn run<'c>(
    index: &Index<'c>,
    times: &mut Times<'_>,
    book: &'c Book,
    grade: Option<&str>,
) -> Vec<CheckResult> {
    let rows = book.crosschecks.iter();
    let mut list: Vec<CheckResult> = rows
        .map(|row| {
            let accident = &index.case.accident;
            check(&mut Bench { index, times: &mut *times, book, accident, grade, row })
        })
        .collect();
    list.sort_by(|a, b| a.id.cmp(&b.id));
    list
}

fn check(bench: &mut Bench<'_, '_, '_>) -> CheckResult {
    let row = bench.row;
    let mut detail: Vec<PartResult> = Vec::new();
    for (at, part) in row.body.parts.iter().enumerate() {
        let mut pairs = compare(bench, part);
        pairs.sort_by(|a, b| (b.status, &a.key, &a.facts).cmp(&(a.status, &b.key, &b.facts)));
        let status = part_status(part, &pairs);
        let place = u32::try_from(at + 1).unwrap_or(u32::MAX);
        detail.push(PartResult { part: place, compare: word(&part.compare).into(), status, pairs });
    }
    let status = overall(detail.iter().map(|part| part.status));
    let cites = cites(bench, &detail);
    CheckResult { id: RowId::new(&row.id), status, detail, cites }
}

/// Parts of which neither side has a record do not count while another part has.
fn overall(parts: impl Iterator<Item = CheckStatus>) -> CheckStatus {
    parts.max().unwrap_or(CheckStatus::Absent)
}

/// The worst pair decides, unless the book asks only that a share of the pairs agree.
fn part_status(part: &Part, pairs: &[PairResult]) -> CheckStatus {
    let worst = pairs.iter().map(|pair| pair.status).max().unwrap_or(CheckStatus::Absent);
    let Compare::TimeDiff { share_percent, .. } = &part.compare else { return worst };
    if *share_percent >= 100 || pairs.is_empty() {
        return worst;
    }
    let total = pairs.len() as u128 * u128::from(*share_percent);
    let count = |status| pairs.iter().filter(|p| p.status == status).count() as u128 * 100;
    let good = count(CheckStatus::Consistent);
    if good >= total {
        CheckStatus::Consistent
    } else if good + count(CheckStatus::Unverifiable) < total {
        CheckStatus::Discrepant
    } else {
        CheckStatus::Unverifiable
    }
}

/// Cites of every fact a comparison looked at; of requests or the register where one is missing.
fn cites(bench: &Bench<'_, '_, '_>, detail: &[PartResult]) -> Cites {
    let pairs = detail.iter().flat_map(|part| &part.pairs);
    let facts = pairs.flat_map(|pair| &pair.facts).filter_map(|id| bench.index.fact(id.as_str()));
    let found = Cites::all(facts.map(|fact| &fact.cites));
    let missing = detail.iter().any(|part| part.status != CheckStatus::Consistent);
    let kinds: Vec<&str> = bench.row.body.parts.iter().flat_map(|part| kinds(part)).collect();
    match found {
        Some(cites) if missing && lacks_a_side(detail) => cites.and(&bench.index.absence(&kinds)),
        Some(cites) => cites,
        None => bench.index.absence(&kinds),
    }
}

fn lacks_a_side(detail: &[PartResult]) -> bool {
    let pairs = detail.iter().flat_map(|part| &part.pairs);
    pairs.into_iter().any(|pair| [LEFT_MISSING, RIGHT_MISSING].contains(&pair.reason.as_str()))
}

fn kinds(part: &Part) -> Vec<&str> {
    let right = part.right.iter().flat_map(|term| &term.kinds);
    part.left.kinds.iter().chain(right).map(String::as_str).collect()
}

fn compare(bench: &mut Bench<'_, '_, '_>, part: &Part) -> Vec<PairResult> {
    let Some(sides) = sides(bench, part) else { return Vec::new() };
    match &part.compare {
        Compare::TimeDiff { .. } => time_diff::run(bench, part, &sides),
        Compare::Equal { fields, as_of_same } => {
            equal::run(bench, part, &sides, fields, *as_of_same)
        }
        Compare::Subset { both, day_tolerance, settle_s } => {
            let rule =
                subset::Rule { both: *both, day_tolerance: *day_tolerance, settle_s: *settle_s };
            subset::run(bench, part, &sides, &rule)
        }
        Compare::Order { min_s } => order::run(bench, part, &sides, *min_s),
        Compare::Exists => exists::run(bench.index, part, &sides),
        Compare::Count { of, against } => {
            count::run(bench, part.pair, &sides, of.as_deref(), against)
        }
    }
}

/// The word of a comparison, as the book writes it.
fn word(compare: &Compare) -> &'static str {
    match compare {
        Compare::TimeDiff { .. } => "time-diff",
        Compare::Equal { .. } => "equal",
        Compare::Subset { .. } => "subset",
        Compare::Order { .. } => "order",
        Compare::Exists => "exists",
        Compare::Count { .. } => "count",
    }
}

/// The facts of both sides; `None` where the case has records of the left, none of which the
/// part speaks of: then there is nothing to compare.
fn sides<'c>(bench: &Bench<'_, 'c, '_>, part: &'c Part) -> Option<Sides<'c>> {
    let (mut left, left_kind) = side(bench.index, &part.left);
    if let Some(limit) = &part.within {
        let last = last_moment(bench, limit);
        left.retain(|fact| {
            last.is_none_or(|last| fact.time.as_ref().is_none_or(|t| t.at.ms <= last))
        });
    }
    if left.is_empty() && bench.index.any_of(&part.left) {
        return None;
    }
    let (right, right_kind, right_void) = match &part.right {
        Some(term) => {
            let (facts, kind) = side(bench.index, term);
            let void = facts.is_empty() && bench.index.any_of(term);
            (facts, Some(kind), void)
        }
        None => (Vec::new(), None, false),
    };
    Some(Sides { left, right, left_kind, right_kind, right_void })
}

/// The last moment a limit of the book reaches to, in ms since the Unix epoch: so long after the
/// earliest fact it runs from, or after the day of the accident.
fn last_moment(bench: &Bench<'_, '_, '_>, limit: &str) -> Option<i64> {
    let row = bench.book.limit(limit)?;
    let span = row.body.span_for(&bench.accident.kind, bench.grade)?.seconds()?;
    let stated = bench.index.earliest_of(&row.body.from_kinds);
    let day = || {
        let midnight = format!("{}T00:00:00{}", bench.accident.date, bench.accident.timezone);
        fupan_model::Moment::parse(&midnight).map(|moment| moment.ms)
    };
    Some(stated.or_else(day)?.saturating_add(span.saturating_mul(1_000)))
}

fn side<'c>(index: &Index<'c>, term: &'c Term) -> (Vec<&'c Fact>, RowId) {
    let first = || term.kinds.first().map_or_else(String::new, String::clone);
    match index.chosen(term) {
        Some(chosen) => (chosen.facts, RowId::new(chosen.kind)),
        None => (Vec::new(), RowId::new(term.list.clone().unwrap_or_else(first))),
    }
}

const LEFT_MISSING: &str = "left-missing";
const RIGHT_MISSING: &str = "right-missing";

/// The outcome where a side has no record at all; `None` where both have one. Records of the
/// right that all fail the part's conditions are records: a comparison of keys finds them lacking.
pub(crate) fn one_sided(sides: &Sides<'_>) -> Option<Vec<PairResult>> {
    if sides.right_void && !sides.left.is_empty() {
        return None;
    }
    let right_kind = sides.right_kind.clone().unwrap_or_else(|| sides.left_kind.clone());
    let (reason, kind, facts, status) = match (sides.left.is_empty(), sides.right.is_empty()) {
        (false, false) => return None,
        (true, true) => return Some(Vec::new()),
        (true, false) => {
            (LEFT_MISSING, sides.left_kind.clone(), &sides.right, CheckStatus::Unverifiable)
        }
        (false, true) => (RIGHT_MISSING, right_kind, &sides.left, CheckStatus::Unverifiable),
    };
    let args = Args::from([("kind".to_owned(), Arg::Row(kind))]);
    Some(vec![PairResult {
        key: None,
        status,
        reason: reason.to_owned(),
        args,
        facts: crate::index::ids(facts),
    }])
}

/// A pair's outcome.
pub(crate) fn pair(
    key: Option<&str>,
    status: CheckStatus,
    reason: &str,
    args: impl IntoIterator<Item = (&'static str, Arg)>,
    facts: Vec<FactId>,
) -> PairResult {
    PairResult {
        key: key.filter(|key| !key.is_empty()).map(str::to_owned),
        status,
        reason: reason.to_owned(),
        args: args.into_iter().map(|(name, arg)| (name.to_owned(), arg)).collect(),
        facts,
    }
}

/// Whether a gap surely lies between bounds, surely does not, or cannot be told.
pub(crate) fn judge(gap: Gap, min: Option<i64>, max: Option<i64>) -> CheckStatus {
    let low_ok = min.is_none_or(|min| gap.min_ms.is_some_and(|low| low >= min));
    let high_ok = max.is_none_or(|max| gap.max_ms.is_some_and(|high| high <= max));
    if low_ok && high_ok {
        return CheckStatus::Consistent;
    }
    let below = min.is_some_and(|min| gap.max_ms.is_some_and(|high| high < min));
    let above = max.is_some_and(|max| gap.min_ms.is_some_and(|low| low > max));
    if below || above { CheckStatus::Discrepant } else { CheckStatus::Unverifiable }
}
