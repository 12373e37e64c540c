//! What the search asks: are the records consistent once some are set aside, and if not, which
//! minimal conflict is left. One consistent base, from which every record in a known conflict is
//! gone, is moved a little for each answer.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::bits::Bits;
use super::build::Network;
use super::checker::Checker;
use super::conflict::minimal;
use super::relax::Relax;
use super::shortest::Scratch;

pub(super) struct Oracle<'n> {
    pub(super) net: &'n Network,
    pub(super) hard: Checker<'n>,
    pub(super) base: Checker<'n>,
    pub(super) scratch: Scratch,
    /// Records switched off in the base.
    pub(super) gone: BTreeSet<u32>,
}

impl<'n> Oracle<'n> {
    /// Switches off the records of each conflict met until nothing contradicts; these conflicts,
    /// of which no two share a record, come back as well.
    pub(super) fn new(hard: Checker<'n>) -> (Self, Vec<Vec<u32>>) {
        let net = hard.net;
        let (mut gone, mut known) = (BTreeSet::new(), Vec::new());
        let mut off = Bits::new(net.edges.len());
        let mut hard = hard;
        let mut relax = Relax::probing(net);
        while let Some(cycle) = relax.run(&off) {
            let set = minimal(&mut hard, &cycle);
            for r in &set {
                gone.insert(*r);
                net.edges_of(*r as usize).for_each(|e| off.add(e));
            }
            known.push(set);
        }
        let mut base = Checker::new(net, off, relax.label);
        base.index();
        let scratch = Scratch::new(net.node_count());
        (Self { net, hard, base, scratch, gone }, known)
    }

    /// Puts records back one by one, the dearest first and of these the one with the fewest
    /// conflicts, until what is gone is a minimal set to set aside; not known to be the cheapest.
    pub(super) fn grow(&mut self, known: &[Vec<u32>]) {
        let mut degree: BTreeMap<u32, usize> = BTreeMap::new();
        known.iter().flatten().for_each(|r| *degree.entry(*r).or_default() += 1);
        let mut order: Vec<u32> = self.gone.iter().copied().collect();
        let weight = |r: &u32| Reverse(self.net.weights[*r as usize]);
        order.sort_by_key(|r| (weight(r), degree.get(r).copied(), *r));
        for r in order {
            let mark = self.base.mark();
            if self.base.add(r).is_ok() {
                self.gone.remove(&r);
                self.base.settle();
            } else {
                self.base.undo(mark);
            }
        }
    }

    /// Edges looked at so far.
    pub(super) fn work(&self) -> usize {
        self.base.work + self.hard.work
    }

    /// Minimal conflicts, no two sharing a record, left when `hit` is set aside; none when the
    /// rest is consistent. `hit` ascends.
    pub(super) fn conflicts(&mut self, hit: &[u32]) -> Vec<Vec<u32>> {
        let mark = self.base.mark();
        let mut whole = true;
        for r in hit.iter().filter(|r| !self.gone.contains(r)) {
            self.base.remove(*r);
            whole = false;
        }
        let (mut found, mut out) = (Vec::new(), BTreeSet::new());
        for r in self.back(hit) {
            let before = self.base.mark();
            if out.contains(&r) {
                continue;
            }
            if let Err(cycle) = self.base.add(r) {
                self.base.undo(before);
                let set = minimal(&mut self.hard, &cycle);
                for m in &set {
                    self.base.remove(*m);
                    out.insert(*m);
                }
                found.push(set);
            }
        }
        if whole && found.is_empty() {
            self.base.retract(mark);
        } else {
            self.base.undo(mark);
        }
        found
    }

    /// Makes "all but `hit`", which must be consistent, the base: what is asked next differs from
    /// it by little.
    pub(super) fn rebase(&mut self, hit: &[u32]) {
        let mark = self.base.mark();
        hit.iter().for_each(|r| self.base.remove(*r));
        if self.back(hit).into_iter().all(|r| self.base.add(r).is_ok()) {
            self.base.settle();
            self.gone = hit.iter().copied().collect();
        } else {
            self.base.undo(mark);
        }
    }

    /// What is gone and not in `hit`.
    fn back(&self, hit: &[u32]) -> Vec<u32> {
        self.gone.iter().copied().filter(|r| hit.binary_search(r).is_err()).collect()
    }

    /// A solved copy of "all but `hit`"; `None` when that contradicts itself.
    pub(super) fn solved(&mut self, hit: &[u32]) -> Option<Checker<'n>> {
        let mut hit = hit.to_vec();
        hit.sort_unstable();
        let mark = self.base.mark();
        hit.iter().for_each(|r| self.base.remove(*r));
        let fits = self.back(&hit).into_iter().all(|r| self.base.add(r).is_ok());
        let made = fits.then(|| self.base.fork());
        self.base.undo(mark);
        made
    }
}
