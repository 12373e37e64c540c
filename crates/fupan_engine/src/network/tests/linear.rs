//! Against an independent solver of linear programs: a dense simplex with Bland's rule. The
//! programs are networks, so that every number in it stays whole.

use std::collections::BTreeMap;

use super::super::{Limits, Network, Record};
use super::world::{distances, edges, world};

/// The greatest `c x` for `a x <= b`, `x >= 0`, where `b >= 0`; `None` when there is no greatest.
fn simplex(a: &[Vec<i64>], b: &[i64], c: &[i64]) -> Option<i64> {
    let (rows, columns) = (a.len(), c.len());
    let mut table: Vec<Vec<i64>> = (0..rows)
        .map(|i| {
            let slack = (0..rows).map(|j| i64::from(i == j));
            a[i].iter().copied().chain(slack).chain([b[i]]).collect()
        })
        .collect();
    let mut goal: Vec<i64> = c.iter().map(|v| -v).chain(std::iter::repeat_n(0, rows + 1)).collect();
    let mut basis: Vec<usize> = (columns..columns + rows).collect();
    let last = columns + rows;
    while let Some(enter) = (0..last).find(|j| goal[*j] < 0) {
        let leave = (0..rows).filter(|i| table[*i][enter] > 0).min_by_key(|i| {
            assert_eq!(table[*i][enter], 1);
            (table[*i][last], basis[*i])
        })?;
        basis[leave] = enter;
        let pivot = table[leave].clone();
        for (i, row) in table.iter_mut().enumerate().filter(|(i, _)| *i != leave) {
            let times = row[enter];
            assert!(i != leave && times.abs() <= 1);
            row.iter_mut().zip(&pivot).for_each(|(v, p)| *v -= times * p);
        }
        let times = goal[enter];
        goal.iter_mut().zip(&pivot).for_each(|(v, p)| *v -= times * p);
    }
    Some(goal[last])
}

/// From, to, weight, place of the record.
type Edge = (usize, usize, i64, usize);

/// The edges of records with the place of the record, and numbers for the nodes.
fn numbered(records: &[Record]) -> (Vec<Edge>, BTreeMap<String, usize>) {
    let mut nodes: BTreeMap<String, usize> = BTreeMap::new();
    let mut list = Vec::new();
    for (place, record) in records.iter().enumerate() {
        for (u, v, w) in edges([record]) {
            let mut number = |name: String| {
                let next = nodes.len();
                *nodes.entry(name).or_insert(next)
            };
            let (u, v) = (number(u), number(v));
            list.push((u, v, w, place));
        }
    }
    (list, nodes)
}

/// The least weighted amount is the dual of a circulation: the most a flow can gain on edges whose
/// capacity is the weight of their record.
#[test]
fn the_least_amount_is_that_of_the_linear_program() {
    let mut seen = 0;
    for seed in 9000..9080 {
        let (_, records) = world(seed, 10, true);
        let fine = distances(records.iter().filter(|r| r.hard)).is_some();
        if !fine || distances(&records).is_some() {
            continue;
        }
        // An edge from a node to itself has an amount that no flow through others tells.
        let records: Vec<Record> =
            records.into_iter().filter(|r| edges([r]).iter().all(|(u, v, _)| u != v)).collect();
        let (list, nodes) = numbered(&records);
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for node in 0..nodes.len() {
            let row = |sign: i64| {
                list.iter()
                    .map(|(u, v, ..)| sign * (i64::from(*v == node) - i64::from(*u == node)))
                    .collect::<Vec<i64>>()
            };
            a.extend([row(1), row(-1)]);
            b.extend([0, 0]);
        }
        for (i, (.., place)) in list.iter().enumerate().filter(|(_, e)| !records[e.3].hard) {
            a.push((0..list.len()).map(|j| i64::from(i == j)).collect());
            b.push(records[*place].weight);
        }
        let gain: Vec<i64> = list.iter().map(|(_, _, w, _)| -w).collect();
        let want = simplex(&a, &b, &gain).unwrap();
        let net = Network::build(&records, Some("s0")).unwrap();
        let got = net.analyse(&Limits::default()).unwrap().least_amount();
        assert_eq!(got.cost, i128::from(want), "seed {seed}");
        seen += usize::from(want > 0);
    }
    assert!(seen > 20, "{seen}");
}

/// The greatest gap is the optimum over all times that meet the records, begun at the true ones.
#[test]
fn bounds_are_those_of_the_linear_program() {
    for seed in 9100..9130 {
        let (truth, records) = world(seed, 12, false);
        let (list, nodes) = numbered(&records);
        let at = |name: &str| match name.strip_prefix("c:s") {
            Some(source) => -7 * source.parse::<i64>().unwrap(),
            None => name.strip_prefix('e').map_or(0, |e| truth[e.parse::<usize>().unwrap()]),
        };
        let times: BTreeMap<usize, i64> = nodes.iter().map(|(name, n)| (*n, at(name))).collect();
        let b: Vec<i64> = list.iter().map(|(u, v, w, _)| w - times[v] + times[u]).collect();
        assert!(b.iter().all(|slack| *slack >= 0));
        // Each node moves forward by one variable and back by another.
        let row = |u: usize, v: usize, sign: i64| {
            let one = |n: usize| sign * (i64::from(n == v) - i64::from(n == u));
            let each = (0..nodes.len()).map(one);
            each.clone().chain(each.map(|x| -x)).collect::<Vec<i64>>()
        };
        let a: Vec<Vec<i64>> = list.iter().map(|(u, v, ..)| row(*u, *v, 1)).collect();
        let net = Network::build(&records, Some("s0")).unwrap();
        let solved = net.without(&[]).unwrap();
        for (from, to) in [("e0", "e1"), ("e2", "e0"), ("e3", "e4")] {
            let (Some(u), Some(v)) = (nodes.get(from), nodes.get(to)) else { continue };
            let real = times[v] - times[u];
            let most = simplex(&a, &b, &row(*u, *v, 1)).map(|more| real + more);
            let least = simplex(&a, &b, &row(*u, *v, -1)).map(|less| real - less);
            let gap = solved.gap(from, to);
            assert_eq!((gap.min, gap.max), (least, most), "seed {seed} {from} {to}");
        }
    }
}
