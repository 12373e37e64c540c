//! Rows of all tables as text, findable by id.

use crate::RowView;
use std::collections::BTreeMap;

/// Every row as text, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Views {
    rows: Vec<RowView>,
    places: BTreeMap<String, usize>,
}

impl Views {
    /// Adds a row whose id is new.
    pub(crate) fn push(&mut self, view: RowView) {
        self.places.insert(view.id.clone(), self.rows.len());
        self.rows.push(view);
    }

    /// The row of this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&RowView> {
        self.rows.get(*self.places.get(id)?)
    }

    /// All rows.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &RowView> {
        self.rows.iter()
    }
}
