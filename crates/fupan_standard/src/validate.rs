//! Checks that need the whole book: unique ids, references, tables named.

use crate::quantities;
use crate::tables::{self, Found, Tables};
use crate::views::Views;
use crate::{BookError, Edition, Fault, Row};
use std::collections::BTreeSet;

/// Runs every check and gives the rows by id.
pub(crate) fn book(tables: &Tables, edition: Option<&Row<Edition>>, found: &mut Found) -> Views {
    let views = unique(found);
    references(found);
    list_tables(tables, found);
    if let Some(edition) = edition {
        expected_tables(tables, edition, found);
    }
    found.errors.append(&mut quantities::errors(tables));
    views
}

/// An error at a place.
pub(crate) fn at(file: &str, row: &str, key: &str, fault: Fault) -> BookError {
    BookError { file: file.to_owned(), row: row.to_owned(), key: key.to_owned(), fault }
}

fn unique(found: &mut Found) -> Views {
    let mut views = Views::default();
    for view in std::mem::take(&mut found.views) {
        if let Some(first) = views.by_id(&view.id) {
            let fault = Fault::DuplicateId { other: first.file.clone() };
            found.errors.push(at(&view.file, &view.id, "id", fault));
        } else {
            views.push(view);
        }
    }
    views
}

fn references(found: &mut Found) {
    let names: BTreeSet<(&str, &str)> =
        found.names.iter().map(|(table, name)| (table.as_str(), name.as_str())).collect();
    let mut errors = Vec::new();
    for (file, row, links) in &found.links {
        for (key, id, wanted) in &links.found {
            if wanted.iter().any(|table| names.contains(&(*table, id.as_str()))) {
                continue;
            }
            let fault = Fault::Dangling { found: id.clone(), expected: wanted.join(", ") };
            errors.push(at(file, row, key, fault));
        }
    }
    found.errors.append(&mut errors);
}

fn list_tables(tables: &Tables, found: &mut Found) {
    for row in &tables.lists {
        let Some(table) = row.body.of_table.as_ref() else { continue };
        if !tables::NAMES.contains(&table.as_str()) {
            let expected = tables::NAMES.iter().map(|&name| name.to_owned()).collect();
            let fault = Fault::Word { found: table.clone(), expected };
            found.errors.push(at("lists.toml", &row.id, "of-table", fault));
        }
    }
}

fn expected_tables(tables: &Tables, edition: &Row<Edition>, found: &mut Found) {
    for one in &edition.body.expected {
        if tables.count(&one.what.replace('-', "_")).is_none() {
            let expected = "the name of a table of the book, in the plural".to_owned();
            let fault = Fault::Sort { expected, found: format!("{:?}", one.what) };
            found.errors.push(at(tables::EDITION, &edition.id, "expected", fault));
        }
    }
}
