//! Explanations by hand: the steps, and what a verdict turns on.

use fupan_model::Verdict;

use super::super::explain::{Moment, Step, gap, under_each};
use super::super::{Bounds, Constraint, Limits, Network, Record};

fn obs(source: &str, event: &str, t: i64) -> Constraint {
    Constraint::Obs { source: source.to_owned(), event: event.to_owned(), t, lo: 0, hi: 9 }
}

fn record(id: &str, weight: i64, constraints: Vec<Constraint>) -> Record {
    Record { id: id.to_owned(), weight, hard: false, constraints }
}

fn net(records: &[Record]) -> Network {
    Network::build(records, Some("civil")).unwrap()
}

fn plain() -> Vec<Record> {
    vec![
        record("a", 300, vec![obs("civil", "alarm", 0)]),
        record("p", 200, vec![obs("phone", "alarm", 50)]),
        record("q", 100, vec![obs("phone", "report", 150)]),
    ]
}

#[test]
fn a_chain_names_each_step_and_sums_to_the_bound() {
    let net = net(&plain());
    let made = gap(&net.without(&[]).unwrap(), "alarm", "report", None);
    assert_eq!(made.bounds, Bounds { min: Some(91), max: Some(109) });
    let chain = made.at_least.clone().unwrap();
    let alarm = Moment::Event("alarm".to_owned());
    let (phone, report) = (Moment::Shown("phone".to_owned()), Moment::Event("report".to_owned()));
    let step = |record: &str, from: &Moment, to: &Moment, ms| {
        let (record, from, to) = (record.to_owned(), from.clone(), to.clone());
        Step { record, from, to, ms }
    };
    // The phone showed the epoch at least 59 before the alarm, and the report 150 after that.
    assert_eq!(chain.ms, 91);
    assert_eq!(chain.steps, [step("p", &alarm, &phone, -59), step("q", &phone, &report, 150)]);
    let chain = made.at_most.clone().unwrap();
    assert_eq!(chain.ms, 109);
    assert_eq!(chain.steps, [step("p", &alarm, &phone, -50), step("q", &phone, &report, 159)]);
    assert!(made.verdict.is_none() && made.turns.is_empty() && !made.is_firm());
}

#[test]
fn a_verdict_turns_on_the_cheapest_record_and_by_the_exact_amount() {
    let net = net(&plain());
    let solved = net.without(&[]).unwrap();
    let made = gap(&solved, "alarm", "report", Some(60));
    assert_eq!((made.verdict, made.margin_ms), (Some(Verdict::Over), Some(31)));
    let turn = made.turns_on().unwrap();
    assert_eq!((turn.record.as_str(), turn.off_ms), ("q", Some(31)));
    assert_eq!((turn.without, turn.verdict), (Bounds::OPEN, Some(Verdict::Unbounded)));
    assert_eq!(made.turns.len(), 2);
    let made = gap(&solved, "alarm", "report", Some(120));
    // At most 109; by 12 more it is 121, over the limit.
    assert_eq!((made.verdict, made.margin_ms), (Some(Verdict::Within), Some(11)));
    assert_eq!(made.turns_on().unwrap().off_ms, Some(12));
    let made = gap(&solved, "alarm", "report", Some(100));
    assert_eq!((made.verdict, made.margin_ms), (Some(Verdict::Undecided), None));
    assert!(made.turns.is_empty());
}

/// Each amount is the least: one less, and the verdict stands.
#[test]
fn an_amount_is_the_least() {
    for by in [30, 31] {
        let mut records = plain();
        if let Constraint::Obs { lo, hi, .. } = &mut records[2].constraints[0] {
            (*lo, *hi) = (*lo - by, *hi + by);
        }
        let net = net(&records);
        let made = gap(&net.without(&[]).unwrap(), "alarm", "report", Some(60));
        assert_eq!(made.verdict == Some(Verdict::Over), by == 30);
    }
}

#[test]
fn a_verdict_held_twice_is_firm() {
    let mut records = plain();
    records.push(record("b", 100, vec![obs("civil", "report", 102)]));
    let net = net(&records);
    let made = gap(&net.without(&[]).unwrap(), "alarm", "report", Some(60));
    // By the civil clock at least 93, by the phone 91.
    assert_eq!((made.bounds.min, made.margin_ms), (Some(93), Some(33)));
    assert!(made.is_firm() && made.turns_on().is_none());
    assert_eq!(made.turns.len(), 2);
    for turn in made.turns {
        assert_eq!((turn.off_ms, turn.without.min), (None, Some(91)), "{}", turn.record);
        assert_eq!(turn.verdict, Some(Verdict::Over));
    }
}

/// A record that bears twice on a bound need be wrong by half only.
#[test]
fn a_record_used_twice_counts_twice() {
    let both = vec![obs("civil", "alarm", 0), obs("civil", "report", 100)];
    let net = net(&[record("both", 5, both)]);
    let made = gap(&net.without(&[]).unwrap(), "alarm", "report", Some(60));
    assert_eq!((made.margin_ms, made.turns[0].off_ms), (Some(31), Some(16)));
}

#[test]
fn what_is_open_or_unknown_has_no_chain() {
    let net = net(&plain()[..2]);
    let solved = net.without(&[]).unwrap();
    let made = gap(&solved, "alarm", "nowhere", Some(5));
    assert_eq!((made.bounds, made.verdict), (Bounds::OPEN, Some(Verdict::Unbounded)));
    assert!(made.at_least.is_none() && made.at_most.is_none() && !made.is_firm());
}

#[test]
fn each_diagnosis_is_explained() {
    let mut records = plain();
    records.push(record("r", 100, vec![obs("phone", "report", 950)]));
    let net = net(&records);
    let mut analysis = net.analyse(&Limits::default()).unwrap();
    let made = under_each(&mut analysis, ("alarm", "report"), Some(500), 10);
    let verdicts: Vec<_> = made.iter().map(|m| m.verdict).collect();
    assert_eq!(
        verdicts,
        [Some(Verdict::Within), Some(Verdict::Over)].iter().rev().copied().collect::<Vec<_>>()
    );
}
