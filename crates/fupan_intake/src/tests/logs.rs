//! The real logs that ship with the project, by the mappings beside them.

use super::rows::run;
use super::shipped;

fn import(log: &str, mapping: &str) -> crate::ImportOutcome {
    let mapping = String::from_utf8(shipped(&format!("logs/{mapping}"))).expect("utf-8");
    run(&shipped(&format!("logs/{log}")), &mapping).unwrap_or_else(|e| panic!("{e}"))
}

fn moments(outcome: &crate::ImportOutcome) -> (String, String) {
    let show = |m: Option<fupan_model::Moment>| m.map(|m| m.to_string()).unwrap_or_default();
    (show(outcome.report.first), show(outcome.report.last))
}

#[test]
fn san_francisco_fire_calls() {
    let log = "sf_fire_department_calls_for_service_fires_2009_2018.csv";
    let outcome = import(log, "sf_fire.toml");
    let report = &outcome.report;
    assert_eq!((report.rows, report.rejected_total, report.duplicates), (4340, 0, 0));
    assert_eq!(
        moments(&outcome),
        ("2009-01-10T14:36:01-08:00".into(), "2019-01-01T10:54:02-08:00".into())
    );
    let alarms = report.columns.iter().find(|c| c.name == "Number of Alarms").expect("column");
    let figures = (alarms.min.as_deref(), alarms.max.as_deref(), alarms.sum.as_deref());
    assert_eq!(figures, (Some("1"), Some("3"), Some("4436")));
    let scenes = outcome.facts.iter().filter(|f| f.kind_word == "on-scene").count();
    assert_eq!(scenes, 2916);
    let first = outcome.facts.iter().find(|f| f.id.as_str() == "L:first-call").expect("fact");
    assert_eq!(first.key.as_deref(), Some("09002955"));
}

#[test]
fn tennessee_eastman_alarms() {
    let outcome = import("tep_text_alarms_original_1.csv", "tep_alarms.toml");
    let report = &outcome.report;
    assert_eq!((report.rows, report.rejected_total, report.duplicates), (7132, 0, 0));
    assert_eq!(
        moments(&outcome),
        ("2024-05-01T00:00:20+00:00".into(), "2024-05-05T07:32:30+00:00".into())
    );
    let [first, worst] = outcome.facts.as_slice() else { panic!("two facts") };
    assert_eq!(first.text, "FIR123 FLW COND CW LOW ALM");
    assert_eq!(
        worst.cites.iter().next().map(|c| c.locator.clone()),
        Some(fupan_model::Locator::Row(7128))
    );
}

/// A generated look-alike: what `cases/make_calls.py` plants is what is read.
#[test]
fn a_county_run_sheet() {
    let outcome = import("county_calls.csv", "county_calls.toml");
    let report = &outcome.report;
    assert_eq!((report.rows, report.rejected_total, report.duplicates), (1200, 0, 0));
    let of = |word: &str| outcome.facts.iter().filter(|f| f.kind_word == word).collect::<Vec<_>>();
    let (sent, there) = (of("unit-sent"), of("unit-there"));
    assert_eq!((sent.len(), there.len()), (2933, 2662));
    let at = |fact: &fupan_model::Fact| fact.time.as_ref().map(|t| t.at.ms);
    let sent: std::collections::BTreeMap<_, _> = sent.iter().map(|f| (&f.key, at(f))).collect();
    let early = there.iter().filter(|f| sent.get(&f.key).is_some_and(|t| at(f) < *t)).count();
    // Of 81 units that seem to arrive before they are sent, 58 arrived after midnight; the clocks
    // of 23 are behind, and stay so.
    assert_eq!(early, 23);
}
