//! Gaps: a delay with its bounds, limit, verdict, explanations and what each bound rests on.

use crate::between::{Delay, events};
use crate::index::Index;
use crate::times::{Answer, Times};
use fupan_model::{
    CaseFile, EventId, Fact, Gap, GapByDiagnosis, GapResult, Question, RowId, Support, Verdict,
};
use fupan_standard::Book;

/// What a gap is called and held against.
pub(crate) struct Asked {
    pub(crate) id: String,
    pub(crate) limit_ms: Option<i64>,
    pub(crate) limit_row: Option<RowId>,
}

/// The gaps an assessor asks for, in the order of the case.
pub(crate) fn questions(
    index: &Index<'_>,
    times: &mut Times<'_>,
    book: &Book,
    grade: Option<&str>,
) -> Vec<GapResult> {
    let case = index.case;
    case.questions.iter().map(|q| question(index, times, &asked(book, case, q, grade), q)).collect()
}

fn asked(book: &Book, case: &CaseFile, question: &Question, grade: Option<&str>) -> Asked {
    let of_row = question.limit.as_ref().and_then(|id| {
        let span = book.limit(id.as_str())?.body.span_for(&case.accident.kind, grade)?;
        Some(span.seconds()?.saturating_mul(1_000))
    });
    Asked {
        id: question.id.to_string(),
        limit_ms: question.limit_ms.or(of_row),
        limit_row: question.limit.clone(),
    }
}

fn question(
    index: &Index<'_>,
    times: &mut Times<'_>,
    asked: &Asked,
    question: &Question,
) -> GapResult {
    let (from, to) = (question.from.as_str(), question.to.as_str());
    let answer = times.ask(&|solved| solved.gap(from, to));
    let supports = times.supports(&answer.aside, from, to);
    let of_events = || {
        let named = |event: &EventId| event.as_str() == from || event.as_str() == to;
        let facts = index.events().filter(|(event, _)| named(event)).flat_map(|(_, facts)| facts);
        index.cites_of_facts(facts.copied())
    };
    gap(index, asked, (from, to), answer, supports, &of_events)
}

/// The gap of a delay between two groups of facts. Its ends are named by one event each: of
/// several, the one that the pick surely or most nearly means; its bounds rest on all of them.
pub(crate) fn of_delay(
    index: &Index<'_>,
    times: &mut Times<'_>,
    asked: &Asked,
    delay: &Delay<'_, '_>,
) -> GapResult {
    let answer = delay.ask(index, times);
    let from = named(times, delay.from, delay.from_pick);
    let to = named(times, delay.to, delay.to_pick);
    let supports = times.supports(&answer.aside, &from, &to);
    let facts: Vec<&Fact> = delay.from.iter().chain(delay.to).copied().collect();
    gap(index, asked, (&from, &to), answer, supports, &|| index.cites_of_facts(facts.clone()))
}

/// The event a pick means: least (or greatest) by its bounds, then by name.
fn named(times: &mut Times<'_>, facts: &[&Fact], pick: fupan_standard::Pick) -> String {
    use fupan_standard::Pick;
    let mut ranked: Vec<(i64, i64, &str)> = Vec::new();
    for event in events(facts) {
        let window = times.ask(&|solved| solved.window(event)).gap;
        let (min, max) = (window.min_ms.unwrap_or(i64::MIN), window.max_ms.unwrap_or(i64::MAX));
        ranked.push(match pick {
            Pick::First => (max, min, event),
            Pick::Last => (min.saturating_neg(), max.saturating_neg(), event),
        });
    }
    ranked.into_iter().min().map_or_else(String::new, |(_, _, event)| event.to_owned())
}

fn gap(
    index: &Index<'_>,
    asked: &Asked,
    (from, to): (&str, &str),
    answer: Answer,
    supports: Support,
    otherwise: &dyn Fn() -> fupan_model::Cites,
) -> GapResult {
    let verdict = verdict(&answer, asked.limit_ms);
    let told = answer.by.iter().flat_map(|by| &by.retract);
    let rests: Vec<&String> = supports.min.iter().chain(&supports.max).chain(told).collect();
    let cites = if rests.is_empty() { otherwise() } else { index.cites_of(rests) };
    let by_diagnosis = answer
        .by
        .into_iter()
        .map(|by| GapByDiagnosis {
            verdict: Verdict::of(by.gap, asked.limit_ms),
            retract: by.retract,
            min_ms: by.gap.min_ms,
            max_ms: by.gap.max_ms,
        })
        .collect();
    GapResult {
        id: asked.id.clone(),
        from: from.into(),
        to: to.into(),
        min_ms: answer.gap.min_ms,
        max_ms: answer.gap.max_ms,
        limit_ms: asked.limit_ms,
        limit_row: asked.limit_row.clone(),
        verdict,
        by_diagnosis,
        supports,
        cites,
    }
}

/// The verdict on the hull, unless the least-cost explanations disagree: then none is said.
fn verdict(answer: &Answer, limit_ms: Option<i64>) -> Option<Verdict> {
    let mut each = answer.least().map(|gap: Gap| Verdict::of(gap, limit_ms));
    let first = each.next().flatten()?;
    if each.all(|other| other == Some(first)) { Some(first) } else { Some(Verdict::Undecided) }
}
