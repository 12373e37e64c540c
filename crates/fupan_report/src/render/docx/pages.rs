//! On which page each heading falls.
//!
//! Line pitches are exact and widths of columns fixed, so pages depend on where lines break and
//! on nothing else. Lines are broken as [`super::super::wrap`] does, with full squares for
//! Chinese and the widths of Times New Roman for Latin. A word processor that breaks a line
//! elsewhere moves a heading by a line; a page number is wrong only where that line crosses the
//! end of a page, and Word mends it on opening because the field is marked dirty.

use super::super::wrap::pieces;
use super::face::Face;
use super::node::{Grid, GridRow, Look, Node, Para, Run, Style};
use std::collections::BTreeMap;

/// Space in a cell beside and above its text, in twips.
pub(super) const CELL_SIDE: i64 = 85;
pub(super) const CELL_TOP: i64 = 40;
/// Thickness of a row's rule.
const RULE: i64 = 10;

/// The place on the page while nodes are laid.
struct Flow<'f> {
    face: &'f Face,
    page: u32,
    y: i64,
    across: bool,
}

impl Flow<'_> {
    fn room(&self) -> i64 {
        self.face.text_height(self.across) - self.y
    }

    fn turn(&mut self) {
        self.page += 1;
        self.y = 0;
    }
}

/// The page of each heading, by its number; `across`: how the last section lies.
pub(super) fn pages(nodes: &[Node], across: bool, face: &Face) -> BTreeMap<usize, u32> {
    let mut out = BTreeMap::new();
    let mut flow = Flow { face, page: 1, y: 0, across };
    for (at, node) in nodes.iter().enumerate() {
        // The section a node stands in ends at the next paragraph that carries one.
        let section = nodes.iter().skip(at).find_map(|node| match node {
            Node::Para(para) => para.section.map(|section| section.across),
            Node::Grid(_) => None,
        });
        flow.across = section.unwrap_or(across);
        let tail = nodes.get(at + 1..).unwrap_or_default();
        match node {
            Node::Para(para) => {
                lay(para, tail, &mut flow);
                if let Some(heading) = para.heading {
                    out.insert(heading, flow.page);
                }
                let lines = height(para, face, flow.across);
                advance(lines, &mut flow);
                if para.section.is_some() {
                    flow.turn();
                }
            }
            Node::Grid(grid) => table(grid, &mut flow),
        }
    }
    out
}

/// Turns the page where a paragraph asks for it, or where what it must stay with does not fit.
fn lay(para: &Para, tail: &[Node], flow: &mut Flow<'_>) {
    if para.break_before && flow.y > 0 {
        flow.turn();
    }
    let (count, pitch) = height(para, flow.face, flow.across);
    let mut need = if para.keep_next { count * pitch } else { pitch.min(count * pitch) };
    let mut stays = para.keep_next;
    for node in tail {
        if !stays {
            break;
        }
        match node {
            Node::Para(next) => {
                let (count, pitch) = height(next, flow.face, flow.across);
                need += if next.keep_next { count * pitch } else { pitch };
                stays = next.keep_next;
            }
            Node::Grid(grid) => {
                need +=
                    grid.rows.iter().take(2).map(|row| least(row, grid, flow.face)).sum::<i64>();
                stays = false;
            }
        }
    }
    if need > flow.room() && flow.y > 0 {
        flow.turn();
    }
}

/// Sets lines one by one.
fn advance((count, pitch): (i64, i64), flow: &mut Flow<'_>) {
    for _ in 0..count {
        if pitch > flow.room() && flow.y > 0 {
            flow.turn();
        }
        flow.y += pitch;
    }
}

/// Sets the rows of a table, its head again on every page.
fn table(grid: &Grid, flow: &mut Flow<'_>) {
    let head: i64 =
        grid.rows.iter().filter(|row| row.head).map(|row| row_height(row, grid, flow.face)).sum();
    for row in &grid.rows {
        let mut rest = row_height(row, grid, flow.face);
        if rest > flow.room() && flow.y > 0 && !row.splits {
            flow.turn();
            flow.y = if row.head { 0 } else { head };
        }
        while rest > flow.room() {
            let whole = flow.room() / flow.face.pitch.table * flow.face.pitch.table;
            rest -= whole.max(flow.face.pitch.table);
            flow.turn();
            flow.y = head;
        }
        flow.y += rest;
    }
}

