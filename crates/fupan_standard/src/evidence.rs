//! Kinds of evidence and the rules for taking it.

use crate::body::Body;
use crate::fields::Fields;
use crate::{Mark, Words};

/// Kind of evidence (证据种类).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceKind {
    /// What each piece must carry at least.
    pub fields: Vec<EvidenceField>,
}

/// Field of a piece of evidence (证据要素).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceField {
    /// Key in a descriptor.
    pub key: String,
    /// Title.
    pub title: Words,
    /// Whether it must be filled.
    pub required: bool,
    /// Condition under which it must be, as a word.
    pub when: Option<String>,
    /// The condition, in words.
    pub when_words: Option<Words>,
    /// Its own mark, where it does not come from the row's source.
    pub mark: Option<Mark>,
}

impl Body for EvidenceKind {
    const TABLE: &'static str = "evidence-kind";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            fields: fields.tables("fields", |inner| EvidenceField {
                key: inner.text("key"),
                title: inner.own_words(),
                required: inner.flag_needed("required"),
                when: inner.text_or_none("when"),
                when_words: inner.pair_or_none("when"),
                mark: inner.word_or_none("mark", &Mark::LETTERS),
            }),
        }
    }
}

/// Rule on electronic data (电子数据规则).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceRule {
    /// Whether it is about perishable evidence.
    pub perishable: bool,
    /// Minutes from capture to upload after which to warn.
    pub warn_min: Option<u32>,
    /// Minutes from capture to upload after which the rule is broken.
    pub breach_min: Option<u32>,
    /// Mark of these numbers.
    pub numbers_mark: Option<Mark>,
}

impl Body for EvidenceRule {
    const TABLE: &'static str = "evidence-rule";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self {
            perishable: fields.flag("perishable"),
            warn_min: fields.count_or_none("warn-min"),
            breach_min: fields.count_or_none("breach-min"),
            numbers_mark: fields.word_or_none("numbers-mark", &Mark::LETTERS),
        }
    }
}

/// Rule on interviews (询问规则).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InterviewRule {
    /// Least number of persons.
    pub at_least: Option<u32>,
}

impl Body for InterviewRule {
    const TABLE: &'static str = "interview-rule";
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { at_least: fields.count_or_none("at-least") }
    }
}
