//! Every conflict, diagnosis, bound and support of small worlds, found by trying all subsets.

use std::collections::BTreeSet;

use super::super::{Bounds, Conflict, Limits, Network, Record};
use super::world::{distances, edges, world};

fn subset(records: &[Record], soft: &[usize], bits: usize) -> Vec<Record> {
    let mut list: Vec<Record> = records.iter().filter(|r| r.hard).cloned().collect();
    list.extend((0..soft.len()).filter(|i| bits >> i & 1 == 1).map(|i| records[soft[i]].clone()));
    list
}

fn ids(records: &[Record], soft: &[usize], bits: usize) -> Vec<String> {
    let mut ids: Vec<String> = (0..soft.len())
        .filter(|i| bits >> i & 1 == 1)
        .map(|i| records[soft[i]].id.clone())
        .collect();
    ids.sort();
    ids
}

struct Truth {
    conflicts: BTreeSet<Vec<String>>,
    diagnoses: Vec<(i64, usize, Vec<String>)>,
}

fn truth(records: &[Record], soft: &[usize]) -> Truth {
    let full = (1usize << soft.len()) - 1;
    let fine: Vec<bool> =
        (0..=full).map(|bits| distances(&subset(records, soft, bits)).is_some()).collect();
    let ones = |bits: usize| (0..soft.len()).filter(move |i| bits >> i & 1 == 1);
    let conflicts = (0..=full)
        .filter(|b| !fine[*b] && ones(*b).all(|i| fine[b & !(1 << i)]))
        .map(|b| ids(records, soft, b))
        .collect();
    let mut diagnoses: Vec<(i64, usize, Vec<String>)> = (0..=full)
        .filter(|b| fine[full & !b] && ones(*b).all(|i| !fine[full & !b | 1 << i]))
        .map(|b| {
            let cost = ones(b).map(|i| records[soft[i]].weight).sum();
            (cost, b.count_ones() as usize, ids(records, soft, b))
        })
        .collect();
    diagnoses.sort();
    Truth { conflicts, diagnoses }
}

fn bounds(records: &[Record], from: &str, to: &str) -> Bounds {
    let d = distances(records).unwrap();
    let get = |u: &str, v: &str| d.get(&(u.to_owned(), v.to_owned())).copied();
    if from == to {
        return Bounds { min: Some(0), max: Some(0) };
    }
    Bounds { min: get(to, from).map(|w| -w), max: get(from, to) }
}

fn without(records: &[Record], retract: &[String]) -> Vec<Record> {
    records.iter().filter(|r| !retract.contains(&r.id)).cloned().collect()
}

fn check_hulls(seed: u64, net: &Network, records: &[Record], truth: &Truth) {
    let mut analysis = net.analyse(&Limits::default()).unwrap();
    let least = truth.diagnoses[0].0;
    let best: Vec<_> = truth.diagnoses.iter().filter(|d| d.0 == least).collect();
    for (from, to) in [("e0", "e1"), ("e2", "e0"), ("e3", "e4"), ("e1", "e1")] {
        let want = best
            .iter()
            .map(|(_, _, retract)| bounds(&without(records, retract), from, to))
            .reduce(Bounds::hull)
            .unwrap();
        let got = analysis.gap_hull(from, to);
        assert_eq!(got.hull, want, "seed {seed} {from} {to}");
        assert!(!got.outer);
        for (i, bound) in got.by_diagnosis {
            let rest = without(records, &analysis.diagnoses.ranked[i].retract);
            assert_eq!(bound, bounds(&rest, from, to), "seed {seed} {from} {to}");
        }
    }
}

/// The greatest shortfall over all simple cycles of these records and the hard ones.
fn greatest_shortfall(records: &[Record], conflict: &[String]) -> i64 {
    let edges = edges(records.iter().filter(|r| r.hard || conflict.contains(&r.id)));
    let mut worst = 0;
    for start in edges.iter().map(|(u, _, _)| u).collect::<BTreeSet<_>>() {
        walk(&edges, start, start, &mut vec![], 0, &mut worst);
    }
    -worst
}

