//! Tests over whole inputs: cases, folders, logs.

mod clocks;
mod constructed;
mod damage;
mod docs;
mod folder;
mod forms;
pub(crate) mod grids;
mod inputs;
mod json;
mod logs;
pub(crate) mod rows;
mod triggers;
pub(crate) mod workbooks;

use crate::{IntakeDefaults, IntakeErrors, Policies, Precision};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Defaults as the book would fill them.
pub(crate) fn defaults() -> IntakeDefaults {
    let rows = [
        (Precision::Milli, "exact", 0),
        (Precision::Second, "floor-second", 999),
        (Precision::Minute, "floor-minute", 59_999),
        (Precision::Hour, "floor-hour", 3_599_999),
        (Precision::Day, "floor-day", 86_399_999),
    ];
    let mut policies = Policies::default();
    for (precision, id, hi) in rows {
        policies.by_precision.insert(precision, id.into());
        policies.by_name.insert(id.into(), (0, hi));
    }
    policies.by_name.insert("about".into(), (-300_000, 300_000));
    policies.by_name.insert("about-hour".into(), (-1_800_000, 1_800_000));
    policies.by_name.insert("told-to-the-minute".into(), (-60_000, 60_000));
    IntakeDefaults {
        file_evidence_kind: "EV4".into(),
        fact_kinds: BTreeSet::from([String::from("call-placed")]),
        policies,
    }
}

/// A file shipped with the project.
fn shipped(path: &str) -> Vec<u8> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    std::fs::read(root.join(path)).expect(path)
}

/// Errors as (place, field, code), for comparing.
fn brief(errors: &IntakeErrors) -> Vec<(String, String, &'static str)> {
    errors.0.iter().map(|e| (e.place.clone(), e.field.clone(), e.problem.code())).collect()
}

/// Files in memory.
fn files(list: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}
