//! Why a gap of a case is what it is: the steps behind either end, under each explanation where
//! records contradict each other, and which record would have to be wrong for the verdict to turn.

use crate::AssessError;
use crate::explained::{choices, firmness};
use crate::gap::{asked, verdict};
use crate::index::{Index, clock_of};
use crate::network::Limits;
use crate::network::explain::{Chain, Moment as Node, Step};
use crate::times::{INNER, Stock, Times, Told, kept};
use fupan_model::{
    CaseFile, Cites, EventId, ExplainedGap, ExplainedPoint, ExplainedRecord, ExplainedStep,
    ExplainedUnder, Gap, Moment, Question,
};
use fupan_standard::Book;
use std::collections::BTreeSet;
use thiserror::Error;

/// Events named where one is asked for that is not there.
const NEAR: usize = 5;

/// Why a gap cannot be explained (无法说明的原因).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ExplainError {
    /// The case as a whole cannot be assessed.
    #[error(transparent)]
    Assess(#[from] AssessError),
    /// No record speaks of the event.
    #[error("no record speaks of the event {event:?}; near it are {}", near.join(", "))]
    NoEvent {
        /// The name as given.
        event: String,
        /// Events of the case that have names like it, the nearest first.
        near: Vec<String>,
    },
}

/// Explains the gap from one event of a case to another. Without a limit of its own it is held
/// against that of the first question of the case between the same events.
///
/// # Errors
/// All events that are not there; or why the case cannot be assessed.
pub fn explain(
    case: &CaseFile,
    book: &Book,
    (from, to): (&str, &str),
    limit_ms: Option<i64>,
) -> Result<ExplainedGap, Vec<ExplainError>> {
    let index = Index::new(case, book);
    let absent: Vec<ExplainError> =
        [from, to].into_iter().filter_map(|event| absent(&index, event)).collect();
    if !absent.is_empty() {
        return Err(absent);
    }
    let stock = crate::times::stock(&index, book);
    let failed = |error: AssessError| vec![ExplainError::Assess(error)];
    let network = stock.network(&stock.records).map_err(|e| failed(e.into()))?;
    Times::new(&network, &Limits::default()).map_err(|e| failed(e.into()))?;
    let kept = stock.network(&kept(&stock, case)).map_err(|e| failed(e.into()))?;
    let mut times = Times::new(&kept, &Limits::default()).map_err(|e| failed(e.into()))?;
    let (question, limit_ms) = limit(&index, book, (from, to), limit_ms);
    Ok(Desk { index: &index, stock: &stock }.gap(&mut times, question, (from, to), limit_ms))
}

fn absent(index: &Index<'_>, event: &str) -> Option<ExplainError> {
    let known = index.knows(event);
    (!known).then(|| ExplainError::NoEvent { event: event.to_owned(), near: near(index, event) })
}

/// Events that may be meant: that of a fact so called, then those whose name holds what was
/// given, then by how few letters differ.
fn near(index: &Index<'_>, name: &str) -> Vec<String> {
    let wanted = name.to_lowercase();
    let mut ranked: Vec<(u8, usize, String)> = index
        .events()
        .map(|(event, facts)| {
            let own = event.as_str().to_lowercase();
            let rank = if facts.iter().any(|fact| fact.id.as_str() == name) {
                0
            } else if own.contains(&wanted) || wanted.contains(&own) {
                1
            } else {
                2
            };
            (rank, differing(&wanted, &own), event.to_string())
        })
        .collect();
    ranked.sort();
    ranked.into_iter().take(NEAR).map(|(_, _, event)| event).collect()
}

fn inner(node: &Node) -> bool {
    matches!(node, Node::Event(name) if name.starts_with(INNER))
}

/// Letters to add, drop or change (Levenshtein).
fn differing(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut last = i + 1;
        let mut next = vec![last];
        for ((y, up), diagonal) in b.iter().zip(row.iter().skip(1)).zip(&row) {
            last = (last + 1).min(up + 1).min(diagonal + usize::from(*y != x));
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// The limit a person gives, else that of the first question between the same events.
fn limit<'c>(
    index: &Index<'c>,
    book: &Book,
    (from, to): (&str, &str),
    given: Option<i64>,
) -> (Option<&'c Question>, Option<i64>) {
    if given.is_some() {
        return (None, given);
    }
    let (grade, _) = crate::grade::grade(index, book);
    let row = grade.as_ref().and_then(|code| book.grades.iter().find(|r| &r.body.code == code));
    let of = |question: &'c Question| {
        let ends = question.from.as_str() == from && question.to.as_str() == to;
        let asked = asked(book, index.case, question, row.map(|row| row.id.as_str()));
        asked.limit_ms.filter(|_| ends).map(|ms| (question, ms))
    };
    index.case.questions.iter().find_map(of).unzip()
}

/// What an explanation is written with.
struct Desk<'a, 'c> {
    index: &'a Index<'c>,
    stock: &'a Stock,
}

