//! Rules of facts: which rows make them, and what they say.

use super::Template;
use fupan_model::{Decimal, Moment, PartyId, RowId};

/// Which of the rows that fit makes the fact (取哪一行).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The earliest.
    First,
    /// The latest.
    Last,
    /// Each of them.
    Each,
}

/// What a cell must be (条件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Equal to the text.
    Is(String),
    /// One of the texts.
    In(Vec<String>),
    /// Holding the text.
    Contains(String),
    /// A number not below.
    AtLeast(Decimal),
    /// A number not above.
    AtMost(Decimal),
    /// Empty, or not.
    Empty(bool),
}

impl Test {
    /// Whether the words of a cell pass.
    pub(crate) fn holds(&self, text: &str) -> bool {
        let number = || Decimal::parse(text).ok();
        match self {
            Self::Is(word) => text == word,
            Self::In(words) => words.iter().any(|word| text == word),
            Self::Contains(part) => text.contains(part.as_str()),
            Self::AtLeast(least) => number().is_some_and(|value| value >= *least),
            Self::AtMost(most) => number().is_some_and(|value| value <= *most),
            Self::Empty(empty) => text.is_empty() == *empty,
        }
    }
}

/// A condition on a column (筛选条件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// What must hold.
    pub test: Test,
}

/// A threshold crossed and kept (越限): the first row of a stay that lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// Column of the value.
    pub column: String,
    /// The threshold; a stay lies strictly beyond it.
    pub threshold: Decimal,
    /// Whether beyond is above (else below).
    pub above: bool,
    /// How long it must stay, in ms.
    pub hold_ms: i64,
}

/// What several rows say together (触发条件).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// No row for longer than this, in ms: the last row before.
    Gap {
        /// The longest silence that says nothing.
        longer_ms: i64,
    },
    /// Many rows in a short time: the first of them.
    Count {
        /// How many.
        at_least: usize,
        /// Within how long, in ms, ends included.
        within_ms: i64,
    },
    /// A column changes its value: the row that has the new one.
    Change {
        /// The column.
        column: String,
        /// What tells streams apart; each has its own value.
        per: Option<Template>,
        /// The earlier value.
        from: Option<String>,
        /// The later value.
        to: Option<String>,
    },
}

impl Trigger {
    /// Names that templates, quantities and times may use besides the columns.
    pub(crate) fn names(&self) -> &'static [&'static str] {
        match self {
            Self::Gap { .. } => &["@gap_s", "@until"],
            Self::Count { .. } => &["@count", "@until"],
            Self::Change { .. } => &["@from", "@to"],
        }
    }
}

/// A cell that holds many values (多值单元格): each makes a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The column.
    pub column: String,
    /// What stands between two items.
    pub items: String,
    /// What stands between the key and the value of an item; `None`: items are values.
    pub pair: Option<String>,
    /// The name by which the rule uses the key.
    pub key: Option<String>,
    /// The name by which the rule uses the value.
    pub value: String,
    /// Column of the day, where values are times of day.
    pub date: Option<String>,
    /// Columns of the same kind whose values of the same key come before, the earliest first: a time
    /// of day more than half a day before the last of them is of the next day.
    pub since: Vec<String>,
}

/// One item of a cell that holds many.
pub(crate) struct Item<'t> {
    /// As it stands.
    pub(crate) text: &'t str,
    /// Key (empty where items have none) and value; `None`: the mark between them is missing.
    pub(crate) parts: Option<(&'t str, &'t str)>,
}

impl Split {
    /// The items of a cell, empty ones left out.
    pub(crate) fn cut<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Item<'t>> {
        // "A=1, B=2" and "A=1,B=2" are the same list.
        let mark =
            if self.items.trim().is_empty() { self.items.as_str() } else { self.items.trim() };
        let items = text.split(mark).map(str::trim).filter(|item| !item.is_empty());
        items.map(|text| {
            let parts = match &self.pair {
                Some(mark) => text.split_once(mark.as_str()).map(|(k, v)| (k.trim(), v.trim())),
                None => Some(("", text)),
            };
            Item { text, parts }
        })
    }
}

