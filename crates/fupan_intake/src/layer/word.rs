//! The text of a word document: paragraphs and rows of tables, of the body first, then of headers,
//! footers, notes and comments. A place is named `body/p3`, `body/t1/r2`, `header1/p1`: a word
//! document has no pages of its own. Deleted words of a tracked change are left out.

use super::budget::Budget;
use super::parts::Parts;
use super::{LayerError, TextLayer};
use fupan_model::Locator;
use quick_xml::Reader;
use quick_xml::events::Event;

/// The part that holds the body.
const BODY: &str = "word/document.xml";
/// Other parts with words of people, by how their names begin.
const OTHERS: [&str; 5] = ["header", "footer", "footnotes", "endnotes", "comments"];
/// What is inside these is not shown, or is shown a second time.
const HIDDEN: [&str; 4] = ["Fallback", "del", "moveFrom", "instrText"];

/// Reads the paragraphs and rows.
///
/// # Errors
/// [`LayerError`].
pub(super) fn read(bytes: Vec<u8>, budget: &mut Budget) -> Result<TextLayer, LayerError> {
    let mut parts = Parts::open(bytes)?;
    let mut layer = TextLayer::default();
    part(&parts.text(BODY, budget)?, "body", &mut layer, budget)?;
    for path in parts.names() {
        let name = path.strip_prefix("word/").and_then(|name| name.strip_suffix(".xml"));
        let Some(name) = name else { continue };
        let kind = name.trim_end_matches(|c: char| c.is_ascii_digit());
        if OTHERS.contains(&kind) {
            part(&parts.text(&path, budget)?, name, &mut layer, budget)?;
        }
    }
    Ok(layer)
}

fn part(
    xml: &str,
    name: &str,
    layer: &mut TextLayer,
    budget: &mut Budget,
) -> Result<(), LayerError> {
    let broken = |_| LayerError::Broken(name.to_owned());
    let mut reader = Reader::from_str(xml);
    let mut walk = Walk { name, ..Walk::default() };
    loop {
        budget.step()?;
        match reader.read_event().map_err(broken)? {
            Event::Eof if walk.open > 0 => return Err(LayerError::Broken(name.to_owned())),
            Event::Eof => return Ok(()),
            Event::Start(tag) => walk.start(tag.local_name().as_ref()),
            Event::Empty(tag) => walk.empty(tag.local_name().as_ref()),
            Event::Text(words) => walk.words(&words.xml10_content()),
            Event::CData(words) => walk.words(&words.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => walk.words(c.encode_utf8(&mut [0; 4])),
                _ => {
                    let name = name.xml10_content();
                    let word = quick_xml::escape::resolve_predefined_entity(&name);
                    walk.words(word.unwrap_or_default());
                }
            },
            Event::End(tag) => {
                if let Some((place, text)) = walk.end(tag.local_name().as_ref()) {
                    budget.page()?;
                    budget.text(text.len())?;
                    layer.push(Locator::Part(place), text);
                }
            }
            _ => {}
        }
    }
}

/// Where the reading of a part stands.
#[derive(Default)]
struct Walk<'n> {
    name: &'n str,
    /// Elements that are open.
    open: u64,
    /// The depth below which nothing is shown.
    hidden: Option<u64>,
    in_text: bool,
    tables: u64,
    table_depth: u64,
    row: u64,
    paragraph: u64,
    text: String,
}

impl Walk<'_> {
    fn start(&mut self, name: &str) {
        self.open += 1;
        match name {
            _ if self.hidden.is_some() => {}
            _ if HIDDEN.contains(&name) => self.hidden = Some(self.open),
            "t" => self.in_text = true,
            "tbl" => {
                self.table_depth += 1;
                if self.table_depth == 1 {
                    self.tables += 1;
                    self.row = 0;
                }
            }
            "tr" if self.table_depth == 1 => {
                self.row += 1;
                self.text.clear();
            }
            "p" if self.table_depth == 0 => self.paragraph += 1,
            other => self.empty(other),
        }
    }

    fn empty(&mut self, name: &str) {
        match name {
            _ if self.hidden.is_some() => {}
            "tab" => self.text.push('\t'),
            "br" | "cr" => self.text.push('\n'),
            "noBreakHyphen" => self.text.push('-'),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.in_text && self.hidden.is_none() {
            self.text.push_str(words);
        }
    }

    /// A paragraph or row that is whole, with its place.
    fn end(&mut self, name: &str) -> Option<(String, String)> {
        let depth = self.open;
        self.open = self.open.saturating_sub(1);
        if let Some(hidden) = self.hidden {
            if depth <= hidden {
                self.hidden = None;
            }
            return None;
        }
        match name {
            "t" => self.in_text = false,
            "p" if self.table_depth == 0 => {
                return Some((format!("{}/p{}", self.name, self.paragraph), self.take()));
            }
            "p" if !self.text.is_empty() => self.text.push('\n'),
            "tc" if self.table_depth == 1 => {
                let length = self.text.trim_end_matches('\n').len();
                self.text.truncate(length);
                self.text.push('\t');
            }
            "tr" if self.table_depth == 1 => {
                let place = format!("{}/t{}/r{}", self.name, self.tables, self.row);
                return Some((place, self.take()));
            }
            "tbl" => self.table_depth = self.table_depth.saturating_sub(1),
            _ => {}
        }
        None
    }

    fn take(&mut self) -> String {
        std::mem::take(&mut self.text).trim_end().to_owned()
    }
}
