//! Every minimal conflict, by walking the negative cycles. Under the potentials of the base only
//! edges of records gone from it are negative, so each negative cycle holds one of these; the walk
//! starts there, takes no earlier one, and turns back where even all the later ones together
//! could not bring the sum below zero.

use super::bits::Bits;
use super::conflict::{minimal, records_of};
use super::oracle::Oracle;

struct Walk<'a> {
    /// What all later negative edges sum to.
    rest: i64,
    /// This negative edge and the earlier ones.
    barred: &'a Bits,
    steps: usize,
    most: usize,
    /// Work of the hard records at which to give up.
    patience: usize,
}

/// Extends `known` by every minimal conflict there is; `false`, and nothing added, when that takes
/// more than `steps` (and four looks at each edge of the network) or makes more than `most`.
pub(super) fn complete(
    oracle: &mut Oracle<'_>,
    known: &mut Vec<Vec<u32>>,
    steps: usize,
    most: usize,
) -> bool {
    let net = oracle.net;
    let slack = |e: usize| {
        let edge = net.edges[e];
        edge.w + oracle.base.potential[edge.from as usize] - oracle.base.potential[edge.to as usize]
    };
    let mut negative: Vec<(u32, i64)> = (0..net.edges.len())
        .filter(|e| oracle.base.off.has(*e))
        .map(|e| (e as u32, slack(e)))
        .filter(|(_, slack)| *slack < 0)
        .collect();
    negative.sort_by_key(|(e, slack)| (*slack, *e));
    let before = known.len();
    let patience = oracle.hard.work + steps + 4 * net.edges.len();
    let mut barred = Bits::new(net.edges.len());
    let mut left = steps;
    let mut rest: i64 = negative.iter().map(|(_, slack)| slack).sum();
    for (e, slack) in &negative {
        rest -= slack;
        barred.add(*e as usize);
        let walk = Walk { rest, barred: &barred, steps: left, most, patience };
        match walk.through(oracle, known, *e, *slack) {
            Some(unused) => left = unused,
            None => {
                known.truncate(before);
                return false;
            }
        }
    }
    true
}

impl Walk<'_> {
    /// All cycles through one edge; the steps left, or `None` when they ran out.
    fn through(
        mut self,
        oracle: &mut Oracle<'_>,
        known: &mut Vec<Vec<u32>>,
        first: u32,
        slack: i64,
    ) -> Option<usize> {
        let net = oracle.net;
        let goal = net.edges[first as usize].from;
        let mut seen = Bits::new(net.node_count());
        // The node, the edge into it, the sum up to it, and the next of its edges to follow.
        let mut path = vec![(net.edges[first as usize].to, first, slack, 0usize)];
        seen.add(path[0].0 as usize);
        while let Some((u, _, sum, next)) = path.last_mut() {
            let (u, sum) = (*u, *sum);
            if u == goal {
                if sum < 0 {
                    learn(oracle, known, &path);
                    if known.len() > self.most || oracle.hard.work > self.patience {
                        return None;
                    }
                }
                seen.remove(u as usize);
                path.pop();
                continue;
            }
            let Some(&e) = net.out_of(u as usize).get(*next) else {
                seen.remove(u as usize);
                path.pop();
                continue;
            };
            *next += 1;
            self.steps = self.steps.checked_sub(1)?;
            let edge = net.edges[e as usize];
            if self.barred.has(e as usize) || seen.has(edge.to as usize) {
                continue;
            }
            let potential = &oracle.base.potential;
            let sum = sum + edge.w + potential[u as usize] - potential[edge.to as usize];
            if sum + self.rest < 0 {
                seen.add(edge.to as usize);
                path.push((edge.to, e, sum, 0));
            }
        }
        Some(self.steps)
    }
}

/// A negative cycle that holds no known conflict holds a new one.
fn learn(oracle: &mut Oracle<'_>, known: &mut Vec<Vec<u32>>, path: &[(u32, u32, i64, usize)]) {
    let cycle: Vec<u32> = path.iter().map(|(_, e, _, _)| *e).collect();
    let records = records_of(oracle.net, &cycle);
    if !known.iter().any(|set| set.iter().all(|r| records.binary_search(r).is_ok())) {
        known.push(minimal(&mut oracle.hard, &cycle));
    }
}
