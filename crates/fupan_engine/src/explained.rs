//! What stands behind the timeline: contradictions by the records they share with how far each
//! record is off at least, what persons chose, and how firm a verdict is.

use crate::events::chosen_of;
use crate::index::Index;
use crate::network::Analysis;
use crate::times::{Answer, Times, Told};
use fupan_model::{
    Choice, ChoiceResult, ComponentResult, DiagnosisResult, Gap, RecordAmount, Robustness,
    TurnResult, Verdict,
};
use std::collections::{BTreeMap, BTreeSet};

/// Explanations listed of one component.
const LISTED: usize = 32;

/// The components, by their conflicts, each with its explanations.
pub(crate) fn components(
    index: &Index<'_>,
    times: &mut Times<'_>,
    choices: &[Choice],
) -> Vec<ComponentResult> {
    let count = times.analysis().diagnoses.components.len();
    (0..count).filter_map(|at| component(index, times, at, choices)).collect()
}

fn component(
    index: &Index<'_>,
    times: &mut Times<'_>,
    at: usize,
    choices: &[Choice],
) -> Option<ComponentResult> {
    let analysis = times.analysis();
    let part = analysis.diagnoses.components.get(at)?.clone();
    let conflicts = part.conflicts.iter().filter_map(|at| analysis.conflicts.all.get(*at));
    let members: BTreeSet<String> = conflicts.flat_map(|c| c.records.clone()).collect();
    let least = part.ranked.first().map(|first| first.cost);
    let shown = part.ranked.iter().take(LISTED.max(part.least_cost().len()));
    let mut diagnoses = Vec::new();
    for (option, diagnosis) in shown.enumerate() {
        let off = times.off_by(at, option);
        let amounts = diagnosis.retract.iter().zip(off);
        let amount = |(record, off_ms): (&String, Option<i64>)| {
            let cites = index.cites_of([record]);
            off_ms.map(|off_ms| RecordAmount { record: record.clone(), off_ms, cites })
        };
        diagnoses.push(DiagnosisResult {
            retract: diagnosis.retract.clone(),
            cost: diagnosis.cost,
            least: Some(diagnosis.cost) == least,
            off: amounts.filter_map(amount).collect(),
            chosen: chosen_of(&diagnosis.retract, choices, Some(&members)),
        });
    }
    let place = |at: &usize| u64::try_from(*at).unwrap_or(u64::MAX);
    Some(ComponentResult {
        conflicts: part.conflicts.iter().map(place).collect(),
        exact: part.exact,
        complete: part.complete && diagnoses.len() == part.ranked.len(),
        diagnoses,
    })
}

/// The choices of the case; `headline` is what is left with all of them made.
pub(crate) fn choices(choices: &[Choice], headline: &Analysis<'_>) -> Vec<ChoiceResult> {
    let conflicts_left = u64::try_from(headline.conflicts.all.len()).unwrap_or(u64::MAX);
    choices.iter().map(|choice| ChoiceResult { choice: choice.clone(), conflicts_left }).collect()
}

/// How firm the verdict on an answer is. `None` where there is nothing to say: no verdict and no
/// contradiction, or an answer that is not the gap between the two events alone.
pub(crate) fn robustness(
    index: &Index<'_>,
    times: &mut Times<'_>,
    answer: &Answer,
    ends: (&str, &str),
    limit_ms: Option<i64>,
) -> Option<Robustness> {
    let decided =
        |gap: Gap| matches!(Verdict::of(gap, limit_ms), Some(Verdict::Over | Verdict::Within));
    if !answer.touched() && !decided(answer.gap) {
        return None;
    }
    let told = times.explained(answer, ends, limit_ms);
    let fits = !told.is_empty() && told.iter().all(Told::agrees);
    fits.then(|| firmness(index, &told, answer.touched()))
}

/// How firm a verdict is, by what each explanation makes of it.
pub(crate) fn firmness(index: &Index<'_>, told: &[Told], touched: bool) -> Robustness {
    let count = if touched { told.len() } else { 0 };
    let union = told.iter().map(|one| one.gap).reduce(Gap::hull).unwrap_or_default();
    let first = told.first().and_then(|one| one.explanation.verdict);
    let verdict = first.filter(|v| told.iter().all(|one| one.explanation.verdict == Some(*v)));
    let decided = matches!(verdict, Some(Verdict::Over | Verdict::Within));
    let mut turns: BTreeMap<String, TurnResult> = BTreeMap::new();
    for turn in told.iter().filter(|_| decided).flat_map(|one| one.turns(index)) {
        let better = turns.get(&turn.record).is_none_or(|known| turn.off_ms < known.off_ms);
        if better {
            turns.insert(turn.record.clone(), turn);
        }
    }
    let mut turns: Vec<TurnResult> = turns.into_values().collect();
    turns.sort_by(|a, b| (a.off_ms, &a.record).cmp(&(b.off_ms, &b.record)));
    let margins = told.iter().map(|one| one.explanation.margin_ms);
    Robustness {
        explanations: u64::try_from(count).unwrap_or(u64::MAX),
        union,
        verdict,
        firm: decided && turns.is_empty(),
        margin_ms: margins.filter(|_| decided).flatten().min(),
        turns,
    }
}

impl Told {
    /// Whether the explanation is of the very gap that was asked for.
    pub(crate) fn agrees(&self) -> bool {
        let bounds = self.explanation.bounds;
        (bounds.min, bounds.max) == (self.gap.min_ms, self.gap.max_ms)
    }

    /// The records whose falling turns the verdict, by how little each must be off.
    pub(crate) fn turns(&self, index: &Index<'_>) -> Vec<TurnResult> {
        let turning = self.explanation.turns.iter().filter(|turn| !turn.hard);
        let mut list: Vec<TurnResult> = turning
            .filter_map(|turn| {
                Some(TurnResult {
                    record: turn.record.clone(),
                    off_ms: turn.off_ms?,
                    without: Gap { min_ms: turn.without.min, max_ms: turn.without.max },
                    verdict: turn.verdict,
                    cites: index.cites_of([&turn.record]),
                })
            })
            .collect();
        list.sort_by(|a, b| (a.off_ms, &a.record).cmp(&(b.off_ms, &b.record)));
        list
    }
}
