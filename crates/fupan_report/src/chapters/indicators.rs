//! Indicators: value between bounds, statutory limit, verdict, and the score by the assessor's
//! own anchors; those not computed with the reason.

use crate::durations::{self, number};
use crate::layout::{cell, cells, row, toned, verdict_tone, verdict_word};
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{
    Block, Cell, Decimal, Gauge, IndicatorResult, IndicatorStatus, Inline, Interval, Row, Tone,
    Verdict,
};
use fupan_standard::{Indicator, Unit};

/// How an indicator is marked.
pub(super) fn tone(one: &IndicatorResult) -> Tone {
    match one.status {
        IndicatorStatus::NotComputed => Tone::Faint,
        IndicatorStatus::Undecided => Tone::Doubt,
        IndicatorStatus::Computed => verdict_tone(one.verdict),
    }
}

/// The phrase of an indicator's verdict.
pub(crate) fn word(pen: &Pen<'_>, one: &IndicatorResult) -> &'static str {
    let row = pen.book.indicator(one.id.as_str());
    let timed = row.is_none_or(|row| row.body.unit.milliseconds().is_some());
    match (one.status, one.verdict) {
        (IndicatorStatus::NotComputed, _) => "status-not-computed",
        (IndicatorStatus::Undecided, _) => "verdict-undecided",
        (_, Some(Verdict::Over)) if !timed => "requirement-missed",
        (_, Some(Verdict::Within)) if !timed => "requirement-met",
        (_, verdict) => verdict_word(verdict),
    }
}

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let (open, computed): (Vec<&IndicatorResult>, Vec<&IndicatorResult>) = pen
        .assessment
        .indicators
        .iter()
        .partition(|one| one.status == IndicatorStatus::NotComputed || one.value.is_none());
    let rows: Written<Vec<Row>> = computed.iter().map(|one| computed_row(pen, one)).collect();
    let columns = [
        ("column-indicator", 4),
        ("column-value", 5),
        ("column-statutory", 4),
        ("column-verdict", 2),
        ("column-score", 5),
        ("column-standing", 2),
    ];
    let mut blocks = vec![Block::Paragraph(vec![
        pen.note("indicators-how-to-read")?,
        pen.of_book("gauge-how-to-read", &[], &pen.book.edition.id)?,
    ])];
    blocks.push(pen.table_or("no-indicators", "table-indicators", &columns, rows?)?);
    if !open.is_empty() {
        let rows: Written<Vec<Row>> = open.iter().map(|one| open_row(pen, one)).collect();
        let columns = [("column-indicator", 4), ("column-why-not", 8), ("column-standing", 2)];
        blocks.push(pen.heading("heading-not-computed")?);
        blocks.push(pen.remark("not-computed-how-to-read")?);
        blocks.push(pen.table("table-not-computed", &columns, rows?)?);
    }
    Ok(blocks)
}

fn computed_row(pen: &Pen<'_>, one: &IndicatorResult) -> Written<Row> {
    let id = one.id.as_str();
    let row_of_book = pen.book.indicator(id).map(|row| &row.body);
    let mut value = Vec::new();
    if let Some(interval) = one.value {
        value.push(pen.said(self::value(pen, id, interval)?, &one.cites));
    }
    if let Some(reason) = &one.reason {
        value.push(pen.phrase(reason, &one.args, &one.cites)?);
    }
    let limit = match row_of_book {
        Some(body) => statutory(pen, body, id)?,
        None => vec![pen.note("no-statutory-limit")?],
    };
    let mut score = Vec::new();
    match one.score {
        Some(points) => {
            score.push(pen.said(moments::interval(&pen.wording, points)?, &one.cites));
            if let Some(body) = row_of_book {
                score.push(anchors(pen, body, id)?);
            }
        }
        None => score.push(pen.note("no-score")?),
    }
    let gauge = row_of_book.zip(one.value).map(|(body, value)| gauge(pen, body, value, tone(one)));
    Ok(row(vec![
        cell(pen.row(id)?),
        Cell { gauge, ..cells(value) },
        cells(limit),
        toned(pen.note(word(pen, one))?, tone(one)),
        cells(score),
        cell(pen.standing(id)?),
    ]))
}

