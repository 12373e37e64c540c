//! What each explanation of a contradiction makes of a gap, step by step.

use super::{Answer, Times};
use crate::network::explain::{self, Explanation};
use fupan_model::Gap;

/// A gap under one explanation.
pub(crate) struct Told {
    /// The records set aside for it; those of components it does not touch left out.
    pub(crate) retract: Vec<String>,
    /// What that costs.
    pub(crate) cost: i64,
    /// No other costs less.
    pub(crate) least: bool,
    /// The gap asked for.
    pub(crate) gap: Gap,
    /// The steps, and what would turn the verdict.
    pub(crate) explanation: Explanation,
}

impl Times<'_> {
    /// Explains an answer under each explanation it lists; under none set aside where no
    /// contradiction touches it.
    pub(crate) fn explained(
        &mut self,
        answer: &Answer,
        (from, to): (&str, &str),
        limit_ms: Option<i64>,
    ) -> Vec<Told> {
        let mut list = Vec::new();
        let mut tell = |choice: &[String], retract: Vec<String>, cost, least, gap| {
            if let Some(solved) = self.consistent(choice) {
                let explanation = explain::gap(solved, from, to, limit_ms);
                list.push(Told { retract, cost, least, gap, explanation });
            }
        };
        if !answer.touched() {
            tell(&answer.aside.min, Vec::new(), 0, true, answer.gap);
        }
        for by in &answer.by {
            tell(&by.choice, by.retract.clone(), by.cost, by.least, by.gap);
        }
        list
    }
}
