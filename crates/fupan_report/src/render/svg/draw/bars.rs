//! Bars, diamonds and arrows, each with its badge and words.

use super::{Sheet, ink, px, track};
use crate::render::escape::escape;
use crate::render::svg::Px;
use crate::render::svg::lane::{BADGE, BAR, Item, PITCH, SIZE};
use crate::render::svg::plan::Plan;
use fupan_model::Tone;

/// All events of a plan.
pub(super) fn bars(sheet: &mut Sheet<'_>, plan: &Plan<'_>) {
    for row in &plan.rows {
        let (tint, own) = track(row.track);
        for item in &row.items {
            let colour = ink(item.event.bar.tone).unwrap_or(own);
            let number = item.event.number;
            sheet.add(&format!("<g><title>{number} {}</title>", escape(&item.title)));
            let top = row.y + item.y;
            mark(sheet, item, top, colour);
            label(sheet, item, top, colour, tint);
            sheet.add("</g>");
        }
    }
}

/// The bar as long as its uncertainty, a diamond where it has none, arrows where it is open.
fn mark(sheet: &mut Sheet<'_>, item: &Item<'_>, top: Px, colour: &str) {
    let bar = item.event.bar;
    let (y, middle) = (top + 200, top + 200 + BAR / 2);
    let hatch = format!("url(#{}-hatch)", sheet.prefix);
    let (fill, edge) = match bar.tone {
        Tone::Bad => (hatch.as_str(), format!(" stroke=\"{colour}\" stroke-width=\"1.2\"")),
        Tone::Faint => ("#ffffff", format!(" stroke=\"{colour}\" stroke-dasharray=\"3 2\"")),
        Tone::Plain | Tone::Good | Tone::Doubt => (colour, String::new()),
    };
    if item.is_point() {
        let (x, r) = ((item.x0 + item.x1) / 2, BAR / 2 + 100);
        let corners = [(x - r, middle), (x, middle - r), (x + r, middle), (x, middle + r)];
        sheet.shape(&corners, fill, &edge);
        return;
    }
    let opacity = if bar.tone == Tone::Bad { "" } else { " fill-opacity=\"0.72\"" };
    let head = 900;
    let left = if bar.min_ms.is_none() { item.x0 + head } else { item.x0 };
    let right = if bar.max_ms.is_none() { item.x1 - head } else { item.x1 };
    let dashes = " stroke-dasharray=\"5 3\"";
    if bar.min_ms.is_none() || bar.max_ms.is_none() {
        let stroke = format!(" stroke-width=\"2.5\"{dashes}");
        sheet.line((left, middle), (right, middle), colour, &stroke);
    } else {
        let more = format!("{edge}{opacity}");
        sheet.rect((left, y + 100, (right - left).max(200), BAR - 200), fill, &more);
    }
    let ends = [(bar.min_ms, left, item.x0), (bar.max_ms, right, item.x1)];
    for (bound, inner, tip) in ends {
        if bound.is_none() {
            let corners = [(tip, middle), (inner, middle - 500), (inner, middle + 500)];
            sheet.shape(&corners, fill, &edge);
        } else {
            let x = if bar.min_ms.is_none() { right } else { left };
            let x = if bar.min_ms.is_some() && bar.max_ms.is_some() { inner } else { x };
            sheet.line((x, y - 100), (x, y + BAR + 100), colour, " stroke-width=\"1.6\"");
        }
    }
}

/// The number in its badge, and the words beside it.
fn label(sheet: &mut Sheet<'_>, item: &Item<'_>, top: Px, colour: &str, tint: &str) {
    let y = top + item.text_dy;
    // Words stand on the lane's own ground, so that no rule or break runs through them.
    let wide = BADGE + 600 + sheet.ruler.widest(&item.lines, SIZE);
    let tall = PITCH * Px::try_from(item.lines.len()).unwrap_or(1);
    sheet.rect((item.text_x, y - 100, wide, tall), tint, "");
    let badge = format!(" rx=\"{}\"", px(300));
    sheet.rect((item.text_x, y, BADGE, 1_350), colour, &badge);
    let number = item.event.number.to_string();
    sheet.centred((item.text_x + BADGE / 2, y + 1_050), 1_000, "#ffffff", &number);
    let ink = if item.event.bar.tone == Tone::Plain { super::INK } else { colour };
    for (n, line) in item.lines.iter().enumerate() {
        let at = y + 1_100 + PITCH * Px::try_from(n).unwrap_or(0);
        sheet.words((item.text_x + BADGE + 400, at), SIZE, ink, line);
    }
}
