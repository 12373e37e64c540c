//! What was computed: events, gaps, check points, indicators, claims.

use super::{Entry, Sheet, lines, moment, number, seconds, sheet, text};
use crate::chapters::{indicator_word, telling};
use crate::layout::{status_word, verdict_word};
use crate::pen::{Pen, Written};
use fupan_model::{CheckResult, EventResult, GapResult, IndicatorResult, Value};

pub(super) fn events(pen: &Pen<'_>) -> Written<Sheet> {
    let one = |event: &EventResult| -> Written<Vec<Entry>> {
        let names: Vec<String> = event.parties.iter().map(|id| pen.party(id.as_str())).collect();
        let facts: Vec<String> = event.facts.iter().map(|id| id.as_str().to_owned()).collect();
        let contested = match event.contested {
            true => Entry::Text(pen.wording.word("event-contested")?),
            false => Entry::Empty,
        };
        Ok(vec![
            text(event.id.as_str()),
            text(pen.event(event.id.as_str())?),
            moment(event.window.min),
            moment(event.window.max),
            contested,
            text(pen.wording.list(&names)?),
            text(pen.wording.list(&facts)?),
            Entry::Cites(event.cites.clone()),
        ])
    };
    let rows: Written<Vec<_>> = pen.assessment.events.iter().map(one).collect();
    let columns = [
        ("column-number", 18),
        ("column-event-name", 30),
        ("column-earliest", 22),
        ("column-latest", 22),
        ("heading-contradictions", 24),
        ("column-parties", 24),
        ("column-fact", 24),
    ];
    sheet(pen, "heading-events", &columns, rows?)
}

pub(super) fn gaps(pen: &Pen<'_>) -> Written<Sheet> {
    let one = |gap: &GapResult| -> Written<Vec<Entry>> {
        let limit_row = gap.limit_row.as_ref().map(|row| pen.named(row.as_str()));
        Ok(vec![
            text(&gap.id),
            text(pen.gap_name(&gap.id)?),
            text(pen.event(gap.from.as_str())?),
            text(pen.event(gap.to.as_str())?),
            seconds(gap.min_ms),
            seconds(gap.max_ms),
            seconds(gap.limit_ms),
            text(limit_row.transpose()?.unwrap_or_default()),
            text(pen.wording.word(verdict_word(gap.verdict))?),
            Entry::Cites(gap.cites.clone()),
        ])
    };
    let rows: Written<Vec<_>> = pen.assessment.gaps.iter().map(one).collect();
    let columns = [
        ("column-number", 10),
        ("column-gap", 40),
        ("column-from", 24),
        ("column-to", 24),
        ("column-least-seconds", 14),
        ("column-most-seconds", 14),
        ("column-limit-seconds", 14),
        ("column-limit", 24),
        ("column-verdict", 16),
    ];
    sheet(pen, "heading-gaps", &columns, rows?)
}

/// One row for each check point: what either side keeps, what came of it, what it may mean.
pub(super) fn checks(pen: &Pen<'_>) -> Written<Sheet> {
    let one = |check: &CheckResult| -> Written<Vec<Entry>> {
        let id = check.id.as_str();
        let row = pen.book.crosscheck(id).map(|row| &row.body);
        let said = |words: Option<&fupan_standard::Words>| {
            text(words.map_or("", |words| pen.words(words)))
        };
        Ok(vec![
            text(id),
            text(pen.title(id)),
            text(row.map(|row| pen.title(&row.content)).unwrap_or_default()),
            said(row.map(|row| &row.left)),
            said(row.map(|row| &row.right)),
            text(pen.wording.word(status_word(check.status))?),
            lines(pen, &telling(pen, check)?),
            said(row.map(|row| &row.means)),
            text(pen.standing(id)?.text()),
            Entry::Cites(check.cites.clone()),
        ])
    };
    let rows: Written<Vec<_>> = pen.assessment.checks.iter().map(one).collect();
    let columns = [
        ("column-number", 8),
        ("column-check", 22),
        ("column-content", 16),
        ("column-enterprise", 28),
        ("column-government", 28),
        ("column-outcome", 14),
        ("column-found", 56),
        ("column-means", 36),
        ("column-standing", 16),
    ];
    sheet(pen, "chapter-checks", &columns, rows?)
}

pub(super) fn indicators(pen: &Pen<'_>) -> Written<Sheet> {
    let one = |one: &IndicatorResult| -> Written<Vec<Entry>> {
        let id = one.id.as_str();
        let body = pen.book.indicator(id).map(|row| &row.body);
        let unit = body.map(|body| pen.wording.word(&format!("unit-{}", body.unit.word())));
        let anchors = body.map(|body| body.anchors);
        let reason = match &one.reason {
            Some(reason) => pen.filled(reason, &one.args)?,
            None => String::new(),
        };
        let (value, score) = (one.value, one.score);
        Ok(vec![
            text(id),
            text(pen.title(id)),
            text(body.map(|body| pen.title(&body.content)).unwrap_or_default()),
            number(value.and_then(|value| value.min)),
            number(value.and_then(|value| value.max)),
            text(unit.transpose()?.unwrap_or_default()),
            number(score.and_then(|score| score.min)),
            number(score.and_then(|score| score.max)),
            text(pen.wording.word(indicator_word(pen, one))?),
            number(anchors.map(|anchors| anchors.full)),
            number(anchors.map(|anchors| anchors.pass)),
            number(anchors.map(|anchors| anchors.zero)),
            text(reason),
            text(pen.standing(id)?.text()),
            Entry::Cites(one.cites.clone()),
        ])
    };
    let rows: Written<Vec<_>> = pen.assessment.indicators.iter().map(one).collect();
    let columns = [
        ("column-number", 8),
        ("column-indicator", 26),
        ("column-content", 16),
        ("column-least-value", 12),
        ("column-most-value", 12),
        ("column-unit", 10),
        ("column-least-score", 12),
        ("column-most-score", 12),
        ("column-verdict", 16),
        ("column-anchor-full", 12),
        ("column-anchor-pass", 12),
        ("column-anchor-zero", 12),
        ("column-why-not", 40),
        ("column-standing", 16),
    ];
    sheet(pen, "chapter-indicators", &columns, rows?)
}

pub(super) fn claims(pen: &Pen<'_>) -> Written<Sheet> {
    let mut rows = Vec::new();
    for claim in &pen.assessment.claims {
        for value in &claim.values {
            let said = match &value.value {
                Some(Value::Number(value)) => Entry::Number(*value),
                other => text(pen.value(other.as_ref())?),
            };
            rows.push(vec![
                text(pen.field(&claim.field)?),
                said,
                moment(value.as_of),
                text(pen.party(value.party.as_str())),
                text(value.fact.as_str()),
                Entry::Cites(value.cites.clone()),
            ]);
        }
    }
    let columns = [
        ("column-claimed", 24),
        ("column-stated-value", 16),
        ("column-as-of", 22),
        ("column-who", 24),
        ("column-fact", 18),
    ];
    sheet(pen, "chapter-claims", &columns, rows)
}
