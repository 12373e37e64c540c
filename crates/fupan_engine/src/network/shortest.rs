//! Dijkstra over reduced weights, which the potentials keep from being negative.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::checker::Checker;

const NONE: u32 = u32::MAX;

/// Working arrays that are cleared by what was touched, so that small searches stay small.
pub(super) struct Scratch {
    dist: Vec<Option<i64>>,
    parent: Vec<u32>,
    touched: Vec<u32>,
}

impl Scratch {
    pub(super) fn new(nodes: usize) -> Self {
        Self { dist: vec![None; nodes], parent: vec![NONE; nodes], touched: Vec::new() }
    }

    fn clear(&mut self) {
        for v in self.touched.drain(..) {
            self.dist[v as usize] = None;
            self.parent[v as usize] = NONE;
        }
    }

    fn offer(&mut self, v: u32, dist: i64, parent: u32) -> bool {
        let slot = &mut self.dist[v as usize];
        match *slot {
            Some(old) if old <= dist => false,
            old => {
                if old.is_none() {
                    self.touched.push(v);
                }
                *slot = Some(dist);
                self.parent[v as usize] = parent;
                true
            }
        }
    }
}

impl Checker<'_> {
    /// Fills `scratch` with distances from `source`, up to `target` if one is given, around
    /// `avoid`.
    fn search(&self, s: &mut Scratch, source: usize, target: Option<usize>, avoid: Option<usize>) {
        s.clear();
        s.offer(source as u32, 0, NONE);
        let mut heap = BinaryHeap::from([Reverse((0i64, source as u32))]);
        while let Some(Reverse((dist, u))) = heap.pop() {
            if s.dist[u as usize] != Some(dist) {
                continue;
            }
            if target == Some(u as usize) {
                return;
            }
            let (listed, added) = self.out(u as usize);
            for &e in listed.iter().chain(added) {
                if self.off.has(e as usize) {
                    continue;
                }
                let edge = self.net.edges[e as usize];
                let v = edge.to;
                if avoid == Some(v as usize) {
                    continue;
                }
                let slack = edge.w + self.potential[u as usize] - self.potential[v as usize];
                if s.offer(v, dist + slack, e) {
                    heap.push(Reverse((dist + slack, v)));
                }
            }
        }
    }

    fn unreduce(&self, from: usize, to: usize, dist: i64) -> i64 {
        dist + self.potential[to] - self.potential[from]
    }

    /// Length of the shortest path.
    pub(super) fn distance(
        &self,
        s: &mut Scratch,
        from: usize,
        to: usize,
        avoid: Option<usize>,
    ) -> Option<i64> {
        self.search(s, from, Some(to), avoid);
        s.dist[to].map(|d| self.unreduce(from, to, d))
    }

    /// Length and edges of one shortest path.
    pub(super) fn path(
        &self,
        s: &mut Scratch,
        from: usize,
        to: usize,
        avoid: Option<usize>,
    ) -> Option<(i64, Vec<u32>)> {
        let length = self.distance(s, from, to, avoid)?;
        let (mut path, mut v) = (Vec::new(), to);
        while v != from {
            let e = s.parent[v];
            path.push(e);
            v = self.net.edges[e as usize].from as usize;
        }
        path.reverse();
        Some((length, path))
    }

    /// All that can be reached, with distances.
    pub(super) fn reach(&self, s: &mut Scratch, from: usize) -> Vec<(u32, i64)> {
        self.search(s, from, None, None);
        let mut list: Vec<(u32, i64)> = s
            .touched
            .iter()
            .filter_map(|v| Some((*v, self.unreduce(from, *v as usize, s.dist[*v as usize]?))))
            .collect();
        list.sort_unstable();
        list
    }
}
