//! The cheapest minimal hitting sets of a family, level by level of cost, part by part.

use std::collections::BTreeMap;

use super::combine::{Combine, connected};
use super::floors::{Dense, Floors};
use super::hitting::{Found, Search};

/// How far to search.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    /// How many hitting sets of the whole are wanted.
    pub(super) wanted: usize,
    /// Most kept in a part.
    pub(super) keep: usize,
    /// Most search nodes opened.
    pub(super) search: usize,
    /// Whether all that cost the same as the last wanted are.
    pub(super) ties: bool,
}

/// Sets looked at in a search, as a second limit on it where the sets are many.
const LOOKED_AT: usize = 5_000_000;

/// A part that shares no member that matters with another.
pub(super) struct LevelPart {
    /// Places in the family.
    pub(super) places: Vec<usize>,
    pub(super) found: Found,
}

/// The hitting sets up to a level of cost.
pub(super) struct Level {
    pub(super) parts: Vec<LevelPart>,
    /// Highest cost of the whole up to which none is missing.
    pub(super) top: i64,
}

/// Everything: no level cuts, each part is searched for as many as are wanted of the whole.
pub(super) fn all(family: &[Vec<u32>], weight: &dyn Fn(u32) -> i64, reach: Reach) -> Level {
    let dense = Dense::new(family, weight);
    let places = (0..family.len()).map(|i| vec![i]);
    let sets = dense.family.iter().cloned().zip(places).collect();
    let parts = split(&dense, sets, reach, &|_| None);
    Level { parts, top: i64::MAX }
}

/// The level of the cheapest, raised until enough are found or the search gets too long.
pub(super) fn ranked(family: &[Vec<u32>], weight: &dyn Fn(u32) -> i64, reach: Reach) -> Level {
    let dense = Dense::new(family, weight);
    let floors = Floors::new(&dense.family, &dense.weight);
    let reach = Reach { ties: false, ..reach };
    let one = Reach { wanted: 1, keep: 1, ..reach };
    let least = |level: i64| -> (i64, bool) {
        let parts = split(&dense, floors.cut(&dense.family, level), one, &|_| None);
        let cost = |p: &LevelPart| p.found.sets.first().map(|(cost, _)| *cost);
        (parts.iter().filter_map(cost).sum(), parts.iter().all(|p| cost(p).is_some()))
    };
    let (mut best, mut known) = least(floors.least);
    if known && best > floors.least {
        (best, known) = least(best);
    }
    let mut level = if known { best } else { floors.least };
    let mut done: Option<Level> = None;
    let mut step = dense.weight.iter().copied().filter(|w| *w > 0).min().unwrap_or(1);
    loop {
        let top = level >= floors.top();
        let least_of = |sets: &[Vec<u32>]| {
            let found = run(&dense, sets, one, None);
            found.sets.first().map(|(cost, _)| cost + (level - best))
        };
        let ceiling: &dyn Fn(&[Vec<u32>]) -> Option<i64> =
            if top || !known { &|_| None } else { &least_of };
        let parts = split(&dense, floors.cut(&dense.family, level), reach, ceiling);
        let full = parts.iter().all(|p| p.found.exhausted || p.found.sets.len() >= reach.wanted);
        if !full && done.is_some() {
            break;
        }
        let enough = enough(&parts, level, reach.wanted);
        let mut parts = parts;
        if !top {
            parts.iter_mut().for_each(|p| p.found.exhausted = false);
        }
        done = Some(Level { parts, top: if top { i64::MAX } else { level } });
        if top || enough || !full {
            break;
        }
        level = best.saturating_add(step);
        step = step.saturating_mul(2);
    }
    done.unwrap_or(Level { parts: vec![], top: 0 })
}

fn enough(parts: &[LevelPart], level: i64, wanted: usize) -> bool {
    let costs: Vec<Vec<i64>> =
        parts.iter().map(|p| p.found.sets.iter().map(|(cost, _)| *cost).collect()).collect();
    if costs.iter().any(Vec::is_empty) {
        return false;
    }
    Combine::new(&costs).take_while(|(cost, _)| *cost <= level).take(wanted).count() >= wanted
}

fn split(
    dense: &Dense,
    sets: Vec<(Vec<u32>, Vec<usize>)>,
    reach: Reach,
    ceiling: &dyn Fn(&[Vec<u32>]) -> Option<i64>,
) -> Vec<LevelPart> {
    let (sets, places): (Vec<Vec<u32>>, Vec<Vec<usize>>) = sets.into_iter().unzip();
    connected(&sets)
        .into_iter()
        .map(|group| {
            let own: Vec<Vec<u32>> = group.iter().map(|i| sets[*i].clone()).collect();
            let mut found = run(dense, &own, reach, ceiling(&own));
            for (_, set) in &mut found.sets {
                *set = dense.named(set);
            }
            found.sets.sort_by(|a, b| (a.0, a.1.len(), &a.1).cmp(&(b.0, b.1.len(), &b.1)));
            let places = group.iter().flat_map(|i| places[*i].iter().copied()).collect();
            LevelPart { places, found }
        })
        .collect()
}

fn run(dense: &Dense, sets: &[Vec<u32>], reach: Reach, ceiling: Option<i64>) -> Found {
    let weight = |m: u32| dense.weight[m as usize];
    let size: usize = sets.iter().map(Vec::len).sum();
    let plan = Search {
        members: dense.weight.len(),
        weight: &weight,
        wanted: reach.wanted,
        budget: reach.search.min(LOOKED_AT / size.max(1)).max(1),
        keep: reach.keep,
        ties: reach.ties,
        ceiling,
    };
    let mut degree = vec![0usize; dense.weight.len()];
    sets.iter().flatten().for_each(|m| degree[*m as usize] += 1);
    let mut sets = sets.to_vec();
    // The search packs disjoint sets in this order.
    sets.sort_by_cached_key(|s| (s.iter().map(|m| degree[*m as usize]).sum::<usize>(), s.clone()));
    let mut found = plan.run(&sets);
    if found.sets.is_empty() && !sets.is_empty() {
        let set = greedy(dense, &sets);
        found.sets.push((set.iter().map(|m| weight(*m)).sum(), set));
        (found.exact, found.exhausted) = (false, false);
    }
    found
}

/// Some minimal hitting set: the member that costs least for each set it hits comes first.
fn greedy(dense: &Dense, sets: &[Vec<u32>]) -> Vec<u32> {
    let mut open: Vec<&Vec<u32>> = sets.iter().collect();
    let mut taken: Vec<u32> = Vec::new();
    while !open.is_empty() {
        let mut count: BTreeMap<u32, i64> = BTreeMap::new();
        open.iter().flat_map(|s| s.iter()).for_each(|m| *count.entry(*m).or_default() += 1);
        let dearer = |a: &(&u32, &i64), b: &(&u32, &i64)| {
            let cost = |m: u32| i128::from(dense.weight[m as usize]);
            (cost(*a.0) * i128::from(*b.1)).cmp(&(cost(*b.0) * i128::from(*a.1)))
        };
        let Some((best, _)) = count.iter().min_by(dearer) else { break };
        open.retain(|s| !s.contains(best));
        taken.push(*best);
    }
    let mut i = 0;
    while i < taken.len() {
        let mut fewer = taken.clone();
        fewer.remove(i);
        if sets.iter().all(|s| s.iter().any(|m| fewer.contains(m))) {
            taken = fewer;
        } else {
            i += 1;
        }
    }
    taken.sort_unstable();
    taken
}