impl Desk<'_, '_> {
    fn gap(
        &self,
        times: &mut Times<'_>,
        question: Option<&Question>,
        (from, to): (&str, &str),
        limit_ms: Option<i64>,
    ) -> ExplainedGap {
        let case = self.index.case;
        let answer = times.ask(&|solved| solved.gap(from, to));
        let told = times.explained(&answer, (from, to), limit_ms);
        let touching = times.conflicts_touching(&|solved| solved.gap(from, to));
        let (conflicts, capped) = {
            let analysis = times.analysis();
            let all = crate::events::conflicts(self.index, analysis);
            let own = all.into_iter().enumerate().filter(|(at, _)| touching.contains(at));
            let capped = analysis.conflicts.capped || analysis.diagnoses.capped;
            (own.map(|(_, conflict)| conflict).collect::<Vec<_>>(), capped)
        };
        let decided = verdict(&answer, limit_ms);
        let explanations: Vec<ExplainedUnder> = told.iter().map(|one| self.under(one)).collect();
        let named = |one: &ExplainedUnder| -> Vec<String> {
            let steps = one.at_least.iter().chain(&one.at_most).map(|step| step.record.clone());
            steps.chain(one.retract.iter().cloned()).collect()
        };
        let mut ids: BTreeSet<String> = explanations.iter().flat_map(named).collect();
        ids.extend(conflicts.iter().flat_map(|c| c.records.iter().chain(&c.beside).cloned()));
        let firm = (answer.touched() || decided.is_some())
            .then(|| firmness(self.index, &told, answer.touched()));
        ExplainedGap {
            format: "fupan-explanation/1".to_owned(),
            case: crate::case_ref(case),
            from: EventId::new(from),
            to: EventId::new(to),
            limit_ms,
            question: question.map(|question| question.id.clone()),
            min_ms: answer.gap.min_ms,
            max_ms: answer.gap.max_ms,
            verdict: decided,
            robustness: firm,
            conflicts,
            choices: choices(&case.choices, times.analysis()),
            capped,
            explanations,
            records: ids.into_iter().map(|id| self.record(id)).collect(),
        }
    }

    fn under(&self, told: &Told) -> ExplainedUnder {
        let Gap { min_ms, max_ms } = told.gap;
        let (why, turns) = (&told.explanation, told.turns(self.index));
        ExplainedUnder {
            retract: told.retract.clone(),
            cost: told.cost,
            least: told.least,
            min_ms,
            max_ms,
            verdict: why.verdict,
            margin_ms: why.margin_ms,
            at_least: self.steps(why.at_least.as_ref()),
            at_most: self.steps(why.at_most.as_ref()),
            turns,
        }
    }

    fn steps(&self, chain: Option<&Chain>) -> Vec<ExplainedStep> {
        let steps = chain.into_iter().flat_map(|chain| &chain.steps);
        let mut list: Vec<Step> = Vec::new();
        for step in steps {
            match list.last_mut() {
                // The moment that the judge made for a time with an open end is no station.
                Some(last) if inner(&last.to) => {
                    last.to = step.to.clone();
                    last.ms = last.ms.saturating_add(step.ms);
                }
                _ => list.push(step.clone()),
            }
        }
        list.into_iter().map(|step| self.step(step)).collect()
    }

    fn step(&self, step: Step) -> ExplainedStep {
        ExplainedStep {
            from: self.point(&step.from),
            to: self.point(&step.to),
            ms: step.ms,
            shown: self.shown(&step.from, &step.to, step.ms),
            cites: self.cites(&step.record),
            record: step.record,
        }
    }

    fn point(&self, node: &Node) -> ExplainedPoint {
        match node {
            Node::Event(event) => ExplainedPoint::Event(EventId::new(event)),
            Node::Epoch => ExplainedPoint::Clock(crate::index::CIVIL.into()),
            Node::Shown(source) => ExplainedPoint::Clock(self.stock.clock(source).into()),
        }
    }

    /// What a clock showed at an event, as a step that joins the two has it.
    fn shown(&self, from: &Node, to: &Node, ms: i64) -> Option<Moment> {
        let after = match (from, to) {
            (Node::Event(_), Node::Event(_)) => return None,
            (Node::Event(_), _) => ms.saturating_neg(),
            (_, Node::Event(_)) => ms,
            _ => return None,
        };
        let offset_s = self.index.case.offset_s();
        Some(Moment::new(self.stock.epoch.saturating_add(after), offset_s))
    }

    fn cites(&self, record: &String) -> Cites {
        self.index.cites_of([record])
    }

    fn record(&self, id: String) -> ExplainedRecord {
        let fact = self.index.fact(&id);
        let clock = || self.index.case.clocks.iter().find(|c| c.id.as_str() == clock_of(&id));
        let weight = self.stock.records.iter().find(|record| record.id == id);
        ExplainedRecord {
            text: fact.map(|fact| fact.text.clone()).unwrap_or_default(),
            source: fact.map_or_else(
                || clock().map(|clock| clock.name.clone()).unwrap_or_default(),
                |fact| fact.source.clone(),
            ),
            time: fact.and_then(|fact| Some(fact.time.as_ref()?.text.clone())),
            weight: weight.map_or(0, |record| record.weight),
            cites: self.cites(&id),
            id,
        }
    }
}

#[cfg(test)]
mod tests;
