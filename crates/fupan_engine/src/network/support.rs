//! Which records a bound rests on: the records of a shortest path, thinned by a deletion filter
//! that looks at nothing but those records, so that it costs the same in a network of any size.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Network;

impl Network {
    /// Shortest distance within the edges of `records` alone (which must be consistent).
    fn distance_within(&self, records: &[u32], from: usize, to: usize) -> Option<i64> {
        let edges: Vec<_> =
            records.iter().flat_map(|r| &self.edges[self.edges_of(*r as usize)]).collect();
        let mut dist = BTreeMap::from([(from as u32, 0i64)]);
        for _ in 0..=edges.len() {
            let mut changed = false;
            for edge in &edges {
                let Some(d) = dist.get(&edge.from).map(|d| d + edge.w) else { continue };
                if dist.get(&edge.to).is_none_or(|old| d < *old) {
                    dist.insert(edge.to, d);
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        dist.get(&(to as u32)).copied()
    }

    /// The records of a path, less every one without which the rest still gives its length.
    pub(super) fn support_of(&self, path: &[u32], length: i64, ends: (usize, usize)) -> Vec<u32> {
        let records: BTreeSet<u32> = path.iter().map(|e| self.record_of[*e as usize]).collect();
        let mut kept: Vec<u32> = records.into_iter().collect();
        let mut i = 0;
        while i < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(i);
            if self.distance_within(&fewer, ends.0, ends.1) == Some(length) {
                kept = fewer;
            } else {
                i += 1;
            }
        }
        kept
    }
}
