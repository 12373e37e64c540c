//! A consistent choice of records with its potentials, to which records are added one by one and
//! taken away again. Adding an edge costs one Dijkstra over the nodes whose potential must fall
//! (Cotton and Maler 2006); taking one away costs nothing, the potentials stay valid.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::bits::Bits;
use super::build::Network;

const NONE: u32 = u32::MAX;
/// Most edges into a node that is tried to be raised.
const RAISED: usize = 64;

enum Undo {
    Potential(u32, i64),
    Edge(u32, bool),
}

/// The few edges that are on, by node, where almost all are off.
struct Few {
    start: Vec<u32>,
    out: Vec<u32>,
    added: BTreeMap<u32, Vec<u32>>,
}

/// See the module.
pub(super) struct Checker<'n> {
    pub(super) net: &'n Network,
    pub(super) off: Bits,
    pub(super) potential: Vec<i64>,
    few: Option<Few>,
    /// Edges by the node they enter, where that is worth its room.
    into: Option<(Vec<u32>, Vec<u32>)>,
    trail: Vec<Undo>,
    fall: Vec<i64>,
    parent: Vec<u32>,
    done: Bits,
    /// Edges looked at so far.
    pub(super) work: usize,
}

impl<'n> Checker<'n> {
    /// Takes potentials that meet every edge not in `off`.
    pub(super) fn new(net: &'n Network, off: Bits, potential: Vec<i64>) -> Self {
        let nodes = net.node_count();
        Self {
            net,
            off,
            potential,
            few: None,
            into: None,
            trail: Vec::new(),
            fall: vec![0; nodes],
            parent: vec![NONE; nodes],
            done: Bits::new(nodes),
            work: 0,
        }
    }

    /// As [`Checker::new`], for few edges: those that are on are listed, and those added later,
    /// so that a clock read a million times costs no more than one read once.
    pub(super) fn sparse(net: &'n Network, off: Bits, potential: Vec<i64>) -> Self {
        let (mut start, mut out) = (vec![0], Vec::new());
        for v in 0..net.node_count() {
            out.extend(net.out_of(v).iter().copied().filter(|e| !off.has(*e as usize)));
            start.push(out.len() as u32);
        }
        let mut made = Self::new(net, off, potential);
        made.few = Some(Few { start, out, added: BTreeMap::new() });
        made
    }

    /// From now on a node that may rise instead of another falling does: where almost all is on and
    /// settled, a node read twice then moves alone.
    pub(super) fn index(&mut self) {
        let edges = &self.net.edges;
        let mut start = vec![0u32; self.potential.len() + 1];
        edges.iter().for_each(|edge| start[edge.to as usize + 1] += 1);
        for i in 1..start.len() {
            start[i] += start[i - 1];
        }
        let (mut at, mut list) = (start.clone(), vec![0u32; edges.len()]);
        for (e, edge) in edges.iter().enumerate() {
            let slot = &mut at[edge.to as usize];
            list[*slot as usize] = e as u32;
            *slot += 1;
        }
        self.into = Some((start, list));
    }

    /// Raises the start of an edge by what it lacks, if no edge into it forbids that.
    fn raise(&mut self, node: usize, by: i64) -> bool {
        let Some((start, list)) = &self.into else { return false };
        let entering = &list[start[node] as usize..start[node + 1] as usize];
        if entering.len() > RAISED {
            return false;
        }
        self.work += entering.len();
        let allows = |e: &u32| {
            let edge = self.net.edges[*e as usize];
            let slack = edge.w + self.potential[edge.from as usize] - self.potential[node];
            self.off.has(*e as usize) || slack >= by
        };
        if !entering.iter().all(allows) {
            return false;
        }
        self.trail.push(Undo::Potential(node as u32, self.potential[node]));
        self.potential[node] += by;
        true
    }

    /// Edges out of a node: every one that is on is among them.
    pub(super) fn out(&self, v: usize) -> (&[u32], &[u32]) {
        match &self.few {
            None => (self.net.out_of(v), &[]),
            Some(few) => {
                let listed = &few.out[few.start[v] as usize..few.start[v + 1] as usize];
                (listed, few.added.get(&(v as u32)).map_or(&[], Vec::as_slice))
            }
        }
    }

    fn out_at(&self, v: usize, i: usize) -> Option<u32> {
        let (listed, added) = self.out(v);
        listed.get(i).or_else(|| added.get(i - listed.len())).copied()
    }

    /// A copy that can be changed without harm to this one.
    pub(super) fn fork(&self) -> Self {
        Self::new(self.net, self.off.clone(), self.potential.clone())
    }

    /// A place to come back to.
    pub(super) fn mark(&self) -> usize {
        self.trail.len()
    }

