//! What all fuzz targets share: an import of any bytes by a mapping, and what must hold of its answer.
//! Never part of the product.

use fupan_intake::{ImportInput, IntakeDefaults, Mapping, Policies, Precision, import};
use fupan_model::Evidence;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};
use std::sync::{Once, OnceLock};

/// A mapping that uses a time, a number, triggers and a cell of many values.
pub const TIMED: &str = r#"
zone = "+08:00"
[[column]]
name = "t"
type = "time"
order = "mdy"
pivot = 70
[[column]]
name = "v"
type = "number"
[[fact]]
id = "each"
kind = "k"
time = "t"
text = "{v}"
[[fact]]
id = "gap"
kind = "k"
time = "t"
time_end = "@until"
gap = { longer_s = 60 }
[[fact]]
id = "count"
kind = "k"
time = "t"
count = { at_least = 2, within_s = 60 }
text = "{@count}"
[[fact]]
id = "over"
kind = "k"
time = "t"
pick = "first"
crossing = { column = "v", above = 2, hold_s = 1 }
[[fact]]
id = "many"
kind = "k"
time = "at"
after_fact = "over"
split = { column = "u", items = ",", pair = "=", key = "who", value = "at", date = "t", since = ["u"] }
[[series]]
value = "v"
time = "t"
unit = "x"
key = "{u}"
thresholds = [2]
"#;

/// Defaults as the book would fill them.
pub fn defaults() -> &'static IntakeDefaults {
    static DEFAULTS: OnceLock<IntakeDefaults> = OnceLock::new();
    DEFAULTS.get_or_init(|| {
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
        for id in ["about", "about-hour", "told-to-the-minute"] {
            policies.by_name.insert(id.into(), (-60_000, 60_000));
        }
        IntakeDefaults {
            file_evidence_kind: "EV4".into(),
            fact_kinds: BTreeSet::from([String::from("call-placed")]),
            policies,
        }
    })
}

thread_local! {
    /// Mappings that targets state again and again.
    static STATED: RefCell<BTreeMap<String, Mapping>> = const { RefCell::new(BTreeMap::new()) };
}

/// Imports the bytes by a mapping that is the same in many rounds.
pub fn run(bytes: &[u8], mapping: &str) {
    STATED.with_borrow_mut(|stated| {
        if !stated.contains_key(mapping) {
            let parsed = Mapping::parse("m.toml", mapping).unwrap_or_else(|e| panic!("{e}"));
            stated.insert(mapping.to_owned(), parsed);
        }
        if let Some(mapping) = stated.get(mapping) {
            by(bytes, mapping);
        }
    });
}

/// Imports the bytes by a mapping that may be none.
pub fn try_run(bytes: &[u8], mapping: &str) {
    if let Ok(mapping) = Mapping::parse("m.toml", mapping) {
        by(bytes, &mapping);
    }
}

/// The fuzzer's hook ends the process at every panic, also at one inside another's library that the
/// product fences and answers with a refusal. Without the hook, whatever leaves the target still does.
fn let_fences_stand() {
    static TAKEN: Once = Once::new();
    TAKEN.call_once(|| drop(std::panic::take_hook()));
}

/// An answer whose figures agree with each other, or errors.
fn by(bytes: &[u8], mapping: &Mapping) {
    let_fences_stand();
    let text = r#"{"id":"L","kind":"EV4","title":"log","party":"p","sha256":"00"}"#;
    let mut evidence: Evidence = serde_json::from_str(text).expect("evidence");
    evidence.path = String::from("evidence/log");
    let outcome = import(&ImportInput {
        evidence: &evidence,
        log: &bytes,
        mapping,
        mapping_name: "m.toml",
        kinds: &BTreeMap::new(),
        day_ms: None,
        defaults: defaults(),
    });
    match outcome {
        Ok(outcome) => {
            let report = outcome.report;
            assert!(report.rows >= report.rejected_total + report.duplicates);
            assert_eq!(report.rejected.len() as u64, report.rejected_total.min(1000));
            assert_eq!(report.facts, outcome.facts.len() as u64);
        }
        Err(errors) => assert!(!errors.0.is_empty()),
    }
}

/// A draft of a mapping is a mapping, whatever it was drafted from.
pub fn draft(bytes: &[u8]) {
    if let Ok(draft) = fupan_intake::suggest("x", bytes) {
        let text = draft.text("zh");
        if let Err(errors) = Mapping::parse("x", &text) {
            panic!("{errors}\n{text}");
        }
    }
}

/// A zip of parts: damage then meets the parts and not their packing, whose sums would hide it.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("member");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("zip").into_inner()
}
