//! Lanes, axis and key: what the events stand on.

use super::{INK, LINE, SOFT, Sheet, WIDTH, track};
use crate::render::svg::Px;
use crate::render::svg::plan::{EDGE, HEAD, KEY, KEY_PITCH, Plan, TITLE, TITLE_PITCH, TITLES};
use crate::render::svg::tick::SIZE;
use crate::render::svg::time::{length, zone};
use crate::render::words::{Words, fill};

/// Tints, titles and rules of the lanes.
pub(super) fn lanes(sheet: &mut Sheet<'_>, plan: &Plan<'_>) {
    for row in &plan.rows {
        let (tint, ink) = track(row.track);
        sheet.rect((EDGE, row.y, WIDTH - 2 * EDGE, row.height), tint, "");
        sheet.rect((EDGE, row.y, 500, row.height), ink, "");
        for (n, line) in row.title.iter().enumerate() {
            let y = row.y + 1_800 + TITLE_PITCH * Px::try_from(n).unwrap_or(0);
            sheet.words((EDGE + 1_100, y), TITLE, ink, line);
        }
    }
    let x = EDGE + TITLES;
    if let (Some(first), Some(last)) = (plan.rows.first(), plan.rows.last()) {
        sheet.line((x, first.y), (x, last.y + last.height), LINE, "");
    }
}

/// The axis with its ticks and its breaks, down to the last lane.
pub(super) fn axis(sheet: &mut Sheet<'_>, plan: &Plan<'_>, words: &Words, part: (usize, usize)) {
    let base = EDGE + HEAD;
    let foot = plan.rows.last().map_or(base, |row| row.y + row.height);
    let mut at = fill(&words.figure.zone, zone(plan.timeline.offset_s));
    if part.1 > 1 {
        let of = words.number.part.replace("{of}", &part.1.to_string());
        let text = fill(&of, part.0);
        sheet.words((EDGE, EDGE + 1_400), TITLE, INK, text.trim());
    }
    at = at.trim().to_owned();
    sheet.words((EDGE, base - 600), SIZE, SOFT, &at);
    sheet.line((plan.axis.left, base), (plan.axis.right, base), INK, " stroke-width=\"1.2\"");
    for tick in &plan.ticks {
        sheet.line((tick.x, base - 500), (tick.x, base), INK, "");
        sheet.line((tick.x, base), (tick.x, foot), LINE, " stroke-width=\"0.6\"");
        sheet.centred((tick.x, base - 900), SIZE, INK, &tick.label);
        if let Some(date) = &tick.date {
            sheet.centred((tick.x, base - 2_500), SIZE, SOFT, date);
        }
    }
    for (x0, x1, cut) in plan.axis.breaks() {
        let (middle, half) = ((x0 + x1) / 2, 700.min((x1 - x0) / 2));
        let band = (middle - half, base - 600, 2 * half, foot - base + 600);
        sheet.rect(band, "#ffffff", "");
        let mut y = base;
        while y + 600 <= foot {
            sheet.line((middle - 400, y + 500), (middle + 400, y), SOFT, " stroke-width=\"0.8\"");
            y += 900;
        }
        sheet.centred((middle, base - 900), 950, SOFT, &length(cut, words));
    }
}

/// The key, below all else.
pub(super) fn key(sheet: &mut Sheet<'_>, plan: &Plan<'_>) {
    for (n, line) in plan.key.iter().enumerate() {
        let y = plan.key_y + KEY_PITCH * (Px::try_from(n).unwrap_or(0) + 1);
        sheet.words((EDGE, y), KEY, SOFT, line);
    }
}
