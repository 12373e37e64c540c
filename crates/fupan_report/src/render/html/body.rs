//! Chapters, paragraphs and figures of the page.

use crate::render::cites::Marks;
use crate::render::escape::{anchor, escape};
use crate::render::number::{Numbers, caption_parts};
use crate::render::svg::pictures;
use crate::render::words::Words;
use fupan_model::{Block, Chapter, Cites, Connective, Document, Figure, Inline};

/// Walks a document once, counting as it goes.
pub(super) struct Writer<'a> {
    pub(super) document: &'a Document,
    pub(super) words: &'a Words,
    marks: &'a Marks<'a>,
    pub(super) numbers: Numbers,
    entries: Vec<Entry>,
}

/// A line of the table of contents.
struct Entry {
    id: String,
    text: String,
    deep: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(document: &'a Document, words: &'a Words, marks: &'a Marks<'a>) -> Self {
        Self { document, words, marks, numbers: Numbers::default(), entries: Vec::new() }
    }

    /// All chapters.
    pub(super) fn chapters(&mut self) -> String {
        self.document.chapters.iter().map(|chapter| self.chapter(chapter)).collect()
    }

    /// The lines of the table of contents, once the chapters are written.
    pub(super) fn contents(&self) -> String {
        let mut out = String::from("<ul>\n");
        for Entry { id, text, deep } in &self.entries {
            let class = if *deep { " class=\"deep\"" } else { "" };
            out.push_str(&format!("<li{class}><a href=\"#{id}\">{text}</a></li>\n"));
        }
        out.push_str("</ul>\n");
        out
    }

    fn chapter(&mut self, chapter: &Chapter) -> String {
        let number = self.numbers.chapter(self.words);
        let (title, id) =
            self.entry(&number, &chapter.title, &format!("c-{}", chapter.anchor), false);
        let mut out = format!("<section>\n<h2 id=\"{id}\">{title}</h2>\n");
        for (n, block) in chapter.blocks.iter().enumerate() {
            match block {
                Block::Heading(words) => {
                    let number = self.numbers.heading(self.words);
                    let place = format!("c-{}-{n}", chapter.anchor);
                    let (title, id) = self.entry(&number, words, &place, true);
                    out.push_str(&format!("<h3 id=\"{id}\">{title}</h3>\n"));
                }
                Block::Paragraph(inlines) => {
                    out.push_str(&format!("<p>{}</p>\n", self.inlines(inlines, true)));
                }
                Block::List(points) => {
                    out.push_str("<ul class=\"points\">\n");
                    for point in points {
                        out.push_str(&format!("<li>{}</li>\n", self.inlines(point, true)));
                    }
                    out.push_str("</ul>\n");
                }
                Block::Table(table) => out.push_str(&self.table(table)),
                Block::Figure(figure) => out.push_str(&self.figure(figure)),
            }
        }
        out.push_str("</section>\n");
        out
    }

    /// Notes a title for the table of contents; gives its words and its id.
    fn entry(
        &mut self,
        number: &str,
        title: &Connective,
        place: &str,
        deep: bool,
    ) -> (String, String) {
        let text = format!("{}{}", escape(number), escape(title.text()));
        let id = anchor(place).replacen("r-", "", 1);
        self.entries.push(Entry { id: id.clone(), text: text.clone(), deep });
        (text, id)
    }

    /// Running text with its marks; `book`: rows of the book are named in the text as well.
    pub(super) fn inlines(&self, inlines: &[Inline], book: bool) -> String {
        self.marked(inlines, book, |_, _| true)
    }

    /// Running text with the marks that `shows` allows, by the place of the piece and its cites.
    pub(super) fn marked(
        &self,
        inlines: &[Inline],
        book: bool,
        shows: impl Fn(usize, &Cites) -> bool,
    ) -> String {
        let mut out = String::new();
        let mut before = "";
        for (at, inline) in inlines.iter().enumerate() {
            let text = inline.text();
            out.push_str(self.words.joint(before, text));
            match inline {
                Inline::Sentence(sentence) => {
                    out.push_str(&escape(text));
                    if shows(at, sentence.cites()) {
                        out.push_str(&self.mark(sentence.cites()));
                    }
                }
                Inline::Book(words) => {
                    let row = escape(words.row.as_str());
                    out.push_str(&format!(
                        "<span class=\"book\" title=\"{row}\">{}</span>",
                        escape(text)
                    ));
                    if book && !text.contains(words.row.as_str()) {
                        let mark = self.words.mark.book.replace("{}", words.row.as_str());
                        out.push_str(&format!("<span class=\"cites\">{}</span>", escape(&mark)));
                    }
                }
                Inline::Link(_) => out.push_str(&escape(text)),
            }
            before = text;
        }
        out
    }

    /// The mark of some cites, each place a link to its row that never parts from its signs.
    fn mark(&self, cites: &Cites) -> String {
        let mut out = String::new();
        for (n, piece) in self.marks.of(cites).into_iter().enumerate() {
            let before = piece.before.trim_start();
            match n {
                0 if before.len() < piece.before.len() => out.push_str(" <span class=\"cites\">"),
                0 => out.push_str("<span class=\"cites\">"),
                _ => out.push_str("<wbr>"),
            }
            let (text, after) = (escape(&piece.text), escape(&piece.after));
            let text = match piece.to {
                Some(to) => format!("<a href=\"#{}\">{text}</a>", anchor(&to)),
                None => text,
            };
            out.push_str(&format!("<span class=\"one\">{}{text}{after}</span>", escape(before)));
        }
        out.push_str("</span>");
        out
    }

    /// A numbered caption.
    pub(super) fn caption(&self, word: &Connective, number: u32, caption: &Connective) -> String {
        let (before, after) = caption_parts(self.words, word.text());
        escape(&format!("{before}{number}{after}{}", caption.text()))
    }

    fn figure(&mut self, figure: &Figure) -> String {
        let number = self.numbers.figure();
        let caption = self.caption(&self.document.figure_word, number, &figure.caption);
        let alt: Vec<&str> = figure.alt.iter().map(Inline::text).collect();
        let alt = escape(&alt.join(&self.words.join));
        let mut out = format!("<figure aria-label=\"{alt}\">\n");
        for picture in pictures(&figure.picture, self.words, &format!("f{number}-")) {
            let region = format!(
                "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">"
            );
            out.push_str(&format!("{region}{picture}</div>\n"));
        }
        out.push_str(&format!("<figcaption>{caption}</figcaption>\n</figure>\n"));
        out
    }
}
