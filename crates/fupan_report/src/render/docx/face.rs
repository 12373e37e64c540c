//! Fonts, sizes and measures, from `words/type.toml`.

use super::node::Style;
use crate::render::wrap::wide;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    font: Vec<Font>,
    zh: Fonts,
    en: Fonts,
    size: Sizes,
    pitch: Pitches,
    page: Page,
    latin: Latin,
}

/// A font and what may stand for it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Font {
    pub(super) name: String,
    pub(super) alt: String,
}

/// Font of each role in one language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fonts {
    pub(super) lang: String,
    pub(super) latin: String,
    pub(super) title: String,
    pub(super) heading: String,
    pub(super) subheading: String,
    pub(super) body: String,
    pub(super) bold: bool,
    /// Characters that the first line of a paragraph is set in.
    pub(super) indent: i64,
    /// Size and pitch of running text.
    pub(super) size: i64,
    pub(super) pitch: i64,
}

/// Sizes in half points.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sizes {
    pub(super) title: i64,
    pub(super) cover: i64,
    pub(super) heading: i64,
    pub(super) subheading: i64,
    pub(super) contents: i64,
    pub(super) caption: i64,
    pub(super) table: i64,
    pub(super) mark: i64,
    pub(super) edge: i64,
}

/// Exact line pitches in twips.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pitches {
    pub(super) title: i64,
    pub(super) cover: i64,
    pub(super) heading: i64,
    pub(super) subheading: i64,
    pub(super) contents: i64,
    pub(super) caption: i64,
    pub(super) table: i64,
    pub(super) edge: i64,
}

/// The sheet in twips.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    pub(super) short: i64,
    pub(super) long: i64,
    pub(super) top: i64,
    pub(super) bottom: i64,
    pub(super) left: i64,
    pub(super) right: i64,
    pub(super) across_top: i64,
    pub(super) across_bottom: i64,
    pub(super) across_side: i64,
    pub(super) edge: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Latin {
    gap: i64,
    widths: Vec<i64>,
    others: BTreeMap<char, i64>,
}

/// How one language is set.
#[derive(Debug)]
pub(super) struct Face {
    pub(super) all: Vec<Font>,
    pub(super) fonts: Fonts,
    pub(super) size: Sizes,
    pub(super) pitch: Pitches,
    pub(super) page: Page,
    latin: Latin,
}

impl Face {
    /// The face of a language; that of `zh` where it has none.
    pub(super) fn of(lang: &str) -> Self {
        let file: File =
            toml::from_str(include_str!("../../../words/type.toml")).unwrap_or_default();
        let fonts = if lang == "en" { file.en } else { file.zh };
        let File { font, size, pitch, page, latin, .. } = file;
        Self { all: font, fonts, size, pitch, page, latin }
    }

    /// Width of a character at a size in half points, in twips.
    pub(super) fn width(&self, c: char, size: i64) -> i64 {
        let em = size * 10;
        let narrow = u32::from(c).checked_sub(32).and_then(|at| usize::try_from(at).ok());
        match narrow.and_then(|at| self.latin.widths.get(at)).or_else(|| self.latin.others.get(&c))
        {
            Some(width) => width * em / 1000,
            None => em,
        }
    }

    /// Space between two neighbours that a word processor sets by itself, in twips.
    pub(super) fn gap(&self, before: char, after: char, size: i64) -> i64 {
        let letters = before.is_alphanumeric() && after.is_alphanumeric();
        if letters && wide(before) != wide(after) { self.latin.gap * size * 10 / 1000 } else { 0 }
    }

    /// Width of the text on a page, in twips.
    pub(super) fn text_width(&self, across: bool) -> i64 {
        let page = &self.page;
        if across { page.long - 2 * page.across_side } else { page.short - page.left - page.right }
    }

    /// Height of the text on a page, in twips.
    pub(super) fn text_height(&self, across: bool) -> i64 {
        let page = &self.page;
        if across {
            page.short - page.across_top - page.across_bottom
        } else {
            page.long - page.top - page.bottom
        }
    }

    /// Size, pitch, first-line indent and left indent of a style, in its own units.
    pub(super) fn measure(&self, style: Style) -> (i64, i64, i64, i64) {
        let (size, pitch) = (&self.size, &self.pitch);
        let (body, line) = (self.fonts.size, self.fonts.pitch);
        let indent = self.fonts.indent * body * 10;
        match style {
            Style::Title => (size.title, pitch.title, 0, 0),
            Style::Cover => (size.cover, pitch.cover, 0, 0),
            Style::ContentsTitle | Style::Heading => (size.heading, pitch.heading, 0, 0),
            Style::Entry => (size.contents, pitch.contents, 0, 0),
            Style::SubEntry => (size.contents, pitch.contents, 0, 480),
            Style::Subheading => (size.subheading, pitch.subheading, 0, 0),
            Style::Body => (body, line, indent, 0),
            Style::Point => (body, line, 0, 480),
            Style::Caption | Style::Picture => (size.caption, pitch.caption, 0, 0),
            Style::Note => (size.edge, pitch.edge + 100, 0, 0),
            Style::Head | Style::Cell | Style::Gauge => (size.table, pitch.table, 0, 0),
            Style::Quiet => (size.edge, pitch.table, 0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_and_measures() {
        let face = Face::of("zh");
        assert_eq!(face.latin.widths.len(), 95);
        assert_eq!(face.width('爆', 28), 280);
        assert_eq!(face.width('0', 28), 140);
        assert_eq!(face.text_width(false), 11906 - 2 * 1418);
        assert_eq!(face.gap('时', '7', 28), 70);
        assert_eq!(face.gap('。', '7', 28), 0);
        assert!(Face::of("en").fonts.bold);
    }
}
