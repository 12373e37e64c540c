//! Random worlds for tests, and an all-pairs solver that shares nothing with the network.

use std::collections::BTreeMap;

use super::super::{Constraint, Record};

/// splitmix64.
pub(super) struct Rng(pub(super) u64);

impl Rng {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, m: u64) -> i64 {
        (self.next() % m) as i64
    }
}

fn constraint(rng: &mut Rng, truth: &[i64], lies: bool) -> Constraint {
    let events = truth.len() as u64;
    let lie = if lies && rng.below(4) == 0 { rng.below(41) - 20 } else { 0 };
    let (a, b) = (rng.below(events) as usize, rng.below(events) as usize);
    let source = rng.below(3);
    match rng.below(5) {
        0 | 1 => {
            let t = truth[a] + 7 * source + lie;
            let (lo, hi) = (-rng.below(4), rng.below(4));
            Constraint::Obs { source: format!("s{source}"), event: format!("e{a}"), t, lo, hi }
        }
        2 | 3 => {
            let gap = truth[b] - truth[a] + lie;
            let (min, max) = (gap - rng.below(6), gap + rng.below(6));
            let open = rng.below(3);
            Constraint::Order {
                a: format!("e{a}"),
                b: format!("e{b}"),
                min: (open != 0).then_some(min),
                max: (open != 1).then_some(max),
            }
        }
        _ => {
            let at = 7 * source + lie;
            let (lo, hi) = (at - rng.below(3), at + rng.below(3));
            if rng.below(2) == 0 {
                return Constraint::Clock { source: format!("s{source}"), lo, hi };
            }
            let other = rng.below(3);
            let (a, b) = (format!("s{source}"), format!("s{other}"));
            Constraint::ClockRel { a, b, lo: lo - 7 * other, hi: hi - 7 * other }
        }
    }
}

/// The true times, and records of them: some lie, some are hard (and do not), some state several
/// things. Source `s0` has offset 0.
pub(super) fn world(seed: u64, records: usize, lies: bool) -> (Vec<i64>, Vec<Record>) {
    let mut rng = Rng(seed);
    let truth: Vec<i64> = (0..5).map(|_| rng.below(60)).collect();
    let list = (0..records)
        .map(|i| {
            let hard = rng.below(5) == 0;
            let several = if rng.below(3) == 0 { 1 + rng.below(3) } else { 1 };
            Record {
                id: format!("r{i}"),
                weight: 1 + rng.below(5),
                hard,
                constraints: (0..several)
                    .map(|_| constraint(&mut rng, &truth, lies && !hard))
                    .collect(),
            }
        })
        .collect();
    (truth, list)
}

/// The edges of records, between names.
pub(super) fn edges<'a>(
    records: impl IntoIterator<Item = &'a Record>,
) -> Vec<(String, String, i64)> {
    let mut list = Vec::new();
    let mut put = |u: &str, v: &str, w: i64| list.push((u.to_owned(), v.to_owned(), w));
    let clock = |s: &str| if s == "s0" { "Z".to_owned() } else { format!("c:{s}") };
    for constraint in records.into_iter().flat_map(|r| &r.constraints) {
        match constraint {
            Constraint::Obs { source, event, t, lo, hi } => {
                put(&clock(source), event, t + hi);
                put(event, &clock(source), -(t + lo));
            }
            Constraint::Order { a, b, min, max } => {
                max.inspect(|max| put(a, b, *max));
                min.inspect(|min| put(b, a, -min));
            }
            Constraint::Clock { source, lo, hi } => {
                put("Z", &clock(source), -lo);
                put(&clock(source), "Z", *hi);
            }
            Constraint::ClockRel { a, b, lo, hi } => {
                put(&clock(a), &clock(b), *hi);
                put(&clock(b), &clock(a), -lo);
            }
        }
    }
    list
}

/// All-pairs distances by Floyd and Warshall over names, or `None` where the records contradict.
pub(super) fn distances<'a>(
    records: impl IntoIterator<Item = &'a Record>,
) -> Option<BTreeMap<(String, String), i64>> {
    let mut d: BTreeMap<(String, String), i64> = BTreeMap::new();
    for (u, v, w) in edges(records) {
        let old = d.entry((u, v)).or_insert(w);
        *old = w.min(*old);
    }
    let names: Vec<String> = {
        let mut names: Vec<String> = d.keys().flat_map(|(u, v)| [u.clone(), v.clone()]).collect();
        names.sort();
        names.dedup();
        names
    };
    for k in &names {
        for u in &names {
            for v in &names {
                let via = d
                    .get(&(u.clone(), k.clone()))
                    .zip(d.get(&(k.clone(), v.clone())))
                    .map(|(a, b)| a + b);
                if let Some(via) = via {
                    let old = d.entry((u.clone(), v.clone())).or_insert(via);
                    *old = via.min(*old);
                }
            }
        }
    }
    let fine = names.iter().all(|n| d.get(&(n.clone(), n.clone())).is_none_or(|w| *w >= 0));
    fine.then_some(d)
}
