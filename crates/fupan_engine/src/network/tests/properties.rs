//! What must not change, and what may only change one way.

use super::super::{Bounds, Constraint, Limits, Network, Record};
use super::world::{Rng, distances, world};

const GAPS: [(&str, &str); 4] = [("e0", "e1"), ("e2", "e0"), ("e3", "e4"), ("e4", "e2")];

fn net(records: &[Record]) -> Network {
    Network::build(records, Some("s0")).unwrap()
}

fn gaps(records: &[Record]) -> Vec<Bounds> {
    let net = net(records);
    let solved = net.without(&[]).unwrap();
    GAPS.iter().map(|(a, b)| solved.gap(a, b)).collect()
}

/// Consistent and contradictory worlds whose hard records do not contradict.
fn worlds(lies: bool) -> impl Iterator<Item = (u64, Vec<Record>)> {
    (5000..5060)
        .map(move |seed| (seed, world(seed, 12, lies).1))
        .filter(|(_, records)| distances(records.iter().filter(|r| r.hard)).is_some())
}

type Said = (Vec<(Vec<String>, i64)>, Vec<(Vec<String>, i64)>, Vec<Bounds>, i128);

/// All that is said of a contradictory world.
fn said(records: &[Record]) -> Said {
    let net = net(records);
    let mut analysis = net.analyse(&Limits::default()).unwrap();
    let hulls = GAPS.iter().map(|(a, b)| analysis.gap_hull(a, b).hull).collect();
    let conflicts =
        analysis.conflicts.all.iter().map(|c| (c.records.clone(), c.excess_ms)).collect();
    let ranked = &analysis.diagnoses.ranked;
    let ranked = ranked.iter().map(|d| (d.retract.clone(), d.cost)).collect();
    (conflicts, ranked, hulls, analysis.least_amount().cost)
}

fn shuffled(records: &[Record], seed: u64) -> Vec<Record> {
    let mut rng = Rng(seed);
    let mut list = records.to_vec();
    for i in (1..list.len()).rev() {
        list.swap(i, rng.below(i as u64 + 1) as usize);
    }
    list
}

#[test]
fn the_order_of_records_changes_nothing() {
    for (seed, records) in worlds(true) {
        // A record of one constraint each: the amount of others may be that of another cycle.
        let single: Vec<Record> =
            records.into_iter().filter(|r| r.constraints.len() == 1).collect();
        assert_eq!(said(&single), said(&shuffled(&single, seed)), "seed {seed}");
    }
}

#[test]
fn the_ids_of_records_change_nothing() {
    for (seed, records) in worlds(true) {
        let mut renamed = records.clone();
        // r0..r9, r10, r11 become names that sort the other way round.
        for record in &mut renamed {
            let n: usize = record.id[1..].parse().unwrap();
            record.id = format!("q{:02}", 99 - n);
        }
        let back = |ids: &[String]| {
            let one = |id: &String| format!("r{}", 99 - id[1..].parse::<usize>().unwrap());
            let mut ids: Vec<String> = ids.iter().map(one).collect();
            ids.sort();
            ids
        };
        let sorted = |said: Said| {
            let named = |list: Vec<(Vec<String>, i64)>, turn: bool| {
                let turned = |ids: Vec<String>| if turn { back(&ids) } else { ids };
                list.into_iter().map(|(ids, n)| (turned(ids), n)).collect::<Vec<_>>()
            };
            (named(said.0, false), named(said.1, false), said.2, said.3)
        };
        let plain = sorted(said(&records));
        let other = said(&renamed);
        let turn = |list: &[(Vec<String>, i64)]| {
            let mut list: Vec<_> = list.iter().map(|(ids, n)| (back(ids), *n)).collect();
            list.sort();
            list
        };
        let same = |mut list: Vec<(Vec<String>, i64)>| {
            list.sort();
            list
        };
        assert_eq!(same(plain.0), turn(&other.0), "seed {seed}");
        assert_eq!(same(plain.1), turn(&other.1), "seed {seed}");
        assert_eq!((plain.2, plain.3), (other.2, other.3), "seed {seed}");
    }
}

