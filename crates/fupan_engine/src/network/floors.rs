//! What a hitting set must cost at least, and at least with a given member in it. Sets that share
//! no member (a packing) must each be met by a member of their own, so their cheapest members sum
//! to a floor (a few sets that do share members may stand as one block of a packing); one that is in none of them, or dear in its own, adds to it. Members whose floor
//! lies above a level are in no hitting set of that cost, and what is left falls apart.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

const NONE: u32 = u32::MAX;
/// Packings tried.
const ROUNDS: usize = 12;
/// Sets looked at beside one, sets taken into a block, and members tried one upon the other in it.
const NEAR: usize = 200;
const BLOCK: usize = 10;
const DEPTH: usize = 3;
/// Sets among which one that holds another is looked for.
const COMPARED: usize = 3000;

/// Floors under the cost of hitting sets.
pub(super) struct Floors {
    /// Of any.
    pub(super) least: i64,
    /// Of one that holds the member.
    pub(super) with: Vec<i64>,
}

impl Floors {
    /// `weight` by member; members are dense.
    pub(super) fn new(family: &[Vec<u32>], weight: &[i64]) -> Self {
        let mut degree = vec![0u64; weight.len()];
        family.iter().flatten().for_each(|m| degree[*m as usize] += 1);
        let crowd: Vec<u64> =
            family.iter().map(|set| set.iter().map(|m| degree[*m as usize]).sum()).collect();
        let mut used = vec![0u32; family.len()];
        let mut made = Self { least: 0, with: weight.to_vec() };
        let mut order: Vec<usize> = (0..family.len()).collect();
        let mut holding: Vec<Vec<usize>> = vec![vec![]; weight.len()];
        for (i, set) in family.iter().enumerate() {
            set.iter().for_each(|m| holding[*m as usize].push(i));
        }
        for _ in 0..ROUNDS {
            order.sort_by_key(|i| (used[*i], crowd[*i], *i));
            let mut packing = Packing { owner: vec![NONE; weight.len()], blocks: vec![] };
            for i in &order {
                if family[*i].iter().all(|m| packing.owner[*m as usize] == NONE) {
                    used[*i] += 1;
                    packing.put(family, weight, vec![*i]);
                }
            }
            for at in 0..packing.blocks.len() {
                packing.improve(family, weight, &holding, at);
            }
            let total: i64 = packing.blocks.iter().map(|b| b.cost).sum();
            made.least = made.least.max(total);
            for (m, floor) in made.with.iter_mut().enumerate() {
                let beside = match packing.blocks.get(packing.owner[m] as usize) {
                    None => weight[m],
                    Some(block) => block.with(family, weight, m as u32) - block.cost,
                };
                *floor = (*floor).max(total + beside);
            }
        }
        // Every set needs a member.
        let of_set = |set: &Vec<u32>| set.iter().map(|m| made.with[*m as usize]).min();
        let needed = family.iter().filter_map(of_set).max().unwrap_or(0);
        made.least = made.least.max(needed);
        made
    }

    /// The sets less every member whose floor lies above `level`, each with the places of those it
    /// stands for; a set that holds another is left out. `level` is not below `least`.
    pub(super) fn cut(&self, family: &[Vec<u32>], level: i64) -> Vec<(Vec<u32>, Vec<usize>)> {
        let mut sets: BTreeMap<(usize, Vec<u32>), Vec<usize>> = BTreeMap::new();
        for (place, set) in family.iter().enumerate() {
            let mut left: Vec<u32> =
                set.iter().copied().filter(|m| self.with[*m as usize] <= level).collect();
            left.sort_unstable();
            sets.entry((left.len(), left)).or_default().push(place);
        }
        let mut kept: Vec<(Vec<u32>, Vec<usize>)> = Vec::new();
        let mut holding: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let compare = sets.len() <= COMPARED;
        for ((_, set), places) in sets {
            let near = set.iter().filter_map(|m| holding.get(m)).flatten();
            let inside = |at: &usize| {
                let smaller: &Vec<u32> = &kept[*at].0;
                smaller.iter().all(|m| set.binary_search(m).is_ok())
            };
            let found = if compare { near.copied().find(|at| inside(at)) } else { None };
            if let Some(at) = found {
                kept[at].1.extend(places);
                continue;
            }
            set.iter().for_each(|m| holding.entry(*m).or_default().push(kept.len()));
            kept.push((set, places));
        }
        kept
    }

    /// The level above which every member is left.
    pub(super) fn top(&self) -> i64 {
        self.with.iter().copied().max().unwrap_or(0).max(self.least)
    }
}

/// A few sets that share members with each other and with no other block.
struct Block {
    sets: Vec<usize>,
    /// What hitting them all costs at least.
    cost: i64,
}

