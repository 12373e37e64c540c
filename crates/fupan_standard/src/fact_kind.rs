//! Kinds of fact: every sort of statement that a check point or an indicator reads.

use crate::Words;
use crate::body::{Body, Links};
use crate::fields::Fields;

/// Fact kind (事实类别): what a fact speaks of, e.g. the internal alarm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactKind {
    /// True where the fact is a point in time; its event then stands in the timeline.
    pub moment: bool,
    /// What pairs one fact of this kind with another: warning number, plate, order number …
    /// `None`: at most one such fact matters, no key is read.
    pub key: Option<Words>,
    /// Code of the rule by which keys written differently are the same; `None`: to the letter.
    pub identity: Option<String>,
    /// Party kinds that normally keep the record: whom to ask for it.
    pub holders: Vec<String>,
    /// The record in which it is normally found.
    pub found_in: Words,
    /// What the fact says in numbers or words beside its time.
    pub quantities: Vec<Quantity>,
}

impl FactKind {
    /// The quantity of this name.
    pub fn quantity(&self, name: &str) -> Option<&Quantity> {
        self.quantities.iter().find(|q| q.name == name)
    }
}

/// Quantity (数值项) that a fact of a kind carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quantity {
    /// Name by which facts, checks and indicators speak of it.
    pub name: String,
    /// Title.
    pub title: Words,
    /// Unit, e.g. `person`, `cny`, `min`; `None` for texts, sets and yes/no.
    pub unit: Option<String>,
    /// What sort of value it is.
    pub sort: QuantitySort,
    /// Words a text or a set may hold; empty: any.
    pub words: Vec<String>,
}

/// Sort of value (值类型) a quantity holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuantitySort {
    /// An exact number.
    #[default]
    Number,
    /// Words.
    Text,
    /// A set of names.
    Set,
    /// Yes or no.
    Bool,
    /// A stated time (text in ISO 8601 with offset); tolerances are in seconds.
    Time,
}

impl QuantitySort {
    /// The words a book may write under `type`.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("number", Self::Number),
        ("text", Self::Text),
        ("set", Self::Set),
        ("bool", Self::Bool),
        ("time", Self::Time),
    ];

    /// The word of the sort.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, sort)| *sort == self).map_or("", |(word, _)| word)
    }
}

impl Body for FactKind {
    const TABLE: &'static str = "fact-kind";

    fn read(fields: &mut Fields<'_>) -> Self {
        let moment = fields.flag_needed("moment");
        let (key, identity) = if fields.has("key") {
            let read = |inner: &mut Fields<'_>| (inner.own_words(), inner.text_or_none("identity"));
            fields.table("key", read).map_or((None, None), |(key, rule)| (Some(key), rule))
        } else {
            (None, None)
        };
        Self {
            moment,
            key,
            identity,
            holders: fields.texts_needed("holders"),
            found_in: fields.words("found-in"),
            quantities: fields.tables("quantities", Quantity::read),
        }
    }

    fn links(&self, links: &mut Links) {
        links.all("holders", &self.holders, &["party-kind"]);
        links.all("key.identity", &self.identity, &["identity"]);
    }
}

impl Quantity {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            name: fields.text("name"),
            title: fields.own_words(),
            unit: fields.text_or_none("unit"),
            sort: fields.word("type", &QuantitySort::WORDS),
            words: fields.texts("words"),
        }
    }
}