/// The value against the anchors and the limit of law, which the cells beside it say.
fn gauge(pen: &Pen<'_>, body: &Indicator, value: Interval, tone: Tone) -> Gauge {
    let of_row = body.limit.as_deref().and_then(|limit| pen.book.limit(limit)?.body.span);
    let in_unit = of_row.and_then(|span| {
        let (from, to) = (span.unit.milliseconds()?, body.unit.milliseconds()?);
        let ms = i64::from(span.value) * from;
        (ms % to == 0).then(|| Decimal::whole(ms / to))
    });
    Gauge {
        min: value.min,
        max: value.max,
        anchors: [body.anchors.full, body.anchors.pass, body.anchors.zero],
        limit: body.statutory.as_ref().map(|one| one.value).or(in_unit),
        tone,
    }
}

fn open_row(pen: &Pen<'_>, one: &IndicatorResult) -> Written<Row> {
    let why = match &one.reason {
        Some(reason) => pen.phrase(reason, &one.args, &one.cites)?,
        None => pen.say("input-not-there", &[], &one.cites)?,
    };
    let id = one.id.as_str();
    Ok(row(vec![cell(pen.row(id)?), toned(why, Tone::Faint), cell(pen.standing(id)?)]))
}

/// A value with the unit of its indicator; a length of time as its gap says it.
pub(super) fn value(pen: &Pen<'_>, id: &str, value: Interval) -> Written<String> {
    if let Some(gap) = pen.assessment.gaps.iter().find(|gap| gap.id == id) {
        return durations::gap(&pen.wording, gap.gap(), gap.limit_ms);
    }
    let text = moments::interval(&pen.wording, value)?;
    match pen.book.indicator(id) {
        Some(row) => with_unit(pen, text, row.body.unit),
        None => Ok(text),
    }
}

fn with_unit(pen: &Pen<'_>, value: String, unit: Unit) -> Written<String> {
    let unit = pen.wording.word(&format!("unit-{}", unit.word()))?;
    pen.wording.fill("value-unit", &[("value", value), ("unit", unit)])
}

/// The limit the law sets: a row of the limits, or a statutory value of the indicator itself.
fn statutory(pen: &Pen<'_>, body: &Indicator, id: &str) -> Written<Vec<Inline>> {
    let mut out = Vec::new();
    if let Some(limit) = body.limit.as_deref().and_then(|limit| pen.book.limit(limit)) {
        let mut values = vec![("title", pen.marked_title(&limit.id)?)];
        if let Some(span) = limit.body.span {
            let value = with_unit(pen, number(u64::from(span.value)), span.unit)?;
            values.push(("value", value));
        }
        out.push(pen.of_book("limit-of-law", &values, &limit.id)?);
    }
    if let Some(value) = &body.statutory {
        let text = with_unit(pen, moments::decimal(value.value), body.unit)?;
        let values = [("value", text), ("source", pen.source(&value.source)?)];
        out.push(pen.of_book("statutory-value", &values, id)?);
    }
    if out.is_empty() {
        out.push(pen.note("no-statutory-limit")?);
    }
    Ok(out)
}

fn anchors(pen: &Pen<'_>, body: &Indicator, id: &str) -> Written<Inline> {
    let anchors = body.anchors;
    let values = [
        ("full", moments::decimal(anchors.full)),
        ("pass", moments::decimal(anchors.pass)),
        ("zero", moments::decimal(anchors.zero)),
        ("unit", pen.wording.word(&format!("unit-{}", body.unit.word()))?),
    ];
    pen.of_book("anchors", &values, id)
}
