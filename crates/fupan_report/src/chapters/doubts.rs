//! Doubts: what cannot be decided, and what it rests on, by their subject matter.

use crate::pen::{Pen, Written};
use fupan_model::{Block, Doubt, Inline};

/// Headings, and the beginnings of the codes that belong below each.
const GROUPS: [(&str, &[&str]); 7] = [
    ("doubts-clocks", &["clock"]),
    ("doubts-contradictions", &["conflict", "capped"]),
    ("doubts-delays", &["gap-"]),
    ("doubts-facts", &["memory", "derived", "fact"]),
    ("doubts-figures", &["grade", "claim"]),
    ("doubts-records", &["request"]),
    ("doubts-book", &["check", "indicator", "row"]),
];
/// Below this, what belongs nowhere else.
const OTHERS: &str = "doubts-others";

pub(super) fn blocks(pen: &Pen<'_>) -> Written<Vec<Block>> {
    let doubts = &pen.assessment.doubts;
    if doubts.is_empty() {
        let none = pen.say("no-doubts", &[], &pen.case("register"))?;
        return Ok(vec![Block::Paragraph(vec![none])]);
    }
    let mut blocks = vec![pen.remark("doubts-how-to-read")?];
    for heading in GROUPS.iter().map(|(heading, _)| *heading).chain([OTHERS]) {
        let own = doubts.iter().filter(|doubt| self::heading(&doubt.code) == heading);
        let points: Written<Vec<Vec<Inline>>> = own.map(|doubt| point(pen, doubt)).collect();
        let points = points?;
        if !points.is_empty() {
            blocks.extend([pen.heading(heading)?, Block::List(points)]);
        }
    }
    Ok(blocks)
}

fn heading(code: &str) -> &'static str {
    let own = |(_, starts): &&(&str, &[&str])| starts.iter().any(|start| code.starts_with(start));
    GROUPS.iter().find(own).map_or(OTHERS, |(heading, _)| heading)
}

fn point(pen: &Pen<'_>, doubt: &Doubt) -> Written<Vec<Inline>> {
    Ok(vec![pen.phrase(&doubt.code, &doubt.args, &doubt.cites)?])
}
