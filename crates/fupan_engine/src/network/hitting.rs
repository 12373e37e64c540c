//! Minimal hitting sets of a family of sets in order of cost. Branches exclude what earlier branches took, so no set is met twice; the
//! bound adds the cheapest member of disjoint sets not yet hit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::bits::Bits;

/// What is searched and how far.
pub(super) struct Search<'a> {
    /// Members are below this.
    pub(super) members: usize,
    /// Cost of a member.
    pub(super) weight: &'a dyn Fn(u32) -> i64,
    /// How many sets are wanted; all that cost the same as the last are found as well if `ties`,
    /// and all that cost least in any case.
    pub(super) wanted: usize,
    pub(super) ties: bool,
    /// How many nodes may be opened.
    pub(super) budget: usize,
    /// How many sets may be kept.
    pub(super) keep: usize,
    /// Sets that cost more are not looked for.
    pub(super) ceiling: Option<i64>,
}

/// Hitting sets found.
#[derive(Default)]
pub(super) struct Found {
    /// (cost, members ascending), in order of cost, then size, then members.
    pub(super) sets: Vec<(i64, Vec<u32>)>,
    /// There are no others, up to the ceiling.
    pub(super) exhausted: bool,
    /// None that costs the least is missing.
    pub(super) exact: bool,
}

/// Least cost of what lies below, cost so far (of equals the nearer to its end comes first),
/// members taken, members ruled out.
type Node = (i64, Reverse<i64>, Vec<u32>, Vec<u32>);

/// Working sets, empty between uses.
struct Marks {
    hit: Bits,
    out: Bits,
    used: Bits,
}

impl Search<'_> {
    pub(super) fn run(&self, family: &[Vec<u32>]) -> Found {
        let mut sets: Vec<(i64, Vec<u32>)> = Vec::new();
        let mut heap: BinaryHeap<Reverse<Node>> = BinaryHeap::new();
        heap.push(Reverse((0, Reverse(0), vec![], vec![])));
        let empty = || Bits::new(self.members);
        let mut marks = Marks { hit: empty(), out: empty(), used: empty() };
        let mut opened = 0;
        while let Some(Reverse((bound, cost, hit, out))) = heap.pop() {
            let past = self.wanted.checked_sub(1).and_then(|last| sets.get(last));
            let dear = |last: i64| !self.ties && sets.first().is_some_and(|(c, _)| last > *c);
            if past.is_some_and(|(last, _)| bound > *last || dear(*last)) {
                heap.push(Reverse((bound, cost, hit, out)));
                break;
            }
            opened += 1;
            if opened > self.budget || sets.len() >= self.keep {
                heap.push(Reverse((bound, cost, hit, out)));
                break;
            }
            let Some((now, tightest)) = self.bound(family, &hit, &out, cost.0, &mut marks) else {
                continue;
            };
            if now > bound {
                heap.push(Reverse((now, cost, hit, out)));
                continue;
            }
            match tightest.and_then(|set| family.get(set)) {
                Some(set) => {
                    self.branch(&mut heap, family, set, (bound, cost, hit, out), &mut marks);
                }
                None if is_minimal(family, &hit) => sets.push((cost.0, hit)),
                None => {}
            }
        }
        sets.sort_by(|a, b| (a.0, a.1.len(), &a.1).cmp(&(b.0, b.1.len(), &b.1)));
        let least = sets.first().map(|(cost, _)| *cost);
        let open = heap.peek().map(|Reverse((bound, ..))| *bound);
        let exact = least.is_some_and(|least| open.is_none_or(|open| open > least));
        Found { sets, exhausted: open.is_none(), exact }
    }

    fn branch(
        &self,
        heap: &mut BinaryHeap<Reverse<Node>>,
        family: &[Vec<u32>],
        set: &[u32],
        (floor, cost, hit, mut out): Node,
        marks: &mut Marks,
    ) {
        for member in set {
            if out.contains(member) {
                continue;
            }
            let mut next = hit.clone();
            next.push(*member);
            next.sort_unstable();
            let cost = cost.0 + (self.weight)(*member);
            if let Some((bound, _)) = self.bound(family, &next, &out, cost, marks)
                && self.ceiling.is_none_or(|most| bound <= most)
            {
                heap.push(Reverse((bound.max(floor), Reverse(cost), next, out.clone())));
            }
            out.push(*member);
        }
    }

    /// What any hitting set below this one costs at least, and the missed set with the fewest
    /// members open; `None` when there is no hitting set below.
    fn bound(
        &self,
        family: &[Vec<u32>],
        hit: &[u32],
        out: &[u32],
        cost: i64,
        marks: &mut Marks,
    ) -> Option<(i64, Option<usize>)> {
        hit.iter().for_each(|m| marks.hit.add(*m as usize));
        out.iter().for_each(|m| marks.out.add(*m as usize));
        let mut touched = Vec::new();
        let found = self.bound_marked(family, cost, marks, &mut touched);
        hit.iter().for_each(|m| marks.hit.remove(*m as usize));
        out.iter().for_each(|m| marks.out.remove(*m as usize));
        touched.iter().for_each(|m| marks.used.remove(*m as usize));
        found
    }

    fn bound_marked(
        &self,
        family: &[Vec<u32>],
        cost: i64,
        marks: &mut Marks,
        touched: &mut Vec<u32>,
    ) -> Option<(i64, Option<usize>)> {
        let (mut total, mut tightest) = (cost, None);
        for (i, set) in family.iter().enumerate() {
            if set.iter().any(|m| marks.hit.has(*m as usize)) {
                continue;
            }
            let (mut least, mut open, mut apart) = (None, 0usize, true);
            for m in set.iter().filter(|m| !marks.out.has(**m as usize)) {
                let weight = (self.weight)(*m);
                least = Some(least.map_or(weight, |old: i64| old.min(weight)));
                open += 1;
                apart &= !marks.used.has(*m as usize);
            }
            let least = least?;
            if tightest.is_none_or(|(fewest, _)| open < fewest) {
                tightest = Some((open, i));
            }
            if apart {
                total += least;
                set.iter().for_each(|m| marks.used.add(*m as usize));
                touched.extend_from_slice(set);
            }
        }
        Some((total, tightest.map(|(_, i)| i)))
    }
}

/// Each member must be alone in hitting some set.
fn is_minimal(family: &[Vec<u32>], hit: &[u32]) -> bool {
    hit.iter().all(|member| {
        let rest: Vec<u32> = hit.iter().copied().filter(|m| m != member).collect();
        family.iter().any(|set| misses(set, &rest))
    })
}

fn misses(set: &[u32], hit: &[u32]) -> bool {
    !set.iter().any(|m| hit.binary_search(m).is_ok())
}
