//! Every record that cannot be true and every two that cannot be true together, given the hard
//! records. Once some records are gone the rest can all be true, so one of the two is among these. A record whose constraints share one node lies on a simple cycle as one stretch, so a
//! contradiction of two is: stretch, hard path, stretch, hard path. Stretches are bucketed by the
//! hard-connected parts they join and swept in order of length, so the work follows the number of
//! contradictions found, not the number of pairs. Other shapes are tried one against the rest.

use std::collections::{BTreeMap, BTreeSet};

use super::bits::Bits;
use super::build::Network;
use super::checker::Checker;
use super::excess::hub;
use super::shortest::Scratch;

/// What was found; `capped` when there were more pairs than asked for.
pub(super) struct Small {
    pub(super) single: BTreeSet<u32>,
    pub(super) pairs: BTreeSet<(u32, u32)>,
    pub(super) capped: bool,
}

#[derive(Clone, Copy)]
struct Stretch {
    from: u32,
    to: u32,
    w: i64,
    record: u32,
}

/// Stretches by the parts they join.
type Buckets = BTreeMap<(u32, u32), Vec<Stretch>>;

type Reached = BTreeMap<u32, Vec<(u32, i64)>>;

/// `hard` holds the hard records only; all soft records but the `gone` can be true together.
pub(super) fn find(
    hard: &mut Checker<'_>,
    s: &mut Scratch,
    cap: usize,
    gone: &BTreeSet<u32>,
) -> Small {
    let net = hard.net;
    let part = hard_parts(net);
    let mut small = Small { single: BTreeSet::new(), pairs: BTreeSet::new(), capped: false };
    let mut there: Buckets = BTreeMap::new();
    let mut odd = Vec::new();
    let mut near = Bits::new(part.len());
    for record in gone {
        if alone_false(hard, &part, *record) {
            small.single.insert(*record);
        } else if hub(hard, *record).is_some() {
            put(&mut there, net, &part, *record);
        } else {
            odd.push(*record);
        }
        net.edges[net.edges_of(*record as usize)].iter().for_each(|e| {
            near.add(part[e.from as usize] as usize);
            near.add(part[e.to as usize] as usize);
        });
    }
    let mut back = there.clone();
    for record in (0..net.len() as u32).filter(|r| !net.hard[*r as usize] && !gone.contains(r)) {
        let edges = &net.edges[net.edges_of(record as usize)];
        let meets = |v: u32| near.has(part[v as usize] as usize);
        if hub(hard, record).is_none() && !edges.is_empty() {
            odd.push(record);
        } else if edges.iter().any(|e| meets(e.from)) && edges.iter().any(|e| meets(e.to)) {
            put(&mut back, net, &part, record);
        }
    }
    let mut sweep = Sweep { hard, s, cap, found: &mut small, reached: Reached::new() };
    for ((a, b), one) in &there {
        if let Some(other) = back.get(&(*b, *a)) {
            sweep.bucket(one, other);
        }
    }
    odd_ones(hard, &odd, gone, cap, &mut small);
    small
}

fn put(buckets: &mut Buckets, net: &Network, part: &[u32], record: u32) {
    for stretch in stretches(net, record) {
        let key = (part[stretch.from as usize], part[stretch.to as usize]);
        buckets.entry(key).or_default().push(stretch);
    }
}

/// The nodes joined by hard edges, as the least node of each part.
fn hard_parts(net: &Network) -> Vec<u32> {
    let mut part: Vec<u32> = (0..net.node_count() as u32).collect();
    let root = |part: &mut Vec<u32>, mut v: u32| {
        while part[v as usize] != v {
            part[v as usize] = part[part[v as usize] as usize];
            v = part[v as usize];
        }
        v
    };
    for (e, edge) in net.edges.iter().enumerate() {
        if net.hard[net.record_of[e] as usize] {
            let (a, b) = (root(&mut part, edge.from), root(&mut part, edge.to));
            part[a.max(b) as usize] = a.min(b);
        }
    }
    for v in 0..part.len() as u32 {
        part[v as usize] = root(&mut part, v);
    }
    part
}

/// Whether the record contradicts itself or the hard records; a record that states one range
/// between two unjoined nodes cannot.
fn alone_false(hard: &mut Checker<'_>, part: &[u32], record: u32) -> bool {
    let net = hard.net;
    let range = net.edges_of(record as usize);
    let edges = &net.edges[range];
    let Some(first) = edges.first() else { return false };
    let parts = BTreeSet::from([part[first.from as usize], part[first.to as usize]]);
    let plain = edges.len() <= 2
        && parts.len() == 2
        && edges.iter().all(|e| {
            (e.from, e.to) == (first.from, first.to) || (e.to, e.from) == (first.from, first.to)
        })
        && edges.len() == 2
        && edges[0].from == edges[1].to;
    if plain && edges[0].w + edges[1].w >= 0 {
        return false;
    }
    let mark = hard.mark();
    let wrong = hard.add(record).is_err();
    hard.undo(mark);
    wrong
}

