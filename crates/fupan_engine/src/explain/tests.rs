//! Explanations of small cases whose steps are reckoned by hand.

use super::{ExplainError, explain};
use crate::testing::{assessed, case};
use fupan_model::{ExplainedGap, ExplainedPoint, Gap, Verdict};
use fupan_standard::Book;

const MIN: i64 = 60_000;

fn told(text: &str, from: &str, to: &str, limit: Option<i64>) -> ExplainedGap {
    explain(&case(text), &Book::shipped().unwrap(), (from, to), limit).unwrap()
}

fn gap(min: i64, max: i64) -> Gap {
    Gap { min_ms: Some(min), max_ms: Some(max) }
}

/// The alarm within 13:13, the report within 14:00.
const PLAIN: &str = "party plant enterprise
    fact a plant - alarm 13:13:00 0 59999
    fact b plant - report 14:00:00 0 59999
    question Q alarm report 40";

#[test]
fn the_steps_say_what_the_clock_showed_and_sum_to_the_bound() {
    let made = told(PLAIN, "alarm", "report", None);
    assert_eq!((made.min_ms, made.max_ms), (Some(46 * MIN + 1), Some(48 * MIN - 1)));
    assert_eq!((made.limit_ms, made.verdict), (Some(40 * MIN), Some(Verdict::Over)));
    assert_eq!(made.question.as_ref().map(|id| id.as_str()), Some("Q"));
    let [one] = made.explanations.as_slice() else { panic!("{made:?}") };
    let shown = |steps: &[fupan_model::ExplainedStep]| -> Vec<(String, String)> {
        let time = |step: &fupan_model::ExplainedStep| step.shown.unwrap().to_string();
        steps.iter().map(|step| (step.record.clone(), time(step))).collect()
    };
    let pair = |a: &str, b: &str| vec![("a".into(), a.into()), ("b".into(), b.into())];
    let (latest, earliest) = ("2024-05-12T13:13:59.999+08:00", "2024-05-12T14:00:00+08:00");
    assert_eq!(shown(&one.at_least), pair(latest, earliest));
    let (earliest, latest) = ("2024-05-12T13:13:00+08:00", "2024-05-12T14:00:59.999+08:00");
    assert_eq!(shown(&one.at_most), pair(earliest, latest));
    assert_eq!(one.at_least.iter().map(|step| step.ms).sum::<i64>(), 46 * MIN + 1);
    assert_eq!(one.at_least[0].from, ExplainedPoint::Event("alarm".into()));
    assert_eq!(one.at_least[0].to, ExplainedPoint::Clock("civil".into()));
}

#[test]
fn a_verdict_turns_when_a_record_is_off_by_the_margin() {
    let made = told(PLAIN, "alarm", "report", None);
    let firm = made.robustness.unwrap();
    assert_eq!((firm.margin_ms, firm.firm, firm.explanations), (Some(6 * MIN + 1), false, 0));
    let turns: Vec<(&str, i64)> =
        firm.turns.iter().map(|t| (t.record.as_str(), t.off_ms)).collect();
    assert_eq!(turns, [("a", 6 * MIN + 1), ("b", 6 * MIN + 1)]);
    // A second reading of each event, and none of the four can be the one that is wrong.
    let firm = told(
        &format!(
            "{PLAIN}\nfact c plant - alarm 13:13:00 0 59999\nfact d plant - report 14:00:00 0 59999"
        ),
        "alarm",
        "report",
        None,
    );
    let firm = firm.robustness.unwrap();
    assert!(firm.firm && firm.turns.is_empty());
}

#[test]
fn where_records_contradict_each_explanation_has_its_steps() {
    let text = format!("{PLAIN}\nfact c plant - report 13:30:00 0 59999");
    let made = told(&text, "alarm", "report", None);
    assert_eq!(made.verdict, Some(Verdict::Undecided));
    assert_eq!(made.conflicts.len(), 1);
    let each: Vec<(&[String], Option<i64>, Option<Verdict>)> =
        made.explanations.iter().map(|e| (e.retract.as_slice(), e.min_ms, e.verdict)).collect();
    let (b, c) = (vec!["b".to_owned()], vec!["c".to_owned()]);
    let within = (b.as_slice(), Some(16 * MIN + 1), Some(Verdict::Within));
    assert_eq!(each, [within, (c.as_slice(), Some(46 * MIN + 1), Some(Verdict::Over))]);
    let firm = made.robustness.unwrap();
    assert_eq!((firm.explanations, firm.verdict), (2, None));
    assert_eq!(firm.union, gap(16 * MIN + 1, 48 * MIN - 1));
    // The same against a limit on which both agree.
    let firm = told(&text, "alarm", "report", Some(10 * MIN)).robustness.unwrap();
    assert_eq!((firm.verdict, firm.margin_ms), (Some(Verdict::Over), Some(6 * MIN + 1)));
    assert_eq!(
        assessed(&text).gaps[0].robustness.as_ref().map(|f| f.union),
        Some(gap(16 * MIN + 1, 48 * MIN - 1))
    );
}

#[test]
fn an_unknown_event_names_those_like_it() {
    let book = Book::shipped().unwrap();
    let found = explain(&case(PLAIN), &book, ("a", "reprot"), None).unwrap_err();
    let near = |event: &str, near: &[&str]| ExplainError::NoEvent {
        event: event.to_owned(),
        near: near.iter().map(|n| (*n).to_owned()).collect(),
    };
    // "a" is a fact of the alarm; "reprot" is two letters from the report.
    assert_eq!(found, [near("a", &["alarm", "report"]), near("reprot", &["report", "alarm"])]);
    assert!(explain(&case(PLAIN), &book, ("alarm", "alarm"), Some(0)).is_ok());
}

