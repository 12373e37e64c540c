//! By how much a record that an explanation sets aside is off at the least: how far its ranges
//! would have to be widened to be true with all the explanation keeps. It is the same in whatever
//! order records stand, for nothing else is moved to spare it.

use super::diagnose::Analysis;
use super::excess::segments;
use super::shortest::Scratch;

impl Analysis<'_> {
    /// Milliseconds beyond its stated error, for each record of a diagnosis, in its order; `None`
    /// where no single way back shows any. A cycle through a record whose constraints share one
    /// node uses one or two of its edges, and the amount is exact; of a record of another shape
    /// each edge is tried by itself, and it is off by as much at least.
    pub fn off_by(&mut self, retract: &[String]) -> Vec<Option<i64>> {
        let net = self.oracle.net;
        let Some(solved) = self.after(retract) else { return vec![None; retract.len()] };
        let kept = &solved.checker;
        let mut s = Scratch::new(net.node_count());
        let mut one = |record: usize| {
            let mut most: Option<i64> = None;
            for segment in segments(kept, record as u32) {
                let (Some(first), Some(last)) = (segment.first(), segment.last()) else { continue };
                let (first, last) = (net.edges[*first as usize], net.edges[*last as usize]);
                let avoid = (segment.len() == 2).then_some(first.to as usize);
                let w: i64 = segment.iter().map(|e| net.edges[*e as usize].w).sum();
                let back = kept.path(&mut s, last.to as usize, first.from as usize, avoid);
                let Some((back, _)) = back.filter(|(back, _)| back + w < 0) else { continue };
                let uses = segment.len() as i64;
                let off = (uses - 1 - back - w).div_euclid(uses);
                most = Some(most.map_or(off, |old| old.max(off)));
            }
            most
        };
        retract.iter().map(|id| net.index(id).and_then(&mut one)).collect()
    }
}
