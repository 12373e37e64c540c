//! The worked instances, exact.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{SolveError, answer};

const OPEN: &str = include_str!("../../tests/fixtures/timeline_open.json");
const SMALL: &str = include_str!("../../tests/fixtures/timeline_random_small_open.json");

fn check_queries(id: &str, got: &Value, want: &Value) {
    let (got, want) = (got.as_array().unwrap(), want.as_array().unwrap());
    assert_eq!(got.len(), want.len(), "{id}");
    for (g, w) in got.iter().zip(want) {
        for key in ["from", "to", "lo", "hi"] {
            assert_eq!(g[key], w[key], "{id} {key} of {w}");
        }
        for (support, all) in [("support_lo", "min_supports_lo"), ("support_hi", "min_supports_hi")]
        {
            let all = w[all].as_array().unwrap();
            if all.is_empty() {
                assert_eq!(g[support], json!([]), "{id}");
            } else {
                assert!(all.contains(&g[support]), "{id}: {support} {} of {all:?}", g[support]);
            }
        }
    }
}

/// The solution must cost what is said and make the records consistent when applied.
fn check_amount(id: &str, instance: &Value, got: &Value, want: &Value) {
    assert_eq!(got["cost_weighted_ms"], want["cost_weighted_ms"], "{id}");
    let mut widened = instance.clone();
    let mut cost = 0;
    for record in widened["records"].as_array_mut().unwrap() {
        let Some(s) = got["one_optimal_solution"][record["id"].as_str().unwrap()].as_i64() else {
            continue;
        };
        assert_ne!(record["hard"], json!(true), "{id}");
        cost += s * record["weight"].as_i64().unwrap();
        for (key, by) in [("e_lo", -s), ("e_hi", s), ("lo", -s), ("hi", s), ("min", -s), ("max", s)]
        {
            if let Some(old) = record.get(key).and_then(Value::as_i64) {
                record[key] = json!(old + by);
            }
        }
    }
    assert_eq!(json!(cost), want["cost_weighted_ms"], "{id}");
    let document = json!({"format": "fupan-timeline/1", "instances": [widened]}).to_string();
    let again: Value = serde_json::from_str(&answer(&document, 10).unwrap()).unwrap();
    assert_eq!(again["instances"][0]["result"]["consistent"], json!(true), "{id}");
}

fn check(document: &str) {
    let want: Value = serde_json::from_str(document).unwrap();
    let got: Value = serde_json::from_str(&answer(document, 100).unwrap()).unwrap();
    let (wants, gots) =
        (want["instances"].as_array().unwrap(), got["instances"].as_array().unwrap());
    assert_eq!(wants.len(), gots.len());
    for (want, got) in wants.iter().zip(gots) {
        let id = want["id"].as_str().unwrap();
        assert!(got.get("expected").is_none());
        let result = &got["result"];
        assert_eq!(result["capped"], json!(false), "{id}");
        for (key, expected) in want["expected"].as_object().unwrap() {
            match key.as_str() {
                "queries" => check_queries(id, &result[key], expected),
                "l1_relaxation" => check_amount(id, want, &result[key], expected),
                _ => assert_eq!(&result[key], expected, "{id} {key}"),
            }
        }
    }
}

#[test]
fn worked_instances_are_met() {
    check(OPEN);
}

#[test]
fn brute_forced_instances_are_met() {
    check(SMALL);
}

#[test]
fn drifting_clocks_are_met() {
    let document = include_str!("../../tests/fixtures/drift_open.json");
    let want: Value = serde_json::from_str(document).unwrap();
    let got: Value = serde_json::from_str(&answer(document, 1).unwrap()).unwrap();
    for (w, g) in want["cases"].as_array().unwrap().iter().zip(got["cases"].as_array().unwrap()) {
        let (result, key) = (&g["result"], "affine_lp_true_bounds");
        assert!(g.get(key).is_none());
        let chain = "chain_bounds_query_to_anchors_only";
        assert_eq!(result[chain], w[chain], "{}", w["id"]);
        match w[key].as_array() {
            None => assert_eq!(result[key], w[key], "{}", w["id"]),
            Some(ends) => {
                for (i, end) in ends.iter().enumerate() {
                    let off = result[key][i].as_f64().unwrap() - end.as_f64().unwrap();
                    assert!(off.abs() <= 0.01, "{} {result}", w["id"]);
                }
            }
        }
    }
}

#[test]
fn a_lone_instance_is_answered_as_a_list_of_one() {
    let all: Value = serde_json::from_str(OPEN).unwrap();
    let lone = all["instances"][0].to_string();
    let got: Value = serde_json::from_str(&answer(&lone, 100).unwrap()).unwrap();
    assert_eq!(got["instances"].as_array().unwrap().len(), 1);
    assert_eq!(got["instances"][0]["result"]["consistent"], json!(true));
}

