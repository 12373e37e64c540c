//! Minimal conflicts: from a negative cycle to the soft records none of which can be spared.

use std::collections::BTreeSet;

use thiserror::Error;

use super::bits::Bits;
use super::build::Network;
use super::checker::Checker;
use super::excess::excess;
use super::relax::Relax;
use super::shortest::Scratch;

/// Conflict (矛盾): soft records that cannot all be true, every one of them needed for that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Ids of the soft records, sorted.
    pub records: Vec<String>,
    /// Ids of hard records that take part, sorted; not a minimal list.
    pub hard_beside: Vec<String>,
    /// The amount by which they cannot all be true, milliseconds, above 0.
    pub excess_ms: i64,
}

/// Conflicts (矛盾集): sorted by (size, ids).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conflicts {
    /// Every conflict of one or two records, and beyond these all (`complete`) or at least so many
    /// that each diagnosis reported meets every conflict there is.
    pub all: Vec<Conflict>,
    /// Whether `all` is known to hold every minimal conflict.
    pub complete: bool,
    /// Whether a limit cut the list.
    pub capped: bool,
}

/// Contradiction of hard records (硬矛盾): they cannot all be true, and none may be set aside.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("records that may not be set aside contradict each other: {}", .records.join(", "))]
pub struct HardContradiction {
    /// Ids, minimal, sorted.
    pub records: Vec<String>,
    /// By how much, milliseconds.
    pub excess_ms: i64,
}

/// The hard records alone, with potentials.
pub(super) fn hard_base(net: &Network) -> Result<Checker<'_>, HardContradiction> {
    let mut off = Bits::new(net.edges.len());
    for (e, r) in net.record_of.iter().enumerate() {
        if !net.hard[*r as usize] {
            off.add(e);
        }
    }
    let mut relax = Relax::new(net);
    match relax.run(&off) {
        None => Ok(Checker::sparse(net, off, relax.label)),
        Some(cycle) => {
            let mut nothing = bare(net);
            let records = shrink(&mut nothing, &records_of(net, &cycle), |_| true);
            let ms = excess(&mut nothing, &mut Scratch::new(net.node_count()), &records).ms;
            Err(HardContradiction { records: net.ids_of(records), excess_ms: ms })
        }
    }
}

fn bare(net: &Network) -> Checker<'_> {
    let mut off = Bits::new(net.edges.len());
    (0..net.edges.len()).for_each(|e| off.add(e));
    Checker::sparse(net, off, vec![0; net.node_count()])
}

/// The records of a cycle.
pub(super) fn records_of(net: &Network, cycle: &[u32]) -> Vec<u32> {
    let set: BTreeSet<u32> = cycle.iter().map(|e| net.record_of[*e as usize]).collect();
    set.into_iter().collect()
}

/// The soft records of a cycle, less every one without which the rest still contradicts the hard.
pub(super) fn minimal(hard: &mut Checker<'_>, cycle: &[u32]) -> Vec<u32> {
    let net = hard.net;
    let soft = |r: u32| !net.hard[r as usize];
    let records: Vec<u32> = records_of(net, cycle).into_iter().filter(|r| soft(*r)).collect();
    shrink(hard, &records, soft)
}

/// Deletion filter; a record found needless goes, with all that the shorter cycle does not use.
/// The dearest are tried first, so that what stays is what may most likely be wrong.
fn shrink(base: &mut Checker<'_>, records: &[u32], counts: impl Fn(u32) -> bool) -> Vec<u32> {
    let net = base.net;
    let mut kept = records.to_vec();
    kept.sort_by_key(|r| (std::cmp::Reverse(net.weights[*r as usize]), *r));
    let mut i = 0;
    while i < kept.len() {
        let mut fewer = kept.clone();
        fewer.remove(i);
        let mark = base.mark();
        match base.add_all(&fewer) {
            Ok(()) => i += 1,
            Err(cycle) => {
                let used: BTreeSet<u32> = records_of(net, &cycle).into_iter().collect();
                // Those before `i` are needed by any subset that contradicts, so they are used.
                fewer.retain(|r| counts(*r) && used.contains(r));
                kept = fewer;
            }
        }
        base.undo(mark);
    }
    kept.sort_unstable();
    kept
}

/// Words for a conflict.
pub(super) fn describe(hard: &mut Checker<'_>, s: &mut Scratch, records: &[u32]) -> Conflict {
    let found = excess(hard, s, records);
    let net = hard.net;
    Conflict {
        records: net.ids_of(records.iter().copied()),
        hard_beside: net.ids_of(found.hard),
        excess_ms: found.ms,
    }
}