/// How many lines a paragraph takes, and their pitch; a picture is one line of its height.
fn height(para: &Para, face: &Face, across: bool) -> (i64, i64) {
    let (_, pitch, ..) = face.measure(para.style);
    match picture(para) {
        Some(tall) => (1, tall.max(pitch)),
        None => (lines(para, face.text_width(across), face), pitch),
    }
}

/// Height of the picture a paragraph holds, in twips.
fn picture(para: &Para) -> Option<i64> {
    para.runs.iter().find_map(|run| match run {
        Run::Picture(drawing) => Some(drawing.size.1 / 635),
        _ => None,
    })
}

/// The least of a row that stands on a page with what is above it.
fn least(row: &GridRow, grid: &Grid, face: &Face) -> i64 {
    let whole = row_height(row, grid, face);
    if row.splits { whole.min(face.pitch.table + 2 * CELL_TOP + RULE) } else { whole }
}

/// Height of a row: that of its tallest cell.
pub(super) fn row_height(row: &GridRow, grid: &Grid, face: &Face) -> i64 {
    let tallest = grid.widths(row).map(|(cell, width)| {
        let one = |para: &Para| match picture(para) {
            Some(tall) => tall,
            None => lines(para, width - 2 * (CELL_SIDE + RULE), face) * face.pitch.table,
        };
        cell.paras.iter().map(one).sum::<i64>()
    });
    tallest.max().unwrap_or(0) + 2 * CELL_TOP + RULE
}

/// How many lines a paragraph takes in a column.
fn lines(para: &Para, width: i64, face: &Face) -> i64 {
    let (size, _, first, left) = face.measure(para.style);
    let max = width - left;
    let mut text = String::new();
    let mut widths = Vec::new();
    let mut last = ' ';
    for run in &para.runs {
        let (words, look) = match run {
            Run::Text(text, look) | Run::Link { text, look, .. } => (text.clone(), *look),
            Run::Count { now, .. } => (now.to_string(), Look::Plain),
            Run::Entry { text, .. } => (text.clone(), Look::Plain),
            Run::ContentsBegin | Run::ContentsEnd | Run::Picture(_) => continue,
        };
        let mark = if matches!(para.style, Style::Cell | Style::Quiet) {
            face.size.mark - 2
        } else {
            face.size.mark
        };
        let size = if look == Look::Mark { mark } else { size };
        for c in words.chars() {
            widths.push((face.gap(last, c, size), face.width(c, size)));
            last = c;
        }
        text.push_str(&words);
    }
    let (mut count, mut used) = (1, first);
    let mut at = widths.iter();
    for piece in pieces(&text) {
        let length = piece.chars().count();
        let all: Vec<(i64, i64)> = at.by_ref().take(length).copied().collect();
        let spaces = length - piece.trim_end().chars().count();
        let sum = |count: usize| all.iter().take(count).map(|(gap, one)| gap + one).sum::<i64>();
        if used + sum(length - spaces) <= max {
            used += sum(length);
            continue;
        }
        if used > 0 {
            (count, used) = (count + 1, 0);
        }
        for (gap, one) in all {
            if used + gap + one > max && used > 0 {
                (count, used) = (count + 1, 0);
            }
            used += if used == 0 { one } else { gap + one };
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_they_break() {
        let face = Face::of("zh");
        let body = |text: &str| Para::words(Style::Body, text);
        // 9070 twips hold 32 squares of 280; the first line is set in by two.
        assert_eq!(lines(&body(&"爆".repeat(30)), face.text_width(false), &face), 1);
        assert_eq!(lines(&body(&"爆".repeat(31)), face.text_width(false), &face), 2);
        assert_eq!(lines(&body(&"爆".repeat(62)), face.text_width(false), &face), 2);
        assert_eq!(lines(&body(""), face.text_width(false), &face), 1);
    }

    #[test]
    fn a_heading_never_stays_behind_alone() {
        let face = Face::of("zh");
        let full = face.text_height(false) / face.fonts.pitch - 1;
        let mut nodes: Vec<Node> =
            (0..full).map(|_| Node::Para(Para::words(Style::Body, "x"))).collect();
        let mut heading = Para::words(Style::Subheading, "y");
        heading.heading = Some(0);
        nodes.push(Node::Para(heading));
        nodes.push(Node::Para(Para::words(Style::Body, "z")));
        assert_eq!(pages(&nodes, false, &face).get(&0), Some(&2));
    }
}
