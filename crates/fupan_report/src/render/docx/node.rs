//! What a report consists of on paper.

use fupan_model::{RowStyle, Tone};

/// A style, by its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Title,
    Cover,
    ContentsTitle,
    Entry,
    SubEntry,
    Heading,
    Subheading,
    Body,
    Point,
    Caption,
    Picture,
    Note,
    Head,
    Cell,
    Quiet,
    Gauge,
}

impl Style {
    /// All styles, in the order they are written.
    pub(super) const ALL: [Self; 16] = [
        Self::Title,
        Self::Cover,
        Self::ContentsTitle,
        Self::Entry,
        Self::SubEntry,
        Self::Heading,
        Self::Subheading,
        Self::Body,
        Self::Point,
        Self::Caption,
        Self::Picture,
        Self::Note,
        Self::Head,
        Self::Cell,
        Self::Quiet,
        Self::Gauge,
    ];

    /// Id and name in the file; Word's own where it has one.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Title => ("Title", "Title"),
            Self::Cover => ("FupanCover", "Fupan Cover"),
            Self::ContentsTitle => ("TOCHeading", "TOC Heading"),
            Self::Entry => ("TOC1", "toc 1"),
            Self::SubEntry => ("TOC2", "toc 2"),
            Self::Heading => ("Heading1", "heading 1"),
            Self::Subheading => ("Heading2", "heading 2"),
            Self::Body => ("BodyText", "Body Text"),
            Self::Point => ("ListBullet", "List Bullet"),
            Self::Caption => ("Caption", "caption"),
            Self::Picture => ("FupanPicture", "Fupan Picture"),
            Self::Note => ("FupanNote", "Fupan Note"),
            Self::Head => ("FupanTableHead", "Fupan Table Head"),
            Self::Cell => ("FupanTableText", "Fupan Table Text"),
            Self::Quiet => ("FupanTableNote", "Fupan Table Note"),
            Self::Gauge => ("FupanGauge", "Fupan Gauge"),
        }
    }
}

/// How running text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// As its paragraph.
    Plain,
    /// As the mark of a cite.
    Mark,
    /// As a cell of this tone.
    Toned(Tone),
}

/// A picture in the text.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    /// Number of the file, from 1.
    pub(super) file: usize,
    /// Width and height in EMU.
    pub(super) size: (i64, i64),
    /// What it shows.
    pub(super) alt: String,
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub(super) enum Run {
    /// Words.
    Text(String, Look),
    /// Words that lead to a bookmark.
    Link {
        to: String,
        text: String,
        look: Look,
    },
    /// A count that the program keeps, with what it is now.
    Count {
        name: &'static str,
        now: u32,
    },
    /// A line of the table of contents; `page` is filled in when pages are known.
    Entry {
        heading: usize,
        text: String,
        page: u32,
    },
    /// Where the field of the table of contents begins and ends.
    ContentsBegin,
    ContentsEnd,
    /// A picture.
    Picture(Drawing),
}

/// Which way a section's sheet lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) across: bool,
    /// Whether it is the one with the cover.
    pub(super) first: bool,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Para {
    pub(super) style: Style,
    pub(super) runs: Vec<Run>,
    pub(super) keep_next: bool,
    pub(super) break_before: bool,
    /// The section this paragraph is the last of.
    pub(super) section: Option<Section>,
    /// Name of the bookmark around it.
    pub(super) bookmark: Option<String>,
    /// Number of the heading it is, from 0.
    pub(super) heading: Option<usize>,
}

impl Para {
    pub(super) fn new(style: Style, runs: Vec<Run>) -> Self {
        let keep_next = matches!(style, Style::Heading | Style::Subheading | Style::ContentsTitle);
        let break_before = style == Style::ContentsTitle;
        Self { style, runs, keep_next, break_before, section: None, bookmark: None, heading: None }
    }

    pub(super) fn words(style: Style, text: impl Into<String>) -> Self {
        Self::new(style, vec![Run::Text(text.into(), Look::Plain)])
    }
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct GridRow {
    pub(super) cells: Vec<GridCell>,
    pub(super) style: RowStyle,
    /// Whether it is repeated on every page.
    pub(super) head: bool,
    /// Whether it may run over the end of a page.
    pub(super) splits: bool,
}

/// A cell: never without a paragraph.
#[derive(Clone, Debug)]
pub(super) struct GridCell {
    pub(super) paras: Vec<Para>,
    pub(super) tone: Tone,
}

/// A table with the widths of its columns in twips.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) widths: Vec<i64>,
    pub(super) rows: Vec<GridRow>,
    /// What it is called, for those who cannot see it.
    pub(super) title: String,
}

impl Grid {
    /// The cells of a row with their widths.
    pub(super) fn widths<'g>(&self, row: &'g GridRow) -> impl Iterator<Item = (&'g GridCell, i64)> {
        let full: i64 = self.widths.iter().sum();
        let across = row.style != RowStyle::Plain;
        row.cells
            .iter()
            .zip(&self.widths)
            .map(move |(cell, width)| (cell, if across { full } else { *width }))
    }
}

/// A paragraph or a table.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Para(Para),
    Grid(Grid),
}