impl Block {
    /// What hitting them all costs at least when a member is taken.
    fn with(&self, family: &[Vec<u32>], weight: &[i64], member: u32) -> i64 {
        let rest: Vec<&Vec<u32>> =
            self.sets.iter().map(|i| &family[*i]).filter(|set| !set.contains(&member)).collect();
        weight[member as usize] + least(&rest, weight, 0)
    }
}

/// The least cost of hitting a few sets, by trying each member of the first not hit.
fn least(sets: &[&Vec<u32>], weight: &[i64], depth: usize) -> i64 {
    let Some(first) = sets.iter().min_by_key(|set| set.len()) else { return 0 };
    let cheapest = || first.iter().map(|m| weight[*m as usize]).min().unwrap_or(0);
    if depth >= DEPTH || sets.len() == 1 {
        return cheapest();
    }
    let without = |m: u32| {
        let rest: Vec<&Vec<u32>> = sets.iter().filter(|s| !s.contains(&m)).copied().collect();
        weight[m as usize] + least(&rest, weight, depth + 1)
    };
    first.iter().map(|m| without(*m)).min().unwrap_or(0)
}

/// Blocks that share no member.
struct Packing {
    /// The block a member is in.
    owner: Vec<u32>,
    blocks: Vec<Block>,
}

impl Packing {
    fn put(&mut self, family: &[Vec<u32>], weight: &[i64], sets: Vec<usize>) {
        let at = self.blocks.len() as u32;
        let each: Vec<&Vec<u32>> = sets.iter().map(|i| &family[*i]).collect();
        each.iter().flat_map(|s| s.iter()).for_each(|m| self.owner[*m as usize] = at);
        self.blocks.push(Block { cost: least(&each, weight, 0), sets });
    }

    /// Adds to a block of one set others that touch no other block, if that makes it dearer to
    /// hit; no more than are needed for that.
    fn improve(&mut self, family: &[Vec<u32>], weight: &[i64], holding: &[Vec<usize>], at: usize) {
        let own = at as u32;
        let Some(first) = self.blocks[at].sets.first().copied() else { return };
        let near: BTreeSet<usize> =
            family[first].iter().flat_map(|m| &holding[*m as usize]).copied().take(NEAR).collect();
        let free = |i: &usize| {
            let owners = family[*i].iter().map(|m| self.owner[*m as usize]);
            *i != first && owners.clone().all(|o| o == NONE || o == own)
        };
        let mut sets: Vec<usize> = near.iter().copied().filter(free).collect();
        sets.sort_by_key(|i| (family[*i].len(), *i));
        sets.truncate(BLOCK);
        sets.push(first);
        let cost = |sets: &[usize]| {
            let each: Vec<&Vec<u32>> = sets.iter().map(|i| &family[*i]).collect();
            least(&each, weight, 0)
        };
        let best = cost(&sets);
        if best <= self.blocks[at].cost {
            return;
        }
        let mut i = 0;
        while i < sets.len() {
            let mut fewer = sets.clone();
            fewer.remove(i);
            if cost(&fewer) == best {
                sets = fewer;
            } else {
                i += 1;
            }
        }
        family[first].iter().for_each(|m| self.owner[*m as usize] = NONE);
        let members = sets.iter().flat_map(|i| &family[*i]);
        members.for_each(|m| self.owner[*m as usize] = own);
        self.blocks[at] = Block { sets, cost: best };
    }
}

/// Members of a family numbered densely.
pub(super) struct Dense {
    members: Vec<u32>,
    pub(super) family: Vec<Vec<u32>>,
    pub(super) weight: Vec<i64>,
}

impl Dense {
    pub(super) fn new(family: &[Vec<u32>], weight: &dyn Fn(u32) -> i64) -> Self {
        let members: BTreeSet<u32> = family.iter().flatten().copied().collect();
        let mut members: Vec<u32> = members.into_iter().collect();
        // Among equals those met by the most sets come first: they are the likeliest to be wrong.
        let mut degree: BTreeMap<u32, u32> = BTreeMap::new();
        family.iter().flatten().for_each(|m| *degree.entry(*m).or_default() += 1);
        members.sort_by_key(|m| (Reverse(degree.get(m).copied()), *m));
        let number: BTreeMap<u32, u32> =
            members.iter().enumerate().map(|(i, m)| (*m, i as u32)).collect();
        let dense = |set: &Vec<u32>| {
            let mut set: Vec<u32> = set.iter().filter_map(|m| number.get(m).copied()).collect();
            set.sort_unstable();
            set
        };
        let family = family.iter().map(dense).collect();
        let weight = members.iter().map(|m| weight(*m)).collect();
        Self { members, family, weight }
    }

    /// Back to the members as given, ascending.
    pub(super) fn named(&self, set: &[u32]) -> Vec<u32> {
        let mut set: Vec<u32> = set.iter().map(|m| self.members[*m as usize]).collect();
        set.sort_unstable();
        set
    }
}
