//! What the group asked and what came back: imports, requests for material, interviews.

use super::imports;
use crate::layout::{cell, cells};
use crate::moments;
use crate::pen::{Pen, Written};
use crate::render::place;
use fupan_model::{Block, Row, Window};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let (mut blocks, register) = (Vec::new(), &pen.assessment.register);
    if !register.imports.is_empty() {
        blocks.extend([pen.heading("heading-imports")?, imports::table(pen)?]);
    }
    if !register.requests.is_empty() {
        blocks.extend([pen.heading("heading-requests")?, requests(pen)?]);
    }
    if !register.interviews.is_empty() {
        blocks.extend([pen.heading("heading-interviews")?, interviews(pen)?]);
    }
    Ok(blocks)
}

fn requests(pen: &Pen<'_>) -> Written<Block> {
    let mut rows = Vec::new();
    for request in &pen.assessment.register.requests {
        let part = format!("requests/{}", request.id);
        let cites = pen.case(&part);
        let at = |moment| moments::moment(&pen.wording, moment, pen.assessment.case.offset_s);
        let mut dates = Vec::new();
        for (phrase, moment) in [("asked-at", request.asked_at), ("due-at", request.due)] {
            if let Some(moment) = moment {
                dates.push(pen.say(phrase, &[("at", at(moment)?)], &cites)?);
            }
        }
        let reply = match &request.reply {
            Some(reply) => {
                let values = [("at", at(reply.at)?), ("text", reply.text.clone())];
                pen.say("reply", &values, &cites)?
            }
            None => pen.say("reply-none", &[], &cites)?,
        };
        rows.push(Row {
            anchor: cites.iter().next().map(place),
            cells: vec![
                cell(pen.said(request.id.clone(), &cites)),
                cell(pen.label(&pen.party(request.to.as_str()), &cites)),
                cell(pen.label(&request.asks, &cites)),
                cells(dates),
                cell(reply),
            ],
            ..Row::default()
        });
    }
    let columns = [
        ("column-number", 2),
        ("column-party", 3),
        ("column-asked", 5),
        ("column-dates", 4),
        ("column-reply", 5),
    ];
    pen.table("table-requests", &columns, rows)
}

fn interviews(pen: &Pen<'_>) -> Written<Block> {
    let mut rows = Vec::new();
    for interview in &pen.assessment.register.interviews {
        let cites = pen.case(&format!("interviews/{}", interview.id));
        let mut when = Vec::new();
        if interview.started.is_some() || interview.ended.is_some() {
            let window = Window { min: interview.started, max: interview.ended };
            let text = moments::window(&pen.wording, window, pen.assessment.case.offset_s)?;
            when.push(pen.said(text, &cites));
        }
        let signed = if interview.signed { "interview-signed" } else { "interview-unsigned" };
        when.push(pen.note(signed)?);
        let layers = pen.book.layers.iter();
        let layer = layers
            .filter(|row| row.body.code == interview.layer)
            .map(|row| pen.row(&row.id))
            .collect::<Written<Vec<_>>>()?;
        let names = pen.wording.list(&interview.interviewers)?;
        rows.push(Row {
            anchor: cites.iter().next().map(place),
            cells: vec![
                cell(pen.said(interview.id.clone(), &cites)),
                cells(vec![
                    pen.label(&pen.party(interview.party.as_str()), &cites),
                    pen.label(&interview.role, &cites),
                ]),
                cells(layer),
                cell(pen.label(&names, &cites)),
                cells(when),
            ],
            ..Row::default()
        });
    }
    let columns = [
        ("column-number", 2),
        ("column-interviewee", 4),
        ("column-layer", 2),
        ("column-interviewers", 3),
        ("column-interview-time", 4),
    ];
    pen.table("table-interviews", &columns, rows)
}
