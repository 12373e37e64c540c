//! Documents of drifting clocks: `cases`, each with a rate, anchors and a reading asked for.

use serde_json::{Map, Value, json};

use super::error::Fault;
use super::read::Fields;
use crate::network::{Anchor, DriftBounds, DriftModel, Reading, drift};

/// Answers each case in place: what was expected gives way to a `result` with the same keys.
pub(super) fn answer(cases: &mut [Value]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (i, case) in cases.iter_mut().enumerate() {
        let name = case.get("id").and_then(Value::as_str);
        let name = name.map_or_else(|| format!("#{}", i + 1), str::to_owned);
        let Some((rho, anchors, asked)) = read(case, &name, &mut faults) else { continue };
        match drift(rho, &anchors, asked) {
            Ok(bounds) => {
                if let Some(map) = case.as_object_mut() {
                    map.remove("affine_lp_true_bounds");
                    map.remove("chain_bounds_query_to_anchors_only");
                    map.remove("expected");
                    map.insert("result".to_owned(), result(&bounds));
                }
            }
            Err(fault) => faults.push(Fault::Drift { instance: name, fault }),
        }
    }
    faults
}

fn read(case: &Value, name: &str, faults: &mut Vec<Fault>) -> Option<(i64, Vec<Anchor>, Reading)> {
    let before = faults.len();
    let empty = Map::new();
    let map = case.as_object().unwrap_or(&empty);
    let mut top = Fields { map, instance: name, place: "case".to_owned(), faults };
    let rho = top.whole("rho_ppb");
    let Some(list) = map.get("anchors").and_then(Value::as_array) else {
        top.wrong("anchors", "a list of anchors");
        return None;
    };
    let mut anchors = Vec::new();
    for (i, anchor) in list.iter().enumerate() {
        let map = anchor.as_object().unwrap_or(&empty);
        let place = format!("anchor #{}", i + 1);
        let mut fields = Fields { map, instance: name, place, faults };
        let reading = reading(&mut fields);
        let (true_lo, true_hi) = (fields.whole("true_lo"), fields.whole("true_hi"));
        anchors.push(Anchor { reading, true_lo, true_hi });
    }
    let map = map.get("query").and_then(Value::as_object).unwrap_or(&empty);
    let asked = reading(&mut Fields { map, instance: name, place: "query".to_owned(), faults });
    (faults.len() == before).then_some((rho, anchors, asked))
}

fn reading(fields: &mut Fields<'_>) -> Reading {
    Reading { local: fields.whole("local"), lo: fields.whole("e_lo"), hi: fields.whole("e_hi") }
}

fn result(bounds: &DriftBounds) -> Value {
    let affine = match bounds.affine {
        Some((lo, hi)) => json!([decimal(lo), decimal(hi)]),
        None => json!("infeasible"),
    };
    json!({
        "affine_lp_true_bounds": affine,
        "chain_bounds_query_to_anchors_only": [bounds.chain.0, bounds.chain.1],
        "model_used": match bounds.model {
            DriftModel::OffsetOnly => "offset-only",
            DriftModel::BoundedRate => "bounded-rate",
        },
        "true_bounds_ms": bounds.is_feasible().then_some([bounds.chain.0, bounds.chain.1]),
        "constant_rate_bounds_ms": bounds.constant().map(|(lo, hi)| [lo, hi]),
        "chain_feasible": bounds.is_feasible(),
        "rate_changed_or_clock_set": bounds.rate_changed(),
    })
}

/// Ten-thousandths as a number with four places, written without rounding.
fn decimal(v: i128) -> Value {
    let sign = if v < 0 { "-" } else { "" };
    let v = v.unsigned_abs();
    let text = format!("{sign}{}.{:04}", v / 10_000, v % 10_000);
    serde_json::from_str(&text).unwrap_or(Value::Null)
}
