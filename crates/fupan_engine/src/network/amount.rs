//! The least amount by which records must be wrong: each soft constraint may be widened by `s`
//! at `weight * s`, and the sum is to be least. Its dual is a circulation of least cost, solved
//! by successive shortest paths from the base, of which only the conflicting part is moved; so
//! the answer is whole milliseconds.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::build::Network;
use super::diagnose::Analysis;

/// Least amount (最小偏差): how far records must at least be off, taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeastAmount {
    /// Sum of weight times milliseconds.
    pub cost: i128,
    /// One choice that costs this: record and milliseconds, by id. Of a record with several
    /// constraints each is widened for itself, and the greatest is shown. Other choices may cost
    /// the same.
    pub amounts: Vec<(String, i64)>,
}

struct Flow<'n> {
    net: &'n Network,
    potential: Vec<i64>,
    flow: BTreeMap<u32, i64>,
    /// Edges that carry flow, by the node they enter.
    into: BTreeMap<u32, BTreeSet<u32>>,
    excess: BTreeMap<u32, i64>,
}

/// A step of a path: the edge, and whether it is taken against its sense.
type Step = (u32, bool);

impl Analysis<'_> {
    /// See [`LeastAmount`].
    #[must_use]
    pub fn least_amount(&self) -> LeastAmount {
        let base = &self.oracle.base;
        let mut flow = Flow {
            net: self.oracle.net,
            potential: base.potential.clone(),
            flow: BTreeMap::new(),
            into: BTreeMap::new(),
            excess: BTreeMap::new(),
        };
        for e in (0..flow.net.edges.len()).filter(|e| base.off.has(*e)) {
            flow.saturate(e as u32);
        }
        while let Some(source) = flow.excess.iter().find(|(_, x)| **x > 0).map(|(v, _)| *v) {
            if !flow.send(source) {
                break;
            }
        }
        flow.amounts()
    }
}

impl Flow<'_> {
    fn capacity(&self, e: u32) -> Option<i64> {
        let record = self.net.record_of[e as usize] as usize;
        (!self.net.hard[record]).then(|| self.net.weights[record])
    }

    fn slack(&self, e: u32) -> i64 {
        let edge = self.net.edges[e as usize];
        edge.w + self.potential[edge.from as usize] - self.potential[edge.to as usize]
    }

    fn room(&self, e: u32) -> Option<i64> {
        self.capacity(e).map(|c| c - self.flow.get(&e).copied().unwrap_or(0))
    }

    fn push(&mut self, e: u32, amount: i64) {
        let edge = self.net.edges[e as usize];
        let flow = self.flow.entry(e).or_default();
        *flow += amount;
        let entry = self.into.entry(edge.to).or_default();
        if *flow > 0 {
            entry.insert(e);
        } else {
            self.flow.remove(&e);
            entry.remove(&e);
        }
        *self.excess.entry(edge.to).or_default() += amount;
        *self.excess.entry(edge.from).or_default() -= amount;
    }

    fn saturate(&mut self, e: u32) {
        let edge = self.net.edges[e as usize];
        let room = self.room(e).unwrap_or(0);
        if edge.from != edge.to && self.slack(e) < 0 && room > 0 {
            self.push(e, room);
        }
    }

    /// Sends what one node has too much to the nearest that has too little.
    fn send(&mut self, source: u32) -> bool {
        let mut dist: BTreeMap<u32, (i64, Option<Step>)> = BTreeMap::from([(source, (0, None))]);
        let mut done: BTreeSet<u32> = BTreeSet::new();
        let mut heap = BinaryHeap::from([Reverse((0i64, source))]);
        while let Some(Reverse((d, u))) = heap.pop() {
            if !done.insert(u) {
                continue;
            }
            if self.excess.get(&u).is_some_and(|x| *x < 0) {
                for v in &done {
                    self.potential[*v as usize] += dist[v].0 - d;
                }
                self.augment(source, u, &dist);
                return true;
            }
            let ahead = self.net.out_of(u as usize).iter().map(|e| (*e, false));
            let back = self.into.get(&u).into_iter().flatten().map(|e| (*e, true));
            for (e, against) in ahead.chain(back) {
                let edge = self.net.edges[e as usize];
                let (v, step) = if against {
                    (edge.from, -self.slack(e))
                } else if self.room(e) == Some(0) || edge.from == edge.to {
                    continue;
                } else {
                    (edge.to, self.slack(e))
                };
                let next = d + step;
                if !done.contains(&v) && dist.get(&v).is_none_or(|(old, _)| next < *old) {
                    dist.insert(v, (next, Some((e, against))));
                    heap.push(Reverse((next, v)));
                }
            }
        }
        false
    }

    fn augment(&mut self, source: u32, sink: u32, dist: &BTreeMap<u32, (i64, Option<Step>)>) {
        let (mut steps, mut v) = (Vec::new(), sink);
        while let Some((_, Some((e, against)))) = dist.get(&v) {
            let edge = self.net.edges[*e as usize];
            steps.push((*e, *against));
            v = if *against { edge.to } else { edge.from };
            if v == source {
                break;
            }
        }
        let mut amount = self.excess[&source].min(-self.excess[&sink]);
        for (e, against) in &steps {
            let room = if *against { self.flow.get(e).copied() } else { self.room(*e) };
            amount = amount.min(room.unwrap_or(amount));
        }
        for (e, against) in steps {
            self.push(e, if against { -amount } else { amount });
        }
    }

    fn amounts(&self) -> LeastAmount {
        let (mut cost, mut by_record) = (0i128, BTreeMap::<u32, i64>::new());
        for e in 0..self.net.edges.len() as u32 {
            let off = -self.slack(e);
            let record = self.net.record_of[e as usize];
            if off > 0 {
                cost += i128::from(off) * i128::from(self.net.weights[record as usize]);
                let most = by_record.entry(record).or_default();
                *most = off.max(*most);
            }
        }
        let mut amounts: Vec<(String, i64)> =
            by_record.into_iter().map(|(r, ms)| (self.net.id(r as usize).to_owned(), ms)).collect();
        amounts.sort();
        LeastAmount { cost, amounts }
    }
}
