//! Half a page for the leader: what is over its limit, what contradicts, what cannot be decided.

use super::explanations;
use crate::durations::{self, number};
use crate::layout::verdict_word;
use crate::pen::{Pen, Written};
use fupan_model::{Block, CheckStatus, Cites, GapResult, IndicatorStatus, Inline, Verdict};

/// Gaps and contradictions listed one by one; the rest are counted.
const LISTED: usize = 5;

/// A point of the list.
type Point = Vec<Inline>;

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut points: Vec<Point> = Vec::new();
    points.extend(gaps(pen, Verdict::Over)?);
    points.extend(gaps(pen, Verdict::Undecided)?);
    points.extend(without_limit(pen)?);
    points.extend(contradictions(pen)?);
    points.extend(checks(pen, CheckStatus::Discrepant, "summary-discrepant")?);
    points.extend(checks(pen, CheckStatus::Unverifiable, "summary-unverifiable")?);
    points.extend(not_decided(pen)?);
    let coverage = coverage(pen)?;
    let mut blocks = vec![Block::Paragraph(vec![coverage])];
    if points.is_empty() {
        blocks.push(Block::Paragraph(vec![pen.say("summary-nothing", &[], &register(pen))?]));
    } else {
        blocks.push(Block::List(points));
    }
    blocks.push(pen.remark("summary-how-to-read")?);
    Ok(blocks)
}

fn register(pen: &Pen<'_>) -> Cites {
    pen.case("register")
}

fn coverage(pen: &Pen<'_>) -> Written<Inline> {
    let coverage = &pen.assessment.coverage;
    let count = |n: usize| number(n as u64);
    let values = [
        ("pieces", count(pen.assessment.register.evidence.len())),
        ("facts", number(coverage.facts)),
        ("dated", number(coverage.dated)),
        ("events", count(pen.assessment.events.len())),
        ("checks", number(coverage.checks.0)),
        ("checks_all", number(coverage.checks.1)),
        ("indicators", number(coverage.indicators.0)),
        ("indicators_all", number(coverage.indicators.1)),
    ];
    pen.say("summary-coverage", &values, &register(pen))
}

/// The gaps of one verdict, the longest first.
fn gaps(pen: &Pen<'_>, verdict: Verdict) -> Written<Vec<Point>> {
    // What a question asks is not said again as an indicator between the same events.
    let asked = |gap: &GapResult| pen.book.indicator(&gap.id).is_none();
    let again = |gap: &GapResult| {
        let mut all = pen.assessment.gaps.iter();
        !asked(gap) && all.any(|one| asked(one) && one.from == gap.from && one.to == gap.to)
    };
    let of = |gap: &&GapResult| gap.verdict == Some(verdict) && !again(gap);
    let all = pen.assessment.gaps.iter().filter(of);
    let mut found: Vec<&GapResult> = all.collect();
    found.sort_by(|a, b| b.min_ms.cmp(&a.min_ms).then(a.id.cmp(&b.id)));
    let mut out = Vec::new();
    for gap in found.iter().take(LISTED) {
        let mut point = vec![pen.say("summary-gap-limit", &gap_values(pen, gap)?, &gap.cites)?];
        if let Some(firm) = explanations::firmness(pen, gap)?.into_iter().next() {
            point.push(firm);
        }
        out.push(point);
    }
    let rest = found.len().saturating_sub(LISTED);
    if rest > 0 {
        let word = pen.wording.word(verdict_word(Some(verdict)))?;
        let values = [("count", number(rest as u64)), ("verdict", word)];
        out.push(vec![pen.say("summary-more-gaps", &values, &register(pen))?]);
    }
    Ok(out)
}

fn gap_values(pen: &Pen<'_>, gap: &GapResult) -> Written<Vec<(&'static str, String)>> {
    let length = durations::gap(&pen.wording, gap.gap(), gap.limit_ms)?;
    let verdict = pen.wording.word(verdict_word(gap.verdict))?;
    let mut values = vec![("what", pen.gap_name(&gap.id)?), ("gap", length), ("verdict", verdict)];
    if let Some(limit) = gap.limit_ms {
        values.push(("limit", durations::span(&pen.wording, limit)?));
    }
    Ok(values)
}

/// Questions of the group that have no limit: said with their bounds alone.
fn without_limit(pen: &Pen<'_>) -> Written<Vec<Point>> {
    let asked = |gap: &&GapResult| gap.limit_ms.is_none() && pen.book.indicator(&gap.id).is_none();
    let gaps = pen.assessment.gaps.iter().filter(asked).take(LISTED);
    gaps.map(|gap| Ok(vec![pen.say("summary-gap", &gap_values(pen, gap)?, &gap.cites)?])).collect()
}

fn contradictions(pen: &Pen<'_>) -> Written<Vec<Point>> {
    let conflicts = &pen.assessment.conflicts;
    let Some(worst) = conflicts.iter().max_by_key(|conflict| conflict.excess_ms) else {
        return Ok(Vec::new());
    };
    let count = [("count", number(conflicts.len() as u64))];
    let values = [
        ("records", pen.wording.list(&worst.records)?),
        ("excess", durations::at_least(&pen.wording, worst.excess_ms)?),
    ];
    Ok(vec![vec![
        pen.say("summary-contradictions", &count, &register(pen))?,
        pen.say("summary-widest", &values, &worst.cites)?,
    ]])
}

fn checks(pen: &Pen<'_>, status: CheckStatus, phrase: &str) -> Written<Option<Point>> {
    let all = pen.assessment.checks.iter().filter(|check| check.status == status);
    named(pen, phrase, &all.map(|check| check.id.as_str()).collect::<Vec<&str>>())
}

/// How many rows of the book something holds for, and their names.
fn named(pen: &Pen<'_>, phrase: &str, ids: &[&str]) -> Written<Option<Point>> {
    if ids.is_empty() {
        return Ok(None);
    }
    let count = [("count", number(ids.len() as u64))];
    let mut point = vec![pen.say(phrase, &count, &register(pen))?];
    for (at, id) in ids.iter().enumerate() {
        let last = at + 1 == ids.len();
        let phrase = if last { "summary-last-name" } else { "summary-name" };
        point.push(pen.of_book(phrase, &[("name", pen.named(id)?)], id)?);
    }
    Ok(Some(point))
}

fn not_decided(pen: &Pen<'_>) -> Written<Vec<Point>> {
    let (indicators, doubts) = (&pen.assessment.indicators, &pen.assessment.doubts);
    let open = indicators.iter().filter(|one| one.status == IndicatorStatus::Undecided);
    let open: Vec<&str> = open.map(|one| one.id.as_str()).collect();
    let mut out: Vec<Point> =
        named(pen, "summary-undecided-indicators", &open)?.into_iter().collect();
    if !doubts.is_empty() {
        let values = [("count", number(doubts.len() as u64))];
        out.push(vec![pen.say("summary-doubts", &values, &register(pen))?]);
    }
    Ok(out)
}
