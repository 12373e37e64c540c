//! The events with their windows: those of the course in the timeline, those of the time before it
//! in the registers. What a list or ledger holds has no moment and is no event of either.

use crate::durations;
use crate::layout::{cell, cells, row};
use crate::moments;
use crate::pen::{Pen, Written};
use fupan_model::{Block, Cell, EventResult, Moment, Row, Tone};

/// When an event happened, as far as its table is concerned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Wholly before the accident's day.
    Before,
    /// On that day, later, or at a time that nothing bounds from above.
    Course,
    /// Never: its facts are entries of a list, of kinds that are no points in time.
    Listed,
}

/// Events from the accident's day on, and how many entries of lists are left to the registers.
pub(super) fn of_the_course(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let mut blocks = Vec::new();
    for (part, phrase) in [(Part::Before, "events-before"), (Part::Listed, "events-listed")] {
        let count = those(pen, part).count();
        if count > 0 {
            let count = [("count", durations::number(count as u64))];
            let said = pen.say(phrase, &count, &pen.case("register"))?;
            blocks.push(Block::Paragraph(vec![said]));
        }
    }
    blocks.push(table(pen, Part::Course, "table-events")?);
    Ok(blocks)
}

/// Events of the time before, where there are any.
pub(super) fn of_the_time_before(pen: &Pen<'_>) -> Written<Vec<Block>> {
    if those(pen, Part::Before).next().is_none() {
        return Ok(Vec::new());
    }
    Ok(vec![
        pen.heading("heading-events-before")?,
        table(pen, Part::Before, "table-events-before")?,
    ])
}

fn those<'a>(pen: &'a Pen<'_>, part: Part) -> impl Iterator<Item = &'a EventResult> {
    let accident = &pen.assessment.register.accident;
    let day = Moment::parse(&format!("{}T00:00:00{}", accident.date, accident.timezone));
    pen.assessment.events.iter().filter(move |event| part_of(pen, event, day) == part)
}

fn part_of(pen: &Pen<'_>, event: &EventResult, day: Option<Moment>) -> Part {
    let moment = |id: &str| pen.book.fact_kind(id).is_none_or(|kind| kind.body.moment);
    let bounded = event.window.min.is_some() || event.window.max.is_some();
    let timeless = !event.kinds.is_empty() && !event.kinds.iter().any(|id| moment(id.as_str()));
    if timeless && !bounded {
        return Part::Listed;
    }
    match (event.window.max, day) {
        (Some(end), Some(day)) if end.ms <= day.ms => Part::Before,
        _ => Part::Course,
    }
}

fn table(pen: &Pen<'_>, part: Part, caption: &str) -> Written<Block> {
    let rows: Written<Vec<Row>> = those(pen, part).map(|event| event_row(pen, event)).collect();
    let columns = [("column-window", 5), ("column-event", 6), ("column-parties", 4)];
    pen.table_or("no-events", caption, &columns, rows?)
}

fn event_row(pen: &Pen<'_>, event: &EventResult) -> Written<Row> {
    let cites = &event.cites;
    let window = moments::window(&pen.wording, event.window, pen.assessment.case.offset_s)?;
    let mut at = vec![pen.said(window, cites)];
    if event.contested {
        at.push(pen.note("event-contested")?);
    }
    let tone = if event.contested { Tone::Bad } else { Tone::Plain };
    let facts: Vec<String> = event.facts.iter().map(|id| id.as_str().to_owned()).collect();
    let values = [("event", pen.event(event.id.as_str())?), ("facts", pen.wording.list(&facts)?)];
    let names: Vec<String> = event.parties.iter().map(|id| pen.party(id.as_str())).collect();
    Ok(row(vec![
        Cell { tone, ..cells(at) },
        cell(pen.say("event-facts", &values, cites)?),
        cell(pen.label(&pen.wording.list(&names)?, cites)),
    ]))
}
