//! Doubts: what cannot be decided, and what it rests on.

use crate::pen::{Pen, Written};
use fupan_model::{Block, Inline};

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let doubts = &pen.assessment.doubts;
    if doubts.is_empty() {
        let none = pen.say("no-doubts", &[], &pen.case("register"))?;
        return Ok(vec![Block::Paragraph(vec![none])]);
    }
    let points: Written<Vec<Vec<Inline>>> = doubts
        .iter()
        .map(|doubt| Ok(vec![pen.phrase(&doubt.code, &doubt.args, &doubt.cites)?]))
        .collect();
    Ok(vec![pen.remark("doubts-how-to-read")?, Block::List(points?)])
}