#[test]
fn a_time_that_is_only_passed_or_not_reached_bounds_one_side() {
    let text = "party plant enterprise
        fact a plant - alarm 13:00:00 1 1 policy=after
        fact b plant - report 14:00:00 0 0
        fact c plant - end 15:00:00 -1 -1 policy=before";
    let made = told(text, "alarm", "report", Some(60 * MIN));
    assert_eq!((made.min_ms, made.max_ms), (None, Some(60 * MIN - 1)));
    assert_eq!(made.verdict, Some(Verdict::Within));
    let steps = &made.explanations[0].at_most;
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[0].shown.unwrap().to_string(), "2024-05-12T13:00:00.001+08:00");
    let made = told(text, "report", "end", None);
    assert_eq!((made.min_ms, made.max_ms), (None, Some(60 * MIN - 1)));
}

#[test]
fn a_clock_of_bounded_rate_widens_what_it_read_with_time() {
    let of = |rate: &str| {
        told(
            &format!(
                "party plant enterprise
                clock dvr unknown {rate}
                fact a plant - x 10:00:00 0 0 clock=dvr
                fact b plant - y 15:00:00 0 0 clock=dvr"
            ),
            "x",
            "y",
            None,
        )
    };
    let (plain, drifting) = (of(""), of("rate=200000"));
    assert_eq!((plain.min_ms, plain.max_ms), (Some(18_000_000), Some(18_000_000)));
    // 200 parts in a million of five hours.
    assert_eq!((drifting.min_ms, drifting.max_ms), (Some(17_996_400), Some(18_003_600)));
    assert!(drifting.explanations[0].at_most.iter().any(|step| step.record == "rate:dvr"));
}

#[test]
fn a_check_holds_when_it_was_made() {
    let text = "party plant enterprise
        clock dvr 90000 90000 rate=200000 at=10:00:00
        fact a plant - x 15:01:30 0 0 clock=dvr
        fact b plant - y 15:00:00 0 0";
    let made = told(text, "x", "y", None);
    // The check at 10:00:00 stands at 10:01:30 on the dvr; five hours later 3.6 s may have gone.
    assert_eq!((made.min_ms, made.max_ms), (Some(-3600), Some(3600)));
}

/// Three hours, each end of the first two read by civil time as well.
fn three(middle: &str) -> String {
    format!(
        "party plant enterprise
        clock dvr unknown rate=200000
        fact a plant - x 10:00:00 0 0
        fact b plant - y 11:00:00 0 0
        fact c plant - z 12:00:00 0 0
        fact d plant - x 10:00:00 0 0 clock=dvr
        fact e plant - y {middle} 0 0 clock=dvr
        fact f plant - z 12:00:00 0 0 clock=dvr"
    )
}

#[test]
fn a_rate_that_changed_is_a_finding_about_the_clock() {
    let drift = |text: &str| {
        let made = assessed(text);
        let codes: Vec<String> = made.doubts.iter().map(|doubt| doubt.code.clone()).collect();
        let told = codes.iter().any(|code| code == "clock-rate-changed");
        (made.clocks[0].drift.clone().unwrap(), told, made.conflicts.len())
    };
    let (changed, told, conflicts) = drift(&three("11:00:00.500"));
    assert_eq!((changed.model.as_str(), changed.anchors, conflicts), ("bounded_rate", 3, 0));
    assert!(changed.fits && !changed.constant_rate_fits && changed.rate_changed && told);
    let (steady, told, _) = drift(&three("11:00:00"));
    assert!(steady.fits && steady.constant_rate_fits && !steady.rate_changed && !told);
    // A second in an hour is more than the rate allows at all.
    let (beyond, told, conflicts) = drift(&three("11:00:01"));
    assert!(!beyond.fits && !beyond.rate_changed && !told && conflicts > 0);
    let (plain, told, _) = drift(&three("11:00:00").replace("rate=200000", ""));
    assert_eq!((plain.model.as_str(), told), ("offset_only", false));
}

#[test]
fn each_explanation_says_how_far_its_records_are_off() {
    let made = assessed(&format!("{PLAIN}\nfact c plant - report 13:30:00 0 59999"));
    let [part] = made.components.as_slice() else { panic!("{:?}", made.components) };
    let off: Vec<(&str, i64)> =
        part.diagnoses.iter().flat_map(|d| &d.off).map(|o| (o.record.as_str(), o.off_ms)).collect();
    // From 13:30:59.999 to 14:00.
    assert_eq!(off, [("b", 29 * MIN + 1), ("c", 29 * MIN + 1)]);
    assert!(part.exact && part.complete && part.conflicts == [0]);
}

#[test]
fn a_choice_is_told_with_what_it_leaves() {
    let text = format!(
        "{PLAIN}
        fact c plant - report 13:30:00 0 59999
        fact d plant - other 10:00:00 0 0
        fact e plant - other 11:00:00 0 0
        choice c"
    );
    let made = assessed(&text);
    let chosen: Vec<bool> = made
        .components
        .iter()
        .flat_map(|part| part.diagnoses.iter().map(|d| d.chosen.is_some()))
        .collect();
    assert_eq!(chosen, [false, true, false, false]);
    assert_eq!(made.choices[0].conflicts_left, 1);
    assert_eq!(made.gaps[0].verdict, Some(Verdict::Over));
    let told = told(&text, "alarm", "report", None);
    assert_eq!((told.choices.len(), told.conflicts.len()), (1, 0));
    assert_eq!(told.min_ms, Some(46 * MIN + 1));
}