/// Where a quantity comes from (量值来源).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuantityRule {
    /// A column.
    Column(String),
    /// The set of what stands in several columns.
    Columns(Vec<String>),
    /// A text with columns in it.
    Template(Template),
}

/// A claim that a row makes (主张规则).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRule {
    /// What is counted.
    pub field: String,
    /// Column of the value.
    pub column: String,
    /// Column of the time as of which it holds.
    pub as_of: Option<String>,
}

/// A kind of fact that rows make (事实规则).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRule {
    /// Its id within the mapping.
    pub id: String,
    /// The case's own word, or a fact kind.
    pub kind: String,
    /// Its event; `None`: the fact's own id.
    pub event: Option<Template>,
    /// Which row.
    pub pick: Pick,
    /// What the row must be; all must hold.
    pub conditions: Vec<Condition>,
    /// The threshold it crosses.
    pub crossing: Option<Crossing>,
    /// What several rows say together.
    pub trigger: Option<Trigger>,
    /// The cell that holds many values.
    pub split: Option<Split>,
    /// Rows at this time or later.
    pub after_time: Option<Moment>,
    /// Rows after the first fact of another rule.
    pub after_fact: Option<String>,
    /// Column of its time; `None`: undated.
    pub time: Option<String>,
    /// Column of its end.
    pub time_end: Option<String>,
    /// Its text; `None`: the cells of the row.
    pub text: Option<Template>,
    /// Its party; `None`: the evidence's.
    pub party: Option<PartyId>,
    /// What pairs it with other facts.
    pub key: Option<Template>,
    /// Quantities by the book's names.
    pub quantities: Vec<(String, QuantityRule)>,
    /// Claims.
    pub claims: Vec<ClaimRule>,
    /// Events it comes after.
    pub after: Vec<Template>,
    /// Events it comes before.
    pub before: Vec<Template>,
    /// Kind of source; `None`: the evidence's.
    pub source_kind: Option<RowId>,
}

impl FactRule {
    /// Whether it needs nothing but first, last, each and crossings.
    pub(crate) fn is_plain(&self) -> bool {
        self.trigger.is_none()
            && self.split.is_none()
            && self.after_time.is_none()
            && self.after_fact.is_none()
    }

    /// Whether a name is one the rule itself makes, and no column of the file.
    pub(crate) fn makes(&self, name: &str) -> bool {
        let triggers = self.trigger.as_ref().map_or(&[][..], Trigger::names);
        let split = self
            .split
            .iter()
            .any(|split| split.value == name || split.key.as_deref() == Some(name));
        triggers.contains(&name) || split
    }

    /// The columns of the file it names.
    pub(crate) fn named(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut say = |name: &str| {
            if !self.makes(name) {
                out.push(name.to_owned());
            }
        };
        self.conditions.iter().for_each(|condition| say(&condition.column));
        self.crossing.iter().for_each(|crossing| say(&crossing.column));
        let mut texts: Vec<&Template> = Vec::new();
        if let Some(Trigger::Change { column, per, .. }) = &self.trigger {
            say(column);
            texts.extend(per);
        }
        if let Some(split) = &self.split {
            say(&split.column);
            split.date.iter().chain(&split.since).for_each(|name| say(name));
        }
        self.time.iter().chain(&self.time_end).for_each(|name| say(name));
        texts.extend(self.event.iter().chain(&self.text).chain(&self.key));
        texts.extend(self.after.iter().chain(&self.before));
        texts.into_iter().flat_map(Template::columns).for_each(&mut say);
        for (_, quantity) in &self.quantities {
            match quantity {
                QuantityRule::Column(name) => say(name),
                QuantityRule::Columns(names) => names.iter().for_each(|name| say(name)),
                QuantityRule::Template(template) => template.columns().for_each(&mut say),
            }
        }
        for claim in &self.claims {
            say(&claim.column);
            claim.as_of.iter().for_each(|name| say(name));
        }
        out
    }
}
