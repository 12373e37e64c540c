//! Seven real accidents: what a correct reading finds (`cases/public/*.expected.json`).

use crate::bench::{assessed, project};
use fupan_model::{Assessment, GapResult};
use serde_json::Value;
use std::fs;

pub(crate) const NAMES: [&str; 7] = [
    "buncefield_2005",
    "hushan_gold_mine_2021",
    "shiyan_gas_explosion_2021",
    "west_fertilizer_2013",
    "xiangshui_tianjiayi_2019",
    "yinchuan_bbq_gas_explosion_2023",
    "zhangjiakou_shenghua_2018",
];

struct Public {
    name: &'static str,
    made: Assessment,
    case: Value,
    expected: Value,
}

fn all() -> Vec<Public> {
    NAMES
        .into_iter()
        .map(|name| {
            let read = |kind: &str| -> Value {
                let path = project(&format!("cases/public/{name}.{kind}.json"));
                serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
            };
            let (made, _) = assessed(&project(&format!("cases/public/{name}.case.json")));
            Public { name, made, case: read("case"), expected: read("expected") }
        })
        .collect()
}

fn texts(value: &Value) -> Vec<String> {
    let mut list: Vec<String> =
        value.as_array().unwrap().iter().map(|t| t.as_str().unwrap().to_owned()).collect();
    list.sort();
    list
}

#[test]
fn contradictions_beyond_resolution_are_found_and_near_misses_are_not() {
    let mut seen = 0;
    for one in all() {
        for stated in one.expected["contradictions"].as_array().unwrap() {
            if stated["kind"] != "time" {
                continue;
            }
            let records = texts(&stated["records"]);
            let holds =
                |c: &fupan_model::ConflictResult| records.iter().all(|r| c.records.contains(r));
            let found = one.made.conflicts.iter().any(holds);
            let want = stated["beyond_resolution"].as_bool().unwrap();
            assert_eq!(found, want, "{}: {records:?}: {}", one.name, stated["why"]);
            seen += 1;
        }
    }
    assert!(seen > 15, "only {seen} contradictions of time were stated");
}

#[test]
fn conflicts_are_minimal_pairs_where_two_facts_suffice() {
    for one in all() {
        let sets: Vec<&Vec<String>> = one.made.conflicts.iter().map(|c| &c.records).collect();
        for (at, a) in sets.iter().enumerate() {
            for b in sets.iter().skip(at + 1) {
                let inside = |x: &[String], y: &[String]| x.iter().all(|r| y.contains(r));
                assert!(!inside(a, b) && !inside(b, a), "{}: {a:?} and {b:?}", one.name);
            }
        }
        assert!(one.made.conflicts.iter().all(|c| c.excess_ms > 0), "{}", one.name);
    }
}

/// The interval, in ms, spanned by the two records' own errors.
fn spanned(case: &Value, from: &str, to: &str) -> (i64, i64) {
    let records = case["records"].as_array().unwrap();
    let of = |id: &str| {
        let record = records.iter().find(|r| r["id"] == id).unwrap();
        let time = fupan_model::Moment::parse(record["time"].as_str().unwrap()).unwrap().ms;
        let errors = record["error_s"].as_array().unwrap();
        let error = |at: usize| errors[at].as_i64().unwrap() * 1_000;
        (time + error(0), time + error(1))
    };
    let ((from_lo, from_hi), (to_lo, to_hi)) = (of(from), of(to));
    (to_lo - from_hi, to_hi - from_lo)
}

/// The documented delay, in ms: one figure, or between two.
fn documented(delay: &Value) -> (i64, i64) {
    let ms = |v: &Value| (v.as_f64().unwrap() * 60_000.0).round() as i64;
    match delay.as_array() {
        Some(ends) => (ms(&ends[0]), ms(&ends[1])),
        None => (ms(delay), ms(delay)),
    }
}

#[test]
fn documented_delays_are_met() {
    let mut seen = 0;
    for one in all() {
        for stated in one.expected["delays"].as_array().unwrap() {
            let Some(question) = stated["question"].as_str() else { continue };
            let gap = one.made.gaps.iter().find(|gap| gap.id == question).unwrap();
            let (from, to) = (stated["from"].as_str().unwrap(), stated["to"].as_str().unwrap());
            let what = format!("{} {question}: {gap:?}", one.name);
            if gap.by_diagnosis.is_empty() {
                let (lo, hi) = spanned(&one.case, from, to);
                assert!(gap.min_ms.is_some_and(|min| min >= lo), "{what} below {lo}");
                assert!(gap.max_ms.is_some_and(|max| max <= hi), "{what} above {hi}");
            } else {
                let (lo, hi) = documented(&stated["delay_min"]);
                let meets = gap.min_ms.is_none_or(|min| min <= hi)
                    && gap.max_ms.is_none_or(|max| max >= lo);
                assert!(meets || set_aside(gap, [from, to]), "{what} misses {lo}..{hi}");
            }
            seen += 1;
        }
    }
    assert!(seen > 30, "only {seen} delays were stated");
}

/// Whether every reading the assessment shows sets one of the two records aside.
fn set_aside(gap: &GapResult, records: [&str; 2]) -> bool {
    let holds = |retract: &[String]| records.iter().any(|r| retract.iter().any(|x| x == r));
    gap.by_diagnosis.iter().any(|by| holds(&by.retract))
}

#[test]
fn stated_quantities_stand_in_the_ledger() {
    for one in all() {
        for record in one.case["records"].as_array().unwrap() {
            let Some(field) = record["claim"]["field"].as_str() else { continue };
            let claim = one.made.claims.iter().find(|claim| claim.field == field);
            let values = &claim.unwrap_or_else(|| panic!("{}: no {field}", one.name)).values;
            let id = record["id"].as_str().unwrap();
            assert!(values.iter().any(|v| v.fact.as_str() == id), "{}: {field} {id}", one.name);
        }
    }
}

#[test]
fn late_reports_of_the_gold_mine_hold_whichever_record_is_wrong() {
    let (made, _) = assessed(&project("cases/public/hushan_gold_mine_2021.case.json"));
    let gap = made.gaps.iter().find(|gap| gap.id == "Q02").unwrap();
    assert_eq!(gap.by_diagnosis.len(), 2);
    assert_eq!(gap.verdict, Some(fupan_model::Verdict::Over));
    let late = made.findings.iter().find(|f| f.phrase.as_deref() == Some("late-report"));
    assert!(late.is_some(), "{:?}", made.findings);
    assert_eq!(made.grade.as_deref(), Some("重大"));
}
