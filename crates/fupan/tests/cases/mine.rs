//! The constructed inrush: what is planted shows as it was written down beforehand, what cannot be
//! told is left open, and nothing says guilt.

use crate::bench::{Scratch, assessed, copy, project};
use crate::planted::{allowed, outcomes, remove, tables, text, truth_of, words};
use fupan_model::{
    Arg, Assessment, CheckStatus, GapResult, IndicatorStatus, Locator, PairResult, Verdict,
};
use std::collections::BTreeSet;
use toml::{Table, Value};

const CASE: &str = "cases/mine-flood";

fn status(word: &str) -> CheckStatus {
    match word {
        "consistent" => CheckStatus::Consistent,
        "discrepant" => CheckStatus::Discrepant,
        "unverifiable" => CheckStatus::Unverifiable,
        "absent" => CheckStatus::Absent,
        other => panic!("{other} is no status"),
    }
}

fn verdict(word: &str) -> Verdict {
    match word {
        "over" => Verdict::Over,
        "within" => Verdict::Within,
        "unbounded" => Verdict::Unbounded,
        "undecided" => Verdict::Undecided,
        other => panic!("{other} is no verdict"),
    }
}

fn bounds(show: &Table) -> (Option<i64>, Option<i64>) {
    let of = |key: &str| show.get(key).and_then(Value::as_integer);
    (of("min_ms"), of("max_ms"))
}

fn gap<'m>(made: &'m Assessment, id: &str) -> &'m GapResult {
    made.gaps.iter().find(|gap| gap.id == id).unwrap_or_else(|| panic!("no gap {id}"))
}

#[test]
fn every_check_point_has_the_status_written_down() {
    let (made, _) = assessed(&project(CASE));
    assert_eq!(made.grade.as_deref(), Some("重大"));
    let truth = truth_of(CASE);
    let wanted = tables(&truth["check"]);
    assert_eq!(wanted.len(), made.checks.len());
    for want in wanted {
        let id = text(want, "id").unwrap();
        let check = made.checks.iter().find(|check| check.id.as_str() == id).unwrap();
        assert_eq!(check.status, status(text(want, "status").unwrap()), "{id}: {:?}", check.detail);
        if let Some(request) = text(want, "request") {
            let part = Locator::Part(format!("requests/{request}"));
            let cited = check.cites.iter().any(|cite| cite.locator == part);
            assert!(cited, "{id} does not cite {request}: {:?}", check.cites);
        }
    }
    for want in tables(&truth["indicator"]) {
        let id = text(want, "id").unwrap();
        let one = made.indicators.iter().find(|one| one.id.as_str() == id).unwrap();
        assert_eq!(one.status, IndicatorStatus::NotComputed, "{id}");
        assert_eq!(one.reason.as_deref(), text(want, "why"), "{id}");
        assert!(one.value.is_none() && one.score.is_none(), "{id} is not computed, never 0");
    }
}

#[test]
fn each_plant_shows_with_its_figure() {
    let (made, _) = assessed(&project(CASE));
    let truth = truth_of(CASE);
    for show in tables(&truth["plant"]).into_iter().flat_map(|plant| tables(&plant["shows"])) {
        if let Some(id) = text(show, "check") {
            check_shows(&made, id, show);
        } else if let Some(id) = text(show, "indicator") {
            indicator_shows(&made, id, show);
        } else if let Some(id) = text(show, "gap") {
            let gap = gap(&made, id);
            assert_eq!((gap.min_ms, gap.max_ms), bounds(show), "{id}");
            assert_eq!(gap.verdict, text(show, "verdict").map(verdict), "{id}");
        } else if let Some(event) = text(show, "event") {
            assert!(made.events.iter().any(|one| one.id.as_str() == event), "{event}");
        } else {
            let records = words(&show["conflict"]);
            let found = made.conflicts.iter().find(|c| c.records == records).unwrap();
            assert_eq!(Some(found.excess_ms), show["excess_ms"].as_integer());
        }
    }
}

fn check_shows(made: &Assessment, id: &str, show: &Table) {
    let check = made.checks.iter().find(|check| check.id.as_str() == id).unwrap();
    let want = status(text(show, "status").unwrap_or("discrepant"));
    assert_eq!(check.status, want, "{id}");
    let pairs = check.detail.iter().flat_map(|part| &part.pairs);
    let found: Vec<&PairResult> = pairs.filter(|pair| pair.status == want).collect();
    let told = format!("{found:?}");
    let keys = show.get("keys").map(words).unwrap_or_default();
    let sides = ["left", "right"].into_iter().filter_map(|side| text(show, side));
    for value in keys.iter().map(String::as_str).chain(sides) {
        assert!(told.contains(value), "{id}: no {value} in {told}");
    }
    if bounds(show) != (None, None) {
        let same = |pair: &&PairResult| match pair.args.get("gap") {
            Some(Arg::Gap(gap)) => (gap.min_ms, gap.max_ms) == bounds(show),
            _ => false,
        };
        assert!(found.iter().any(same), "{id}: {told}");
    }
}

