//! Readings of one instrument over time: the band between the lowest and the highest reading of
//! each bucket, thresholds dashed and labelled, crossings numbered and told below.

use super::axis::Axis;
use super::draw::{FONTS, INK, LINE, SOFT, px};
use super::tick::{SIZE, ticks};
use super::time::{length, zone};
use super::{Px, Ruler, WIDTH};
use crate::render::escape::escape;
use crate::render::words::{Words, fill};
use fupan_model::{Curve, Decimal};

/// Edge of the picture, width of the column of readings, top and height of the field.
const EDGE: Px = 1_000;
const SCALE: Px = 7_000;
const TOP: Px = 8_000;
const FIELD: Px = 28_000;
/// Size of words and the pitch of lines.
const TEXT: Px = 1_150;
const PITCH: Px = 1_600;
/// Ink of the band, of thresholds and crossings.
const BAND: &str = "#1d4a86";
const ALARM: &str = "#b3261e";
/// About how many readings the scale names.
const STEPS: i128 = 5;

/// The scale of readings, in thousandths of the unit.
struct Scale {
    low: i128,
    high: i128,
    step: i128,
}

impl Scale {
    fn new(curve: &Curve) -> Self {
        let points = curve.points.iter().flat_map(|(_, low, high)| [*low, *high]);
        let all = points.chain(curve.thresholds.iter().map(|(value, _)| *value)).map(thousandths);
        let (low, high) = all.fold((0, 0), |(low, high), one| (one.min(low), one.max(high)));
        let span = (high - low).max(1);
        // 1, 2, 5, 10, 20, 50, … : the first that names few enough readings.
        let powers = std::iter::successors(Some(1_i128), |power| power.checked_mul(10));
        let mut steps = powers.flat_map(|power| [power, power * 2, power * 5]);
        let step = steps.find(|step| span / step <= STEPS).unwrap_or(span);
        let up = |n: i128| n.div_euclid(step) + i128::from(n.rem_euclid(step) > 0);
        Self { low: low.div_euclid(step) * step, high: up(high).max(1) * step, step }
    }

    fn y(&self, value: i128) -> Px {
        let at = (value - self.low) * i128::from(FIELD) / (self.high - self.low).max(1);
        TOP + FIELD - Px::try_from(at).unwrap_or(0)
    }
}

fn thousandths(value: Decimal) -> i128 {
    let (above, below) = value.ratio();
    (above * 1_000).div_euclid(below)
}

/// A reading of the scale without needless zeros.
fn reading(thousandths: i128) -> String {
    let (sign, size) = (if thousandths < 0 { "-" } else { "" }, thousandths.abs());
    let text = format!("{sign}{}.{:03}", size / 1_000, size % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The SVG of a curve.
pub(super) fn draw(curve: &Curve, words: &Words) -> String {
    let ruler = Ruler::new();
    let scale = Scale::new(curve);
    let times = curve.points.iter().map(|(at, ..)| *at);
    let times = times.chain(curve.crossings.iter().map(|(at, _)| *at)).collect();
    let axis = Axis::new(times, EDGE + SCALE, WIDTH - EDGE);
    let crossings = crossings(curve, &ruler);
    let below = TOP + FIELD + PITCH;
    let count = Px::try_from(crossings.len()).unwrap_or(0);
    let height = below + PITCH * count + EDGE;
    let (w, h) = (px(WIDTH), px(height));
    let mut sheet = Lines { out: String::new() };
    sheet.out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" \
         height=\"{h}\" role=\"img\" font-family=\"{FONTS}\">\
         <rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>"
    );
    sheet.words((EDGE, EDGE + TEXT), TEXT + 100, INK, curve.label.text());
    frame(curve, &axis, &scale, words, &ruler, &mut sheet);
    band(curve, &axis, &scale, &mut sheet);
    thresholds(curve, &axis, &scale, &ruler, &mut sheet);
    for (n, (at, _)) in curve.crossings.iter().enumerate() {
        let x = axis.x(*at);
        sheet.line((x, TOP), (x, TOP + FIELD), ALARM, " stroke-width=\"1.2\"");
        let (badge, number) = (px(x - 700), (n + 1).to_string());
        sheet.out.push_str(&format!(
            "<rect x=\"{badge}\" y=\"{}\" width=\"14\" height=\"13\" rx=\"3\" fill=\"{ALARM}\"/>",
            px(TOP - 1_400)
        ));
        let half = ruler.text(&number, 1_000) / 2;
        sheet.words((x - half, TOP - 400), 1_000, "#ffffff", &number);
    }
    for (line, y) in crossings.iter().zip((1..).map(|n| below + PITCH * n)) {
        sheet.words((EDGE, y), TEXT, ALARM, line);
    }
    sheet.out.push_str("</svg>");
    sheet.out
}

/// What is told of each crossing, below the field.
fn crossings(curve: &Curve, ruler: &Ruler) -> Vec<String> {
    let numbered = curve.crossings.iter().zip(1..);
    let told = numbered.map(|((_, label), n)| format!("{n}  {}", label.text()));
    told.flat_map(|text| ruler.wrap(&text, TEXT, WIDTH - 2 * EDGE, 2).0).collect()
}

/// What drawing writes to.
struct Lines {
    out: String,
}

impl Lines {
    fn line(&mut self, (x0, y0): (Px, Px), (x1, y1): (Px, Px), stroke: &str, more: &str) {
        let (x0, y0, x1, y1) = (px(x0), px(y0), px(x1), px(y1));
        self.out.push_str(&format!(
            "<line x1=\"{x0}\" y1=\"{y0}\" x2=\"{x1}\" y2=\"{y1}\" stroke=\"{stroke}\"{more}/>"
        ));
    }

    fn words(&mut self, (x, y): (Px, Px), size: Px, fill: &str, text: &str) {
        let (x, y, size, text) = (px(x), px(y), px(size), escape(text));
        self.out.push_str(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{fill}\">{text}</text>"
        ));
    }
}

