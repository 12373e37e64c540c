//! Questions to the network of a possibly contradictory case: bounds under each explanation, and
//! their hull over all that cost least.

use crate::network::{Analysis, Bounds, Diagnosis, HardContradiction, Limits, Network, Solved};
use fupan_model::{Gap, Support};
use std::collections::BTreeMap;

/// Explanations of one component that are shown beside each other.
const SHOWN: usize = 8;
/// Combinations tried for the hull before a safe outer range is taken.
const COMBINED: usize = 256;
/// Combinations listed with a gap.
const LISTED: usize = 32;

/// A question: bounds of something, asked of a consistent network.
pub(crate) type Ask<'a> = &'a dyn Fn(&Solved<'_>) -> Bounds;

/// What follows under one explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ByDiagnosis {
    pub(crate) retract: Vec<String>,
    pub(crate) gap: Gap,
    /// All that is set aside, explanations of other components included.
    pub(super) choice: Vec<String>,
    pub(super) cost: i64,
    pub(super) least: bool,
}

/// An answer: the hull, and what each explanation says where a contradiction touches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) gap: Gap,
    /// Empty where no contradiction touches the answer.
    pub(crate) by: Vec<ByDiagnosis>,
    /// Least-cost choices of records to set aside, under which the lower and the upper bound hold:
    /// where to ask what they rest on.
    pub(crate) aside: Aside,
}

/// What is set aside where the lower and where the upper bound of an answer holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Aside {
    pub(super) min: Vec<String>,
    max: Vec<String>,
}

impl Answer {
    /// The bounds under each least-cost explanation; the one bound where there is no doubt.
    pub(crate) fn least(&self) -> impl Iterator<Item = Gap> {
        let plain = self.by.is_empty().then_some(self.gap);
        let told = self.by.iter().filter(|by| by.least).map(|by| by.gap);
        plain.into_iter().chain(told).chain(self.outer())
    }

    /// Whether a contradiction touches it.
    pub(crate) fn touched(&self) -> bool {
        !self.by.is_empty()
    }

    /// The hull itself, where it is wider than all that is listed.
    fn outer(&self) -> Option<Gap> {
        let told = self.by.iter().filter(|by| by.least).map(|by| by.gap).reduce(Gap::hull)?;
        (told != self.gap).then_some(self.gap)
    }
}

/// The times of a case, ready to be asked.
pub(crate) struct Times<'n> {
    analysis: Analysis<'n>,
    /// Per component: its explanations, cheapest first; how many cost least; all its records.
    components: Vec<Component>,
    solved: BTreeMap<Vec<String>, Solved<'n>>,
}

struct Component {
    ranked: Vec<Diagnosis>,
    least: usize,
    members: Vec<String>,
    exact: bool,
}

impl<'n> Times<'n> {
    /// # Errors
    /// Records that may not be set aside contradict each other.
    pub(crate) fn new(network: &'n Network, limits: &Limits) -> Result<Self, HardContradiction> {
        let analysis = network.analyse(limits)?;
        let components = analysis
            .diagnoses
            .components
            .iter()
            .map(|component| {
                let all =
                    component.conflicts.iter().filter_map(|at| analysis.conflicts.all.get(*at));
                let mut members: Vec<String> = all.flat_map(|c| c.records.clone()).collect();
                members.sort();
                members.dedup();
                let least = component.least_cost().len();
                let ranked = component.ranked.iter().take(SHOWN.max(least)).cloned().collect();
                Component { ranked, least, members, exact: component.exact }
            })
            .collect();
        Ok(Self { analysis, components, solved: BTreeMap::new() })
    }