fn indicator_shows(made: &Assessment, id: &str, show: &Table) {
    let one = made.indicators.iter().find(|one| one.id.as_str() == id).unwrap();
    let want = match text(show, "status") {
        Some("undecided") => IndicatorStatus::Undecided,
        _ => IndicatorStatus::Computed,
    };
    assert_eq!(one.status, want, "{id}");
    assert_eq!(
        one.score.is_none(),
        want == IndicatorStatus::Undecided,
        "{id}: no score on a doubt"
    );
    assert_eq!(one.verdict, text(show, "verdict").map(verdict), "{id}");
    if let Some(value) = text(show, "value") {
        assert_eq!(one.value.unwrap().min.unwrap().to_string(), value, "{id}");
    }
    if bounds(show) != (None, None) {
        let gap = gap(made, id);
        assert_eq!((gap.min_ms, gap.max_ms), bounds(show), "{id}");
    }
}

#[test]
fn a_plant_taken_out_takes_its_outcome_and_no_other() {
    let before = outcomes(&assessed(&project(CASE)).0);
    let truth = truth_of(CASE);
    for plant in tables(&truth["plant"]) {
        let id = text(plant, "id").unwrap();
        let scratch = Scratch::new(id);
        copy(&project(CASE), &scratch.0);
        remove(&scratch.0, plant);
        let after = outcomes(&assessed(&scratch.0).0);
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
        let allowed = allowed(plant);
        let stray: Vec<&String> = changed.filter(|name| !allowed.contains(*name)).collect();
        assert!(stray.is_empty(), "{id} also changed {stray:?}");
        let stated = plant.get("after").map(tables).unwrap_or_default();
        let ends = |kind: &str, name: &str| {
            let found = stated.iter().find(|one| text(one, kind) == Some(name));
            found.and_then(|one| text(one, "is")).map(str::to_owned)
        };
        for show in tables(&plant["shows"]) {
            if let Some(check) = text(show, "check") {
                let want = ends("check", check).unwrap_or_else(|| "Consistent".to_owned());
                assert_eq!(after[&format!("check {check}")], want, "{id}");
            }
            if let Some(gap) = text(show, "gap") {
                let want = ends("gap", gap).unwrap_or_else(|| "Within".to_owned());
                assert_eq!(after[&format!("gap {gap}")], format!("Some({want})"), "{id}");
            }
        }
    }
}

#[test]
fn suspicion_is_never_called_a_finding_of_guilt() {
    let (made, bytes) = assessed(&project(CASE));
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let told = [&json["findings"], &json["checks"], &json["indicators"], &json["gaps"]];
    for word in ["瞒报", "谎报", "漏报"] {
        for part in told.map(ToString::to_string) {
            let suspected = format!("疑似{word}");
            assert_eq!(part.matches(word).count(), part.matches(&suspected).count(), "{word}");
        }
    }
    let silent = made.doubts.iter().filter(|doubt| doubt.code == "request-silent").count();
    assert_eq!(silent, 2, "two of four requests were answered");
    assert!(made.doubts.iter().any(|doubt| doubt.code == "clock-unknown"));
}

#[test]
fn every_status_occurs_somewhere_in_the_constructed_cases() {
    let all = ["cases/leak-47-minutes", "cases/leak-clean", CASE].map(|c| assessed(&project(c)).0);
    let checks = |status| all.iter().flat_map(|m| &m.checks).any(|check| check.status == status);
    for one in ["consistent", "discrepant", "unverifiable", "absent"] {
        assert!(checks(status(one)), "no check is {one}");
    }
    let indicators = |s| all.iter().flat_map(|m| &m.indicators).any(|one| one.status == s);
    for one in [IndicatorStatus::Computed, IndicatorStatus::Undecided, IndicatorStatus::NotComputed]
    {
        assert!(indicators(one), "no indicator is {one:?}");
    }
    for word in ["over", "within", "unbounded", "undecided"] {
        let found = all.iter().flat_map(|m| &m.gaps).any(|g| g.verdict == Some(verdict(word)));
        assert!(found, "no gap is {word}");
    }
}
