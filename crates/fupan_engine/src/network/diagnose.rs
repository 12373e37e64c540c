//! Conflicts and ranked diagnoses of a network, in the words of those who ask.

use std::collections::BTreeSet;

use super::build::Network;
use super::conflict::{Conflict, Conflicts, HardContradiction, describe, hard_base};
use super::cycles::complete;
use super::oracle::Oracle;
use super::pairs;
use super::query::Solved;
use super::rank::{Part, Ranking, complete_conflicts, rank};

/// Limits (上限): how far to search; what they cut is said to be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most conflicts kept.
    pub conflicts: usize,
    /// Diagnoses wanted, in all and in each component.
    pub diagnoses: usize,
    /// Most diagnoses kept in a component, ties included, and most combinations tried.
    pub ties: usize,
    /// Most search nodes opened in a component.
    pub search: usize,
    /// Most edges looked at in checking explanations, for each edge of the network; a small
    /// network is looked at as if it had a million. What is not checked by then is not said.
    pub work: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { conflicts: 100_000, diagnoses: 100, ties: 4096, search: 20_000, work: 64 }
    }
}

/// Steps walked, and conflicts found, in trying to list every conflict beforehand.
const WALK: usize = 200_000;
const MANY: usize = 1000;

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

impl Network {
    /// Finds conflicts and diagnoses.
    ///
    /// # Errors
    /// [`HardContradiction`] when the hard records alone cannot be true.
    pub fn analyse(&self, limits: &Limits) -> Result<Analysis<'_>, HardContradiction> {
        let hard = hard_base(self)?;
        let (mut oracle, mut known) = Oracle::new(hard);
        let small =
            pairs::find(&mut oracle.hard, &mut oracle.scratch, limits.conflicts, &oracle.gone);
        let met: BTreeSet<Vec<u32>> = known.iter().cloned().collect();
        let singles = small.single.into_iter().map(|r| vec![r]);
        let pairs = small.pairs.into_iter().map(|(a, b)| vec![a, b]);
        known.extend(singles.chain(pairs).filter(|set| !met.contains(set)));
        oracle.grow(&known);
        let all_known = !small.capped && complete(&mut oracle, &mut known, WALK, MANY);
        let mut whole = rank(&mut oracle, known, all_known, limits);
        let complete = all_known || whole.verified && complete_conflicts(&mut whole.parts, limits);
        let parts = std::mem::take(&mut whole.parts);
        Ok(self.words(oracle, &parts, &whole, (complete, small.capped), limits))
    }

    fn words<'n>(
        &'n self,
        mut oracle: Oracle<'n>,
        parts: &[Part],
        whole: &Ranking,
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
        let members = parts
            .iter()
            .flat_map(|p| p.family.iter().flatten().copied())
            .collect::<BTreeSet<u32>>();
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
        self.oracle.solved(&hit).map(Solved::new)
    }
}
