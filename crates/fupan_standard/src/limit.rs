//! Time limits of reporting and release.

use crate::body::{Body, Links};
use crate::fields::Fields;
use crate::{Fault, Unit, Words};

/// Limit (时限): from what to what, and how long at most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    /// Who or what it runs from.
    pub from: Words,
    /// To whom or what it runs.
    pub to: Words,
    /// What sort of limit it is.
    pub nature: Nature,
    /// The greatest span, for [`Nature::Within`] and [`Nature::Window`].
    pub span: Option<Span>,
    /// Spans that hold in place of `span` for some accidents.
    pub cases: Vec<LimitCase>,
    /// Whether it holds for every level of a chain by itself.
    pub per_level: bool,
    /// Grades of accident it holds for; empty: all.
    pub grades: Vec<String>,
    /// Fact kinds it runs from, in order of preference.
    pub from_kinds: Vec<String>,
    /// Fact kinds it runs to, in order of preference.
    pub to_kinds: Vec<String>,
    /// Place of a local rule; it then holds only there.
    pub place: Option<Words>,
    /// The province whose file (`limits/<province>.toml`) the row stands in; `None`: national.
    pub province: Option<String>,
    /// The duty rows it belongs to.
    pub duties: Vec<String>,
}

/// Span (时长): a number with its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// How many.
    pub value: u32,
    /// Of what.
    pub unit: Unit,
}

impl Span {
    /// In seconds; `None` for working days, months and rates.
    pub fn seconds(self) -> Option<i64> {
        Some(i64::from(self.value) * self.unit.milliseconds()? / 1_000)
    }

    pub(crate) fn read_or_none(fields: &mut Fields<'_>, key: &str) -> Option<Self> {
        if fields.has(key) { fields.table(key, Self::read) } else { None }
    }

    fn read(fields: &mut Fields<'_>) -> Self {
        Self { value: fields.count("value"), unit: fields.word("unit", &Unit::WORDS) }
    }
}

/// Case of a limit (分情形时限): another span for some types or grades of accident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitCase {
    /// Codes of accident types; empty: any.
    pub when: Vec<String>,
    /// Grades; empty: any.
    pub grades: Vec<String>,
    /// The span then.
    pub span: Span,
    /// What it is about.
    pub title: Words,
}

/// Nature (时限性质) of a limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nature {
    /// Within a span: a number to be met.
    #[default]
    Within,
    /// At once: no number in the law.
    AtOnce,
    /// Promptly: no number in the law.
    Promptly,
    /// Together with another report.
    Together,
    /// Allowed, not due.
    Allowed,
    /// Says how far up or to whom, not when.
    Reach,
    /// A span in which a duty lasts.
    Window,
    /// So many times a day.
    Rate,
}

impl Nature {
    /// The words a book may write.
    pub const WORDS: [(&'static str, Self); 8] = [
        ("within", Self::Within),
        ("at-once", Self::AtOnce),
        ("promptly", Self::Promptly),
        ("together", Self::Together),
        ("allowed", Self::Allowed),
        ("reach", Self::Reach),
        ("window", Self::Window),
        ("rate", Self::Rate),
    ];
}

impl Limit {
    /// The span for an accident of this type and grade: the first case that fits, else `span`.
    pub fn span_for(&self, accident_type: &str, grade: Option<&str>) -> Option<Span> {
        let fits = |wanted: &[String], have: Option<&str>| {
            wanted.is_empty() || have.is_some_and(|have| wanted.iter().any(|w| w == have))
        };
        let case = self
            .cases
            .iter()
            .find(|case| fits(&case.when, Some(accident_type)) && fits(&case.grades, grade));
        case.map(|case| case.span).or(self.span)
    }
}

impl Body for Limit {
    const TABLE: &'static str = "limit";
    const LAW: bool = true;

    fn read(fields: &mut Fields<'_>) -> Self {
        let limit = Self {
            from: fields.words("from"),
            to: fields.words("to"),
            nature: fields.word("nature", &Nature::WORDS),
            span: Span::read_or_none(fields, "span"),
            cases: fields.tables("cases", LimitCase::read),
            per_level: fields.flag("per-level"),
            grades: fields.texts("grades"),
            from_kinds: fields.texts("from-kinds"),
            to_kinds: fields.texts("to-kinds"),
            place: fields.words_or_none("place"),
            province: None,
            duties: fields.texts("duties"),
        };
        let numeric = matches!(limit.nature, Nature::Within | Nature::Window | Nature::Rate);
        let spans = limit.span.is_some() || !limit.cases.is_empty();
        if numeric != spans {
            let found = format!("nature and span do not go together (span written: {spans})");
            let expected = "a span or cases with within, window and rate, none with others";
            fields.fault("span", Fault::Clash { found, expected: expected.to_owned() });
        }
        limit
    }

    fn links(&self, links: &mut Links) {
        links.all("grades", &self.grades, &["grade"]);
        links.all("from-kinds", &self.from_kinds, &["fact-kind"]);
        links.all("to-kinds", &self.to_kinds, &["fact-kind"]);
        links.all("duties", &self.duties, &["duty"]);
        LimitCase::links(&self.cases, links);
    }
}

impl LimitCase {
    pub(crate) fn links(cases: &[Self], links: &mut Links) {
        for case in cases {
            links.all("cases.when", &case.when, &["accident-type"]);
            links.all("cases.grades", &case.grades, &["grade"]);
        }
    }

    pub(crate) fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            when: fields.texts("when"),
            grades: fields.texts("grades"),
            span: fields.table("span", Span::read).unwrap_or_default(),
            title: fields.own_words(),
        }
    }
}
