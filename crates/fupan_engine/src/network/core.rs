//! The clock core: every event is folded into distances between the clocks that saw it, events
//! joined by orders as a group, and the clocks are closed by Floyd and Warshall. A gap is then the
//! least sum over the clocks of its two events, whatever the size of the network.

use super::build::Network;
use super::checker::Checker;
use super::group::{Groups, Ways};
use super::query::Solved;
use super::record::Bounds;

/// Most clocks that are closed.
const MOST: usize = 2000;
/// No path: far above any sum of ways, far below overflow.
const APART: i64 = 1 << 61;
/// Sums from here on hold [`APART`].
const REACHED: i64 = APART / 2;

/// Core (时钟核): all distances between clocks, for gaps asked in great number.
pub struct Core<'a, 'n> {
    checker: &'a Checker<'n>,
    table: CoreTable,
}

/// A reading of an event: the clock, and the ways from the event to it and back.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) clock: u32,
    pub(super) out: i64,
    pub(super) into: i64,
}

/// What a core knows, apart from the network it was made of.
pub(super) struct CoreTable {
    hubs: usize,
    /// Row by row; [`APART`] where there is no path.
    table: Vec<i64>,
    /// Readings that count, event by event.
    start: Vec<u32>,
    seen: Vec<Seen>,
    groups: Groups,
}

impl<'n> Solved<'n> {
    /// Builds the core; `None` when there are more than 2000 clocks.
    #[must_use]
    pub fn core(&self) -> Option<Core<'_, 'n>> {
        let table = CoreTable::new(&self.checker)?;
        Some(Core { checker: &self.checker, table })
    }
}

impl Core<'_, '_> {
    /// As [`Solved::gap`], and equal to it.
    #[must_use]
    pub fn gap(&self, from: &str, to: &str) -> Bounds {
        let net = self.checker.net;
        match (net.event_node(from), net.event_node(to)) {
            _ if from == to => Bounds { min: Some(0), max: Some(0) },
            (Some(a), Some(b)) => self.table.between(self.checker, a, b),
            _ => Bounds::OPEN,
        }
    }

    /// As [`Core::gap`], by the places of the events in [`super::Network::events`].
    #[must_use]
    pub fn gap_of(&self, from: usize, to: usize) -> Bounds {
        let node =
            |e: usize| Some(e + self.table.hubs).filter(|v| *v < self.checker.potential.len());
        match (node(from), node(to)) {
            _ if from == to => Bounds { min: Some(0), max: Some(0) },
            (Some(a), Some(b)) => self.table.between(self.checker, a, b),
            _ => Bounds::OPEN,
        }
    }
}

impl CoreTable {
    /// `None` when there are too many clocks.
    pub(super) fn new(checker: &Checker<'_>) -> Option<Self> {
        let net = checker.net;
        let hubs = 1 + net.source_count();
        if hubs > MOST {
            return None;
        }
        let mut made = Self {
            hubs,
            table: vec![APART; hubs * hubs],
            start: Vec::with_capacity(net.node_count() - hubs + 1),
            seen: Vec::with_capacity(net.edges.len() / 2),
            groups: Groups::default(),
        };
        made.list(checker);
        made.fold(checker);
        made.close();
        Some(made)
    }

    /// Whether making one costs less than two searches of the whole network.
    pub(super) fn is_cheap(net: &Network) -> bool {
        let hubs = 1 + net.source_count();
        hubs.saturating_pow(3) <= 8 * net.edges.len() + 4096
    }

    /// The range of `x(b) - x(a)` for two nodes, neither a clock but the reference.
    pub(super) fn between(&self, checker: &Checker<'_>, a: usize, b: usize) -> Bounds {
        if self.is_plain(a) && self.is_plain(b) {
            return self.plain(self.seen_of(a), self.seen_of(b));
        }
        let one = |a: usize, b: usize| {
            let (leaving, direct) = self.leave(checker, a, Some(b));
            self.joined(&leaving, &self.enter(checker, b), direct)
        };
        Bounds { min: one(b, a).map(|d| -d), max: one(a, b) }
    }

    fn plain(&self, from: &[Seen], to: &[Seen]) -> Bounds {
        let (mut there, mut back) = (APART, APART);
        for a in from {
            for b in to {
                let (p, q) = (a.clock as usize, b.clock as usize);
                there = there.min(a.out + self.table[p * self.hubs + q] + b.into);
                back = back.min(b.out + self.table[q * self.hubs + p] + a.into);
            }
        }
        Bounds { min: (back < REACHED).then_some(-back), max: (there < REACHED).then_some(there) }
    }

