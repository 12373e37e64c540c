//! The constructed case: every planted discrepancy is found with its figure; taking one plant out
//! takes its finding and no other; the clean twin has none.

use crate::bench::{Scratch, assessed, copy, project};
use fupan_model::{Arg, Assessment, CheckStatus, IndicatorResult, IndicatorStatus};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use toml::{Table, Value};

const CASE: &str = "cases/leak-47-minutes";

/// What is planted in a case, and all else its `planted.toml` says.
pub(crate) fn truth_of(case: &str) -> Table {
    fs::read_to_string(project(case).join("planted.toml")).unwrap().parse().unwrap()
}

fn truth() -> Vec<Table> {
    tables(&truth_of(CASE)["plant"]).into_iter().cloned().collect()
}

pub(crate) fn tables(value: &Value) -> Vec<&Table> {
    value.as_array().unwrap().iter().map(|t| t.as_table().unwrap()).collect()
}

pub(crate) fn text<'t>(table: &'t Table, key: &str) -> Option<&'t str> {
    table.get(key).and_then(Value::as_str)
}

/// Everything a reader would call an outcome, by name.
pub(crate) fn outcomes(made: &Assessment) -> BTreeMap<String, String> {
    let mut map = BTreeMap::new();
    for check in &made.checks {
        map.insert(format!("check {}", check.id), format!("{:?}", check.status));
    }
    for one in &made.indicators {
        map.insert(format!("indicator {}", one.id), format!("{:?} {:?}", one.status, one.verdict));
    }
    for gap in &made.gaps {
        map.insert(format!("gap {}", gap.id), format!("{:?}", gap.verdict));
    }
    for conflict in &made.conflicts {
        map.insert(format!("conflict {}", conflict.records.join(" ")), String::new());
    }
    for claim in &made.claims {
        map.insert(format!("claim {}", claim.field), claim.differs.to_string());
    }
    for finding in &made.findings {
        map.insert(format!("finding {}", finding.id), finding.tone.clone());
    }
    map
}

/// The outcomes a plant may change: those it shows in, and those that read the same fact.
pub(crate) fn allowed(plant: &Table) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for show in tables(&plant["shows"]) {
        for kind in ["check", "indicator", "gap", "claim"] {
            if let Some(id) = text(show, kind) {
                names.insert(format!("{kind} {id}"));
                names.insert(format!("gap {id}"));
                names.insert(format!("finding F-{id}"));
            }
        }
        if let Some(records) = show.get("conflict") {
            names.insert(format!("conflict {}", words(records).join(" ")));
        }
    }
    for id in plant.get("moves").map(words).unwrap_or_default() {
        names.insert(format!("finding F-{id}"));
    }
    names
}

pub(crate) fn words(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|w| w.as_str().unwrap().to_owned()).collect()
}

/// Takes a plant out of a copy of the case.
pub(crate) fn remove(folder: &Path, plant: &Table) {
    for edit in tables(&plant["remove"]) {
        let path = folder.join(text(edit, "file").unwrap());
        let encoding = text(edit, "encoding").unwrap_or("utf-8");
        let encoding = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap();
        let bytes = fs::read(&path).unwrap();
        let before = encoding.decode_without_bom_handling(&bytes).0.into_owned();
        let (from, to) = (text(edit, "from").unwrap(), text(edit, "to").unwrap_or_default());
        assert_eq!(before.matches(from).count(), 1, "{from:?} in {}", path.display());
        let after = match text(edit, "action").unwrap() {
            "drop-row" => {
                let at = before.find(from).unwrap();
                let end = before[at..].find('\n').map_or(before.len(), |n| at + n + 1);
                format!("{}{}", &before[..at], &before[end..])
            }
            _ => before.replace(from, to),
        };
        fs::write(&path, encoding.encode(&after).0).unwrap();
    }
}

#[test]
fn each_plant_shows_with_its_figure() {
    let (made, bytes) = assessed(&project(CASE));
    let json: Json = serde_json::from_slice(&bytes).unwrap();
    let plants = truth();
    assert!(plants.len() >= 31);
    let shows = |check: &str| {
        let all = plants.iter().flat_map(|plant| tables(&plant["shows"]));
        all.into_iter().any(|show| text(show, "check") == Some(check))
    };
    for check in &made.checks {
        assert!(shows(check.id.as_str()), "{}: nothing is planted", check.id);
    }
    for plant in &plants {
        for show in tables(&plant["shows"]) {
            shown(&made, &json, show);
        }
    }
}

