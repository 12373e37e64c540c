//! By how much a minimal conflict is one: the greatest amount by which a cycle of exactly its
//! records, on top of the hard ones, falls short of zero.

use std::collections::BTreeSet;

use super::checker::Checker;
use super::shortest::Scratch;

/// The amount, and the hard records that lie on the cycle it was read from.
pub(super) struct Excess {
    pub(super) ms: i64,
    pub(super) hard: Vec<u32>,
}

/// `hard` holds the hard records only; `records` are a minimal conflict, so that every negative
/// cycle runs through each of them and the rest without one is consistent. A cycle through a
/// record whose constraints share one node uses one of its edges, or one into that node and one
/// out of it; both are tried for a record of that shape, and the amount is exact. Where no record
/// has it, the amount is that of some cycle, not always the greatest.
pub(super) fn excess(hard: &mut Checker<'_>, s: &mut Scratch, records: &[u32]) -> Excess {
    let net = hard.net;
    let shape = |r: &&u32| (hub(hard, **r).is_none(), net.edges_of(**r as usize).len());
    let Some(pivot) = records.iter().min_by_key(shape).copied() else {
        return Excess { ms: 0, hard: vec![] };
    };
    let rest: Vec<u32> = records.iter().copied().filter(|r| *r != pivot).collect();
    let mark = hard.mark();
    let mut best: Option<(i64, Vec<u32>)> = None;
    let mut offer = |found: Option<(i64, Vec<u32>)>, w: i64| {
        if let Some((d, path)) = found
            && best.as_ref().is_none_or(|(least, _)| d + w < *least)
        {
            best = Some((d + w, path));
        }
    };
    if hard.add_all(&rest).is_ok() {
        for segment in segments(hard, pivot) {
            let (first, last) = (segment.first(), segment.last());
            let (Some(first), Some(last)) = (first, last) else { continue };
            let (first, last) = (net.edges[*first as usize], net.edges[*last as usize]);
            let avoid = (segment.len() == 2).then_some(first.to as usize);
            let w: i64 = segment.iter().map(|e| net.edges[*e as usize].w).sum();
            offer(hard.path(s, last.to as usize, first.from as usize, avoid), w);
        }
        if hub(hard, pivot).is_none() {
            for closing in net.edges_of(pivot as usize) {
                let inner = hard.mark();
                add_others(hard, pivot, closing);
                let edge = net.edges[closing];
                offer(hard.path(s, edge.to as usize, edge.from as usize, None), edge.w);
                hard.undo(inner);
            }
        }
    }
    hard.undo(mark);
    let (least, path) = best.unwrap_or((0, vec![]));
    let on_path: BTreeSet<u32> = path.iter().map(|e| net.record_of[*e as usize]).collect();
    Excess { ms: -least, hard: on_path.into_iter().filter(|r| net.hard[*r as usize]).collect() }
}

/// Adds what edges of a record can be added besides one.
fn add_others(checker: &mut Checker<'_>, record: u32, besides: usize) {
    for e in checker.net.edges_of(record as usize).filter(|e| *e != besides) {
        let mark = checker.mark();
        if checker.add_one(e as u32).is_err() {
            checker.undo(mark);
        }
    }
}

/// The node all edges of a record share, if there is one.
pub(super) fn hub(checker: &Checker<'_>, record: u32) -> Option<u32> {
    let net = checker.net;
    let edges = &net.edges[net.edges_of(record as usize)];
    let first = edges.first()?;
    [first.from, first.to].into_iter().find(|n| edges.iter().all(|e| e.from == *n || e.to == *n))
}

/// The ways through a record that a cycle may take: one edge, or one into its hub and one out.
pub(super) fn segments(checker: &Checker<'_>, record: u32) -> Vec<Vec<u32>> {
    let net = checker.net;
    let range = net.edges_of(record as usize);
    let mut list: Vec<Vec<u32>> = range.clone().map(|e| vec![e as u32]).collect();
    let Some(hub) = hub(checker, record) else { return list };
    for into in range.clone() {
        for out in range.clone() {
            let (a, b) = (net.edges[into], net.edges[out]);
            if a.to == hub && b.from == hub && a.from != hub && b.to != hub {
                list.push(vec![into as u32, out as u32]);
            }
        }
    }
    list
}
