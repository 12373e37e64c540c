//! The clock core: every event is folded into distances between the clocks that saw it, events
//! joined by orders as a group, and the clocks are closed by Floyd and Warshall. A gap is then the
//! least sum over the clocks of its two events, whatever the size of the network.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::checker::Checker;
use super::query::Solved;
use super::record::Bounds;

/// Most clocks that are closed.
const MOST: usize = 2000;
const APART: i64 = i64::MAX;

/// Core (时钟核): all distances between clocks, for gaps asked in great number.
pub struct Core<'a, 'n> {
    checker: &'a Checker<'n>,
    hubs: usize,
    /// Row by row; [`APART`] where there is no path.
    table: Vec<i64>,
    /// Order edges between events, by the event they enter.
    entering: Vec<(u32, u32)>,
}

/// A way between an event and a clock: the clock and its length.
type Ways = Vec<(usize, i64)>;

impl<'n> Solved<'n> {
    /// Builds the core; `None` when there are more than 2000 clocks.
    #[must_use]
    pub fn core(&self) -> Option<Core<'_, 'n>> {
        let hubs = 1 + self.0.net.source_count();
        if hubs > MOST {
            return None;
        }
        let mut core =
            Core { checker: &self.0, hubs, table: vec![APART; hubs * hubs], entering: Vec::new() };
        core.fold();
        core.close();
        Some(core)
    }
}

impl Core<'_, '_> {
    /// As [`Solved::gap`], and equal to it.
    #[must_use]
    pub fn gap(&self, from: &str, to: &str) -> Bounds {
        if from == to {
            return Bounds { min: Some(0), max: Some(0) };
        }
        let net = self.checker.net;
        match (net.event_node(from), net.event_node(to)) {
            (Some(a), Some(b)) => self.between(a, b),
            _ => Bounds::OPEN,
        }
    }

    /// As [`Core::gap`], by the places of the events in [`super::Network::events`].
    #[must_use]
    pub fn gap_of(&self, from: usize, to: usize) -> Bounds {
        if from == to {
            return Bounds { min: Some(0), max: Some(0) };
        }
        let node = |e: usize| Some(e + self.hubs).filter(|v| *v < self.checker.net.node_count());
        match (node(from), node(to)) {
            (Some(a), Some(b)) => self.between(a, b),
            _ => Bounds::OPEN,
        }
    }

    fn between(&self, a: usize, b: usize) -> Bounds {
        Bounds { min: self.distance(b, a).map(|d| -d), max: self.distance(a, b) }
    }

    fn distance(&self, a: usize, b: usize) -> Option<i64> {
        let mut best = APART;
        if self.is_plain(a) && self.is_plain(b) {
            for (out, leave) in self.exits(a) {
                for (into, enter) in self.entries(b) {
                    best = best.min(self.through(out, into, leave + enter));
                }
            }
        } else {
            let (leaving, direct) = self.leave(a, Some(b));
            best = direct.unwrap_or(APART);
            let entering = self.enter(b);
            for (out, leave) in leaving {
                for (into, enter) in &entering {
                    best = best.min(self.through(out, *into, leave + enter));
                }
            }
        }
        (best != APART).then_some(best)
    }

    fn through(&self, out: usize, into: usize, ends: i64) -> i64 {
        match self.table[out * self.hubs + into] {
            APART => APART,
            between => between + ends,
        }
    }

    fn on(&self, e: u32) -> bool {
        !self.checker.off.has(e as usize)
    }

    /// Only clocks saw it: no order edge leaves or enters it.
    fn is_plain(&self, event: usize) -> bool {
        let net = self.checker.net;
        net.out_of(event).iter().all(|e| (net.edges[*e as usize].to as usize) < self.hubs)
            && self.entering_of(event).is_empty()
    }

    fn entering_of(&self, event: usize) -> &[(u32, u32)] {
        let start = self.entering.partition_point(|(v, _)| (*v as usize) < event);
        let end = self.entering.partition_point(|(v, _)| (*v as usize) <= event);
        &self.entering[start..end]
    }

    /// Edges from an event straight to a clock.
    fn exits(&self, event: usize) -> impl Iterator<Item = (usize, i64)> {
        let net = self.checker.net;
        net.out_of(event).iter().filter(|e| self.on(**e)).filter_map(move |e| {
            let edge = net.edges[*e as usize];
            ((edge.to as usize) < self.hubs).then_some((edge.to as usize, edge.w))
        })
    }

    /// Edges from a clock straight to an event: a reading makes both senses, the way in first.
    fn entries(&self, event: usize) -> impl Iterator<Item = (usize, i64)> {
        let net = self.checker.net;
        net.out_of(event).iter().filter(|e| self.on(**e)).filter_map(move |e| {
            let edge = net.edges[*e as usize];
            let back = (edge.to as usize) < self.hubs;
            back.then(|| (edge.to as usize, net.edges[*e as usize - 1].w))
        })
    }

