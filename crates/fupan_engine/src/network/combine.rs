//! Diagnoses of the whole from diagnoses of its components: the cheapest sums first.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

type Choice = (i64, Vec<(usize, usize)>);

/// Goes through one choice per component in order of total cost. A choice is told by the
/// components that do not take their first.
pub(super) struct Combine<'a> {
    costs: &'a [Vec<i64>],
    heap: BinaryHeap<Reverse<Choice>>,
}

impl<'a> Combine<'a> {
    /// Costs of each component's diagnoses, ascending; none may be empty.
    pub(super) fn new(costs: &'a [Vec<i64>]) -> Self {
        let first = costs.iter().filter_map(|c| c.first()).sum();
        Self { costs, heap: BinaryHeap::from([Reverse((first, vec![]))]) }
    }
}

impl Iterator for Combine<'_> {
    type Item = Choice;

    fn next(&mut self) -> Option<Choice> {
        let Reverse((cost, choice)) = self.heap.pop()?;
        let last = choice.last().map_or(0, |(c, _)| *c);
        for component in last..self.costs.len() {
            let mut next = choice.clone();
            let at = match next.last_mut() {
                Some((c, i)) if *c == component => {
                    *i += 1;
                    *i
                }
                _ => {
                    next.push((component, 1));
                    1
                }
            };
            let list = &self.costs[component];
            if let Some(dear) = list.get(at) {
                self.heap.push(Reverse((cost - list[at - 1] + dear, next)));
            }
        }
        Some((cost, choice))
    }
}

/// Groups sets that share members, directly or through others; each group as places in `sets`.
pub(super) fn connected(sets: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(BTreeSet<u32>, Vec<usize>)> = Vec::new();
    for (i, set) in sets.iter().enumerate() {
        let (mut members, mut places): (BTreeSet<u32>, Vec<usize>) =
            (set.iter().copied().collect(), vec![i]);
        groups.retain_mut(|(old, at)| {
            let apart = !set.iter().any(|m| old.contains(m));
            if !apart {
                members.append(old);
                places.append(at);
            }
            apart
        });
        places.sort_unstable();
        groups.push((members, places));
    }
    let mut places: Vec<Vec<usize>> = groups.into_iter().map(|(_, p)| p).collect();
    places.sort();
    places
}