fn walk<'a>(
    edges: &'a [(String, String, i64)],
    start: &'a str,
    at: &'a str,
    seen: &mut Vec<&'a str>,
    sum: i64,
    worst: &mut i64,
) {
    seen.push(at);
    for (_, v, w) in edges.iter().filter(|(u, _, _)| u == at) {
        if v == start {
            *worst = (*worst).min(sum + w);
        } else if v.as_str() > start && !seen.contains(&v.as_str()) {
            walk(edges, start, v, seen, sum + w, worst);
        }
    }
    seen.pop();
}

fn check_amounts(seed: u64, records: &[Record], conflicts: &[Conflict]) {
    for conflict in conflicts {
        let most = greatest_shortfall(records, &conflict.records);
        let hub =
            records.iter().any(|r| conflict.records.contains(&r.id) && r.constraints.len() == 1);
        assert!(conflict.excess_ms > 0 && conflict.excess_ms <= most, "seed {seed} {conflict:?}");
        assert!(!hub || conflict.excess_ms == most, "seed {seed} {conflict:?} {most}");
    }
}

fn check_contradictory(seed: u64, net: &Network, records: &[Record], soft: &[usize]) -> bool {
    if distances(records.iter().filter(|r| r.hard)).is_none() {
        assert!(net.analyse(&Limits::default()).is_err(), "seed {seed}");
        return false;
    }
    let truth = truth(records, soft);
    let analysis = net.analyse(&Limits::default()).unwrap();
    let got: BTreeSet<Vec<String>> =
        analysis.conflicts.all.iter().map(|c| c.records.clone()).collect();
    assert_eq!(got, truth.conflicts, "seed {seed}");
    assert!(analysis.conflicts.complete && !analysis.conflicts.capped, "seed {seed}");
    check_amounts(seed, records, &analysis.conflicts.all);
    let got: Vec<(i64, usize, Vec<String>)> = analysis
        .diagnoses
        .ranked
        .iter()
        .map(|d| (d.cost, d.retract.len(), d.retract.clone()))
        .collect();
    assert_eq!(got, truth.diagnoses, "seed {seed}");
    check_hulls(seed, net, records, &truth);
    true
}

fn check_consistent(seed: u64, net: &Network, records: &[Record]) {
    let solved = net.without(&[]).unwrap();
    for (from, to) in [("e0", "e1"), ("e2", "e0"), ("e3", "e4"), ("e0", "nowhere")] {
        let want = bounds(records, from, to);
        assert_eq!(solved.gap(from, to), want, "seed {seed} {from} {to}");
        assert_eq!(solved.core().unwrap().gap(from, to), want, "seed {seed} {from} {to}");
        let supports = solved.supports(from, to);
        for (support, end) in [(&supports.min, true), (&supports.max, false)] {
            let part = |b: Bounds| if end { b.min } else { b.max };
            let only: Vec<Record> =
                records.iter().filter(|r| support.contains(&r.id)).cloned().collect();
            assert_eq!(part(bounds(&only, from, to)), part(want), "seed {seed}");
            for id in support {
                let fewer = without(&only, std::slice::from_ref(id));
                assert_ne!(part(bounds(&fewer, from, to)), part(want), "seed {seed} {id}");
            }
        }
    }
}

#[test]
fn small_worlds_are_met_exactly() {
    let (mut contradictory, mut consistent) = (0, 0);
    for seed in 0..300 {
        let (_, records) = world(seed, 9, seed % 3 != 0);
        let soft: Vec<usize> = (0..records.len()).filter(|i| !records[*i].hard).collect();
        let net = Network::build(&records, Some("s0")).unwrap();
        if distances(&records).is_some() {
            assert!(net.is_consistent(&[]), "seed {seed}");
            check_consistent(seed, &net, &records);
            consistent += 1;
        } else {
            assert!(!net.is_consistent(&[]), "seed {seed}");
            contradictory += usize::from(check_contradictory(seed, &net, &records, &soft));
        }
    }
    assert!(contradictory > 100 && consistent > 80, "{contradictory} {consistent}");
}
