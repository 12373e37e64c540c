//! Cites (引证): the thread that leads from a sentence back to evidence.

use crate::{Digest, EvidenceId};
use serde::{Deserialize, Serialize};

/// Where inside a piece of evidence (定位).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Locator {
    /// The evidence as a whole.
    Whole,
    /// A record of a structured file, by its id.
    Record(String),
    /// A row of a log or table, counted from 1 as the file's reader counts it (header included).
    Row(u64),
    /// A row of a named sheet of a workbook, counted from 1.
    SheetRow {
        /// Name of the sheet.
        sheet: String,
        /// Row of the sheet, from 1.
        row: u64,
    },
    /// A page, from 1.
    Page(u64),
    /// A second of a recording, from its start.
    Second(u64),
    /// A named part of the case document itself, e.g. `requests/RQ2`, `register`, or of a document
    /// without pages, e.g. `body/p3`, `body/t1/r2`.
    Part(String),
}

/// Cite (引证): evidence, its digest, and the place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// Which evidence. [`Cite::CASE`] is the case document itself (requests, register, team).
    pub evidence: EvidenceId,
    /// SHA-256 of the evidence's bytes.
    pub digest: Digest,
    /// Where in it.
    pub locator: Locator,
}

impl Cite {
    /// The evidence id under which the case document itself is cited: absence is cited too, by
    /// the request and its reply, or by the register that holds nothing of the kind.
    pub const CASE: &'static str = "case";
}

/// A non-empty, sorted set of cites (引证组). Law 1 of the design rests on its never being empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Cite>", into = "Vec<Cite>")]
pub struct Cites(Vec<Cite>);

impl Cites {
    /// A set of one.
    pub fn one(cite: Cite) -> Self {
        Self(vec![cite])
    }

    /// The set of `cites`, sorted, each once; `None` when there is none.
    pub fn of(cites: impl IntoIterator<Item = Cite>) -> Option<Self> {
        let mut list: Vec<Cite> = cites.into_iter().collect();
        list.sort();
        list.dedup();
        if list.is_empty() { None } else { Some(Self(list)) }
    }

    /// This set with all of `other` added.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.0.extend(other.0.iter().cloned());
        self.0.sort();
        self.0.dedup();
        self
    }

    /// All of several sets; `None` when there is none.
    pub fn all<'a>(sets: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        Self::of(sets.into_iter().flat_map(|set| set.0.iter().cloned()))
    }

    /// The cites, sorted; at least one.
    pub fn iter(&self) -> impl Iterator<Item = &Cite> {
        self.0.iter()
    }

    /// How many; never 0.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl TryFrom<Vec<Cite>> for Cites {
    type Error = &'static str;
    fn try_from(list: Vec<Cite>) -> Result<Self, Self::Error> {
        Self::of(list).ok_or("a list of cites must hold at least one cite")
    }
}

impl From<Cites> for Vec<Cite> {
    fn from(cites: Cites) -> Self {
        cites.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cite(row: u64) -> Cite {
        Cite { evidence: "E1".into(), digest: "00".into(), locator: Locator::Row(row) }
    }

    #[test]
    fn never_empty_and_order_of_giving_does_not_show() {
        assert_eq!(Cites::of([]), None);
        let there = Cites::of([cite(2), cite(1), cite(2)]);
        let back = Cites::of([cite(1), cite(2)]);
        assert_eq!(there, back);
        assert_eq!(there.map(|c| c.count()), Some(2));
    }
}
