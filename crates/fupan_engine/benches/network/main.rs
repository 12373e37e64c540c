//! The promises of speed, measured in one run on one thread against plain references: one line a
//! promise, and an exit code that tells whether all were kept.
//!
//! `cargo bench -p fupan_engine`; a name after `--` runs the promises whose name holds it.
//! Memory is read from `/proc/self/statm`, so it is measured on Linux only.
#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    clippy::expect_used,
    reason = "a bench prints its result and may stop at the first thing that is wrong"
)]

mod naive;
mod world;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use fupan_engine::network::{Limits, Network, Record};
use naive::Naive;
use world::{Plan, add_knot, generate};

/// The million readings of a hundred clocks, without orders.
const PLAIN: Plan = Plan {
    seed: 8,
    sources: 100,
    events: 400_000,
    readings: 1_000_000,
    orders: 0,
    corruptions: 0,
    queries: 200_000,
};
/// The same size with a hundred thousand orders.
const ORDERED: Plan = Plan { seed: 6, events: 500_000, orders: 100_000, queries: 200, ..PLAIN };
/// A tenth of that.
const TENTH: Plan = Plan { seed: 9, events: 50_000, readings: 100_000, orders: 10_000, ..ORDERED };

/// Runs of which the fastest counts, where one is short.
const RUNS: usize = 3;

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed(), made)
}

fn fastest<T>(mut work: impl FnMut() -> T) -> Duration {
    let one = |work: &mut dyn FnMut() -> T| timed(|| black_box(work())).0;
    (0..RUNS).map(|_| one(&mut work)).min().unwrap_or_default()
}

struct Report {
    only: Option<String>,
    kept: bool,
}

impl Report {
    fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }

    /// `ratio` must be at least `required`.
    fn faster(&mut self, name: &str, ours: Duration, reference: Duration, required: f64) {
        let ratio = reference.as_secs_f64() / ours.as_secs_f64().max(1e-12);
        let kept = ratio >= required;
        self.kept &= kept;
        let word = if kept { "pass" } else { "FAIL" };
        println!(
            "{name}: ours {ours:.3?}, reference {reference:.3?}, ratio {ratio:.2}, \
             required >= {required}, {word}"
        );
    }
}

fn network(records: &[Record]) -> Network {
    Network::build(records, None).expect("the generator makes no faults")
}

fn check(net: &Network) -> Duration {
    fastest(|| net.is_consistent(&[]))
}

fn plain(report: &mut Report) {
    let world = generate(PLAIN);
    let net = network(&world.records);
    memory(report, &net);
    let solved = net.without(&[]).expect("consistent");
    let core = solved.core().expect("few clocks");
    let build = fastest(|| solved.core());
    report.faster("core build, 1e6 readings: a quarter of a check", build, check(&net), 4.0);

    let naive = Naive::new(&world.records, PLAIN.events);
    let place: Vec<Option<usize>> = {
        let mut place = vec![None; PLAIN.events as usize];
        for (at, name) in net.events().enumerate() {
            place[name[1..].parse::<usize>().expect("a number")] = Some(at);
        }
        place
    };
    let asked: Vec<(usize, usize)> =
        world.queries.iter().filter_map(|(a, b)| place[*a].zip(place[*b])).collect();
    let (ours, _) = timed(|| {
        for (a, b) in &asked {
            black_box(core.gap_of(*a, *b));
        }
    });
    let few = &world.queries[..4];
    let (reference, bounds) =
        timed(|| few.iter().map(|(a, b)| naive.gap(*a, *b)).collect::<Vec<_>>());
    for ((a, b), want) in few.iter().zip(bounds) {
        let got = core.gap(&format!("e{a}"), &format!("e{b}"));
        assert_eq!((got.min, got.max), want, "the reference disagrees");
    }
    let (ours, reference) = (ours / asked.len() as u32, reference / few.len() as u32);
    report.faster("core query, 1e6 readings, 100 clocks", ours, reference, 500_000.0);
    let names: Vec<(String, String)> =
        world.queries.iter().map(|(a, b)| (format!("e{a}"), format!("e{b}"))).collect();
    let (by_name, _) = timed(|| {
        for (a, b) in &names {
            black_box(core.gap(a, b));
        }
    });
    println!("  for information: the same by name {:.3?}", by_name / names.len() as u32);
}

fn resident() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

