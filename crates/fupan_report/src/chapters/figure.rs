//! The figure of the dual-track timeline: lanes by track, bars from events, brackets from gaps.

use crate::durations::{self, number};
use crate::layout::verdict_tone;
use crate::pen::{Pen, Written};
use fupan_model::{
    Bar, Block, Bracket, EventResult, Figure, GapResult, Inline, Lane, Party, Picture, Sentence,
    Timeline, Tone, Verdict,
};
use std::collections::BTreeSet;

/// Margin about the events that must be drawn: a quarter of their span, at least this.
const LEAST_MARGIN_MS: i64 = 30 * 60_000;
/// Events that one figure can hold and still be read.
const LEGIBLE: usize = 24;

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let gaps = bracketed(pen);
    let shown = shown(pen, &gaps);
    let lanes = lanes(pen, &shown)?;
    let brackets: Written<Vec<Bracket>> = gaps
        .iter()
        .filter(|gap| shown.contains(gap.from.as_str()) && shown.contains(gap.to.as_str()))
        .map(|gap| bracket(pen, gap))
        .collect();
    let (brackets, register) = (brackets?, pen.case("register"));
    if lanes.is_empty() {
        return Ok(vec![Block::Paragraph(vec![pen.say("no-figure", &[], &register)?])]);
    }
    let values = [
        ("lanes", number(lanes.len() as u64)),
        ("events", number(shown.len() as u64)),
        ("gaps", number(brackets.len() as u64)),
    ];
    let alt = vec![pen.say("figure-alt", &values, &register)?];
    let picture = Timeline { offset_s: pen.assessment.case.offset_s, lanes, brackets };
    let caption = pen.link("figure-timeline")?;
    let mut blocks = Vec::new();
    // Before the figure: behind it, between pages that lie across, it would have one to itself.
    let hidden = pen.assessment.events.len().saturating_sub(shown.len());
    if hidden > 0 {
        let count = [("count", number(hidden as u64))];
        blocks.push(Block::Paragraph(vec![pen.say("figure-hidden", &count, &register)?]));
    }
    blocks.push(Block::Figure(Figure { caption, alt, picture: Picture::Timeline(picture) }));
    Ok(blocks)
}

/// The group's questions, and what is over its limit between other events.
fn bracketed<'a>(pen: &Pen<'a>) -> Vec<&'a GapResult> {
    let of_book = |gap: &GapResult| pen.book.indicator(&gap.id).is_some();
    let asked = pen.assessment.gaps.iter().filter(|gap| !of_book(gap));
    let mut out: Vec<&GapResult> = asked.collect();
    let over = |gap: &&GapResult| of_book(gap) && gap.verdict == Some(Verdict::Over);
    for gap in pen.assessment.gaps.iter().filter(over) {
        if !out.iter().any(|one| one.from == gap.from && one.to == gap.to) {
            out.push(gap);
        }
    }
    out
}

/// The events that are drawn, so many as stay legible: the ends of brackets and what a
/// contradiction touches always; then the ends of every gap; then what lies near them.
fn shown<'a>(pen: &Pen<'a>, gaps: &[&'a GapResult]) -> BTreeSet<&'a str> {
    let events = &pen.assessment.events;
    let contested = events.iter().filter(|event| event.contested).map(|event| event.id.as_str());
    let mut shown = ends(gaps.iter().copied());
    shown.extend(contested);
    let near = near(pen, &shown);
    let every: BTreeSet<&str> = ends(&pen.assessment.gaps).intersection(&near).copied().collect();
    for more in [every, near] {
        let more: BTreeSet<&str> = shown.union(&more).copied().collect();
        if more.len() <= LEGIBLE {
            shown = more;
        }
    }
    shown.retain(|id| pen.events.get(id).is_some_and(|event| !known(event).is_empty()));
    shown
}

/// The events at the ends of some gaps.
fn ends<'a>(gaps: impl IntoIterator<Item = &'a GapResult>) -> BTreeSet<&'a str> {
    gaps.into_iter().flat_map(|gap| [gap.from.as_str(), gap.to.as_str()]).collect()
}

/// The bounds of an event that are known.
fn known(event: &EventResult) -> Vec<i64> {
    [event.window.min, event.window.max].into_iter().flatten().map(|moment| moment.ms).collect()
}

/// Dated events within the span of some others and a margin about it; all where those have none.
fn near<'a>(pen: &Pen<'a>, focus: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let ours = focus.iter().filter_map(|id| pen.events.get(id));
    let bounds: Vec<i64> = ours.flat_map(|event| known(event)).collect();
    let frame = bounds.iter().min().zip(bounds.iter().max()).map(|(first, last)| {
        let margin = (last.saturating_sub(*first) / 4).max(LEAST_MARGIN_MS);
        (first.saturating_sub(margin), last.saturating_add(margin))
    });
    let (first, last) = frame.unwrap_or((i64::MIN, i64::MAX));
    let meets = |event: &&EventResult| {
        let known = known(event);
        known.iter().min().zip(known.iter().max()).is_some_and(|(a, b)| *a <= last && *b >= first)
    };
    pen.assessment.events.iter().filter(meets).map(|event| event.id.as_str()).collect()
}

/// One lane for each party that has an event, enterprise first: the tracks of the book in order.
fn lanes(pen: &Pen<'_>, shown: &BTreeSet<&str>) -> Written<Vec<Lane>> {
    let mut tracks: Vec<_> = pen.book.tracks.iter().collect();
    tracks.sort_by_key(|track| track.body.order);
    let place = |party: &Party| {
        let track = pen.track(&party.track);
        tracks.iter().position(|row| row.body.code == track).unwrap_or(tracks.len())
    };
    let mut parties: Vec<&Party> = pen.assessment.register.parties.iter().collect();
    parties.sort_by_key(|party| place(party));
    let mut lanes = Vec::new();
    for party in parties {
        let mut bars = Vec::new();
        for event in &pen.assessment.events {
            if shown.contains(event.id.as_str()) && event.parties.contains(&party.id) {
                bars.push(bar(pen, event)?);
            }
        }
        if !bars.is_empty() {
            let title: Inline = pen.label(&party.name, &pen.case("parties"));
            lanes.push(Lane { title, track: pen.track(&party.track).to_owned(), bars });
        }
    }
    Ok(lanes)
}

fn bar(pen: &Pen<'_>, event: &EventResult) -> Written<Bar> {
    Ok(Bar {
        event: event.id.as_str().to_owned(),
        min_ms: event.window.min.map(|moment| moment.ms),
        max_ms: event.window.max.map(|moment| moment.ms),
        label: Sentence::new(pen.event(event.id.as_str())?, event.cites.clone()),
        tone: if event.contested { Tone::Bad } else { Tone::Plain },
    })
}

fn bracket(pen: &Pen<'_>, gap: &GapResult) -> Written<Bracket> {
    let contested = !gap.by_diagnosis.is_empty();
    let length = durations::short(&pen.wording, gap.gap(), gap.limit_ms, contested)?;
    let mut values = vec![("gap", length)];
    if let Some(limit) = gap.limit_ms {
        values.push(("limit", durations::span(&pen.wording, limit)?));
    }
    Ok(Bracket {
        from: gap.from.as_str().to_owned(),
        to: gap.to.as_str().to_owned(),
        gap: gap.gap(),
        label: Sentence::new(pen.wording.fill("bracket", &values)?, gap.cites.clone()),
        tone: verdict_tone(gap.verdict),
    })
}
