//! The seeded generator of the fixtures and the digests of its answers.

use serde_json::Value;

use super::super::{Constraint, Limits, Network, Record};
use super::world::Rng;

const CASES: &str = include_str!("../../../tests/fixtures/timeline_generator_open.json");

/// One generated world.
pub(super) struct Generated {
    pub(super) truth: Vec<i64>,
    pub(super) records: Vec<Record>,
    pub(super) queries: Vec<(usize, usize)>,
}

pub(super) fn generate(params: &Value) -> Generated {
    let get = |key: &str| params[key].as_u64().unwrap();
    let (sources, events) = (get("S"), get("E"));
    let mut rng = Rng(get("seed"));
    let truth: Vec<i64> = (0..events).map(|_| rng.below(21_600_000)).collect();
    let offset: Vec<i64> = (0..sources).map(|_| rng.below(1_200_001) - 600_000).collect();
    let record = |id: String, hard: bool, constraint: Constraint| Record {
        id,
        weight: 1000,
        hard,
        constraints: vec![constraint],
    };
    let mut readings: Vec<(usize, usize, i64, i64)> = (0..get("K"))
        .map(|_| {
            let (e, s) = (rng.below(events) as usize, rng.below(sources) as usize);
            let step = [1, 1000, 60_000, 300_000][s % 4];
            let local = truth[e] + offset[s];
            (e, s, local - local.rem_euclid(step), step - 1)
        })
        .collect();
    let orders: Vec<Record> = (0..get("P"))
        .map(|i| {
            let (mut a, mut b) = (rng.below(events) as usize, rng.below(events) as usize);
            if a == b {
                b = (a + 1) % events as usize;
            }
            if truth[a] > truth[b] {
                std::mem::swap(&mut a, &mut b);
            }
            let max = (rng.below(4) == 0).then(|| truth[b] - truth[a] + rng.below(60_000));
            let (a, b) = (format!("e{a}"), format!("e{b}"));
            record(format!("p{i}"), true, Constraint::Order { a, b, min: Some(0), max })
        })
        .collect();
    for _ in 0..get("C") {
        let i = rng.below(get("K")) as usize;
        let hours = 1 + rng.below(10);
        readings[i].2 += if rng.below(2) == 0 { hours } else { -hours } * 3_600_000;
    }
    let queries =
        (0..get("Q")).map(|_| (rng.below(events) as usize, rng.below(events) as usize)).collect();
    let clock =
        Constraint::Clock { source: "s0".to_owned(), lo: offset[0] - 500, hi: offset[0] + 500 };
    let mut records = vec![record("clk".to_owned(), true, clock)];
    records.extend(readings.into_iter().enumerate().map(|(i, (e, s, t, hi))| {
        let (source, event) = (format!("s{s}"), format!("e{e}"));
        record(format!("o{i}"), false, Constraint::Obs { source, event, t, lo: 0, hi })
    }));
    records.extend(orders);
    Generated { truth, records, queries }
}

#[test]
fn digests_are_met() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    for case in cases["cases"].as_array().unwrap() {
        if case["params"]["K"].as_u64().unwrap() > 20_000 {
            continue;
        }
        let (world, expected) = (generate(&case["params"]), &case["expected"]);
        let net = Network::build(&world.records, None).unwrap();
        let solved = net.without(&[]);
        assert_eq!(solved.is_some(), expected["consistent"].as_bool().unwrap());
        let Some(solved) = solved else { continue };
        let core = solved.core().unwrap();
        let (mut lo, mut hi) = ((0, 0), (0, 0));
        for (a, b) in &world.queries {
            let gap = solved.gap(&format!("e{a}"), &format!("e{b}"));
            assert_eq!(core.gap(&format!("e{a}"), &format!("e{b}")), gap);
            let true_gap = world.truth[*b] - world.truth[*a];
            assert!(gap.min.is_none_or(|min| min <= true_gap));
            assert!(gap.max.is_none_or(|max| max >= true_gap));
            lo = (lo.0 + i64::from(gap.min.is_some()), lo.1 + gap.min.unwrap_or(0));
            hi = (hi.0 + i64::from(gap.max.is_some()), hi.1 + gap.max.unwrap_or(0));
        }
        assert_eq!(lo.0, expected["n_lo"].as_i64().unwrap());
        assert_eq!(hi.0, expected["n_hi"].as_i64().unwrap());
        assert_eq!(lo.1, expected["sum_lo"].as_i64().unwrap());
        assert_eq!(hi.1, expected["sum_hi"].as_i64().unwrap());
    }
}

#[test]
fn a_large_contradictory_world_is_diagnosed() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let case = &cases["cases"][4];
    let world = generate(&case["params"]);
    let net = Network::build(&world.records, None).unwrap();
    let limits = Limits { diagnoses: 10, ..Limits::default() };
    let mut analysis = net.analyse(&limits).unwrap();
    let ranked = analysis.diagnoses.ranked.clone();
    assert!(analysis.diagnoses.exact && ranked.len() == 10);
    assert!(ranked.windows(2).all(|two| two[0].cost <= two[1].cost));
    for diagnosis in &ranked {
        let places: Vec<usize> = diagnosis.retract.iter().filter_map(|id| net.index(id)).collect();
        assert!(net.is_consistent(&places));
        assert!(analysis.after(&diagnosis.retract).is_some());
        assert!(
            (0..places.len())
                .all(|i| !net.is_consistent(&[&places[..i], &places[i + 1..]].concat()))
        );
    }
}
