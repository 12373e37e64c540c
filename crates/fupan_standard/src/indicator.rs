//! Indicators: what is measured, and how a score would be read from it.

use crate::body::{Body, Links, no_address};
use crate::crosscheck::DUTY_TABLES;
use crate::fields::Fields;
use crate::{Fault, Formula, Mark, Required, Unit, Words};
use fupan_model::Decimal;

/// Indicator (量化指标).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Content of assessment it belongs to.
    pub content: String,
    /// Lane of the dual-track picture it speaks of (code of a track).
    pub track: String,
    /// Unit of value, anchors and statutory value.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// Points of the scoring line: an assessor's setting.
    pub anchors: Anchors,
    /// Where the anchors come from; almost always [`Mark::Proposed`].
    pub basis: Mark,
    /// What the anchors rest on, in words.
    pub basis_text: Words,
    /// Statutory limit it is measured against: a row of the limits.
    pub limit: Option<String>,
    /// Statutory value where no limit row has it.
    pub statutory: Option<Statutory>,
    /// Duties, limits and filing rules it bears on.
    pub duties: Vec<String>,
    /// Accountability rows an assessor may look at when the statutory value is missed.
    pub laws: Vec<String>,
    /// Check points on which it rests: while one is discrepant, the value carries that doubt.
    pub checked_by: Vec<String>,
    /// How it is computed.
    pub formula: Formula,
}

/// Direction (优劣方向).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Less is better.
    #[default]
    Lower,
    /// More is better.
    Higher,
}

impl Direction {
    /// The words a book may write.
    pub const WORDS: [(&'static str, Self); 2] = [("lower", Self::Lower), ("higher", Self::Higher)];
}

/// Anchors (评分锚点): values that score 100, 60 and 0; straight lines between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchors {
    /// Scores 100.
    pub full: Decimal,
    /// Scores 60.
    pub pass: Decimal,
    /// Scores 0.
    pub zero: Decimal,
}

/// Statutory value (法定值), in the unit of the indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statutory {
    /// The value that must be met.
    pub value: Decimal,
    /// Statute and article, with its date.
    pub source: String,
    /// Whether the text was seen.
    pub mark: Mark,
    /// Grades of accident it holds for; empty: all.
    pub grades: Vec<String>,
}

impl Body for Indicator {
    const TABLE: &'static str = "indicator";

    fn read(fields: &mut Fields<'_>) -> Self {
        let direction: Direction = fields.word("direction", &Direction::WORDS);
        let anchors = fields.table("anchors", Anchors::read).unwrap_or_else(Anchors::none);
        anchors.check(direction, fields);
        Self {
            content: fields.text("content"),
            track: fields.text("track"),
            unit: fields.word("unit", &Unit::WORDS),
            direction,
            anchors,
            basis: fields.word("basis", &Mark::LETTERS),
            basis_text: fields.words("basis-text"),
            limit: fields.text_or_none("limit"),
            statutory: statutory(fields),
            duties: fields.texts("duties"),
            laws: fields.texts("laws"),
            checked_by: fields.texts("checked-by"),
            formula: fields.table("formula", Formula::read).unwrap_or_else(Formula::none),
        }
    }

    fn links(&self, links: &mut Links) {
        links.one("content", &self.content, &["content"]);
        links.one("track", &self.track, &["track"]);
        links.all("limit", &self.limit, &["limit"]);
        links.all("duties", &self.duties, DUTY_TABLES);
        links.all("laws", &self.laws, &["law"]);
        links.all("checked-by", &self.checked_by, &["crosscheck"]);
        if let Some(statutory) = &self.statutory {
            links.all("statutory.grades", &statutory.grades, &["grade"]);
        }
        if let Formula::Coverage { required: Required::List(list), .. } = &self.formula {
            links.one("formula.required", list, &["list"]);
        }
        for (key, term) in self.formula.terms() {
            term.links(key, links);
        }
    }
}

fn statutory(fields: &mut Fields<'_>) -> Option<Statutory> {
    if !fields.has("statutory") {
        return None;
    }
    fields.table("statutory", |inner| {
        let source = inner.text("source");
        no_address(inner, "source", &source);
        Statutory {
            value: inner.decimal("value"),
            source,
            mark: inner.word("mark", &Mark::LETTERS),
            grades: inner.texts("grades"),
        }
    })
}

impl Anchors {
    fn none() -> Self {
        let zero = Decimal::whole(0);
        Self { full: zero, pass: zero, zero }
    }

    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            full: fields.decimal("full"),
            pass: fields.decimal("pass"),
            zero: fields.decimal("zero"),
        }
    }

    fn check(self, direction: Direction, fields: &mut Fields<'_>) {
        if self == Self::none() {
            return;
        }
        let (fits, expected) = match direction {
            Direction::Lower => {
                (self.full < self.pass && self.pass < self.zero, "full < pass < zero")
            }
            Direction::Higher => {
                (self.full > self.pass && self.pass > self.zero, "full > pass > zero")
            }
        };
        if !fits {
            let found = format!("full {}, pass {}, zero {}", self.full, self.pass, self.zero);
            fields.fault("anchors", Fault::Disorder { found, expected: expected.to_owned() });
        }
    }
}
