//! Why a bound is what it is, step by step, and what would have to be wrong for the verdict on it
//! to fall.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use fupan_model::{Gap, Verdict};

use super::checker::Checker;
use super::diagnose::Analysis;
use super::query::Solved;
use super::record::Bounds;

/// Moment (时刻): what a step of an explanation begins or ends at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// The epoch of the case, by the reference.
    Epoch,
    /// When the clock of this source shows the epoch of the case.
    Shown(String),
    /// When this event happened.
    Event(String),
}

/// Step (推理步): one record's share in a bound: `to` comes `ms` after `from`, at most or at least
/// as the chain says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The record that says so.
    pub record: String,
    /// Counted from.
    pub from: Moment,
    /// Counted to.
    pub to: Moment,
    /// Milliseconds; they sum to the bound over the chain.
    pub ms: i64,
}

/// Chain (推理链): the steps that give one end of a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The bound, milliseconds.
    pub ms: i64,
    /// From the event counted from to the event counted to.
    pub steps: Vec<Step>,
}

/// Turn (翻转条件): what becomes of a verdict when one record is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The record.
    pub record: String,
    /// What it costs to set it aside.
    pub weight: i64,
    /// It may not be set aside.
    pub hard: bool,
    /// By how many milliseconds it must be wrong, at least, for another verdict; `None` when the
    /// verdict stays however wrong it is.
    pub off_ms: Option<i64>,
    /// The gap without it.
    pub without: Bounds,
    /// The verdict without it.
    pub verdict: Option<Verdict>,
}

/// Explanation (解释): a gap, the steps to either end, and how firm the verdict is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The gap.
    pub bounds: Bounds,
    /// The verdict against the limit asked about.
    pub verdict: Option<Verdict>,
    /// Why it is at least so much; `None` when it is open, no step for a gap from an event to
    /// itself.
    pub at_least: Option<Chain>,
    /// Why it is at most so much.
    pub at_most: Option<Chain>,
    /// How far the end that decides lies from the limit, milliseconds; 0 and more.
    pub margin_ms: Option<i64>,
    /// One entry for each record in the chain that decides; those whose falling turns the verdict
    /// first, the cheapest to set aside first. Empty where nothing is decided.
    pub turns: Vec<Turn>,
}

impl Explanation {
    /// The cheapest record without which the verdict is another; `None` when it is the same
    /// whichever single record is wrong, or was never decided.
    #[must_use]
    pub fn turns_on(&self) -> Option<&Turn> {
        self.turns.iter().find(|turn| turn.off_ms.is_some() && !turn.hard)
    }

    /// Decided, and the same whichever single record is wrong.
    #[must_use]
    pub fn is_firm(&self) -> bool {
        self.margin_ms.is_some() && self.turns_on().is_none()
    }
}

/// Explains the gap of a consistent choice of records, held against a limit in milliseconds.
#[must_use]
pub fn gap(solved: &Solved<'_>, from: &str, to: &str, limit_ms: Option<i64>) -> Explanation {
    let checker = &solved.checker;
    let net = checker.net;
    let bounds = solved.gap(from, to);
    let mut made = Explanation {
        bounds,
        verdict: judge(bounds, limit_ms),
        at_least: None,
        at_most: None,
        margin_ms: None,
        turns: vec![],
    };
    let (Some(a), Some(b)) = (net.event_node(from), net.event_node(to)) else { return made };
    let (lower, upper) = (walk(checker, b, a, None), walk(checker, a, b, None));
    made.at_most = upper.as_ref().map(|way| chain(checker, way, false));
    made.at_least = lower.as_ref().map(|way| chain(checker, way, true));
    let deciding = match (made.verdict, limit_ms) {
        (Some(Verdict::Over), Some(limit)) => lower.map(|way| (way, (b, a), -limit)),
        (Some(Verdict::Within), Some(limit)) => upper.map(|way| (way, (a, b), limit + 1)),
        _ => None,
    };
    let Some((way, ends, target)) = deciding else { return made };
    made.margin_ms = Some(target - way.length - i64::from(made.verdict == Some(Verdict::Within)));
    let records: BTreeSet<u32> = way.edges.iter().map(|e| net.record_of[*e as usize]).collect();
    made.turns = records
        .into_iter()
        .map(|record| {
            let length = |from, to| walk(checker, from, to, Some((record, None))).map(|w| w.length);
            let without = Bounds { min: length(b, a).map(|d| -d), max: length(a, b) };
            Turn {
                record: net.id(record as usize).to_owned(),
                weight: net.weights[record as usize],
                hard: net.hard[record as usize],
                off_ms: off_by(checker, &way, ends, record, target),
                without,
                verdict: judge(without, limit_ms),
            }
        })
        .collect();
    let key = |t: &Turn| (t.off_ms.is_none(), t.hard, t.weight, t.record.clone());
    made.turns.sort_by_cached_key(key);
    made
}