/// What one more copy of the network takes, by the kernel's count of resident pages.
fn memory(report: &mut Report, net: &Network) {
    let Some(before) = resident() else {
        println!("memory: not measured on this system");
        return;
    };
    let copy = net.clone();
    let after = resident().unwrap_or(before);
    let (measured, counted) = (after.saturating_sub(before), net.heap_bytes() as u64);
    let each = measured.max(counted) as f64 / copy.len() as f64;
    let kept = each <= 100.0;
    report.kept &= kept;
    let word = if kept { "pass" } else { "FAIL" };
    println!(
        "memory a record: ours {each:.1} bytes (resident {measured}, counted {counted}), \
         required <= 100, {word}"
    );
}

fn ordered(report: &mut Report) {
    let world = generate(ORDERED);
    let net = network(&world.records);
    println!("  for information: a check with 1e5 orders {:.3?}", check(&net));
    let mut solved = net.without(&[]).expect("consistent");
    let naive = Naive::new(&world.records, ORDERED.events);
    let (a, b) = world.queries[0];
    let (from, to) = (format!("e{a}"), format!("e{b}"));
    let (first, gap) = timed(|| solved.gap(&from, &to));
    let (again, _) = timed(|| {
        for _ in 0..1000 {
            black_box(solved.gap(&from, &to));
        }
    });
    report.faster("repeated query, 1e5 orders, against the first", again / 1000, first, 200.0);
    let (reference, want) = timed(|| naive.gap(a, b));
    assert_eq!((gap.min, gap.max), want, "the reference disagrees");
    let (other, _) = timed(|| {
        for (a, b) in &world.queries {
            black_box(solved.gap(&format!("e{a}"), &format!("e{b}")));
        }
    });
    let other = other / world.queries.len() as u32;
    println!("  for information: the reference {reference:.3?}, another query {other:.3?}");
    solved.set_aside(0);
    let (after, _) = timed(|| solved.gap(&from, &to));
    println!("  for information: after an edit {after:.3?}");
}

/// What is promised is 30 conflicts that overlap; worlds of false readings are timed beside them.
fn diagnoses(report: &mut Report, name: &str, plan: Plan, knot: bool) {
    let mut world = generate(plan);
    if knot {
        add_knot(&mut world.records);
    }
    let consistent = generate(Plan { corruptions: 0, ..plan });
    let whole = check(&network(&consistent.records));
    let net = network(&world.records);
    let limits = Limits { diagnoses: 10, ..Limits::default() };
    let (ours, analysis) = timed(|| net.analyse(&limits).expect("hard records agree"));
    let ranked = &analysis.diagnoses.ranked;
    assert!(ranked.windows(2).all(|two| two[0].cost <= two[1].cost));
    if knot {
        report.faster(name, ours, whole * 20, 1.0);
    } else {
        let checks = ours.as_secs_f64() / whole.as_secs_f64().max(1e-12);
        println!("  for information: {name}: {ours:.3?}, {checks:.0} checks");
    }
    println!(
        "  for information: a check {whole:.3?}, {} conflicts, {} parts, {} diagnoses, exact {}, \
         cheapest {:?}",
        analysis.conflicts.all.len(),
        analysis.diagnoses.components.len(),
        ranked.len(),
        analysis.diagnoses.exact,
        ranked.first().map(|d| d.cost),
    );
}

fn main() -> ExitCode {
    let only = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let mut report = Report { only, kept: true };
    if report.wants("core") {
        plain(&mut report);
    }
    if report.wants("repeated") {
        ordered(&mut report);
    }
    let corrupt = |plan: Plan, corruptions: u64| Plan { corruptions, ..plan };
    let small = Plan { sources: 12, events: 5000, readings: 10_000, orders: 2000, ..ORDERED };
    let cases = [
        ("diagnoses of a knot of 30 conflicts, 1e6 records", ORDERED, true),
        ("diagnoses of a knot of 30 conflicts, 1e5 records", TENTH, true),
        ("diagnoses of 30 false readings, 1e6 records", corrupt(ORDERED, 30), false),
        ("diagnoses of 30 false readings, 1e5 records", corrupt(TENTH, 30), false),
        ("diagnoses of 100 false readings, 1e5 records", corrupt(TENTH, 100), false),
        ("diagnoses of 20 false readings, 1e4 records", corrupt(small, 20), false),
    ];
    for (name, plan, knot) in cases {
        if report.wants(name) {
            diagnoses(&mut report, name, plan, knot);
        }
    }
    if report.kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
