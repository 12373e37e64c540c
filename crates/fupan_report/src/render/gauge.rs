//! Small drawings of a value between bounds against its anchors and its limit.
//!
//! They hold no words: the cell they stand in says the same with its cites. Tints tell the four
//! stretches of the scale apart in grey as well, and the limit is the only line of full height.

use fupan_model::{Decimal, Gauge, Tone};

/// Width and height in hundredths of a pixel.
const WIDTH: i64 = 17_600;
const HEIGHT: i64 = 2_000;
/// Top and height of the scale, and of the value's bar.
const SCALE: (i64, i64) = (700, 600);
const BAR: (i64, i64) = (550, 900);
/// A bar narrower than this is a diamond.
const POINT: i64 = 300;
/// Length of an arrow's head.
const HEAD: i64 = 700;
/// Tints from what scores 100 to what scores nothing.
const TINTS: [&str; 4] = ["#e6f0e8", "#eef1f4", "#dadee4", "#c3c8d0"];

/// Where values stand: thousandths of the unit onto the drawing.
struct Ruler {
    from: i128,
    to: i128,
}

impl Ruler {
    /// A scale that shows the anchors with a quarter of their span on either side.
    fn new(gauge: &Gauge) -> Self {
        let [full, _, zero] = gauge.anchors.map(thousandths);
        let (low, high) = (full.min(zero), full.max(zero));
        let edge = ((high - low) / 4).max(1);
        Self { from: low - edge, to: high + edge }
    }

    /// The place of a value, no further than the edges.
    fn x(&self, value: i128) -> i64 {
        let at = (value.clamp(self.from, self.to) - self.from) * i128::from(WIDTH);
        i64::try_from(at / (self.to - self.from)).unwrap_or(0)
    }

    fn shows(&self, value: i128) -> bool {
        (self.from..=self.to).contains(&value)
    }
}

fn thousandths(value: Decimal) -> i128 {
    let (above, below) = value.ratio();
    (above * 1_000).div_euclid(below)
}

/// The drawing as SVG.
pub(super) fn svg(gauge: &Gauge) -> String {
    let ruler = Ruler::new(gauge);
    let (w, h) = (px(WIDTH), px(HEIGHT));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"gauge\" viewBox=\"0 0 {w} {h}\" \
         width=\"{w}\" height=\"{h}\" aria-hidden=\"true\">"
    );
    let anchors = gauge.anchors.map(|anchor| ruler.x(thousandths(anchor)));
    scale(anchors, &mut out);
    value(gauge, &ruler, &mut out);
    if let Some(limit) = gauge.limit.map(thousandths).filter(|limit| ruler.shows(*limit)) {
        rect((ruler.x(limit) - 90, 0, 180, HEIGHT), "#1a1a1a", &mut out);
    }
    out.push_str("</svg>");
    out
}

/// The four stretches of the scale and its anchors.
fn scale([full, pass, zero]: [i64; 3], out: &mut String) {
    let (top, height) = SCALE;
    let ends =
        if full <= zero { [0, full, pass, zero, WIDTH] } else { [WIDTH, full, pass, zero, 0] };
    for ((a, b), tint) in ends.iter().zip(ends.iter().skip(1)).zip(TINTS) {
        rect((*a.min(b), top, (a - b).abs(), height), tint, out);
    }
    for anchor in [full, pass, zero] {
        rect((anchor - 40, top - 200, 80, height + 400), "#6b7280", out);
    }
}

