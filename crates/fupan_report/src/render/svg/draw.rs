//! Drawing a plan: numbers and words into SVG, nothing decided any more.

mod bars;
mod frame;
mod spans;

use super::plan::Plan;
use super::{Px, Ruler, WIDTH};
use crate::render::words::Words;
use fupan_model::Tone;

/// Tint and ink of the tracks, in the order they first stand in; further tracks begin again.
const TRACKS: [(&str, &str); 5] = [
    ("#fbf3e6", "#8a4b08"),
    ("#e9f0fa", "#1d4a86"),
    ("#eaf5ec", "#23663a"),
    ("#f3edf8", "#5b3a8c"),
    ("#f1f1f1", "#474747"),
];
/// Ink of words and lines.
pub(super) const INK: &str = "#1a1a1a";
pub(super) const SOFT: &str = "#555555";
pub(super) const LINE: &str = "#c9ced6";
/// The fonts, the committed one first.
pub(super) const FONTS: &str =
    "'Noto Sans SC','Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif";

/// What drawing writes to.
pub(super) struct Sheet<'s> {
    out: String,
    ruler: &'s Ruler,
    prefix: &'s str,
}

impl Sheet<'_> {
    fn add(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A rectangle with a fill and, if any, further attributes.
    fn rect(&mut self, (x, y, w, h): (Px, Px, Px, Px), fill: &str, more: &str) {
        let (x, y, w, h) = (px(x), px(y), px(w), px(h));
        self.add(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{fill}\"{more}/>"
        ));
    }

    /// A straight line with its stroke.
    fn line(&mut self, (x0, y0): (Px, Px), (x1, y1): (Px, Px), stroke: &str, more: &str) {
        let (x0, y0, x1, y1) = (px(x0), px(y0), px(x1), px(y1));
        self.add(&format!(
            "<line x1=\"{x0}\" y1=\"{y0}\" x2=\"{x1}\" y2=\"{y1}\" stroke=\"{stroke}\"{more}/>"
        ));
    }

    /// A closed shape through some points.
    fn shape(&mut self, points: &[(Px, Px)], fill: &str, more: &str) {
        let all: Vec<String> =
            points.iter().map(|(x, y)| format!("{},{}", px(*x), px(*y))).collect();
        self.add(&format!("<polygon points=\"{}\" fill=\"{fill}\"{more}/>", all.join(" ")));
    }

    /// Words whose base line begins at a place.
    fn words(&mut self, (x, y): (Px, Px), size: Px, fill: &str, text: &str) {
        let (x, y, size) = (px(x), px(y), px(size));
        let text = crate::render::escape::escape(text);
        self.add(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{fill}\">{text}</text>"
        ));
    }

    /// Words whose base line ends at a place.
    fn ending(&mut self, (x, y): (Px, Px), size: Px, fill: &str, text: &str) {
        let (x, y, size) = (px(x), px(y), px(size));
        let text = crate::render::escape::escape(text);
        self.add(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{fill}\" \
             text-anchor=\"end\">{text}</text>"
        ));
    }

    /// Words centred on a place.
    fn centred(&mut self, (x, y): (Px, Px), size: Px, fill: &str, text: &str) {
        let half = self.ruler.text(text, size) / 2;
        self.words((x - half, y), size, fill, text);
    }
}

/// The SVG of one plan; `part` is its number and how many there are.
pub(super) fn draw(
    plan: &Plan<'_>,
    words: &Words,
    ruler: &Ruler,
    prefix: &str,
    part: (usize, usize),
) -> String {
    let mut sheet = Sheet { out: String::new(), ruler, prefix };
    let (w, h) = (px(WIDTH), px(plan.height));
    sheet.add(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" \
         height=\"{h}\" role=\"img\" font-family=\"{FONTS}\">"
    ));
    sheet.add(&format!(
        "<defs><pattern id=\"{prefix}-hatch\" width=\"5\" height=\"5\" \
         patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect width=\"5\" height=\"5\" fill=\"#ffffff\"/>\
         <rect width=\"2.5\" height=\"5\" fill=\"#b3261e\"/></pattern></defs>"
    ));
    sheet.rect((0, 0, WIDTH, plan.height), "#ffffff", "");
    frame::lanes(&mut sheet, plan);
    frame::axis(&mut sheet, plan, words, part);
    bars::bars(&mut sheet, plan);
    spans::spans(&mut sheet, plan);
    frame::key(&mut sheet, plan);
    sheet.add("</svg>");
    sheet.out
}

/// A length with two decimals.
pub(super) fn px(c: Px) -> String {
    let sign = if c < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", c.abs() / 100, c.abs() % 100)
}

/// Tint and ink of a track.
fn track(n: usize) -> (&'static str, &'static str) {
    TRACKS.get(n % TRACKS.len()).copied().unwrap_or(("#f1f1f1", "#474747"))
}

/// Ink of a tone; `None` for a plain one, which takes the ink of its track.
fn ink(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Good => Some("#1f6b33"),
        Tone::Bad => Some("#b3261e"),
        Tone::Doubt => Some("#7a5200"),
        Tone::Faint => Some("#6b6b6b"),
    }
}
