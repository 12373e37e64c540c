//! Ranked diagnoses: the cheapest sets that hit every conflict known are held against the network;
//! where one leaves a contradiction, the conflicts that show it are learnt and the ranking is made
//! anew (implicit hitting sets; Reiter 1987, Moreno-Centeno and Karp 2013). What passes is a
//! diagnosis, and none cheaper was overlooked.

use std::collections::BTreeSet;

use super::combine::Combine;
use super::diagnose::Limits;
use super::hitting::{Found, Search};
use super::level::{Level, Reach, all, ranked};
use super::oracle::Oracle;

/// The least size of a network, in edges, by which the limit of work is counted.
const COUNTED: usize = 1_000_000;

/// Conflicts that share what matters, and what might be set aside for them.
pub(super) struct Part {
    pub(super) family: Vec<Vec<u32>>,
    pub(super) found: Found,
}

/// The explanations of the whole and of its parts.
pub(super) struct Ranking {
    pub(super) parts: Vec<Part>,
    pub(super) sets: Vec<(i64, Vec<u32>)>,
    /// These are all.
    pub(super) complete: bool,
    /// They are all, and each was held against the network or needs not be.
    pub(super) verified: bool,
}

enum Checked {
    Fine(Ranking),
    Learnt(Vec<Vec<u32>>),
    Spent(Vec<(i64, Vec<u32>)>),
}

/// `known` are conflicts, all there are if `complete`.
pub(super) fn rank(
    oracle: &mut Oracle<'_>,
    known: Vec<Vec<u32>>,
    complete: bool,
    limits: &Limits,
) -> Ranking {
    let net = oracle.net;
    let weight = |r: u32| net.weights[r as usize];
    let reach = Reach {
        wanted: limits.diagnoses.max(1),
        keep: limits.ties,
        search: limits.search,
        ties: true,
    };
    if complete {
        let level = all(&known, &weight, reach);
        if level.parts.iter().all(|p| p.found.exact) {
            return combine(None, level, &known, limits);
        }
    }
    let budget = limits.work.saturating_mul(net.edges.len().max(COUNTED));
    let mut family = known;
    let mut round = Round { tried: BTreeSet::new(), budget, spent: 0 };
    loop {
        let mut level = ranked(&family, &weight, reach);
        round.spent += family.iter().map(Vec::len).sum::<usize>();
        let in_order = |part: &mut super::level::LevelPart| {
            part.found.sets.sort_by_cached_key(|(cost, set)| {
                (*cost, set.len(), net.ids_of(set.iter().copied()))
            });
        };
        level.parts.iter_mut().for_each(in_order);
        level.parts.sort_by_cached_key(|p| {
            p.found.sets.first().map(|(_, set)| net.ids_of(set.iter().copied()))
        });
        let verified = match check(oracle, level, &family, limits, (&mut round, complete)) {
            Checked::Fine(ranking) => return ranking,
            Checked::Learnt(new) if family.len() + new.len() <= limits.conflicts => {
                family.extend(new);
                continue;
            }
            Checked::Learnt(_) => vec![],
            Checked::Spent(sets) => sets,
        };
        return cut_short(oracle, family, verified);
    }
}

/// What has been held against the network, and what that may cost.
struct Round {
    tried: BTreeSet<Vec<u32>>,
    budget: usize,
    spent: usize,
}

impl Round {
    /// The conflicts `hit` leaves; `None` when there is no work left to find them.
    fn conflicts(&mut self, oracle: &mut Oracle<'_>, hit: &[u32]) -> Option<Vec<Vec<u32>>> {
        if self.tried.contains(hit) {
            return Some(vec![]);
        }
        if oracle.work() + self.spent > self.budget {
            return None;
        }
        let found = oracle.conflicts(hit);
        if found.is_empty() {
            self.tried.insert(hit.to_vec());
        }
        Some(found)
    }
}

