//! The reference: the whole network as plain edges, potentials by Bellman and Ford, and one
//! Dijkstra per bound. It shares no code with what it is held against.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use fupan_engine::network::{Constraint, Record};

/// The network, solved once.
pub(crate) struct Naive {
    start: Vec<u32>,
    edges: Vec<(u32, i64)>,
    potential: Vec<i64>,
    events: Vec<Option<u32>>,
}

impl Naive {
    /// Events are `e0`, `e1`, …; the records must be consistent.
    pub(crate) fn new(records: &[Record], events: u64) -> Self {
        let mut numbers: BTreeMap<String, u32> = BTreeMap::from([(String::new(), 0)]);
        let mut list: Vec<(u32, u32, i64)> = Vec::new();
        for constraint in records.iter().flat_map(|r| &r.constraints) {
            let mut node = |name: String| {
                let next = numbers.len() as u32;
                *numbers.entry(name).or_insert(next)
            };
            let (u, v, lo, hi) = match constraint {
                Constraint::Obs { source, event, t, lo, hi } => {
                    (node(source.clone()), node(event.clone()), Some(t + lo), Some(t + hi))
                }
                Constraint::Order { a, b, min, max } => {
                    (node(a.clone()), node(b.clone()), *min, *max)
                }
                Constraint::Clock { source, lo, hi } => {
                    (0, node(source.clone()), Some(-hi), Some(-lo))
                }
                Constraint::ClockRel { a, b, lo, hi } => {
                    (node(a.clone()), node(b.clone()), Some(*lo), Some(*hi))
                }
            };
            list.extend(hi.map(|w| (u, v, w)));
            list.extend(lo.map(|w| (v, u, -w)));
        }
        let mut start = vec![0u32; numbers.len() + 1];
        list.iter().for_each(|(u, ..)| start[*u as usize + 1] += 1);
        for i in 1..start.len() {
            start[i] += start[i - 1];
        }
        list.sort_by_key(|(u, ..)| *u);
        let edges: Vec<(u32, i64)> = list.iter().map(|(_, v, w)| (*v, *w)).collect();
        let events = (0..events).map(|e| numbers.get(&format!("e{e}")).copied()).collect();
        let potential = potentials(&start, &edges);
        Self { start, edges, potential, events }
    }

    /// Bounds of `x(to) - x(from)`.
    pub(crate) fn gap(&self, from: usize, to: usize) -> (Option<i64>, Option<i64>) {
        if from == to {
            return (Some(0), Some(0));
        }
        match (self.events[from], self.events[to]) {
            (Some(a), Some(b)) => (self.distance(b, a).map(|d| -d), self.distance(a, b)),
            _ => (None, None),
        }
    }

    fn distance(&self, from: u32, to: u32) -> Option<i64> {
        let mut best: Vec<Option<i64>> = vec![None; self.potential.len()];
        best[from as usize] = Some(0);
        let mut heap = BinaryHeap::from([Reverse((0i64, from))]);
        while let Some(Reverse((d, u))) = heap.pop() {
            if best[u as usize] != Some(d) {
                continue;
            }
            if u == to {
                return Some(d + self.potential[to as usize] - self.potential[from as usize]);
            }
            let range = self.start[u as usize] as usize..self.start[u as usize + 1] as usize;
            for (v, w) in &self.edges[range] {
                let next = d + w + self.potential[u as usize] - self.potential[*v as usize];
                if best[*v as usize].is_none_or(|old| next < old) {
                    best[*v as usize] = Some(next);
                    heap.push(Reverse((next, *v)));
                }
            }
        }
        None
    }
}

fn potentials(start: &[u32], edges: &[(u32, i64)]) -> Vec<i64> {
    let nodes = start.len() - 1;
    let mut label = vec![0i64; nodes];
    let mut queued = vec![true; nodes];
    let mut queue: VecDeque<u32> = (0..nodes as u32).collect();
    while let Some(u) = queue.pop_front() {
        queued[u as usize] = false;
        for (v, w) in &edges[start[u as usize] as usize..start[u as usize + 1] as usize] {
            if label[u as usize] + w < label[*v as usize] {
                label[*v as usize] = label[u as usize] + w;
                if !queued[*v as usize] {
                    queued[*v as usize] = true;
                    queue.push_back(*v);
                }
            }
        }
    }
    label
}