    /// What contradicts, and what might be set aside.
    pub(crate) fn analysis(&self) -> &Analysis<'n> {
        &self.analysis
    }

    /// Asks a question under every explanation that matters to it.
    pub(crate) fn ask(&mut self, ask: Ask<'_>) -> Answer {
        let touching: Vec<usize> =
            (0..self.components.len()).filter(|at| self.touches(*at, ask)).collect();
        let aside = self.choice(&[]);
        if touching.is_empty() {
            let gap = self.under(&aside, ask);
            let aside = Aside { min: aside.clone(), max: aside };
            return Answer { gap, by: Vec::new(), aside };
        }
        let mut by = self.combinations(&touching, ask);
        let (gap, aside) = self.hull(&touching, &by, ask);
        by.truncate(LISTED);
        Answer { gap, by, aside }
    }

    /// Whether the explanations of a component differ in their answer, or in it and none.
    fn touches(&mut self, at: usize, ask: Ask<'_>) -> bool {
        let Some(component) = self.components.get(at) else { return false };
        let (count, members) = (component.ranked.len(), component.members.clone());
        let plain = self.choice(&[]);
        let mut bare = plain.clone();
        bare.extend(members);
        bare.sort();
        bare.dedup();
        let first = self.under(&plain, ask);
        if self.under(&bare, ask) != first {
            return true;
        }
        (1..count).any(|option| {
            let choice = self.choice(&[(at, option)]);
            self.under(&choice, ask) != first
        })
    }

    /// Every combination of the touching components' explanations, by (cost, size, ids).
    fn combinations(&mut self, touching: &[usize], ask: Ask<'_>) -> Vec<ByDiagnosis> {
        let mut combined: Vec<Vec<(usize, usize)>> = vec![vec![]];
        for at in touching {
            let options = self.components.get(*at).map_or(0, |c| c.ranked.len());
            combined = combined
                .iter()
                .flat_map(|head| (0..options).map(|o| [head.clone(), vec![(*at, o)]].concat()))
                .take(COMBINED)
                .collect();
        }
        let mut list: Vec<ByDiagnosis> = combined
            .iter()
            .map(|options| {
                let choice = self.choice(options);
                let gap = self.under(&choice, ask);
                let (retract, cost, least) = self.described(options);
                ByDiagnosis { retract, gap, choice, cost, least }
            })
            .collect();
        list.sort_by(|a, b| {
            (a.cost, a.retract.len(), &a.retract).cmp(&(b.cost, b.retract.len(), &b.retract))
        });
        list
    }

    fn described(&self, options: &[(usize, usize)]) -> (Vec<String>, i64, bool) {
        let (mut retract, mut cost, mut least) = (Vec::new(), 0_i64, true);
        for (at, option) in options {
            if let Some(component) = self.components.get(*at)
                && let Some(diagnosis) = component.ranked.get(*option)
            {
                retract.extend(diagnosis.retract.iter().cloned());
                cost = cost.saturating_add(diagnosis.cost);
                least &= *option < component.least;
            }
        }
        retract.sort();
        (retract, cost, least)
    }

    /// The hull over all least-cost combinations; a safe outer range where they are too many or
    /// not all known.
    fn hull(&mut self, touching: &[usize], by: &[ByDiagnosis], ask: Ask<'_>) -> (Gap, Aside) {
        let parts = touching.iter().filter_map(|at| self.components.get(*at));
        let (mut count, mut known) = (1_usize, true);
        for part in parts {
            count = count.saturating_mul(part.least);
            known &= part.exact;
        }
        if known && count <= COMBINED {
            let least: Vec<&ByDiagnosis> = by.iter().filter(|by| by.least).collect();
            if let Some(hull) = least.iter().map(|by| by.gap).reduce(Gap::hull) {
                let attains = |holds: &dyn Fn(Gap) -> bool| {
                    let found = least.iter().find(|by| holds(by.gap));
                    found.map(|by| by.choice.clone()).unwrap_or_default()
                };
                let min = attains(&|gap| gap.min_ms == hull.min_ms);
                let max = attains(&|gap| gap.max_ms == hull.max_ms);
                return (hull, Aside { min, max });
            }
        }
        let mut all = self.choice(&[]);
        for at in touching {
            all.extend(self.components.get(*at).into_iter().flat_map(|c| c.members.clone()));
        }
        all.sort();
        all.dedup();
        (self.under(&all, ask), Aside { min: all.clone(), max: all })
    }

    /// One retraction: the given options, and the first explanation of every other component.
    fn choice(&self, options: &[(usize, usize)]) -> Vec<String> {
        let mut retract: Vec<String> = Vec::new();
        for (at, component) in self.components.iter().enumerate() {
            let option = options.iter().find(|(of, _)| *of == at).map_or(0, |(_, option)| *option);
            retract.extend(
                component.ranked.get(option).into_iter().flat_map(|d| d.retract.iter().cloned()),
            );
        }
        retract.sort();
        retract.dedup();
        retract
    }

    fn under(&mut self, retract: &[String], ask: Ask<'_>) -> Gap {
        let bounds = self.consistent(retract).map_or(Bounds::OPEN, ask);
        Gap { min_ms: bounds.min, max_ms: bounds.max }
    }

    /// The network without some records, where the rest can be true.
    pub(super) fn consistent(&mut self, retract: &[String]) -> Option<&Solved<'n>> {
        if !self.solved.contains_key(retract)
            && let Some(solved) = self.analysis.after(retract)
        {
            self.solved.insert(retract.to_vec(), solved);
        }
        self.solved.get(retract)
    }

    /// The conflicts of the components that touch a question.
    pub(crate) fn conflicts_touching(&mut self, ask: Ask<'_>) -> Vec<usize> {
        let touching: Vec<usize> =
            (0..self.components.len()).filter(|at| self.touches(*at, ask)).collect();
        let parts =
            touching.into_iter().filter_map(|at| self.analysis.diagnoses.components.get(at));
        parts.flat_map(|part| part.conflicts.clone()).collect()
    }

    /// What each bound between two events rests on, under a choice of which it holds.
    pub(crate) fn supports(&mut self, aside: &Aside, from: &str, to: &str) -> Support {
        let mut under =
            |aside: &[String]| self.consistent(aside).map(|solved| solved.supports(from, to));
        let min = under(&aside.min).map(|supports| supports.min).unwrap_or_default();
        let max = under(&aside.max).map(|supports| supports.max).unwrap_or_default();
        Support { min, max }
    }

    /// The offset a clock may have: the hull over the sources that stand for it.
    pub(crate) fn offset(&mut self, sources: &[String]) -> Gap {
        let bounds = |solved: &Solved<'_>| {
            let each = sources.iter().map(|source| solved.clock_bounds(source));
            each.reduce(Bounds::hull).unwrap_or(Bounds::OPEN)
        };
        self.ask(&bounds).gap
    }

    /// How far each record of an explanation of a component is off at least, in its order; all
    /// other components take their first.
    pub(crate) fn off_by(&mut self, component: usize, option: usize) -> Vec<Option<i64>> {
        let own = self.components.get(component).and_then(|c| c.ranked.get(option));
        let Some(own) = own.map(|diagnosis| diagnosis.retract.clone()) else { return Vec::new() };
        let choice = self.choice(&[(component, option)]);
        let off = self.analysis.off_by(&choice);
        let of = |record: &String| {
            let at = choice.iter().position(|one| one == record)?;
            off.get(at).copied().flatten()
        };
        own.iter().map(of).collect()
    }

    /// The windows of some events with some records set aside; where the rest contradicts itself,
    /// with all its contradictory records set aside too, so that no explanation is preferred.
    /// `None` for an event that is not bounded on both sides then.
    pub(crate) fn windows(
        &mut self,
        mut aside: Vec<String>,
        events: &[&str],
    ) -> Vec<Option<(i64, i64)>> {
        let mut solved = self.analysis.after(&aside);
        if solved.is_none() {
            aside.extend(self.components.iter().flat_map(|c| c.members.iter().cloned()));
            aside.sort();
            aside.dedup();
            solved = self.analysis.after(&aside);
        }
        let Some(solved) = solved else { return vec![None; events.len()] };
        let one = |event: &&str| {
            let bounds = solved.window(event);
            bounds.min.zip(bounds.max)
        };
        events.iter().map(one).collect()
    }
}
