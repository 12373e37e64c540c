//! What the search asks: are the records consistent once some are set aside, and if not, which
//! minimal conflict is left. One consistent base, from which every record in a known conflict is
//! gone, is moved a little for each answer.

use std::collections::BTreeSet;

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
    gone: BTreeSet<u32>,
}

impl<'n> Oracle<'n> {
    /// Switches off the records of the `known` conflicts and of each conflict met until nothing
    /// contradicts; the conflicts met are appended.
    pub(super) fn new(hard: Checker<'n>, known: &mut Vec<Vec<u32>>) -> Self {
        let net = hard.net;
        let mut gone = BTreeSet::new();
        let mut off = Bits::new(net.edges.len());
        let mut hard = hard;
        let drop = |set: &[u32], off: &mut Bits, gone: &mut BTreeSet<u32>| {
            for r in set {
                gone.insert(*r);
                net.edges_of(*r as usize).for_each(|e| off.add(e));
            }
        };
        known.iter().for_each(|set| drop(set, &mut off, &mut gone));
        let mut relax = Relax::new(net);
        while let Some(cycle) = relax.run(&off) {
            let set = minimal(&mut hard, &cycle);
            drop(&set, &mut off, &mut gone);
            known.push(set);
        }
        let base = Checker::new(net, off, relax.label);
        Self { net, hard, base, scratch: Scratch::new(net.node_count()), gone }
    }

    /// A minimal conflict left when `hit` and `aside` are set aside.
    pub(super) fn conflict(&mut self, hit: &[u32], aside: &BTreeSet<u32>) -> Option<Vec<u32>> {
        let mark = self.base.mark();
        let found = self.settle(hit, aside);
        self.base.undo(mark);
        found.map(|cycle| minimal(&mut self.hard, &cycle))
    }

    /// Brings the base to "all but `hit` and `aside`", or gives back a negative cycle.
    fn settle(&mut self, hit: &[u32], aside: &BTreeSet<u32>) -> Option<Vec<u32>> {
        for r in hit.iter().chain(aside) {
            self.base.remove(*r);
        }
        let back: Vec<u32> =
            self.gone.iter().copied().filter(|r| !hit.contains(r) && !aside.contains(r)).collect();
        self.base.add_all(&back).err()
    }

    /// A solved copy of "all but `hit`"; `None` when that contradicts itself.
    pub(super) fn solved(&mut self, hit: &[u32]) -> Option<Checker<'n>> {
        let mark = self.base.mark();
        let made = match self.settle(hit, &BTreeSet::new()) {
            Some(_) => None,
            None => Some(self.base.fork()),
        };
        self.base.undo(mark);
        made
    }

    /// One minimal set of `members` to set aside, found by putting them back one by one, the
    /// dearest first; not known to be the cheapest.
    pub(super) fn some_diagnosis(&mut self, members: &[u32], aside: &BTreeSet<u32>) -> Vec<u32> {
        let start = self.base.mark();
        let mut all: BTreeSet<u32> = self.gone.clone();
        all.extend(members);
        let out: Vec<u32> = all.into_iter().collect();
        self.base_without(&out, aside);
        let mut order = members.to_vec();
        order.sort_by_key(|r| (std::cmp::Reverse(self.net.weights[*r as usize]), *r));
        let mut kept = Vec::new();
        for r in order {
            let mark = self.base.mark();
            if self.base.add(r).is_err() {
                self.base.undo(mark);
                kept.push(r);
            }
        }
        self.base.undo(start);
        kept.sort_unstable();
        kept
    }

    fn base_without(&mut self, out: &[u32], aside: &BTreeSet<u32>) {
        for r in out.iter().chain(aside) {
            self.base.remove(*r);
        }
    }
}
