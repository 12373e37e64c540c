//! Which facts one side of a comparison, or a formula, means.

use crate::Fault;
use crate::body::Links;
use crate::fields::Fields;

/// Term (取数项): which facts one side of a comparison or a formula means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// Fact kinds in order of preference: the first of which the case has a fact is used.
    pub kinds: Vec<String>,
    /// A list of the book in place of facts; then `kinds` is empty.
    pub list: Option<String>,
    /// Only facts of parties of these kinds; empty: of any party.
    pub parties: Vec<String>,
    /// The elements of this set quantity in place of the facts' keys.
    pub set: Option<String>,
    /// Only facts that meet every one of these.
    pub conditions: Vec<Condition>,
}

/// Condition (取数条件): the fact's quantity `name` is one of `any`; yes/no is written `true`,
/// `false`. A fact without that quantity does not meet it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Quantity.
    pub name: String,
    /// Accepted values.
    pub any: Vec<String>,
}

impl Term {
    /// Reads `<side>`, `<side>-list`, `<side>-parties`, `<side>-set` and `<side>-where`; `None`
    /// where neither `<side>` nor `<side>-list` is written.
    pub(crate) fn read_or_none(fields: &mut Fields<'_>, side: &str) -> Option<Self> {
        let kinds = fields.text_or_texts(side);
        let list = fields.text_or_none(&format!("{side}-list"));
        let term = Self {
            kinds,
            list,
            parties: fields.texts(&format!("{side}-parties")),
            set: fields.text_or_none(&format!("{side}-set")),
            conditions: fields.tables(&format!("{side}-where"), Condition::read),
        };
        if !term.kinds.is_empty() && term.list.is_some() {
            let found = format!("{side} and {side}-list are both written");
            let expected = "one of the two".to_owned();
            fields.fault(side, Fault::Clash { found, expected });
        }
        (!term.kinds.is_empty() || term.list.is_some()).then_some(term)
    }

    /// As [`Term::read_or_none`]; notes its absence.
    pub(crate) fn read(fields: &mut Fields<'_>, side: &str) -> Self {
        Self::read_or_none(fields, side).unwrap_or_else(|| {
            let expected = "a fact kind, or a list of fact kinds in order of preference".to_owned();
            fields.fault(side, Fault::Missing { expected });
            Self::default()
        })
    }

    /// Names what the term points to, all under `key`.
    pub(crate) fn links(&self, key: &'static str, links: &mut Links) {
        links.all(key, &self.kinds, &["fact-kind"]);
        links.all(key, &self.list, &["list"]);
        links.all(key, &self.parties, &["party-kind"]);
    }
}

impl Condition {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { name: fields.text("name"), any: fields.texts_needed("any") }
    }
}
