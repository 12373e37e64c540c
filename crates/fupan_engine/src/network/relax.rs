//! Queue Bellman-Ford: finds potentials that meet every edge, or a negative cycle. It may go on
//! after a cycle, once the caller has switched an edge of it off: lower labels are no harm.

use std::collections::VecDeque;

use super::bits::Bits;
use super::build::Network;

const NONE: u32 = u32::MAX;

/// The state of one relaxation.
pub(super) struct Relax<'n> {
    net: &'n Network,
    pub(super) label: Vec<i64>,
    parent: Vec<u32>,
    queue: VecDeque<u32>,
    queued: Bits,
    relaxed: usize,
    /// Whether a short cycle is looked for as it closes; worth it where there are many.
    probing: bool,
}

/// Every so many relaxations, so many parents are looked at.
const PROBE: (usize, usize) = (8, 32);

impl<'n> Relax<'n> {
    pub(super) fn new(net: &'n Network) -> Self {
        let nodes = net.node_count();
        let mut queued = Bits::new(nodes);
        (0..nodes).for_each(|v| queued.add(v));
        Self {
            net,
            label: vec![0; nodes],
            parent: vec![NONE; nodes],
            queue: (0..nodes as u32).collect(),
            queued,
            relaxed: 0,
            probing: false,
        }
    }

    /// As [`Relax::new`], for a network that is thought to hold many short negative cycles.
    pub(super) fn probing(net: &'n Network) -> Self {
        Self { probing: true, ..Self::new(net) }
    }

    /// Relaxes until nothing changes (`None`) or a negative cycle shows (its edges).
    pub(super) fn run(&mut self, off: &Bits) -> Option<Vec<u32>> {
        while let Some(u) = self.queue.pop_front() {
            self.queued.remove(u as usize);
            for &e in self.net.out_of(u as usize) {
                let edge = self.net.edges[e as usize];
                let v = edge.to as usize;
                let reach = self.label[u as usize] + edge.w;
                if reach >= self.label[v] || off.has(e as usize) {
                    continue;
                }
                if edge.from == edge.to {
                    self.requeue(u);
                    return Some(vec![e]);
                }
                self.label[v] = reach;
                self.parent[v] = e;
                self.relaxed += 1;
                if self.probing && self.relaxed.is_multiple_of(PROBE.0) && self.closes(v, off) {
                    self.requeue(u);
                    self.requeue(edge.to);
                    return Some(self.cycle_from(v));
                }
                if !self.queued.has(v) {
                    self.queued.add(v);
                    self.queue.push_back(edge.to);
                }
            }
            if self.relaxed >= self.label.len() {
                self.relaxed = 0;
                if let Some(cycle) = self.parent_cycle(off) {
                    self.requeue(u);
                    return Some(cycle);
                }
            }
        }
        None
    }

    fn requeue(&mut self, u: u32) {
        if !self.queued.has(u as usize) {
            self.queued.add(u as usize);
            self.queue.push_front(u);
        }
    }

    /// Whether a short cycle of parents leads back to a node. It stands as long as no edge of it is
    /// switched off.
    fn closes(&mut self, v: usize, off: &Bits) -> bool {
        let mut at = v;
        for _ in 0..PROBE.1 {
            let e = self.parent[at];
            if e == NONE {
                return false;
            }
            if off.has(e as usize) {
                self.parent[at] = NONE;
                return false;
            }
            at = self.net.edges[e as usize].from as usize;
            if at == v {
                return true;
            }
        }
        false
    }

    /// A cycle among the parents is always negative, whatever the labels began with.
    fn parent_cycle(&mut self, off: &Bits) -> Option<Vec<u32>> {
        let mut mark = vec![0u32; self.label.len()];
        for start in 0..self.label.len() {
            let stamp = start as u32 + 1;
            let mut v = start;
            while mark[v] == 0 {
                mark[v] = stamp;
                let e = self.parent[v];
                if e == NONE || off.has(e as usize) {
                    self.parent[v] = NONE;
                    break;
                }
                v = self.net.edges[e as usize].from as usize;
            }
            if mark[v] == stamp && self.parent[v] != NONE {
                return Some(self.cycle_from(v));
            }
        }
        None
    }

    fn cycle_from(&self, start: usize) -> Vec<u32> {
        let (mut cycle, mut v) = (Vec::new(), start);
        loop {
            let e = self.parent[v];
            cycle.push(e);
            v = self.net.edges[e as usize].from as usize;
            if v == start {
                cycle.reverse();
                return cycle;
            }
        }
    }
}