#[test]
fn a_free_clock_may_be_shifted() {
    for (seed, records) in worlds(true) {
        let free: Vec<Record> = records
            .into_iter()
            .filter(|r| {
                r.constraints
                    .iter()
                    .all(|c| !matches!(c, Constraint::Clock { .. } | Constraint::ClockRel { .. }))
            })
            .collect();
        let mut shifted = free.clone();
        for constraint in shifted.iter_mut().flat_map(|r| &mut r.constraints) {
            if let Constraint::Obs { source, t, .. } = constraint
                && source == "s1"
            {
                *t += 1234;
            }
        }
        assert_eq!(said(&free), said(&shifted), "seed {seed}");
    }
}

#[test]
fn a_scale_scales() {
    for (seed, records) in worlds(true) {
        let mut scaled = records.clone();
        for constraint in scaled.iter_mut().flat_map(|r| &mut r.constraints) {
            match constraint {
                Constraint::Obs { t, lo, hi, .. } => {
                    [t, lo, hi].into_iter().for_each(|v| *v *= 1000);
                }
                Constraint::Order { min, max, .. } => {
                    min.iter_mut().chain(max.iter_mut()).for_each(|v| *v *= 1000);
                }
                Constraint::Clock { lo, hi, .. } | Constraint::ClockRel { lo, hi, .. } => {
                    [lo, hi].into_iter().for_each(|v| *v *= 1000);
                }
            }
        }
        let (plain, large) = (said(&records), said(&scaled));
        let times = |list: &[(Vec<String>, i64)]| {
            list.iter().map(|(ids, n)| (ids.clone(), n * 1000)).collect::<Vec<_>>()
        };
        assert_eq!(times(&plain.0), large.0, "seed {seed}");
        assert_eq!(plain.1, large.1, "seed {seed}");
        assert_eq!(plain.3 * 1000, large.3, "seed {seed}");
        for (small, large) in plain.2.iter().zip(&large.2) {
            assert_eq!(small.min.map(|v| v * 1000), large.min, "seed {seed}");
            assert_eq!(small.max.map(|v| v * 1000), large.max, "seed {seed}");
        }
    }
}

#[test]
fn a_record_more_never_widens_and_the_truth_is_inside() {
    for seed in 6000..6060 {
        let (truth, records) = world(seed, 14, false);
        let mut before = vec![Bounds::OPEN; GAPS.len()];
        for n in 1..=records.len() {
            let now = gaps(&records[..n]);
            for ((wide, narrow), (a, b)) in before.iter().zip(&now).zip(GAPS) {
                assert!(wide.contains(*narrow), "seed {seed} {n}");
                let at = |e: &str| truth[e[1..].parse::<usize>().unwrap()];
                let real = Some(at(b) - at(a));
                assert!(narrow.contains(Bounds { min: real, max: real }), "seed {seed} {n}");
            }
            before = now;
        }
    }
}

/// Setting a record aside and bringing it back by the incremental way gives what a fresh network
/// gives.
#[test]
fn edits_give_what_a_fresh_network_gives() {
    for seed in 7000..7060 {
        let (_, records) = world(seed, 12, seed % 2 == 0);
        let whole = net(&records);
        let mut rng = Rng(seed);
        let mut out: Vec<usize> = (0..records.len()).collect();
        let mut solved = whole.without(&out).unwrap();
        for _ in 0..40 {
            let r = rng.below(records.len() as u64) as usize;
            if let Some(at) = out.iter().position(|o| *o == r) {
                let mut fewer = out.clone();
                fewer.remove(at);
                assert_eq!(
                    solved.bring_back(r).is_ok(),
                    whole.is_consistent(&fewer),
                    "seed {seed}"
                );
                if whole.is_consistent(&fewer) {
                    out = fewer;
                }
            } else {
                solved.set_aside(r);
                out.push(r);
            }
            let fresh = whole.without(&out).unwrap();
            for (a, b) in GAPS {
                assert_eq!(solved.gap(a, b), fresh.gap(a, b), "seed {seed}");
            }
        }
    }
}
