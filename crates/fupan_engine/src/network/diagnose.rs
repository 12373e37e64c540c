//! Conflicts and ranked diagnoses of a network: an implicit hitting set search per component of
//! the conflicts, then the components combined and every combination reported verified.

use std::collections::BTreeSet;

use super::build::Network;
use super::combine::{Combine, connected};
use super::conflict::{Conflict, Conflicts, HardContradiction, describe, hard_base};
use super::cycles::complete;
use super::hitting::{Found, Search};
use super::oracle::Oracle;
use super::pairs;
use super::query::Solved;
use super::shortest::Scratch;

/// Limits (上限): how far to search; what they cut is said to be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most conflicts kept.
    pub conflicts: usize,
    /// Diagnoses wanted, in all and in each component.
    pub diagnoses: usize,
    /// Most diagnoses kept in a component, ties included, and most combinations tried.
    pub ties: usize,
    /// Most search nodes opened, shared by the components; each has a few at least.
    pub search: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { conflicts: 100_000, diagnoses: 100, ties: 4096, search: 20_000 }
    }
}

/// Steps walked, and conflicts found, in trying to list every conflict beforehand.
const WALK: usize = 200_000;
const MANY: usize = 1000;
/// Nodes any component may open, however many components share the limit.
const LEAST: usize = 30;

/// Diagnosis (诊断): records that, set aside, leave the rest consistent; none can be spared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// Their ids, sorted.
    pub retract: Vec<String>,
    /// The sum of their weights.
    pub cost: i64,
}

/// Component (矛盾组): conflicts that share records, directly or through others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Places in [`Conflicts::all`].
    pub conflicts: Vec<usize>,
    /// Its diagnoses by (cost, size, ids); holds every one that costs least if `exact`.
    pub ranked: Vec<Diagnosis>,
    /// `ranked` holds every minimal diagnosis of the component.
    pub complete: bool,
    /// No diagnosis that costs the least is missing from `ranked`.
    pub exact: bool,
}

impl Component {
    /// The diagnoses that cost least, ties included.
    #[must_use]
    pub fn least_cost(&self) -> &[Diagnosis] {
        let least = self.ranked.first().map_or(0, |d| d.cost);
        &self.ranked[..self.ranked.partition_point(|d| d.cost == least)]
    }
}

/// Diagnoses (诊断集): by component and for the whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnoses {
    /// Independent parts of the contradiction.
    pub components: Vec<Component>,
    /// Of the whole, by (cost, size, ids), up to the limit.
    pub ranked: Vec<Diagnosis>,
    /// Whether there are or may be more than `ranked` shows.
    pub capped: bool,
    /// Whether the first of `ranked` is known to cost least.
    pub exact: bool,
}

/// Analysis (矛盾分析): what contradicts, what might be set aside, and the means to ask what
/// follows from each choice.
pub struct Analysis<'n> {
    /// The minimal conflicts.
    pub conflicts: Conflicts,
    /// The diagnoses.
    pub diagnoses: Diagnoses,
    pub(super) oracle: Oracle<'n>,
    /// Every record in a known conflict.
    pub(super) members: Vec<u32>,
    pub(super) limits: Limits,
}

pub(super) struct Part {
    pub(super) family: Vec<Vec<u32>>,
    pub(super) found: Found,
}

impl Part {
    fn members(&self) -> BTreeSet<u32> {
        self.family.iter().flatten().copied().collect()
    }
}

