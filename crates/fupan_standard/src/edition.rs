//! The edition: which standard the book describes, and how many rows it should have.

use crate::body::{Body, no_address};
use crate::fields::Fields;
use crate::{Mark, Words};

/// Edition (版本): the standard this book speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// Class of standard.
    pub class: Words,
    /// Whether it is mandatory.
    pub mandatory: bool,
    /// When it was released, as far as known (`2023`: only the year).
    pub released: String,
    /// Whether its makers hold the book to be the whole standard.
    pub complete: bool,
    /// How many rows tables should have.
    pub expected: Vec<Expected>,
}

/// Expected count (应有行数) of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Which table, as the edition names it: `crosschecks`, `departments`, …
    pub what: String,
    /// How many rows.
    pub count: u32,
    /// Where the number comes from.
    pub mark: Mark,
    /// Who says so.
    pub source: String,
}

impl Body for Edition {
    const TABLE: &'static str = "edition";

    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            class: fields.pair("class"),
            mandatory: fields.flag_needed("mandatory"),
            released: fields.text("released"),
            complete: fields.flag_needed("complete"),
            expected: expected(fields),
        }
    }
}

fn expected(fields: &mut Fields<'_>) -> Vec<Expected> {
    let named = fields.named_tables("expected", |inner| {
        let source = inner.text("source");
        no_address(inner, "source", &source);
        let (count, mark) = (inner.count("count"), inner.word("mark", &Mark::LETTERS));
        Expected { what: String::new(), count, mark, source }
    });
    named.into_iter().map(|(what, one)| Expected { what, ..one }).collect()
}
