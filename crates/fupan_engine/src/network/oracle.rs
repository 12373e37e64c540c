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

/// See [`Oracle::scope`].
pub(super) struct Scope {
    /// Records gone from the base that take part.
    back: Vec<u32>,
    /// Records of the base that do not.
    aside: Vec<u32>,
}

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

    /// What to move for questions that set `aside` aside throughout.
    pub(super) fn scope(&self, aside: &BTreeSet<u32>) -> Scope {
        Scope {
            back: self.gone.difference(aside).copied().collect(),
            aside: aside.difference(&self.gone).copied().collect(),
        }
    }

    /// A minimal conflict left when `hit` and what the scope sets aside are set aside.
    pub(super) fn conflict(&mut self, hit: &[u32], scope: &Scope) -> Option<Vec<u32>> {
        let mark = self.base.mark();
        let found = self.settle(hit, scope);
        self.base.undo(mark);
        found.map(|cycle| minimal(&mut self.hard, &cycle))
    }

    /// Brings the base to "all but `hit` and what is aside", or gives back a negative cycle.
    /// `hit` ascends.
    fn settle(&mut self, hit: &[u32], scope: &Scope) -> Option<Vec<u32>> {
        for r in hit.iter().chain(&scope.aside) {
            self.base.remove(*r);
        }
        let back = scope.back.iter().filter(|r| hit.binary_search(r).is_err());
        back.into_iter().find_map(|r| self.base.add(*r).err())
    }

    /// A solved copy of "all but `hit`"; `None` when that contradicts itself.
    pub(super) fn solved(&mut self, hit: &[u32]) -> Option<Checker<'n>> {
        let mark = self.base.mark();
        let (mut hit, scope) = (hit.to_vec(), self.scope(&BTreeSet::new()));
        hit.sort_unstable();
        let made = match self.settle(&hit, &scope) {
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