impl Network {
    /// Finds conflicts and diagnoses.
    ///
    /// # Errors
    /// [`HardContradiction`] when the hard records alone cannot be true.
    pub fn analyse(&self, limits: &Limits) -> Result<Analysis<'_>, HardContradiction> {
        let mut hard = hard_base(self)?;
        let mut scratch = Scratch::new(self.node_count());
        let small = pairs::find(&mut hard, &mut scratch, limits.conflicts);
        let mut known: Vec<Vec<u32>> = small.single.into_iter().map(|r| vec![r]).collect();
        known.extend(small.pairs.into_iter().map(|(a, b)| vec![a, b]));
        let mut oracle = Oracle::new(hard, &mut known);
        let all_known = !small.capped && complete(&mut oracle, &mut known, WALK, MANY);
        let mut parts: Vec<Part> = connected(&known)
            .into_iter()
            .map(|places| {
                let family = places.into_iter().map(|i| known[i].clone()).collect();
                Part { family, found: Found::default() }
            })
            .collect();
        let mut left = limits.search;
        for i in 0..parts.len() {
            let share = (left / (parts.len() - i)).max(LEAST);
            let opened = search(&mut oracle, &mut parts, i, &Limits { search: share, ..*limits });
            left = left.saturating_sub(opened);
        }
        let whole = rank_whole(&mut oracle, &mut parts, limits);
        let complete =
            all_known || whole.verified && complete_conflicts(&mut parts, self.len(), limits);
        Ok(self.words(oracle, &parts, &whole, (complete, small.capped), limits))
    }

    fn words<'n>(
        &'n self,
        mut oracle: Oracle<'n>,
        parts: &[Part],
        whole: &Whole,
        (complete, cut): (bool, bool),
        limits: &Limits,
    ) -> Analysis<'n> {
        let mut all: Vec<(usize, Conflict)> = Vec::new();
        for (i, part) in parts.iter().enumerate() {
            for set in &part.family {
                all.push((i, describe(&mut oracle.hard, &mut oracle.scratch, set)));
            }
        }
        all.sort_by(|(_, a), (_, b)| {
            (a.records.len(), &a.records).cmp(&(b.records.len(), &b.records))
        });
        let mut components: Vec<Component> = parts
            .iter()
            .enumerate()
            .map(|(i, part)| Component {
                conflicts: (0..all.len()).filter(|at| all[*at].0 == i).collect(),
                ranked: self.rank(&part.found.sets),
                complete: part.found.exhausted,
                exact: part.found.exact,
            })
            .collect();
        components.sort_by(|a, b| a.conflicts.cmp(&b.conflicts));
        let exact = parts.iter().all(|p| p.found.exact);
        let members = parts.iter().flat_map(Part::members).collect::<BTreeSet<u32>>();
        let capped = cut || all.len() > limits.conflicts || !complete;
        let conflicts =
            Conflicts { all: all.into_iter().map(|(_, c)| c).collect(), complete, capped };
        let mut ranked = self.rank(&whole.sets);
        let capped = !whole.complete || ranked.len() > limits.diagnoses;
        ranked.truncate(limits.diagnoses);
        Analysis {
            conflicts,
            diagnoses: Diagnoses { components, ranked, capped, exact },
            oracle,
            members: members.into_iter().collect(),
            limits: *limits,
        }
    }

    fn rank(&self, sets: &[(i64, Vec<u32>)]) -> Vec<Diagnosis> {
        let mut list: Vec<Diagnosis> = sets
            .iter()
            .map(|(cost, set)| Diagnosis { retract: self.ids_of(set.iter().copied()), cost: *cost })
            .collect();
        list.sort_by(|a, b| {
            (a.cost, a.retract.len(), &a.retract).cmp(&(b.cost, b.retract.len(), &b.retract))
        });
        list
    }
}

impl<'n> Analysis<'n> {
    /// The network without the given records, by id; `None` when the rest contradicts itself.
    pub fn after(&mut self, retract: &[String]) -> Option<Solved<'n>> {
        let net = self.oracle.net;
        let hit: Vec<u32> =
            retract.iter().filter_map(|id| net.index(id)).map(|r| r as u32).collect();
        self.oracle.solved(&hit).map(Solved)
    }
}