/// Rules of the readings, ticks of time, and the breaks of the axis.
fn frame(
    curve: &Curve,
    axis: &Axis,
    scale: &Scale,
    words: &Words,
    ruler: &Ruler,
    sheet: &mut Lines,
) {
    let foot = TOP + FIELD;
    let mut value = scale.low;
    while value <= scale.high {
        let (y, text) = (scale.y(value), reading(value));
        sheet.line((axis.left, y), (axis.right, y), LINE, " stroke-width=\"0.6\"");
        let x = axis.left - 600 - ruler.text(&text, SIZE);
        sheet.words((x, y + 400), SIZE, INK, &text);
        value += scale.step;
    }
    let at = fill(&words.figure.zone, zone(curve.offset_s));
    sheet.words((EDGE, TOP - 2_400), SIZE, SOFT, at.trim());
    for tick in ticks(axis, curve.offset_s, ruler) {
        sheet.line((tick.x, TOP), (tick.x, foot), LINE, " stroke-width=\"0.6\"");
        let half = ruler.text(&tick.label, SIZE) / 2;
        sheet.words((tick.x - half, TOP - 2_400), SIZE, INK, &tick.label);
        if let Some(date) = &tick.date {
            let half = ruler.text(date, SIZE) / 2;
            sheet.words((tick.x - half, TOP - 3_900), SIZE, SOFT, date);
        }
    }
    for (x0, x1, cut) in axis.breaks() {
        let (middle, text) = ((x0 + x1) / 2, length(cut, words));
        let dots = " stroke-dasharray=\"2 4\" stroke-width=\"1.4\"";
        sheet.line((middle, TOP), (middle, foot), SOFT, dots);
        sheet.words((middle - ruler.text(&text, 950) / 2, foot + 1_200), 950, SOFT, &text);
    }
    sheet.line((axis.left, foot), (axis.right, foot), INK, " stroke-width=\"1.2\"");
    sheet.line((axis.left, TOP), (axis.left, foot), INK, " stroke-width=\"1.2\"");
}

/// One closed band for each stretch of the axis: nothing is drawn where nothing was read.
fn band(curve: &Curve, axis: &Axis, scale: &Scale, sheet: &mut Lines) {
    for stretch in &axis.stretches {
        let here = |at: i64| (stretch.from..=stretch.to).contains(&at);
        let points: Vec<_> = curve.points.iter().filter(|(at, ..)| here(*at)).collect();
        let place = |at: i64, value: Decimal| {
            format!("{},{}", px(axis.x(at)), px(scale.y(thousandths(value))))
        };
        let tops = points.iter().map(|(at, _, high)| place(*at, *high));
        let bottoms = points.iter().rev().map(|(at, low, _)| place(*at, *low));
        let all: Vec<String> = tops.chain(bottoms).collect();
        if !all.is_empty() {
            sheet.out.push_str(&format!(
                "<polygon points=\"{}\" fill=\"{BAND}\" fill-opacity=\"0.3\" stroke=\"{BAND}\" \
                 stroke-width=\"1.2\" stroke-linejoin=\"round\"/>",
                all.join(" ")
            ));
        }
    }
}

/// Thresholds with their words at the left end, on a ground of their own.
fn thresholds(curve: &Curve, axis: &Axis, scale: &Scale, ruler: &Ruler, sheet: &mut Lines) {
    for (value, label) in &curve.thresholds {
        let y = scale.y(thousandths(*value));
        let dashes = " stroke-dasharray=\"6 4\" stroke-width=\"1.2\"";
        sheet.line((axis.left, y), (axis.right, y), ALARM, dashes);
        let (x, w) = (axis.left + 500, ruler.text(label.text(), SIZE));
        sheet.out.push_str(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"13\" fill=\"#ffffff\" \
             fill-opacity=\"0.85\"/>",
            px(x - 100),
            px(y - 1_500),
            px(w + 200)
        ));
        sheet.words((x, y - 400), SIZE, ALARM, label.text());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn bands_thresholds_and_crossings_are_drawn_and_scaled() {
        let curve = sample::curve("zh");
        let svg = draw(&curve, &Words::of("zh"));
        assert_eq!(svg.matches("<polygon").count(), 1);
        assert_eq!(svg.matches("stroke-dasharray=\"6 4\"").count(), 2);
        assert!(svg.contains("高报 25 %LEL") && svg.contains("1  14:01:08"), "{svg}");
        assert!(svg.contains(">60<") && svg.contains(">0<") && !svg.contains(">70<"), "{svg}");
        assert!(resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).is_ok());
        assert_eq!(svg, draw(&curve, &Words::of("zh")));
    }

    #[test]
    fn readings_have_no_needless_zeros_and_an_empty_curve_is_drawn() {
        assert_eq!([0, 500, -1_250, 20_000].map(reading), ["0", "0.5", "-1.25", "20"]);
        let bare = Curve { points: vec![], crossings: vec![], ..sample::curve("en") };
        assert!(!draw(&bare, &Words::of("en")).contains("<polygon"));
    }
}