/// Shortest ways between any two nodes of a record with a hub, within it.
fn stretches(net: &Network, record: u32) -> Vec<Stretch> {
    let edges = &net.edges[net.edges_of(record as usize)];
    let mut best: BTreeMap<(u32, u32), i64> = BTreeMap::new();
    let mut offer = |from: u32, to: u32, w: i64| {
        if from != to {
            best.entry((from, to)).and_modify(|old| *old = w.min(*old)).or_insert(w);
        }
    };
    for a in edges {
        offer(a.from, a.to, a.w);
        if edges.len() > 2 {
            for b in edges.iter().filter(|b| b.from == a.to) {
                offer(a.from, b.to, a.w + b.w);
            }
        }
    }
    best.into_iter().map(|((from, to), w)| Stretch { from, to, w, record }).collect()
}

struct Sweep<'a, 'n> {
    hard: &'a Checker<'n>,
    s: &'a mut Scratch,
    cap: usize,
    found: &'a mut Small,
    reached: Reached,
}

impl Sweep<'_, '_> {
    fn bucket(&mut self, there: &[Stretch], back: &[Stretch]) {
        let mut groups: BTreeMap<u32, BTreeMap<u32, Vec<(i64, u32)>>> = BTreeMap::new();
        for stretch in back {
            let ends = groups.entry(stretch.from).or_default();
            ends.entry(stretch.to).or_default().push((stretch.w, stretch.record));
        }
        let sorted = |list: &mut Vec<(i64, u32)>| list.sort_unstable();
        groups.values_mut().flat_map(|ends| ends.values_mut()).for_each(sorted);
        let mut there_by: BTreeMap<(u32, u32), Vec<(i64, u32)>> = BTreeMap::new();
        for stretch in there {
            let key = (stretch.from, stretch.to);
            there_by.entry(key).or_default().push((stretch.w, stretch.record));
        }
        for ((a, b), mut list) in there_by {
            list.sort_unstable();
            for (c, first) in self.reach(b) {
                let Some(ends) = groups.get(&c) else { continue };
                for (d, back_list) in ends {
                    let second = self.reach(*d).into_iter().find(|(v, _)| *v == a);
                    if let Some((_, second)) = second {
                        self.merge(&list, back_list, first + second);
                    }
                }
            }
        }
    }

    /// Where hard records lead from a node; a node without any leads to itself only.
    fn reach(&mut self, from: u32) -> Vec<(u32, i64)> {
        if let Some(known) = self.reached.get(&from) {
            return known.clone();
        }
        if self.hard.out(from as usize).0.is_empty() {
            return vec![(from, 0)];
        }
        let list = self.hard.reach(self.s, from as usize);
        self.reached.insert(from, list.clone());
        list
    }

    /// Both lists ascend; stops at the first sum that is no contradiction.
    fn merge(&mut self, there: &[(i64, u32)], back: &[(i64, u32)], between: i64) {
        for (w, r) in there {
            for (v, q) in back {
                if w + v + between >= 0 {
                    break;
                }
                if self.found.pairs.len() >= self.cap {
                    self.found.capped = true;
                    return;
                }
                if r != q {
                    self.found.pairs.insert((*r.min(q), *r.max(q)));
                }
            }
        }
    }
}

fn odd_ones(
    hard: &mut Checker<'_>,
    odd: &[u32],
    gone: &BTreeSet<u32>,
    cap: usize,
    small: &mut Small,
) {
    let net = hard.net;
    for r in odd.iter().filter(|r| !small.single.contains(r)).copied().collect::<Vec<_>>() {
        let r = &r;
        let mark = hard.mark();
        let others: Vec<u32> = if gone.contains(r) {
            (0..net.len() as u32).collect()
        } else {
            gone.iter().copied().collect()
        };
        if hard.add(*r).is_ok() {
            for q in others {
                if q == *r || net.hard[q as usize] || small.single.contains(&q) {
                    continue;
                }
                let inner = hard.mark();
                if hard.add(q).is_err() {
                    small.capped |= small.pairs.len() >= cap;
                    if !small.capped {
                        small.pairs.insert((*r.min(&q), *r.max(&q)));
                    }
                }
                hard.undo(inner);
            }
        }
        hard.undo(mark);
    }
}
