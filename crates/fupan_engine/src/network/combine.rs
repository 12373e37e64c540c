//! Diagnoses of the whole from diagnoses of its components: the cheapest sums first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

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
    let mut group: Vec<usize> = (0..sets.len()).collect();
    let mut first_with: BTreeMap<u32, usize> = BTreeMap::new();
    for (i, set) in sets.iter().enumerate() {
        for member in set {
            let other = *first_with.entry(*member).or_insert(i);
            let (a, b) = (root(&mut group, i), root(&mut group, other));
            group[a.max(b)] = a.min(b);
        }
    }
    let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..sets.len() {
        places.entry(root(&mut group, i)).or_default().push(i);
    }
    places.into_values().collect()
}

fn root(group: &mut [usize], mut i: usize) -> usize {
    while group[i] != i {
        group[i] = group[group[i]];
        i = group[i];
    }
    i
}