/// The value: a bar, a diamond where its ends are one, an arrow where it leaves the scale.
fn value(gauge: &Gauge, ruler: &Ruler, out: &mut String) {
    let fill = match gauge.tone {
        Tone::Plain => "#1d4a86",
        Tone::Good => "#1f6b33",
        Tone::Bad => "#b3261e",
        Tone::Doubt => "#7a5200",
        Tone::Faint => "#6b6b6b",
    };
    let (min, max) = (gauge.min.map(thousandths), gauge.max.map(thousandths));
    let (top, height) = BAR;
    let (middle, half) = (top + height / 2, height / 2);
    let below = min.is_none_or(|min| min < ruler.from);
    let above = max.is_none_or(|max| max > ruler.to);
    let left = min.map_or(0, |min| ruler.x(min));
    let right = max.map_or(WIDTH, |max| ruler.x(max));
    // What lies wholly beyond an edge is an arrow at that edge.
    let (left, right) = (left.min(WIDTH - HEAD), right.max(HEAD));
    if right - left < POINT && !below && !above {
        let x = (left + right) / 2;
        let corners =
            [(x - half, middle), (x, top - 100), (x + half, middle), (x, top + height + 100)];
        shape(&corners, fill, out);
        return;
    }
    let (a, b) = (if below { left + HEAD } else { left }, if above { right - HEAD } else { right });
    rect((a, top + 150, (b - a).max(0), height - 300), fill, out);
    for (open, tip, inner) in [(below, left, a), (above, right, b)] {
        if open {
            shape(&[(tip, middle), (inner, top), (inner, top + height)], fill, out);
        }
    }
}

fn rect((x, y, w, h): (i64, i64, i64, i64), fill: &str, out: &mut String) {
    let (x, y, w, h) = (px(x), px(y), px(w), px(h));
    out.push_str(&format!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{fill}\"/>"
    ));
}

fn shape(points: &[(i64, i64)], fill: &str, out: &mut String) {
    let points: Vec<String> =
        points.iter().map(|(x, y)| format!("{},{}", px(*x), px(*y))).collect();
    out.push_str(&format!("<polygon points=\"{}\" fill=\"{fill}\"/>", points.join(" ")));
}

/// A length with two decimals.
fn px(c: i64) -> String {
    let sign = if c < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", c.abs() / 100, c.abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gauge(min: Option<i64>, max: Option<i64>, anchors: [i64; 3]) -> Gauge {
        Gauge {
            min: min.map(Decimal::whole),
            max: max.map(Decimal::whole),
            anchors: anchors.map(Decimal::whole),
            limit: Some(Decimal::whole(60)),
            tone: Tone::Bad,
        }
    }

    #[test]
    fn places_follow_the_values_and_never_leave_the_drawing() {
        let ruler = Ruler::new(&gauge(None, None, [30, 60, 120]));
        assert_eq!(ruler.x(60_000 + 15_000), WIDTH / 2);
        assert!(ruler.x(30_000) < ruler.x(60_000) && ruler.x(60_000) < ruler.x(120_000));
        assert_eq!((ruler.x(i128::MIN / 4), ruler.x(i128::MAX / 4)), (0, WIDTH));
    }

    #[test]
    fn a_point_is_a_diamond_a_range_a_bar_and_what_is_open_an_arrow() {
        let corners = |svg: &str| svg.matches("<polygon").count();
        let bars = |svg: &str| svg.matches("#b3261e").count();
        let point = svg(&gauge(Some(66), Some(66), [30, 60, 120]));
        assert_eq!((corners(&point), bars(&point)), (1, 1));
        let range = svg(&gauge(Some(40), Some(90), [30, 60, 120]));
        assert_eq!((corners(&range), bars(&range)), (0, 1));
        let open = svg(&gauge(Some(40), None, [90, 60, 0]));
        assert_eq!((corners(&open), bars(&open)), (1, 2));
        let beyond = svg(&gauge(Some(900), Some(950), [30, 60, 120]));
        assert_eq!(corners(&beyond), 1);
        assert!(!beyond.contains("width=\"-"), "{beyond}");
    }

    #[test]
    fn the_limit_is_drawn_where_the_scale_shows_it() {
        assert!(svg(&gauge(Some(1), Some(1), [30, 60, 120])).contains("#1a1a1a"));
        assert!(!svg(&gauge(Some(1), Some(1), [1, 2, 3])).contains("#1a1a1a"));
    }
}