fn check(
    oracle: &mut Oracle<'_>,
    level: Level,
    family: &[Vec<u32>],
    limits: &Limits,
    (round, complete): (&mut Round, bool),
) -> Checked {
    if level.parts.iter().any(|p| p.found.sets.is_empty()) {
        return Checked::Spent(vec![]);
    }
    if complete {
        return Checked::Fine(combine(None, level, family, limits));
    }
    let first: Vec<Vec<u32>> = level.parts.iter().map(|p| p.found.sets[0].1.clone()).collect();
    let most = limits.diagnoses.max(1).saturating_mul(4);
    // Each explanation of a part beside the first of the others, the cheapest of all first.
    let mut whole: BTreeSet<Vec<u32>> = BTreeSet::new();
    for (i, part) in level.parts.iter().enumerate() {
        for (_, set) in part.found.sets.iter().take(most) {
            let others = first.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, s)| s);
            let mut hit: Vec<u32> = others.chain(set).copied().collect();
            hit.sort_unstable();
            whole.insert(hit);
        }
    }
    let mut best: Vec<u32> = first.concat();
    best.sort_unstable();
    whole.remove(&best);
    let mut learnt: BTreeSet<Vec<u32>> = BTreeSet::new();
    for hit in std::iter::once(&best).chain(&whole) {
        match round.conflicts(oracle, hit) {
            Some(found) => learnt.extend(found),
            None if round.tried.contains(&best) => {
                return Checked::Spent(total(oracle, vec![(0, best)]));
            }
            None => return Checked::Spent(vec![]),
        }
        if *hit == best {
            if !learnt.is_empty() {
                break;
            }
            oracle.rebase(&best);
        }
    }
    if !learnt.is_empty() {
        return Checked::Learnt(learnt.into_iter().collect());
    }
    let ranking = combine(Some((limits.ties.min(most), level.top)), level, family, limits);
    for (n, (_, hit)) in ranking.sets.iter().enumerate() {
        match round.conflicts(oracle, hit) {
            Some(found) => learnt.extend(found),
            None => return Checked::Spent(ranking.sets[..n].to_vec()),
        }
    }
    if learnt.is_empty() {
        Checked::Fine(ranking)
    } else {
        Checked::Learnt(learnt.into_iter().collect())
    }
}

fn total(oracle: &Oracle<'_>, sets: Vec<(i64, Vec<u32>)>) -> Vec<(i64, Vec<u32>)> {
    let cost = |set: &[u32]| set.iter().map(|r| oracle.net.weights[*r as usize]).sum();
    sets.into_iter().map(|(_, set)| (cost(&set), set)).collect()
}

/// What may be said when the work ran out: what passed until then, else what is gone from the
/// base, which is minimal and perhaps not the cheapest.
fn cut_short(
    oracle: &Oracle<'_>,
    family: Vec<Vec<u32>>,
    mut sets: Vec<(i64, Vec<u32>)>,
) -> Ranking {
    if sets.is_empty() {
        sets = total(oracle, vec![(0, oracle.gone.iter().copied().collect())]);
    }
    let found = Found { sets: sets.clone(), exhausted: false, exact: false };
    Ranking { parts: vec![Part { family, found }], sets, complete: false, verified: false }
}

/// Combines the parts. `checked` is the most that can be held against the network, and the cost up
/// to which no hitting set is missing.
fn combine(
    checked: Option<(usize, i64)>,
    level: Level,
    family: &[Vec<u32>],
    limits: &Limits,
) -> Ranking {
    let costs: Vec<Vec<i64>> =
        level.parts.iter().map(|p| p.found.sets.iter().map(|(cost, _)| *cost).collect()).collect();
    let (most, top) = checked.unwrap_or((limits.ties, level.top));
    let product = costs.iter().try_fold(1usize, |n, c| n.checked_mul(c.len()));
    let try_all = product.is_some_and(|n| n <= most);
    let mut sets: Vec<(i64, Vec<u32>)> = Vec::new();
    let mut complete = level.parts.iter().all(|p| p.found.exhausted);
    for (cost, choice) in Combine::new(&costs) {
        let last = limits.diagnoses.checked_sub(1).and_then(|last| sets.get(last));
        let past = last.is_some_and(|(dearest, _)| cost > *dearest);
        if (past && !try_all) || sets.len() >= most.max(1) || cost > top {
            complete = false;
            break;
        }
        let mut hit = Vec::new();
        for (i, part) in level.parts.iter().enumerate() {
            let at = choice.iter().find(|(c, _)| *c == i).map_or(0, |(_, at)| *at);
            hit.extend_from_slice(&part.found.sets[at].1);
        }
        hit.sort_unstable();
        sets.push((cost, hit));
    }
    let parts = level.parts.into_iter().map(|part| {
        let family = part.places.iter().map(|i| family[*i].clone()).collect();
        Part { family, found: part.found }
    });
    let verified = complete && try_all;
    Ranking { parts: parts.collect(), sets, complete, verified }
}

/// The minimal conflicts are the minimal hitting sets of the minimal diagnoses: where these are
/// all known, so are those.
pub(super) fn complete_conflicts(parts: &mut [Part], limits: &Limits) -> bool {
    let mut complete = true;
    for part in parts {
        let sets: Vec<Vec<u32>> = part.found.sets.iter().map(|(_, s)| s.clone()).collect();
        let members = sets.iter().flatten().max().map_or(0, |m| *m as usize + 1);
        let plan = Search {
            members,
            weight: &|_| 1,
            wanted: usize::MAX,
            budget: limits.search,
            keep: limits.conflicts.max(1),
            ties: true,
            ceiling: None,
        };
        let all = plan.run(&sets);
        if all.exhausted && part.found.exhausted {
            part.family = all.sets.into_iter().map(|(_, set)| set).collect();
        } else {
            complete = false;
        }
    }
    complete
}