    /// Makes what has happened final.
    pub(super) fn settle(&mut self) {
        self.trail.clear();
    }

    /// Takes back all that happened since `mark`.
    pub(super) fn undo(&mut self, mark: usize) {
        while self.trail.len() > mark {
            match self.trail.pop() {
                Some(Undo::Potential(v, old)) => self.potential[v as usize] = old,
                Some(Undo::Edge(e, true)) => self.off.remove(e as usize),
                Some(Undo::Edge(e, false)) => {
                    self.off.add(e as usize);
                    if let Some(few) = &mut self.few {
                        let from = self.net.edges[e as usize].from;
                        few.added.get_mut(&from).and_then(Vec::pop);
                    }
                }
                None => break,
            }
        }
    }

    /// Takes back the records added since `mark`, of which none was taken away, and keeps the
    /// potentials: they meet what is left all the more, and the next will find them fit.
    pub(super) fn retract(&mut self, mark: usize) {
        while self.trail.len() > mark {
            if let Some(Undo::Edge(e, false)) = self.trail.pop() {
                self.off.add(e as usize);
            }
        }
    }

    /// Switches a record off.
    pub(super) fn remove(&mut self, record: u32) {
        for e in self.net.edges_of(record as usize) {
            if !self.off.has(e) {
                self.off.add(e);
                self.trail.push(Undo::Edge(e as u32, true));
            }
        }
    }

    /// Switches a record on; a negative cycle it closes comes back as its edges, and the state is
    /// then only good for [`Checker::undo`].
    pub(super) fn add(&mut self, record: u32) -> Result<(), Vec<u32>> {
        for e in self.net.edges_of(record as usize) {
            self.add_one(e as u32)?;
        }
        Ok(())
    }

    /// Switches one edge on; see [`Checker::add`].
    pub(super) fn add_one(&mut self, e: u32) -> Result<(), Vec<u32>> {
        if self.off.has(e as usize) {
            self.add_edge(e)?;
            self.off.remove(e as usize);
            self.trail.push(Undo::Edge(e, false));
            if let Some(few) = &mut self.few {
                few.added.entry(self.net.edges[e as usize].from).or_default().push(e);
            }
        }
        Ok(())
    }

    /// Switches all of them on, or gives back a negative cycle.
    pub(super) fn add_all(&mut self, records: &[u32]) -> Result<(), Vec<u32>> {
        records.iter().try_for_each(|r| self.add(*r))
    }

    fn add_edge(&mut self, e: u32) -> Result<(), Vec<u32>> {
        self.work += 1;
        let edge = self.net.edges[e as usize];
        let (u, v) = (edge.from as usize, edge.to as usize);
        let slack = edge.w + self.potential[u] - self.potential[v];
        if slack >= 0 {
            return Ok(());
        }
        if u == v {
            return Err(vec![e]);
        }
        if self.raise(u, -slack) {
            return Ok(());
        }
        let mut touched = vec![edge.to];
        self.fall[v] = slack;
        self.parent[v] = e;
        let found = self.lower(edge.from, edge.to, &mut touched);
        for t in touched {
            self.fall[t as usize] = 0;
            self.done.remove(t as usize);
        }
        if found { Err(self.cycle_to(edge.from)) } else { Ok(()) }
    }

    /// Lowers what the new edge into `first` forces down; true when `root`, its start, would fall.
    fn lower(&mut self, root: u32, first: u32, touched: &mut Vec<u32>) -> bool {
        let mut heap = BinaryHeap::from([Reverse((self.fall[first as usize], first))]);
        while let Some(Reverse((fall, s))) = heap.pop() {
            let s = s as usize;
            if self.done.has(s) || fall != self.fall[s] {
                continue;
            }
            self.done.add(s);
            self.trail.push(Undo::Potential(s as u32, self.potential[s]));
            self.potential[s] += fall;
            let mut at = 0;
            while let Some(e) = self.out_at(s, at) {
                at += 1;
                self.work += 1;
                let edge = self.net.edges[e as usize];
                let t = edge.to as usize;
                let next = self.potential[s] + edge.w - self.potential[t];
                if next >= self.fall[t] || self.done.has(t) || self.off.has(e as usize) {
                    continue;
                }
                self.parent[t] = e;
                if edge.to == root {
                    return true;
                }
                self.fall[t] = next;
                touched.push(edge.to);
                heap.push(Reverse((next, edge.to)));
            }
        }
        false
    }

    fn cycle_to(&self, root: u32) -> Vec<u32> {
        let (mut cycle, mut v) = (Vec::new(), root);
        loop {
            let e = self.parent[v as usize];
            cycle.push(e);
            v = self.net.edges[e as usize].from;
            if v == root {
                cycle.reverse();
                return cycle;
            }
        }
    }
}