    fn joined(&self, leaving: &Ways, entering: &Ways, direct: Option<i64>) -> Option<i64> {
        let mut best = direct.unwrap_or(APART);
        for (out, leave) in leaving {
            for (into, enter) in entering {
                let between = self.table[*out as usize * self.hubs + *into as usize];
                best = best.min(leave + between + enter);
            }
        }
        (best < REACHED).then_some(best)
    }

    /// Only clocks saw it: no order leads to it or from it.
    fn is_plain(&self, node: usize) -> bool {
        node >= self.hubs && !self.groups.has(node - self.hubs)
    }

    fn seen_of(&self, node: usize) -> &[Seen] {
        let event = node - self.hubs;
        &self.seen[self.start[event] as usize..self.start[event + 1] as usize]
    }

    /// Ways from a node to clocks that pass no other clock, and to `goal`. Node 0 is itself one.
    fn leave(
        &self,
        checker: &Checker<'_>,
        node: usize,
        goal: Option<usize>,
    ) -> (Ways, Option<i64>) {
        if node < self.hubs {
            return (vec![(node as u32, 0)], None);
        }
        self.groups.ways((checker, self.hubs), node, goal, false, &|v, ways| {
            ways.extend(self.seen_of(v).iter().map(|s| (s.clock, s.out)));
        })
    }

    /// Ways from clocks to a node that pass no other clock.
    fn enter(&self, checker: &Checker<'_>, node: usize) -> Ways {
        if node < self.hubs {
            return vec![(node as u32, 0)];
        }
        let made = self.groups.ways((checker, self.hubs), node, None, true, &|v, ways| {
            ways.extend(self.seen_of(v).iter().map(|s| (s.clock, s.into)));
        });
        made.0
    }

    fn shorten(&mut self, from: u32, to: u32, w: i64) {
        let slot = &mut self.table[from as usize * self.hubs + to as usize];
        *slot = w.min(*slot);
    }

    /// Takes in the edges between clocks and lists those between events.
    fn list(&mut self, checker: &Checker<'_>) {
        let net = checker.net;
        (0..self.hubs as u32).for_each(|hub| self.shorten(hub, hub, 0));
        let mut orders = Vec::new();
        for (e, edge) in net.edges.iter().enumerate() {
            let inner = (edge.from as usize >= self.hubs, edge.to as usize >= self.hubs);
            if inner.0 != inner.1 || checker.off.has(e) {
                continue;
            }
            if inner.0 {
                orders.push(e as u32);
            } else {
                self.shorten(edge.from, edge.to, edge.w);
            }
        }
        self.groups = Groups::new(net, self.hubs, &orders);
    }

    fn fold(&mut self, checker: &Checker<'_>) {
        let net = checker.net;
        self.start.push(0);
        for event in self.hubs..net.node_count() {
            let first = self.seen.len();
            for e in net.out_of(event) {
                let e = *e as usize;
                let edge = net.edges[e];
                // A reading makes both senses, the way in first.
                if (edge.to as usize) < self.hubs && !checker.off.has(e) {
                    let into = net.edges[e - 1].w;
                    self.seen.push(Seen { clock: edge.to, out: edge.w, into });
                }
            }
            self.start.push(self.seen.len() as u32);
            if !self.groups.has(event - self.hubs) {
                for i in first..self.seen.len() {
                    for j in first..self.seen.len() {
                        let (from, to) = (self.seen[i], self.seen[j]);
                        self.shorten(from.clock, to.clock, from.into + to.out);
                    }
                }
            }
        }
        for event in self.groups.members() {
            let node = event + self.hubs;
            let own: Vec<Seen> = self.seen_of(node).to_vec();
            if !own.is_empty() {
                let (leaving, _) = self.leave(checker, node, None);
                for from in own {
                    for (to, out) in &leaving {
                        self.shorten(from.clock, *to, from.into + out);
                    }
                }
            }
        }
        self.groups.remember();
    }

    fn close(&mut self) {
        let n = self.hubs;
        for k in 0..n {
            let by: Vec<i64> = self.table[k * n..(k + 1) * n].to_vec();
            for u in 0..n {
                let first = self.table[u * n + k];
                if first >= REACHED || u == k {
                    continue;
                }
                for (slot, second) in self.table[u * n..(u + 1) * n].iter_mut().zip(&by) {
                    let via = if *second >= REACHED { APART } else { first + second };
                    *slot = via.min(*slot);
                }
            }
        }
    }
}
