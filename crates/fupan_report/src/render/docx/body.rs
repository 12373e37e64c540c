//! From a document to what stands on paper, in order.

use super::face::Face;
use super::node::{Look, Node, Para, Run, Section, Style};
use super::picture;
use crate::render::cites::{Marks, Piece};
use crate::render::error::PenError;
use crate::render::number::{Numbers, caption_parts};
use crate::render::words::Words;
use fupan_model::{Block, Chapter, Cites, Connective, Document, Figure, Inline};
use std::collections::BTreeMap;

/// Walks a document once.
pub(super) struct Body<'a> {
    pub(super) document: &'a Document,
    pub(super) words: &'a Words,
    pub(super) face: &'a Face,
    marks: &'a Marks<'a>,
    pub(super) numbers: Numbers,
    pub(super) nodes: Vec<Node>,
    /// The pictures, as PNG, in the order of their files.
    pub(super) pictures: Vec<Vec<u8>>,
    drawn: Vec<picture::Drawn>,
    /// The gauges of table cells, as PNG, in reading order.
    gauges: std::vec::IntoIter<Vec<u8>>,
    /// Bookmark of each anchored row; the first row of an anchor has it.
    rows: BTreeMap<&'a str, String>,
    headings: Vec<(usize, Style, String)>,
    /// Whether the sheet lies across here.
    pub(super) across: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        document: &'a Document,
        words: &'a Words,
        face: &'a Face,
        marks: &'a Marks<'a>,
    ) -> Result<Self, PenError> {
        let mut rows = BTreeMap::new();
        for chapter in &document.chapters {
            for block in &chapter.blocks {
                let Block::Table(table) = block else { continue };
                for anchor in table.rows.iter().filter_map(|row| row.anchor.as_deref()) {
                    let name = format!("row_{}", rows.len() + 1);
                    rows.entry(anchor).or_insert(name);
                }
            }
        }
        let drawn = picture::draw(document, words)?;
        let gauges = picture::gauges(document)?.into_iter();
        Ok(Self {
            document,
            words,
            face,
            marks,
            numbers: Numbers::default(),
            nodes: Vec::new(),
            pictures: Vec::new(),
            drawn,
            gauges,
            rows,
            headings: Vec::new(),
            across: document.across,
        })
    }

    /// Makes all nodes: cover, contents, chapters.
    pub(super) fn write(&mut self) -> Result<(), PenError> {
        for chapter in &self.document.chapters {
            self.chapter(chapter)?;
        }
        let mut chapters = std::mem::take(&mut self.nodes);
        self.cover();
        if let Some(title) = &self.document.contents_title {
            if let Some(Node::Para(first)) = chapters.first_mut() {
                first.break_before = first.section.is_none();
            }
            self.contents(title);
        }
        self.nodes.extend(chapters);
        if let Some(Node::Para(first)) = self
            .nodes
            .iter_mut()
            .find(|node| matches!(node, Node::Para(para) if para.section.is_some()))
            && let Some(section) = &mut first.section
        {
            section.first = true;
        }
        Ok(())
    }

    /// The section the document ends in.
    pub(super) fn last_section(&self) -> Section {
        let parted = self
            .nodes
            .iter()
            .any(|node| matches!(node, Node::Para(para) if para.section.is_some()));
        Section { across: self.across, first: !parted }
    }

    fn cover(&mut self) {
        let gap = Node::Para(Para::words(Style::Cover, ""));
        let high = if self.document.contents_title.is_some() { 4 } else { 0 };
        self.nodes.extend((0..high).map(|_| gap.clone()));
        self.nodes.push(Node::Para(Para::words(Style::Title, self.document.title.text())));
        self.nodes.push(gap);
        for line in &self.document.cover {
            let runs = self.inlines(line, false);
            self.nodes.push(Node::Para(Para::new(Style::Cover, runs)));
        }
    }

    fn contents(&mut self, title: &Connective) {
        self.nodes.push(Node::Para(Para::words(Style::ContentsTitle, title.text())));
        let last = self.headings.len().saturating_sub(1);
        for (n, (heading, style, text)) in
            std::mem::take(&mut self.headings).into_iter().enumerate()
        {
            let mut runs = Vec::new();
            if n == 0 {
                runs.push(Run::ContentsBegin);
            }
            runs.push(Run::Entry { heading, text, page: 0 });
            if n == last {
                runs.push(Run::ContentsEnd);
            }
            let style = if style == Style::Heading { Style::Entry } else { Style::SubEntry };
            self.nodes.push(Node::Para(Para::new(style, runs)));
        }
    }

    fn chapter(&mut self, chapter: &'a Chapter) -> Result<(), PenError> {
        let number = self.numbers.chapter(self.words);
        let first = self.nodes.is_empty();
        self.heading(Style::Heading, &number, &chapter.title);
        // The chapters of a short paper are handed over one by one: each begins a sheet.
        if let (None, false, Some(Node::Para(heading))) =
            (&self.document.contents_title, first, self.nodes.last_mut())
        {
            heading.break_before = true;
        }
        for block in &chapter.blocks {
            if !matches!(block, Block::Figure(_)) {
                self.lie(self.document.across);
            }
            match block {
                Block::Heading(words) => {
                    let number = self.numbers.heading(self.words);
                    self.heading(Style::Subheading, &number, words);
                }
                Block::Paragraph(inlines) => {
                    let runs = self.inlines(inlines, true);
                    self.nodes.push(Node::Para(Para::new(Style::Body, runs)));
                }
                Block::List(points) => {
                    for point in points {
                        let runs = self.inlines(point, true);
                        self.nodes.push(Node::Para(Para::new(Style::Point, runs)));
                    }
                }
                Block::Table(table) => self.table(table),
                Block::Figure(figure) => self.figure(figure),
            }
        }
        Ok(())
    }

    /// A chapter's title or a heading; a chapter after a figure lies upright again.
    fn heading(&mut self, style: Style, number: &str, title: &Connective) {
        self.lie(self.document.across);
        let text = format!("{number}{}", title.text());
        let heading = self.headings.len();
        self.headings.push((heading, style, text.clone()));
        let mut para = Para::words(style, text);
        para.heading = Some(heading);
        para.bookmark = Some(format!("_Toc{:08}", heading + 1));
        self.nodes.push(Node::Para(para));
    }

    /// Ends the section if the sheet lies the other way. Headings that open what follows go with
    /// it; what stands before them carries the end of the section.
    fn lie(&mut self, across: bool) {
        if self.across == across {
            return;
        }
        let section = Section { across: self.across, first: false };
        self.across = across;
        let opens = |node: &Node| matches!(node, Node::Para(para) if para.heading.is_some());
        let from = self.nodes.iter().rposition(|node| !opens(node)).map_or(0, |at| at + 1);
        let mut opening = self.nodes.split_off(from);
        match self.nodes.last_mut() {
            // Nothing but headings between two that lie alike: they share a section, or a sheet
            // between them would be empty.
            Some(Node::Para(para)) if para.section.is_some_and(|one| one.across == across) => {
                para.section = None;
                if let Some(Node::Para(first)) = opening.first_mut() {
                    first.break_before = true;
                }
            }
            Some(Node::Para(para)) if para.section.is_none() => para.section = Some(section),
            _ => {
                let mut end = Para::words(Style::Note, "");
                end.section = Some(section);
                self.nodes.push(Node::Para(end));
            }
        }
        self.nodes.extend(opening);
    }

    /// Pictures, each on a sheet that lies across, each with its caption.
    fn figure(&mut self, figure: &'a Figure) {
        let number = self.numbers.figure();
        self.lie(true);
        let alt: Vec<&str> = figure.alt.iter().map(Inline::text).collect();
        let alt = alt.join(&self.words.join);
        let parts: Vec<picture::Drawn> =
            self.drawn.extract_if(.., |drawn| drawn.figure == number).collect();
        let count = parts.len();
        for (n, part) in parts.into_iter().enumerate() {
            let drawing = part.place(self.face, self.pictures.len() + 1, &alt);
            self.pictures.push(part.png);
            let mut para = Para::new(Style::Picture, vec![Run::Picture(drawing)]);
            para.keep_next = true;
            para.break_before = n > 0;
            self.nodes.push(Node::Para(para));
            let mut runs =
                self.caption("Figure", &self.document.figure_word, number, &figure.caption);
            if n > 0 {
                runs = self.caption_again(&self.document.figure_word, number, &figure.caption);
            }
            if count > 1 {
                let part = self.words.number.part.replace("{of}", &count.to_string());
                runs.push(Run::Text(part.replace("{}", &(n + 1).to_string()), Look::Plain));
            }
            self.nodes.push(Node::Para(Para::new(Style::Caption, runs)));
        }
    }

    /// A caption whose number the program counts under `name`.
    pub(super) fn caption(
        &self,
        name: &'static str,
        word: &Connective,
        now: u32,
        caption: &Connective,
    ) -> Vec<Run> {
        let (before, after) = caption_parts(self.words, word.text());
        vec![
            Run::Text(before, Look::Plain),
            Run::Count { name, now },
            Run::Text(format!("{after}{}", caption.text()), Look::Plain),
        ]
    }

    /// The same caption on a further part: its number is said, not counted again.
    fn caption_again(&self, word: &Connective, now: u32, caption: &Connective) -> Vec<Run> {
        let (before, after) = caption_parts(self.words, word.text());
        vec![Run::Text(format!("{before}{now}{after}{}", caption.text()), Look::Plain)]
    }

    /// The next gauge as a paragraph of a cell; drawings of cells come in reading order.
    pub(super) fn gauge(&mut self) -> Option<Para> {
        let png = self.gauges.next()?;
        let drawing = picture::small(&png, self.pictures.len() + 1);
        self.pictures.push(png);
        Some(Para::new(Style::Gauge, vec![Run::Picture(drawing)]))
    }

    /// The bookmark of an anchored row.
    pub(super) fn bookmark(&self, anchor: &str) -> Option<String> {
        self.rows.get(anchor).cloned()
    }

    /// Running text with its marks; `book`: rows of the book are named in the text as well.
    pub(super) fn inlines(&self, inlines: &[Inline], book: bool) -> Vec<Run> {
        self.marked(inlines, book, |_, _| true)
    }

    /// Running text with the marks that `shows` allows, by the place of the piece and its cites.
    pub(super) fn marked(
        &self,
        inlines: &[Inline],
        book: bool,
        shows: impl Fn(usize, &Cites) -> bool,
    ) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut before = "";
        for (at, inline) in inlines.iter().enumerate() {
            let text = inline.text();
            let joint = self.words.joint(before, text);
            runs.push(Run::Text(format!("{joint}{text}"), Look::Plain));
            match inline {
                Inline::Sentence(sentence) if shows(at, sentence.cites()) => {
                    runs.extend(self.mark(sentence.cites()));
                }
                Inline::Book(words) if book && !text.contains(words.row.as_str()) => {
                    let mark = self.words.mark.book.replace("{}", words.row.as_str());
                    runs.push(Run::Text(mark, Look::Mark));
                }
                Inline::Sentence(_) | Inline::Book(_) | Inline::Link(_) => {}
            }
            before = text;
        }
        runs
    }

    /// The mark of some cites. Brackets and commas stand in the run of the place they belong to:
    /// a word processor parts runs more readily than it breaks its own rules of punctuation.
    fn mark(&self, cites: &Cites) -> Vec<Run> {
        let run = |piece: Piece| {
            let text = format!("{}{}{}", piece.before, piece.text, piece.after);
            match piece.to.and_then(|anchor| self.bookmark(&anchor)) {
                Some(to) => Run::Link { to, text, look: Look::Mark },
                None => Run::Text(text, Look::Mark),
            }
        };
        self.marks.of(cites).into_iter().map(run).collect()
    }
}
