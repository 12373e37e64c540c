//! The gap of a contradictory case: the hull over every least-cost diagnosis, ties included, so
//! that neither the order nor the id of a record decides.

use super::checker::Checker;
use super::diagnose::{Analysis, Component, Diagnosis};
use super::paths::between;
use super::query::Solved;
use super::record::Bounds;

/// Gap under doubt (存疑间隔): what may be said of a gap before anyone has chosen a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapHull {
    /// Hull of the bounds under every least-cost diagnosis.
    pub hull: Bounds,
    /// Bounds under each diagnosis of `Diagnoses::ranked`, by place.
    pub by_diagnosis: Vec<(usize, Bounds)>,
    /// Whether a record in a conflict bears on this gap.
    pub touched: bool,
    /// The ties were too many to try: `hull` is a safe outer range, found with all their records
    /// set aside.
    pub outer: bool,
}

impl Analysis<'_> {
    /// The gap from one event to another. See [`GapHull`].
    pub fn gap_hull(&mut self, from: &str, to: &str) -> GapHull {
        let net = self.oracle.net;
        let ends = net.event_node(from).zip(net.event_node(to)).filter(|(a, b)| a != b);
        self.hull_of(ends, &|solved| solved.gap(from, to))
    }

    /// The window of an event on the reference, likewise.
    pub fn window_hull(&mut self, event: &str) -> GapHull {
        let ends = self.oracle.net.event_node(event).map(|x| (0, x));
        self.hull_of(ends, &|solved| solved.window(event))
    }

    /// The hull of a question put to each least-cost diagnosis of what bears on its two ends.
    fn hull_of(
        &mut self,
        ends: Option<(usize, usize)>,
        ask: &dyn Fn(&Solved<'_>) -> Bounds,
    ) -> GapHull {
        let bare = ask(&Solved::new(self.base_without_doubtful()));
        let ranked: Vec<Vec<String>> =
            self.diagnoses.ranked.iter().map(|d| d.retract.clone()).collect();
        let by_diagnosis: Vec<(usize, Bounds)> = ranked
            .iter()
            .enumerate()
            .filter_map(|(i, retract)| Some((i, ask(&self.after(retract)?))))
            .collect();
        let bearing = ends.map_or_else(Vec::new, |(a, b)| self.bearing(a, b));
        let (choices, many) = self.least_choices(&bearing);
        let each: Option<Vec<Bounds>> =
            choices.iter().map(|c| self.after(c).map(|solved| ask(&solved))).collect();
        // A conflict across components that no combination ranked has shown: stay on the safe side.
        let outer = !bearing.is_empty() && (many || each.is_none());
        let all = each.unwrap_or_else(|| vec![bare]);
        let touched = !bearing.is_empty()
            && (outer || all.iter().chain(by_diagnosis.iter().map(|(_, b)| b)).any(|b| *b != bare));
        let hull = all.into_iter().reduce(Bounds::hull).unwrap_or(bare);
        GapHull { hull, by_diagnosis, touched, outer }
    }

    /// Every record in a conflict set aside.
    fn base_without_doubtful(&self) -> Checker<'_> {
        let mut base = self.oracle.base.fork();
        self.members.iter().for_each(|r| base.remove(*r));
        base
    }

    /// The components of which a record lies on some path between the ends.
    fn bearing(&self, a: usize, b: usize) -> Vec<usize> {
        let net = self.oracle.net;
        let near = between(net, a, b);
        let touches = |part: &Component| {
            let conflicts = part.conflicts.iter().filter_map(|i| self.conflicts.all.get(*i));
            let mut records = conflicts.flat_map(|c| &c.records).filter_map(|id| net.index(id));
            records.any(|r| net.edges_of(r).any(|e| near.has(e)))
        };
        let parts = self.diagnoses.components.iter().enumerate();
        parts.filter(|(_, part)| touches(part)).map(|(i, _)| i).collect()
    }

    /// One retraction for each combination of the least-cost diagnoses of the components that
    /// bear, the others taking their first; or a single one that holds all of them, where the
    /// combinations are too many or not all known.
    fn least_choices(&self, bearing: &[usize]) -> (Vec<Vec<String>>, bool) {
        let parts = &self.diagnoses.components;
        let net = self.oracle.net;
        if bearing.iter().any(|i| !parts[*i].exact) {
            return (vec![net.ids_of(self.members.iter().copied())], true);
        }
        let ties = |i: &usize| parts[*i].least_cost();
        let count = bearing.iter().try_fold(1usize, |n, i| n.checked_mul(ties(i).len()));
        let many = count.is_none_or(|n| n > self.limits.ties);
        let others = (0..parts.len()).filter(|i| !bearing.contains(i));
        let first = others.filter_map(|i| parts[i].ranked.first());
        let mut choices: Vec<Vec<String>> = vec![first.flat_map(|d| d.retract.clone()).collect()];
        for diagnoses in bearing.iter().map(ties) {
            if many {
                choices[0].extend(diagnoses.iter().flat_map(|d| d.retract.clone()));
                continue;
            }
            let with = |c: &Vec<String>| {
                let join = |d: &Diagnosis| [c.as_slice(), &d.retract].concat();
                diagnoses.iter().map(join).collect::<Vec<_>>()
            };
            choices = choices.iter().flat_map(with).collect();
        }
        (choices, many)
    }
}