/// Searches one part, all records of the others set aside.
fn search(oracle: &mut Oracle<'_>, parts: &mut [Part], i: usize, limits: &Limits) -> usize {
    let aside: BTreeSet<u32> =
        (0..parts.len()).filter(|j| *j != i).flat_map(|j| parts[j].members()).collect();
    let net = oracle.net;
    let weight = |r: u32| net.weights[r as usize];
    let plan = Search {
        members: net.len(),
        weight: &weight,
        wanted: limits.diagnoses,
        budget: limits.search,
        keep: limits.ties,
    };
    let scope = oracle.scope(&aside);
    let mut family = std::mem::take(&mut parts[i].family);
    let mut found = plan.run(&mut family, &mut |hit| oracle.conflict(hit, &scope));
    parts[i].family = family;
    if found.sets.is_empty() {
        let members: Vec<u32> = parts[i].members().into_iter().collect();
        let set = oracle.some_diagnosis(&members, &aside);
        found.sets.push((set.iter().map(|r| weight(*r)).sum(), set));
        found.exact = false;
    }
    let opened = found.opened;
    parts[i].found = found;
    opened
}

struct Whole {
    sets: Vec<(i64, Vec<u32>)>,
    /// These are all.
    complete: bool,
    /// Every combination was tried, so that no conflict runs across parts.
    verified: bool,
}

/// Combines the parts; a conflict that runs across parts joins them and starts this again.
fn rank_whole(oracle: &mut Oracle<'_>, parts: &mut Vec<Part>, limits: &Limits) -> Whole {
    loop {
        match combine(oracle, parts, limits) {
            Ok(whole) => return whole,
            Err(set) => {
                let mut joined = vec![set];
                let touches = |p: &Part| p.members().iter().any(|r| joined[0].contains(r));
                let (touched, rest): (Vec<Part>, Vec<Part>) = parts.drain(..).partition(touches);
                joined.extend(touched.into_iter().flat_map(|p| p.family));
                *parts = rest;
                let found = Found::default();
                parts.push(Part { family: joined, found });
                let last = parts.len() - 1;
                let share = (limits.search / parts.len()).max(LEAST);
                search(oracle, parts, last, &Limits { search: share, ..*limits });
            }
        }
    }
}

fn combine(oracle: &mut Oracle<'_>, parts: &[Part], limits: &Limits) -> Result<Whole, Vec<u32>> {
    let costs: Vec<Vec<i64>> =
        parts.iter().map(|p| p.found.sets.iter().map(|(cost, _)| *cost).collect()).collect();
    let total = costs.iter().try_fold(1usize, |n, c| n.checked_mul(c.len()));
    let try_all = total.is_some_and(|n| n <= limits.ties);
    let scope = oracle.scope(&BTreeSet::new());
    let mut sets: Vec<(i64, Vec<u32>)> = Vec::new();
    let mut complete = parts.iter().all(|p| p.found.exhausted);
    for (cost, choice) in Combine::new(&costs) {
        let last = limits.diagnoses.checked_sub(1).and_then(|last| sets.get(last));
        let past = last.is_some_and(|(dearest, _)| cost > *dearest);
        if (past && !try_all) || sets.len() >= limits.ties {
            complete = false;
            break;
        }
        let mut hit = Vec::new();
        for (i, part) in parts.iter().enumerate() {
            let at = choice.iter().find(|(c, _)| *c == i).map_or(0, |(_, at)| *at);
            hit.extend_from_slice(&part.found.sets[at].1);
        }
        hit.sort_unstable();
        if let Some(across) = oracle.conflict(&hit, &scope) {
            return Err(across);
        }
        sets.push((cost, hit));
    }
    let verified = complete && try_all;
    Ok(Whole { sets, complete, verified })
}

/// The minimal conflicts are the minimal hitting sets of the minimal diagnoses: where these are
/// all known, so are those.
fn complete_conflicts(parts: &mut [Part], members: usize, limits: &Limits) -> bool {
    let plan = Search {
        members,
        weight: &|_| 1,
        wanted: usize::MAX,
        budget: limits.search,
        keep: limits.conflicts.max(1),
    };
    let mut complete = true;
    for part in parts {
        let mut sets: Vec<Vec<u32>> = part.found.sets.iter().map(|(_, s)| s.clone()).collect();
        let all = plan.run(&mut sets, &mut |_| None);
        if all.exhausted && part.found.exhausted {
            part.family = all.sets.into_iter().map(|(_, set)| set).collect();
        } else {
            complete = false;
        }
    }
    complete
}