fn shown(made: &Assessment, json: &Json, show: &Table) {
    let bounds = [show.get("min_ms"), show.get("max_ms")].map(|v| v.and_then(Value::as_integer));
    if let Some(id) = text(show, "check") {
        let check = made.checks.iter().find(|check| check.id.as_str() == id).unwrap();
        assert_eq!(check.status, CheckStatus::Discrepant, "{id}");
        let pairs = check.detail.iter().flat_map(|part| &part.pairs);
        let bad: Vec<_> = pairs.filter(|pair| pair.status == CheckStatus::Discrepant).collect();
        let told = format!("{bad:?}");
        for key in show.get("keys").map(words).unwrap_or_default() {
            assert!(told.contains(&key), "{id}: no {key} in {told}");
        }
        if let [Some(min), Some(max)] = bounds {
            let gap = |p: &&fupan_model::PairResult| match p.args.get("gap") {
                Some(Arg::Gap(gap)) => (gap.min_ms, gap.max_ms) == (Some(min), Some(max)),
                _ => false,
            };
            assert!(bad.iter().any(gap), "{id}: no {min}..{max} in {told}");
        }
        for key in ["left", "right", "left_count", "right_count"] {
            if let Some(value) = show.get(key) {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                assert!(told.contains(&value), "{id}: no {value} in {told}");
            }
        }
    }
    for kind in ["gap", "indicator"] {
        if let (Some(id), [Some(min), Some(max)]) = (text(show, kind), bounds) {
            let gap = made.gaps.iter().find(|gap| gap.id == id).unwrap();
            assert_eq!((gap.min_ms, gap.max_ms), (Some(min), Some(max)), "{id}");
        }
    }
    if let Some(id) = text(show, "indicator") {
        let one = made.indicators.iter().find(|one| one.id.as_str() == id).unwrap();
        if text(show, "verdict") == Some("over") {
            assert_eq!(one.verdict, Some(fupan_model::Verdict::Over), "{id}");
        }
        if let Some(percent) = text(show, "percent") {
            let min = one.value.unwrap().min.unwrap().to_string();
            assert_eq!(min, percent, "{id}");
        }
        let bad = made.findings.iter().any(|f| f.id == format!("F-{id}") && f.tone == "bad");
        let low =
            one.score.and_then(|s| s.max).is_some_and(|s| s < fupan_model::Decimal::whole(90));
        assert!(bad || low, "{id}: neither a bad finding nor a middling score: {one:?}");
    }
    if let Some(records) = show.get("conflict") {
        let records = words(records);
        let conflict = made.conflicts.iter().find(|c| c.records == records);
        let excess = conflict.unwrap_or_else(|| panic!("no {records:?}")).excess_ms;
        assert_eq!(Some(excess), show["excess_ms"].as_integer(), "{records:?}");
    }
    if let Some(field) = text(show, "claim") {
        let claims = json["claims"].as_array().unwrap();
        let claim = claims.iter().find(|c| c["field"] == field).unwrap();
        assert_eq!(claim["differs"], true, "{field}");
    }
}

#[test]
fn a_plant_taken_out_takes_its_finding_and_no_other() {
    let before = outcomes(&assessed(&project(CASE)).0);
    for plant in &truth() {
        let id = text(plant, "id").unwrap();
        let scratch = Scratch::new(id);
        copy(&project(CASE), &scratch.0);
        remove(&scratch.0, plant);
        let after = outcomes(&assessed(&scratch.0).0);
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let changed: BTreeSet<String> = names
            .into_iter()
            .filter(|name| before.get(*name) != after.get(*name))
            .cloned()
            .collect();
        let allowed = allowed(plant);
        let stray: Vec<&String> = changed.difference(&allowed).collect();
        assert!(stray.is_empty(), "{id} also changed {stray:?}");
        assert!(!changed.is_empty(), "{id} changed nothing");
        for show in tables(&plant["shows"]) {
            if let Some(check) = text(show, "check") {
                assert_eq!(after[&format!("check {check}")], "Consistent", "{id}");
            }
        }
    }
}

#[test]
fn the_clean_twin_has_no_discrepancy() {
    let (made, _) = assessed(&project("cases/leak-clean"));
    for check in &made.checks {
        let fine = matches!(check.status, CheckStatus::Consistent | CheckStatus::Absent);
        assert!(fine, "{}: {:?}", check.id, check.detail);
    }
    assert!(made.conflicts.is_empty(), "{:?}", made.conflicts);
    assert!(made.claims.iter().all(|claim| !claim.differs), "{:?}", made.claims);
    let consistent = made.checks.iter().filter(|c| c.status == CheckStatus::Consistent).count();
    assert_eq!(consistent, 23, "checks with both sides");
    let computed = |one: &&IndicatorResult| one.status == IndicatorStatus::Computed;
    assert!(made.indicators.iter().filter(computed).count() >= 38);
}