#[test]
fn every_fault_is_told() {
    let document = json!({"format": "fupan-timeline/1", "instances": [
        {"id": "i", "records": [
            {"id": "a", "kind": "obs", "src": "s", "event": "e", "t": 1.5, "e_lo": 0, "e_hi": 0, "weight": 1},
            {"id": "b", "kind": "sundial", "weight": 1},
        ]},
        {"id": "j", "records": [
            {"id": "c", "kind": "clock", "src": "s", "lo": 2, "hi": 1, "weight": 1},
            {"id": "c", "kind": "clock", "src": "s", "lo": 0, "hi": 1i64 << 41, "weight": 1},
        ]},
        {"id": "k", "records": [
            {"id": "h1", "kind": "order", "a": "x", "b": "y", "min": 1, "hard": true},
            {"id": "h2", "kind": "order", "a": "y", "b": "x", "min": 1, "hard": true},
        ]},
    ]});
    let Err(SolveError::Faults(faults)) = answer(&document.to_string(), 10) else { panic!() };
    let words: BTreeSet<String> = faults.iter().map(ToString::to_string).collect();
    let words = words.into_iter().collect::<Vec<_>>().join("\n");
    for part in
        ["record a: t must be", "\"sundial\"", "record c: the id", "span [2, 1]", "2^40", "h1, h2"]
    {
        assert!(words.contains(part), "{part} not in\n{words}");
    }
    assert!(matches!(answer("{", 1), Err(SolveError::Json { line: 1, .. })));
    assert!(matches!(answer("{\"format\": \"x\"}", 1), Err(SolveError::Format { .. })));
}

fn only(records: &Value, queries: &Value) -> Value {
    let document = json!({"records": records, "queries": queries, "reference": "civil"});
    let got: Value = serde_json::from_str(&answer(&document.to_string(), 10).unwrap()).unwrap();
    got["instances"][0]["result"].clone()
}

fn reading(id: &str, src: &str, event: &str, t: i64) -> Value {
    json!({"id": id, "kind": "obs", "src": src, "event": event, "t": t, "e_lo": 0, "e_hi": 0,
        "weight": 100})
}

#[test]
fn allens_relations_are_orders_and_several_are_branches() {
    let spans = json!({"start": "a0", "end": "a1"});
    let others = json!({"start": "b0", "end": "b1"});
    let allen = |rel: Value| json!({"id": "r", "kind": "allen", "rel": rel, "a": spans, "b": others, "weight": 50});
    let mut records = vec![
        reading("1", "civil", "a0", 0),
        reading("2", "civil", "a1", 10),
        reading("3", "civil", "b1", 30),
        allen(json!("before")),
    ];
    let query = json!([{"from": "a1", "to": "b0"}]);
    let result = only(&json!(records), &query);
    assert_eq!((&result["queries"][0]["lo"], &result["queries"][0]["hi"]), (&json!(1), &json!(19)));
    records[3] = allen(json!(["after", "before", "meets"]));
    let result = only(&json!(records), &query);
    assert_eq!(result["branch_consistent"], json!([false, true, true]));
    assert_eq!(result["chosen_alternative"], json!(1));
    let hull = &result["queries_over_branches"][0];
    assert_eq!((&hull["lo"], &hull["hi"]), (&json!(0), &json!(19)));
    records[3] = allen(json!(["beside"]));
    let document = json!({"records": records}).to_string();
    assert!(matches!(answer(&document, 1), Err(SolveError::Faults(faults)) if faults.len() == 1));
}

#[test]
fn a_step_of_a_clock_is_a_record() {
    let records = json!([
        reading("a", "civil", "alarm", 0),
        reading("p", "phone", "alarm", 0),
        reading("b", "civil", "report", 1000),
        reading("q", "phone", "report", 9000),
        reading("c", "civil", "arrival", 2000),
        reading("r", "phone", "arrival", 10_000),
        {"id": "step", "kind": "clockstep", "src": "phone", "at": 500, "weight": 1},
    ]);
    let result = only(&records, &json!([{"from": "alarm", "to": "report"}]));
    assert_eq!(result["all_mcs_ranked"][0], json!({"records": ["step"], "cost": 1}));
    let known = json!([
        records[0], records[1], records[2], records[3],
        {"id": "step", "kind": "clockstep", "src": "phone", "at": 500, "lo": 8000, "hi": 8000,
            "weight": 1},
    ]);
    let result = only(&known, &json!([]));
    assert_eq!(result["consistent"], json!(true));
    assert_eq!(result["clock_offset_bounds"]["phone@500"], json!([8000, 8000]));
}

/// Ten readings with two dates each make as many branches as are tried; the one that is right is
/// found, and where none is, the first of the cheapest.
#[test]
fn a_thousand_branches_are_pruned() {
    let day = 86_400_000;
    let mut records: Vec<Value> = (0..10)
        .flat_map(|i| {
            let event = format!("e{i}");
            let mut open = reading(&format!("open{i}"), "civil", &event, 0);
            open["t_alternatives"] = json!([i + day * (i % 2), i + day * (1 - i % 2)]);
            [open, reading(&format!("sure{i}"), "civil", &event, i)]
        })
        .collect();
    let result = only(&json!(records), &json!([]));
    let all = result["branch_consistent"].as_array().unwrap();
    assert_eq!((all.len(), all.iter().filter(|c| **c == json!(true)).count()), (1024, 1));
    assert_eq!(result["chosen_alternative"], json!([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]));
    records.push(reading("false", "civil", "e0", 77));
    let result = only(&json!(records), &json!([]));
    assert_eq!(result["consistent"], json!(false));
    assert_eq!(result["all_mcs_ranked"][0], json!({"records": ["false"], "cost": 100}));
}
