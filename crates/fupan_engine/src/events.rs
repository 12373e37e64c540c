//! Events with their windows, contradictions and explanations, as the assessment states them.

use crate::index::Index;
use crate::network::Analysis;
use crate::times::Times;
use fupan_model::{
    Choice, ConflictResult, DiagnosisResult, EventResult, Moment, PartyId, RowId, Window,
};
use std::collections::BTreeSet;

/// All events, by earliest bound, then by latest, then by id; events without bounds last.
pub(crate) fn events(index: &Index<'_>, times: &mut Times<'_>, epoch: i64) -> Vec<EventResult> {
    let offset_s = index.case.offset_s();
    let moment = |ms: Option<i64>| ms.map(|ms| Moment::new(ms.saturating_add(epoch), offset_s));
    let mut list: Vec<EventResult> = index
        .events()
        .map(|(id, facts)| {
            let answer = times.ask(&|solved| solved.window(id.as_str()));
            let mut kinds: Vec<RowId> = facts.iter().filter_map(|f| f.kind.clone()).collect();
            let mut parties: Vec<PartyId> = facts.iter().map(|f| f.party.clone()).collect();
            kinds.sort();
            kinds.dedup();
            parties.sort();
            parties.dedup();
            EventResult {
                id: id.clone(),
                kinds,
                parties,
                window: Window { min: moment(answer.gap.min_ms), max: moment(answer.gap.max_ms) },
                contested: answer.touched(),
                facts: crate::index::ids(facts),
                cites: index.cites_of_facts(facts.iter().copied()),
            }
        })
        .collect();
    let key = |e: &EventResult| {
        let (min, max) = (e.window.min.map(|m| m.ms), e.window.max.map(|m| m.ms));
        (min.or(max).unwrap_or(i64::MAX), max.unwrap_or(i64::MAX), e.id.clone())
    };
    list.sort_by_key(key);
    list
}

/// The contradictions, by size, then by ids.
pub(crate) fn conflicts(index: &Index<'_>, analysis: &Analysis<'_>) -> Vec<ConflictResult> {
    let all = analysis.conflicts.all.iter();
    all.map(|conflict| ConflictResult {
        records: conflict.records.clone(),
        beside: conflict.hard_beside.clone(),
        excess_ms: conflict.excess_ms,
        cites: index.cites_of(conflict.records.iter().chain(&conflict.hard_beside)),
    })
    .collect()
}

/// The explanations of all contradictions together, by (cost, size, ids).
pub(crate) fn diagnoses(analysis: &Analysis<'_>, choices: &[Choice]) -> Vec<DiagnosisResult> {
    let ranked = &analysis.diagnoses.ranked;
    let least = ranked.first().map(|first| first.cost);
    ranked
        .iter()
        .map(|diagnosis| DiagnosisResult {
            retract: diagnosis.retract.clone(),
            cost: diagnosis.cost,
            least: Some(diagnosis.cost) == least,
            off: Vec::new(),
            chosen: chosen_of(&diagnosis.retract, choices, None),
        })
        .collect()
}

/// The choice of a named person, where it sets aside just these records; of a component, where it
/// sets aside just these of its `members`, whatever it does elsewhere.
pub(crate) fn chosen_of(
    retract: &[String],
    choices: &[Choice],
    members: Option<&BTreeSet<String>>,
) -> Option<Choice> {
    let same = |choice: &&Choice| {
        let own: BTreeSet<&String> =
            choice.retract.iter().filter(|id| members.is_none_or(|m| m.contains(*id))).collect();
        !own.is_empty() && own.into_iter().eq(retract)
    };
    choices.iter().find(same).cloned()
}