    fn shorten(&mut self, from: usize, to: usize, w: i64) {
        let slot = &mut self.table[from * self.hubs + to];
        *slot = w.min(*slot);
    }

    fn fold(&mut self) {
        let net = self.checker.net;
        let hubs = self.hubs;
        let inner = |v: u32| v as usize >= hubs;
        let order = |e: &u32| {
            let edge = net.edges[*e as usize];
            inner(edge.from) && inner(edge.to) && self.on(*e)
        };
        let edges = (0..net.edges.len() as u32).filter(order);
        self.entering = edges.map(|e| (net.edges[e as usize].to, e)).collect();
        self.entering.sort_unstable();
        for hub in 0..hubs {
            self.shorten(hub, hub, 0);
            for e in net.out_of(hub) {
                let edge = net.edges[*e as usize];
                if !inner(edge.to) && self.on(*e) {
                    self.shorten(hub, edge.to as usize, edge.w);
                }
            }
        }
        let mut ways: Vec<(usize, i64, i64)> = Vec::new();
        for event in hubs..net.node_count() {
            ways.clear();
            ways.extend(
                self.exits(event)
                    .zip(self.entries(event))
                    .map(|((c, out), (_, into))| (c, out, into)),
            );
            let plain = self.is_plain(event);
            if plain {
                for (from, _, into) in &ways {
                    for (to, out, _) in &ways {
                        self.shorten(*from, *to, into + out);
                    }
                }
            }
            if !plain && !ways.is_empty() {
                let (leaving, _) = self.leave(event, None);
                for (from, _, into) in &ways {
                    for (to, out) in &leaving {
                        self.shorten(*from, *to, into + out);
                    }
                }
            }
        }
    }

    /// Shortest ways from an event to each clock that pass no other clock, and to `goal`.
    fn leave(&self, event: usize, goal: Option<usize>) -> (Ways, Option<i64>) {
        let settled = self.group(event, false);
        let mut ways: BTreeMap<usize, i64> = BTreeMap::new();
        for (x, d) in &settled {
            for (clock, w) in self.exits(*x as usize) {
                let old = ways.entry(clock).or_insert(d + w);
                *old = (d + w).min(*old);
            }
        }
        let direct = goal.and_then(|g| settled.get(&(g as u32)).copied());
        (ways.into_iter().collect(), direct)
    }

    /// Shortest ways from each clock to an event that pass no other clock.
    fn enter(&self, event: usize) -> Ways {
        let mut ways: BTreeMap<usize, i64> = BTreeMap::new();
        for (x, d) in self.group(event, true) {
            for (clock, w) in self.entries(x as usize) {
                let old = ways.entry(clock).or_insert(d + w);
                *old = (d + w).min(*old);
            }
        }
        ways.into_iter().collect()
    }

    /// Distances from (or, `against`, to) an event along order edges alone.
    fn group(&self, event: usize, against: bool) -> BTreeMap<u32, i64> {
        let net = self.checker.net;
        let potential = &self.checker.potential;
        let mut best: BTreeMap<u32, i64> = BTreeMap::from([(event as u32, 0)]);
        let mut done: BTreeSet<u32> = BTreeSet::new();
        let mut heap = BinaryHeap::from([Reverse((0i64, event as u32))]);
        while let Some(Reverse((d, u))) = heap.pop() {
            if !done.insert(u) {
                continue;
            }
            let mut offer = |v: u32, e: u32| {
                let edge = net.edges[e as usize];
                let slack = edge.w + potential[edge.from as usize] - potential[edge.to as usize];
                if best.get(&v).is_none_or(|old| d + slack < *old) {
                    best.insert(v, d + slack);
                    heap.push(Reverse((d + slack, v)));
                }
            };
            if against {
                let edges = self.entering_of(u as usize).iter();
                edges.for_each(|(_, e)| offer(net.edges[*e as usize].from, *e));
            } else {
                for &e in net.out_of(u as usize).iter().filter(|e| self.on(**e)) {
                    let v = net.edges[e as usize].to;
                    if v as usize >= self.hubs {
                        offer(v, e);
                    }
                }
            }
        }
        let at = |v: u32| potential[v as usize];
        let sign = if against { -1 } else { 1 };
        best.into_iter().map(|(v, d)| (v, d + sign * (at(v) - at(event as u32)))).collect()
    }

    fn close(&mut self) {
        let n = self.hubs;
        for k in 0..n {
            for u in 0..n {
                let first = self.table[u * n + k];
                if first == APART || u == k {
                    continue;
                }
                for v in 0..n {
                    let second = self.table[k * n + v];
                    if second != APART && first + second < self.table[u * n + v] {
                        self.table[u * n + v] = first + second;
                    }
                }
            }
        }
    }
}