/// Explains a gap under each of the first `most` diagnoses, by their place in the ranking; without
/// a contradiction under none set aside.
pub fn under_each(
    analysis: &mut Analysis<'_>,
    (from, to): (&str, &str),
    limit_ms: Option<i64>,
    most: usize,
) -> Vec<Explanation> {
    let mut asides: Vec<Vec<String>> =
        analysis.diagnoses.ranked.iter().take(most).map(|d| d.retract.clone()).collect();
    if analysis.conflicts.all.is_empty() {
        asides = vec![vec![]];
    }
    let each = asides.iter().filter_map(|aside| analysis.after(aside));
    each.map(|solved| gap(&solved, from, to, limit_ms)).collect()
}

fn judge(bounds: Bounds, limit_ms: Option<i64>) -> Option<Verdict> {
    Verdict::of(Gap { min_ms: bounds.min, max_ms: bounds.max }, limit_ms)
}

/// A shortest path.
struct Way {
    length: i64,
    edges: Vec<u32>,
}

/// The shortest path, with one record's constraints widened by so many milliseconds, or without
/// it. Widened edges still meet the potentials.
fn walk(
    checker: &Checker<'_>,
    from: usize,
    to: usize,
    widen: Option<(u32, Option<i64>)>,
) -> Option<Way> {
    let net = checker.net;
    let mut best: BTreeMap<u32, (i64, Option<u32>)> = BTreeMap::from([(from as u32, (0, None))]);
    let mut done: BTreeSet<u32> = BTreeSet::new();
    let mut heap = BinaryHeap::from([Reverse((0i64, from as u32))]);
    let extra = |e: u32| match widen {
        Some((record, by)) if net.record_of[e as usize] == record => by,
        _ => Some(0),
    };
    while let Some(Reverse((d, u))) = heap.pop() {
        if !done.insert(u) {
            continue;
        }
        if u as usize == to {
            break;
        }
        for &e in net.out_of(u as usize).iter().filter(|e| !checker.off.has(**e as usize)) {
            let edge = net.edges[e as usize];
            let Some(extra) = extra(e) else { continue };
            let (u, v) = (u as usize, edge.to as usize);
            let next = d + edge.w + extra + checker.potential[u] - checker.potential[v];
            if best.get(&edge.to).is_none_or(|(old, _)| next < *old) {
                best.insert(edge.to, (next, Some(e)));
                heap.push(Reverse((next, edge.to)));
            }
        }
    }
    let reduced = best.get(&(to as u32))?.0;
    let (mut edges, mut v) = (Vec::new(), to as u32);
    while let Some((_, Some(e))) = best.get(&v) {
        edges.push(*e);
        v = net.edges[*e as usize].from;
    }
    edges.reverse();
    let length = reduced + checker.potential[to] - checker.potential[from];
    Some(Way { length, edges })
}

/// The least widening of a record by which the shortest path grows to `target`. The length is
/// concave in the widening, so Newton's steps, each along the path found, come from below and end.
fn off_by(
    checker: &Checker<'_>,
    way: &Way,
    (from, to): (usize, usize),
    record: u32,
    target: i64,
) -> Option<i64> {
    let net = checker.net;
    let mut by = 0;
    let mut way = Way { length: way.length, edges: way.edges.clone() };
    while way.length < target {
        let uses = way.edges.iter().filter(|e| net.record_of[**e as usize] == record).count();
        // A path around it holds the bound.
        let uses = i64::try_from(uses).ok().filter(|n| *n > 0)?;
        by += (target - way.length + uses - 1).div_euclid(uses);
        match walk(checker, from, to, Some((record, Some(by)))) {
            Some(next) => way = next,
            None => break,
        }
    }
    Some(by)
}

fn chain(checker: &Checker<'_>, way: &Way, reversed: bool) -> Chain {
    let net = checker.net;
    let moment = |node: u32| {
        let node = node as usize;
        match node.checked_sub(1) {
            None => Moment::Epoch,
            Some(source) if source < net.source_count() => {
                Moment::Shown(net.source_name(source).to_owned())
            }
            Some(other) => Moment::Event(net.event_name(other - net.source_count()).to_owned()),
        }
    };
    let step = |e: &u32| {
        let edge = net.edges[*e as usize];
        let record = net.id(net.record_of[*e as usize] as usize).to_owned();
        let (from, to) = (moment(edge.from), moment(edge.to));
        if reversed {
            Step { record, from: to, to: from, ms: -edge.w }
        } else {
            Step { record, from, to, ms: edge.w }
        }
    };
    let mut steps: Vec<Step> = way.edges.iter().map(step).collect();
    if reversed {
        steps.reverse();
    }
    Chain { ms: if reversed { -way.length } else { way.length }, steps }
}
