//! What every chapter writes with: the assessment, the book, the words of one language, and ways
//! to make cited sentences, book words and linking words of them.

use crate::durations;
use crate::wording::{ComposeError, Lang, Wording};
use fupan_model::{
    Arg, Args, Assessment, BookText, Cite, Cites, Connective, EventResult, Fact, Gap, Inline,
    Locator, Party, Sentence,
};
use fupan_standard::{Book, Status, Words};
use std::collections::BTreeMap;

/// Result of writing anything.
pub(crate) type Written<T> = Result<T, ComposeError>;

/// The pen of one report.
pub(crate) struct Pen<'a> {
    pub(crate) assessment: &'a Assessment,
    pub(crate) book: &'a Book,
    pub(crate) wording: Wording<'a>,
    pub(crate) facts: BTreeMap<&'a str, &'a Fact>,
    pub(crate) events: BTreeMap<&'a str, &'a EventResult>,
    pub(crate) parties: BTreeMap<&'a str, &'a Party>,
}

impl<'a> Pen<'a> {
    pub(crate) fn new(assessment: &'a Assessment, book: &'a Book, wording: Wording<'a>) -> Self {
        let register = &assessment.register;
        Self {
            assessment,
            book,
            wording,
            facts: register.facts.iter().map(|fact| (fact.id.as_str(), fact)).collect(),
            events: assessment.events.iter().map(|event| (event.id.as_str(), event)).collect(),
            parties: register.parties.iter().map(|party| (party.id.as_str(), party)).collect(),
        }
    }

    /// Linking words: a heading, a caption, a label.
    pub(crate) fn link(&self, id: &str) -> Written<Connective> {
        let text = self.wording.word(id)?;
        Connective::new(text.clone()).ok_or(ComposeError::Digit { id: id.to_owned(), text })
    }

    /// Linking words in running text.
    pub(crate) fn note(&self, id: &str) -> Written<Inline> {
        Ok(Inline::Link(self.link(id)?))
    }

    /// A phrase filled with texts, resting on `cites`.
    pub(crate) fn say(
        &self,
        id: &str,
        values: &[(&str, String)],
        cites: &Cites,
    ) -> Written<Inline> {
        Ok(self.said(self.wording.fill(id, values)?, cites))
    }

    /// A phrase filled with the judge's values, resting on `cites`.
    pub(crate) fn phrase(&self, id: &str, args: &Args, cites: &Cites) -> Written<Inline> {
        Ok(self.said(self.filled(id, args)?, cites))
    }

    /// A phrase filled with the judge's values, as bare words for a larger sentence.
    pub(crate) fn filled(&self, id: &str, args: &Args) -> Written<String> {
        let limit_ms = ["limit", "allowed_max"].iter().find_map(|name| match args.get(*name) {
            Some(Arg::Span(ms)) => Some(*ms),
            _ => None,
        });
        let mut values = Vec::new();
        for (name, arg) in args {
            values.push((name.as_str(), self.arg(name, arg, limit_ms)?));
        }
        let end = |name: &str| match args.get(name) {
            Some(Arg::Span(ms)) => Some(*ms),
            _ => None,
        };
        let allowed = Gap { min_ms: end("allowed_min"), max_ms: end("allowed_max") };
        if allowed != Gap::default() {
            values.push(("allowed", durations::gap(&self.wording, allowed, None)?));
        }
        self.wording.fill(id, &values)
    }

    /// Words as they are, resting on `cites`.
    pub(crate) fn said(&self, text: impl Into<String>, cites: &Cites) -> Inline {
        Inline::Sentence(Sentence::new(text, cites.clone()))
    }

    /// Several phrases as one sentence, so that what rests on the same cites is marked once.
    pub(crate) fn together(&self, texts: &[String], cites: &Cites) -> Written<Inline> {
        let mut said = String::new();
        for text in texts {
            said = match said.is_empty() {
                true => text.clone(),
                false => {
                    let both = [("first", said), ("second", text.clone())];
                    self.wording.fill("two-sentences", &both)?
                }
            };
        }
        Ok(self.said(said, cites))
    }

    /// A name of the case: a bare label where it holds no digit, else a sentence.
    pub(crate) fn label(&self, text: &str, cites: &Cites) -> Inline {
        Connective::new(text).map_or_else(|| self.said(text, cites), Inline::Link)
    }

    /// The title of a row of the book, with its id where people say it.
    pub(crate) fn row(&self, id: &str) -> Written<Inline> {
        Ok(self.in_book(self.named(id)?, id))
    }

    /// Words that the row `id` of the book says.
    pub(crate) fn in_book(&self, text: impl Into<String>, id: &str) -> Inline {
        Inline::Book(BookText { text: text.into(), row: id.into() })
    }

    /// A phrase about the book as a whole, or about one of its rows.
    pub(crate) fn of_book(
        &self,
        id: &str,
        values: &[(&str, String)],
        row: &str,
    ) -> Written<Inline> {
        Ok(self.in_book(self.wording.fill(id, values)?, row))
    }

    /// Words of the book in the language of the report.
    pub(crate) fn words<'w>(&self, words: &'w Words) -> &'w str {
        match self.wording.lang() {
            Lang::Zh => &words.zh,
            Lang::En => &words.en,
        }
    }

    /// The title of a row; its id where the book has no such row.
    pub(crate) fn title(&self, id: &str) -> String {
        self.book.row(id).map_or(id, |row| self.words(&row.title)).to_owned()
    }

    /// The title of a row, with its id where people say it: codes with capitals, not words.
    pub(crate) fn named(&self, id: &str) -> Written<String> {
        let title = self.title(id);
        if title == id || !id.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Ok(title);
        }
        self.wording.fill("row-named", &[("title", title), ("id", id.to_owned())])
    }

    /// The title of a row, marked where it was not checked against the official text.
    pub(crate) fn marked(&self, id: &str) -> Written<Inline> {
        Ok(self.in_book(self.marked_title(id)?, id))
    }

    /// As [`Pen::marked`], as bare words.
    pub(crate) fn marked_title(&self, id: &str) -> Written<String> {
        let title = self.named(id)?;
        let mark = match self.book.row(id).map(|row| row.status) {
            Some(Status::Checked) => return Ok(title),
            Some(Status::Proposed) => "row-proposed",
            Some(Status::Unverified) | None => "row-unverified-mark",
        };
        self.wording.fill(mark, &[("title", title)])
    }

    /// The standing of a row of the book, as a label.
    pub(crate) fn standing(&self, id: &str) -> Written<Inline> {
        self.note(match self.book.row(id).map(|row| row.status) {
            Some(Status::Checked) => "standing-checked",
            Some(Status::Proposed) => "standing-proposed",
            Some(Status::Unverified) | None => "standing-unverified",
        })
    }

    /// A cite of a part of the case document itself.
    pub(crate) fn case(&self, part: &str) -> Cites {
        Cites::one(Cite {
            evidence: Cite::CASE.into(),
            digest: self.assessment.case.digest.clone(),
            locator: Locator::Part(part.to_owned()),
        })
    }

    /// The cites of some facts together; `or` where none of them is in the register.
    pub(crate) fn cites<'i>(&self, ids: impl IntoIterator<Item = &'i str>, or: &Cites) -> Cites {
        let facts = ids.into_iter().filter_map(|id| self.facts.get(id));
        Cites::all(facts.map(|fact| &fact.cites)).unwrap_or_else(|| or.clone())
    }
}
