//! Brackets of the delays.

use super::{INK, Sheet, ink};
use crate::render::escape::escape;
use crate::render::svg::Px;
use crate::render::svg::bracket::{Delay, RISE};
use crate::render::svg::lane::{PITCH, SIZE};
use crate::render::svg::plan::Plan;

/// All delays of a plan.
pub(super) fn spans(sheet: &mut Sheet<'_>, plan: &Plan<'_>) {
    for delay in &plan.delays {
        sheet.add(&format!("<g><title>{}</title>", escape(delay.bracket.label.text())));
        span(sheet, delay, plan.delays_y + delay.y);
        sheet.add("</g>");
    }
}

/// One delay: outer line with feet, inner line thick, words below.
fn span(sheet: &mut Sheet<'_>, delay: &Delay<'_>, top: Px) {
    let colour = ink(delay.bracket.tone).unwrap_or(INK);
    let y = top + RISE / 2;
    let (left, right) = delay.outer;
    sheet.line((left, y), (right, y), colour, " stroke-width=\"1\"");
    for (x, open, inward) in [(left, delay.open.0, 600), (right, delay.open.1, -600)] {
        if open {
            sheet.shape(&[(x, y), (x + inward, y - 400), (x + inward, y + 400)], colour, "");
        } else {
            sheet.line((x, top), (x, y + 400), colour, " stroke-width=\"1.2\"");
        }
    }
    if let Some((a, b)) = delay.inner {
        sheet.line((a, y), (b, y), colour, " stroke-width=\"4\"");
    }
    for (n, line) in delay.lines.iter().enumerate() {
        let at = top + RISE + 1_000 + PITCH * Px::try_from(n).unwrap_or(0);
        match delay.ends_at {
            Some(end) => sheet.ending((end, at), SIZE, colour, line),
            None => sheet.words((delay.text_x, at), SIZE, colour, line),
        }
    }
}
