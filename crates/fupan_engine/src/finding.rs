//! Draft findings, good and bad: what the outcomes of checks, indicators and questions say, with
//! the duties and accountability rows the book links to them. People judge intent; this does not.

use crate::index::Index;
use fupan_model::{
    Arg, Args, CheckResult, CheckStatus, Decimal, FindingResult, GapResult, IndicatorResult,
    IndicatorStatus, RowId, Verdict,
};
use fupan_standard::{Book, Row};

const BAD: &str = "bad";
const GOOD: &str = "good";
const OPEN: &str = "open";
/// Scores from which an indicator is worth praise, and below which it is a shortcoming. Both are
/// the anchors' own marks: the pass anchor, and nine tenths.
const PRAISE: i64 = 90;
const PASS: i64 = 60;

/// All findings, by id: drafted ones first, then those written by hand in the order of the case.
pub(crate) fn findings(
    index: &Index<'_>,
    book: &Book,
    checks: &[CheckResult],
    indicators: &[IndicatorResult],
    gaps: &[GapResult],
) -> Vec<FindingResult> {
    let mut list: Vec<FindingResult> = Vec::new();
    list.extend(checks.iter().filter_map(|check| of_check(book, check)));
    list.extend(indicators.iter().filter_map(|one| of_indicator(book, one, gaps)));
    let asked = |gap: &&GapResult| book.indicator(&gap.id).is_none();
    list.extend(gaps.iter().filter(asked).filter_map(of_question));
    list.sort_by(|a, b| a.id.cmp(&b.id));
    list.extend(index.case.findings.iter().map(|hand| FindingResult {
        id: hand.id.clone(),
        tone: hand.tone.clone(),
        row: None,
        phrase: None,
        args: Args::from([("by".to_owned(), Arg::Text(hand.by.clone()))]),
        text: Some(hand.text.clone()),
        content: Some(hand.content.clone()),
        track: None,
        duties: Vec::new(),
        laws: Vec::new(),
        cites: hand.cites.clone(),
    }));
    list
}

fn rows(ids: &[String]) -> Vec<RowId> {
    ids.iter().map(RowId::new).collect()
}

fn of_check(book: &Book, check: &CheckResult) -> Option<FindingResult> {
    let row = book.crosscheck(check.id.as_str())?;
    let (tone, phrase) = match check.status {
        CheckStatus::Discrepant => (BAD, "check-discrepant"),
        CheckStatus::Consistent => (GOOD, "check-good"),
        CheckStatus::Unverifiable => (OPEN, "check-open"),
        CheckStatus::Absent => return None,
    };
    let blamed = tone == BAD;
    let duties = if blamed { rows(&row.body.duties) } else { Vec::new() };
    let laws = if blamed { rows(&row.body.laws) } else { Vec::new() };
    let args = Args::from([("row".to_owned(), Arg::Row(check.id.clone()))]);
    Some(finding(&row.id, tone, phrase, args, &row.body.content, (duties, laws), &check.cites))
}

fn of_indicator(book: &Book, one: &IndicatorResult, gaps: &[GapResult]) -> Option<FindingResult> {
    let row = book.indicator(one.id.as_str())?;
    if one.status == IndicatorStatus::NotComputed {
        return None;
    }
    let score = one.score;
    let at_most =
        |limit: i64| score.and_then(|s| s.max).is_some_and(|max| max < Decimal::whole(limit));
    let at_least =
        |limit: i64| score.and_then(|s| s.min).is_some_and(|min| min >= Decimal::whole(limit));
    let (tone, phrase) = if one.verdict == Some(Verdict::Over) {
        (BAD, over_phrase(book, row))
    } else if at_most(PASS) {
        (BAD, "indicator-low")
    } else if at_least(PRAISE) && matches!(one.verdict, None | Some(Verdict::Within)) {
        (GOOD, "indicator-good")
    } else {
        return None;
    };
    let mut args = Args::from([("row".to_owned(), Arg::Row(one.id.clone()))]);
    if let Some(gap) = gaps.iter().find(|gap| gap.id == row.id) {
        args.insert("gap".to_owned(), Arg::Gap(gap.gap()));
        args.extend(gap.limit_ms.map(|ms| ("limit".to_owned(), Arg::Span(ms))));
        args.extend(gap.limit_row.clone().map(|row| ("limit_row".to_owned(), Arg::Row(row))));
    } else if let Some(value) = one.value.and_then(|value| value.min.or(value.max)) {
        args.insert("value".to_owned(), Arg::Number(value));
    }
    let blamed = tone == BAD;
    let duties = if blamed { rows(&row.body.duties) } else { Vec::new() };
    let laws = if blamed { rows(&row.body.laws) } else { Vec::new() };
    let content = &row.body.content;
    let mut made = finding(&row.id, tone, phrase, args, content, (duties, laws), &one.cites);
    made.track = Some(row.body.track.clone());
    Some(made)
}

/// A limit that the book's rows of lateness measure by is a late report: arithmetic, no intent.
fn over_phrase(book: &Book, row: &Row<fupan_standard::Indicator>) -> &'static str {
    let late = |limit: &String| {
        let arithmetic = book.latenesses.iter().filter(|late| !late.body.needs_intent);
        arithmetic.into_iter().any(|late| late.body.limits.contains(limit))
    };
    match &row.body.limit {
        Some(limit) if late(limit) => "late-report",
        Some(_) => "indicator-over",
        None if row.body.unit.milliseconds().is_some() => "indicator-over",
        None => "ratio-short",
    }
}

fn of_question(gap: &GapResult) -> Option<FindingResult> {
    if gap.verdict != Some(Verdict::Over) {
        return None;
    }
    let mut args = Args::from([
        ("question".to_owned(), Arg::Text(gap.id.clone())),
        ("from".to_owned(), Arg::Text(gap.from.to_string())),
        ("to".to_owned(), Arg::Text(gap.to.to_string())),
        ("gap".to_owned(), Arg::Gap(gap.gap())),
    ]);
    args.extend(gap.limit_ms.map(|ms| ("limit".to_owned(), Arg::Span(ms))));
    Some(FindingResult {
        id: format!("F-{}", gap.id),
        tone: BAD.to_owned(),
        row: None,
        phrase: Some("gap-over".to_owned()),
        args,
        text: None,
        content: None,
        track: None,
        duties: Vec::new(),
        laws: Vec::new(),
        cites: gap.cites.clone(),
    })
}

fn finding(
    row: &str,
    tone: &str,
    phrase: &str,
    args: Args,
    content: &str,
    (duties, laws): (Vec<RowId>, Vec<RowId>),
    cites: &fupan_model::Cites,
) -> FindingResult {
    FindingResult {
        id: format!("F-{row}"),
        tone: tone.to_owned(),
        row: Some(RowId::new(row)),
        phrase: Some(phrase.to_owned()),
        args,
        text: None,
        content: (!content.is_empty()).then(|| RowId::new(content)),
        track: None,
        duties,
        laws,
        cites: cites.clone(),
    }
}
