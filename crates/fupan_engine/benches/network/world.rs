//! The seeded worlds of `timeline_generator_open.json`, and a knot of conflicts that overlap.

use fupan_engine::network::{Constraint, Record};

/// splitmix64.
struct Rng(u64);

impl Rng {
    fn below(&mut self, m: u64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % m) as i64
    }
}

/// What to generate: seed, sources, events, readings, orders, corruptions and questions.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) sources: u64,
    pub(crate) events: u64,
    pub(crate) readings: u64,
    pub(crate) orders: u64,
    pub(crate) corruptions: u64,
    pub(crate) queries: u64,
}

/// A generated world.
pub(crate) struct World {
    pub(crate) records: Vec<Record>,
    pub(crate) queries: Vec<(usize, usize)>,
}

fn record(id: String, hard: bool, constraint: Constraint) -> Record {
    Record { id, weight: 1000, hard, constraints: vec![constraint] }
}

/// By the specification in the fixture, draw for draw.
pub(crate) fn generate(plan: Plan) -> World {
    let mut rng = Rng(plan.seed);
    let truth: Vec<i64> = (0..plan.events).map(|_| rng.below(21_600_000)).collect();
    let offset: Vec<i64> = (0..plan.sources).map(|_| rng.below(1_200_001) - 600_000).collect();
    let mut readings: Vec<(usize, usize, i64, i64)> = (0..plan.readings)
        .map(|_| {
            let (e, s) = (rng.below(plan.events) as usize, rng.below(plan.sources) as usize);
            let step = [1, 1000, 60_000, 300_000][s % 4];
            let local = truth[e] + offset[s];
            (e, s, local - local.rem_euclid(step), step - 1)
        })
        .collect();
    let orders: Vec<Record> = (0..plan.orders)
        .map(|i| {
            let (mut a, mut b) = (rng.below(plan.events) as usize, rng.below(plan.events) as usize);
            if a == b {
                b = (a + 1) % plan.events as usize;
            }
            if truth[a] > truth[b] {
                std::mem::swap(&mut a, &mut b);
            }
            let max = (rng.below(4) == 0).then(|| truth[b] - truth[a] + rng.below(60_000));
            let (a, b) = (format!("e{a}"), format!("e{b}"));
            record(format!("p{i}"), true, Constraint::Order { a, b, min: Some(0), max })
        })
        .collect();
    for _ in 0..plan.corruptions {
        let i = rng.below(plan.readings) as usize;
        let hours = 1 + rng.below(10);
        readings[i].2 += if rng.below(2) == 0 { hours } else { -hours } * 3_600_000;
    }
    let query = |rng: &mut Rng| (rng.below(plan.events) as usize, rng.below(plan.events) as usize);
    let queries = (0..plan.queries).map(|_| query(&mut rng)).collect();
    let clock =
        Constraint::Clock { source: "s0".to_owned(), lo: offset[0] - 500, hi: offset[0] + 500 };
    let mut records = vec![record("clk".to_owned(), true, clock)];
    records.extend(readings.into_iter().enumerate().map(|(i, (e, s, t, hi))| {
        let (source, event) = (format!("s{s}"), format!("e{e}"));
        record(format!("o{i}"), false, Constraint::Obs { source, event, t, lo: 0, hi })
    }));
    records.extend(orders);
    World { records, queries }
}

/// Adds 30 conflicts that overlap from the first to the last: along a chain of events each of 31
/// soft orders says "at least a minute later", and for each three neighbours an order says that
/// the third comes before the first. Every event of the chain is also read, roughly, from a clock
/// of the world. Weights differ, so that the ranking is no tie.
pub(crate) fn add_knot(records: &mut Vec<Record>) {
    const HALF_DAY: i64 = 12 * 3_600_000;
    let event = |i: i64| format!("knot{i}");
    let mut put = |id: String, weight: i64, constraint: Constraint| {
        records.push(Record { id, weight, hard: false, constraints: vec![constraint] });
    };
    for i in 0..32 {
        let (source, event) = (format!("s{}", i % 4), event(i));
        let reading = Constraint::Obs { source, event, t: 0, lo: -HALF_DAY, hi: HALF_DAY };
        put(format!("m{i}"), 1000, reading);
    }
    for i in 0..31 {
        let (a, b) = (event(i), event(i + 1));
        let order = Constraint::Order { a, b, min: Some(60_000), max: None };
        put(format!("k{i}"), 900 + (i * 37) % 200, order);
    }
    for i in 0..30 {
        let (a, b) = (event(i), event(i + 2));
        let order = Constraint::Order { a, b, min: None, max: Some(-1000) };
        put(format!("l{i}"), 1000 + (i * 53) % 300, order);
    }
}
