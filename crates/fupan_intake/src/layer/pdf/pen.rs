//! From places of characters to lines of text. Runs of one line are put in order along it: programs
//! draw them as their fonts change. A space stands where the pen jumps a gap. Lines keep the order
//! in which they are drawn.

use super::matrix::Matrix;

/// How far a run may lie from its line, in sizes.
const SAME_LINE: f64 = 0.45;
/// The gap that is a space, in sizes: between letters, and beside a character that needs none.
const GAP: f64 = 0.18;
const WIDE_GAP: f64 = 0.9;

/// The pen (落笔位置), and the text it has written.
#[derive(Default)]
pub(super) struct Pen {
    text: String,
    unread: u64,
    /// Writing direction of the line, and how far it lies across it.
    line: Option<((f64, f64), f64)>,
    runs: Vec<Run>,
    vertical: bool,
}

/// What was written in one go.
struct Run {
    start: f64,
    end: f64,
    size: f64,
    text: String,
}

/// Whether a character needs no space around it.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0x9fff | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xfe30..=0xfe4f
        | 0xff00..=0xffef | 0x20000..=0x3ffff)
}

impl Pen {
    /// Begins a run at a place.
    pub(super) fn go(&mut self, at: &Matrix, vertical: bool) {
        let direction = at.direction();
        let (along, across) = self.turned(at, vertical);
        let size = at.size();
        let fits = self.line.is_some_and(|((a, b), line)| {
            let turned = a * direction.0 + b * direction.1 < 0.99;
            let sizes = self.runs.last().map_or(size, |run| run.size.max(size)).max(0.001);
            !turned && self.vertical == vertical && (across - line).abs() <= SAME_LINE * sizes
        });
        if !fits {
            self.flush();
            self.vertical = vertical;
            self.line = Some((direction, across));
        }
        self.runs.push(Run { start: along, end: along, size, text: String::new() });
    }

    /// Ends the run at a place.
    pub(super) fn came(&mut self, at: &Matrix) {
        let (along, _) = self.turned(at, self.vertical);
        if let Some(run) = self.runs.last_mut() {
            run.end = along;
        }
    }

    fn turned(&self, at: &Matrix, vertical: bool) -> (f64, f64) {
        let (along, across) = at.split(at.e, at.f);
        if vertical { (-across, along) } else { (along, across) }
    }

    /// Writes one character; gives how many bytes the text grew.
    pub(super) fn write(&mut self, text: Option<&str>) -> usize {
        let Some(run) = self.runs.last_mut() else { return 0 };
        match text {
            Some(text) => {
                run.text.extend(text.chars().filter(|c| !c.is_control()));
                text.len()
            }
            None => {
                self.unread += 1;
                run.text.push('\u{fffd}');
                3
            }
        }
    }

    /// Ends the line.
    fn flush(&mut self) {
        let mut runs = std::mem::take(&mut self.runs);
        runs.sort_by(|a, b| a.start.total_cmp(&b.start));
        let mut line = String::new();
        let mut last: Option<&Run> = None;
        for run in &runs {
            if let Some(before) = last {
                // Bold by drawing twice.
                let near = (run.start - before.start).abs() < 0.1 * run.size;
                if near && run.text == before.text {
                    continue;
                }
                let wide = line.chars().next_back().is_some_and(is_wide)
                    || run.text.chars().next().is_some_and(is_wide);
                let gap = if wide { WIDE_GAP } else { GAP };
                let jumps = run.start - before.end > gap * run.size.max(before.size);
                if jumps && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            line.push_str(&run.text);
            last = Some(run);
        }
        let line = line.trim();
        if !line.is_empty() {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// The text of a page, and how many of its characters are unread. A page of nothing but
    /// unread characters has no text.
    pub(super) fn finish(mut self) -> (Option<String>, u64) {
        self.flush();
        let text = self.text.trim();
        let says = text.chars().any(|c| c != '\u{fffd}' && !c.is_whitespace());
        (says.then(|| text.to_owned()), self.unread)
    }
}
