//! What follows from a list of records, and how that differs after a change.

use thiserror::Error;

use super::change::{Change, ChangeFault, apply};
use crate::network::{
    Bounds, BuildFault, Conflict, Diagnosis, HardContradiction, Limits, Network, Record,
};

/// What is asked (提问).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The source whose offset is 0 by definition.
    pub reference: Option<String>,
    /// Gaps: from one event to another.
    pub gaps: Vec<(String, String)>,
    /// How far to search for explanations.
    pub limits: Limits,
}

/// Outcome (推演结果): what follows from some records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The hull of each gap over all least-cost diagnoses.
    pub bounds: Vec<Bounds>,
    /// What contradicts.
    pub conflicts: Vec<Conflict>,
    /// What might be set aside, ranked.
    pub diagnoses: Vec<Diagnosis>,
    /// Whether either list was cut.
    pub capped: bool,
}

/// Difference (推演差异): before, after, and what is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What follows now.
    pub before: Outcome,
    /// What would follow.
    pub after: Outcome,
    /// Places of the gaps whose bounds differ.
    pub gaps: Vec<usize>,
    /// Records of conflicts there would be no more.
    pub resolved: Vec<Vec<String>>,
    /// Records of conflicts there would be anew.
    pub raised: Vec<Vec<String>>,
}

/// Why there is no answer (推演失败).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WhatIfError {
    /// The change speaks of what is not there.
    #[error(transparent)]
    Change(#[from] ChangeFault),
    /// The records make no network.
    #[error(transparent)]
    Network(#[from] BuildFault),
    /// Hard records contradict each other.
    #[error(transparent)]
    Hard(#[from] HardContradiction),
}

/// What follows from the records.
///
/// # Errors
/// [`WhatIfError`] when they make no network, or hard ones contradict.
pub fn outcome(records: &[Record], asked: &Asked) -> Result<Outcome, WhatIfError> {
    let network = Network::build(records, asked.reference.as_deref())?;
    let mut analysis = network.analyse(&asked.limits)?;
    let bounds = asked.gaps.iter().map(|(from, to)| analysis.gap_hull(from, to).hull).collect();
    Ok(Outcome {
        bounds,
        capped: analysis.conflicts.capped || analysis.diagnoses.capped,
        conflicts: analysis.conflicts.all,
        diagnoses: analysis.diagnoses.ranked,
    })
}

/// What would follow from the records after the changes, taken one after the other, beside what
/// follows now.
///
/// # Errors
/// [`WhatIfError`] for the first change that cannot be made, or records without an answer.
pub fn what_if(
    records: &[Record],
    changes: &[Change],
    asked: &Asked,
) -> Result<Difference, WhatIfError> {
    let before = outcome(records, asked)?;
    let mut list = records.to_vec();
    for change in changes {
        list = apply(&list, change)?;
    }
    let after = outcome(&list, asked)?;
    let pairs = before.bounds.iter().zip(&after.bounds).enumerate();
    let gaps = pairs.filter(|(_, (old, new))| old != new).map(|(i, _)| i).collect();
    let lacks = |list: &[Conflict], one: &Conflict| !list.iter().any(|c| c.records == one.records);
    let only = |own: &[Conflict], other: &[Conflict]| {
        own.iter().filter(|c| lacks(other, c)).map(|c| c.records.clone()).collect()
    };
    let resolved = only(&before.conflicts, &after.conflicts);
    let raised = only(&after.conflicts, &before.conflicts);
    Ok(Difference { before, after, gaps, resolved, raised })
}
