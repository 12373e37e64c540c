//! Report items, and named lists of things that must be there.

use crate::body::Body;
use crate::fields::Fields;
use crate::{Fault, Words};

/// Report item (报告要素): one of the things an accident report must say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportItem {
    /// Place in the order of the law.
    pub order: u32,
    /// Claims and quantities by which the item is seen to be filled.
    pub fields: Vec<String>,
}

impl Body for ReportItem {
    const TABLE: &'static str = "report-item";
    const LAW: bool = true;

    fn read(fields: &mut Fields<'_>) -> Self {
        Self { order: fields.count("order"), fields: fields.texts("fields") }
    }
}

/// List (清单): items written out, or all rows of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Table whose rows' ids are the items; then `items` is empty.
    pub of_table: Option<String>,
    /// The items.
    pub items: Vec<Item>,
}

/// Item (清单项).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Key by which facts name it.
    pub key: String,
    /// Title.
    pub title: Words,
}

impl Body for List {
    const TABLE: &'static str = "list";

    fn read(fields: &mut Fields<'_>) -> Self {
        let list = Self {
            of_table: fields.text_or_none("of-table"),
            items: fields
                .tables("items", |inner| Item { key: inner.text("key"), title: inner.own_words() }),
        };
        if list.of_table.is_some() != list.items.is_empty() {
            let found = "of-table and items are both written, or neither".to_owned();
            fields.fault("items", Fault::Clash { found, expected: "one of the two".to_owned() });
        }
        list
    }
}
