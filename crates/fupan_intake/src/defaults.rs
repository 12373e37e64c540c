//! What intake needs from the book, handed in by the hall: ids are data, never code.

use crate::time::{Precision, Reading};
use fupan_model::RowId;
use std::collections::{BTreeMap, BTreeSet};

/// Reading policies of the book (读数规则): what a stated time leaves open.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// The policy for words of this precision, where nobody named one.
    pub by_precision: BTreeMap<Precision, RowId>,
    /// The bounds of each policy, in ms: the true reading lies in `time + lo … time + hi`.
    pub by_name: BTreeMap<RowId, (i64, i64)>,
}

impl Policies {
    /// The policy that follows from a precision, with its bounds.
    pub(crate) fn of(&self, precision: Precision) -> Option<(RowId, i64, i64)> {
        let id = self.by_precision.get(&precision)?;
        let (lo, hi) = self.by_name.get(id)?;
        Some((id.clone(), *lo, *hi))
    }

    /// The policy of a reading: that of a loosening word, else by precision. `None` where the book
    /// has no such policy.
    pub(crate) fn of_reading(&self, reading: &Reading) -> Option<(RowId, i64, i64)> {
        let Some(word) = reading.loose else { return self.of(reading.precision) };
        let (id, (lo, hi)) = self.by_name.get_key_value(&RowId::new(word))?;
        Some((id.clone(), *lo, *hi))
    }

    /// The ids, as texts.
    pub(crate) fn names(&self) -> Vec<String> {
        self.by_name.keys().map(ToString::to_string).collect()
    }
}

/// Defaults of intake (导入默认值), filled by the hall from the book.
#[derive(Clone, Debug)]
pub struct IntakeDefaults {
    /// Evidence kind of a `fupan-case/1` file whose records cite nothing else.
    pub file_evidence_kind: RowId,
    /// Ids of the book's fact kinds: a word of the case that is one of them needs no `[kinds]` line.
    pub fact_kinds: BTreeSet<String>,
    /// Reading policies.
    pub policies: Policies,
}
