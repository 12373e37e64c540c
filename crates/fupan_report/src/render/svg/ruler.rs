//! Widths of text in the committed font.

use super::Px;
use crate::render::wrap::{wide, wrap};
use ttf_parser::Face;

/// Measures text in the font that draws it.
pub(super) struct Ruler {
    face: Option<Face<'static>>,
    em: i64,
}

impl Ruler {
    /// A ruler of the committed face.
    pub(super) fn new() -> Self {
        let face = Face::parse(fupan_fonts::SANS, 0).ok();
        let em = face.as_ref().map_or(1000, |face| i64::from(face.units_per_em()));
        Self { face, em }
    }

    /// Width of one character at a font size. What the font lacks counts as a square.
    pub(super) fn one(&self, c: char, size: Px) -> Px {
        let advance = self
            .face
            .as_ref()
            .and_then(|face| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)));
        match advance {
            Some(advance) => i64::from(advance) * size / self.em,
            None if wide(c) => size,
            None => size * 3 / 5,
        }
    }

    /// Width of a text at a font size.
    pub(super) fn text(&self, text: &str, size: Px) -> Px {
        text.chars().map(|c| self.one(c, size)).sum()
    }

    /// At most `most` lines no wider than `max`, and whether text had to be left out.
    pub(super) fn wrap(&self, text: &str, size: Px, max: Px, most: usize) -> (Vec<String>, bool) {
        let mut lines = wrap(text, max, |c| self.one(c, size));
        if lines.len() <= most {
            return (lines, false);
        }
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && self.text(last, size) + self.one('…', size) > max {
                last.pop();
            }
            last.push('…');
        }
        (lines, true)
    }

    /// Width of the widest line.
    pub(super) fn widest(&self, lines: &[String], size: Px) -> Px {
        lines.iter().map(|line| self.text(line, size)).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_a_square_and_no_line_is_too_wide() {
        let ruler = Ruler::new();
        assert_eq!(ruler.one('爆', 1200), 1200);
        assert!(ruler.one('i', 1200) < ruler.one('W', 1200));
        let (lines, cut) = ruler.wrap("回风井发生爆炸，22人被困井下，通讯中断", 1200, 8_000, 2);
        assert!(cut && lines.len() == 2);
        assert!(ruler.widest(&lines, 1200) <= 8_000);
        assert!(lines.last().is_some_and(|line| line.ends_with('…')));
    }
}
