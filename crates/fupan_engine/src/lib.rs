//! The judge (判): a case file and the book in, an assessment out.
//!
//! [`assess`] is the walk's steps 5 to 7 in order and nothing else: records of the constraint
//! network, its contradictions and explanations, gaps, check points, indicators, findings, doubts.
//! The same case file and book give the same assessment on any machine.
//!
//! Never here: I/O, a clock, randomness, a rule that is not data, a float.

mod between;
mod check;
mod claims;
mod clocks;
mod coverage;
mod day;
mod doubt;
mod events;
mod explain;
mod explained;
mod finding;
mod fraction;
mod gap;
mod grade;
mod identity;
mod index;
mod indicator;
mod need;
pub mod network;
mod period;
pub mod relation;
pub mod solve;
mod times;
mod value;
pub mod what_if;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use crate::explain::{ExplainError, explain};

use crate::index::Index;
use crate::network::{BuildFault, HardContradiction, Limits};
use crate::times::Times;
use fupan_model::{Assessment, BookRef, CaseFile, CaseRef, Digest, Register};
use fupan_standard::Book;
use thiserror::Error;

/// Why a case cannot be assessed at all: never because it contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AssessError {
    /// The times of the case are no network: each fault names its record.
    #[error(transparent)]
    Network(#[from] BuildFault),
    /// Records that may not be set aside contradict each other.
    #[error(transparent)]
    Hard(#[from] HardContradiction),
}

/// Assesses a case by the book.
///
/// # Errors
/// [`AssessError`] where times lie beyond the range or hard records contradict each other.
pub fn assess(case: &CaseFile, book: &Book) -> Result<Assessment, AssessError> {
    let index = Index::new(case, book);
    let stock = times::stock(&index, book);
    let network = stock.network(&stock.records)?;
    // What a named person set aside is set aside in the headline, never in the list of
    // contradictions.
    let headline = stock.network(&times::kept(&stock, case))?;
    let limits = Limits::default();
    let mut whole = Times::new(&network, &limits)?;
    let mut times = Times::new(&headline, &limits)?;

    let (grade, grade_detail) = grade::grade(&index, book);
    let row = grade.as_ref().and_then(|code| book.grades.iter().find(|r| &r.body.code == code));
    let grade_row = row.map(|row| row.id.as_str());
    let checks = check::run(&index, &mut times, book, grade_row);
    let indicators = indicator::run(&index, &mut times, book, grade_row);
    let mut gaps = gap::questions(&index, &mut times, book, grade_row);
    gaps.extend(indicators.gaps);
    let components = explained::components(&index, &mut whole, &case.choices);
    let analysis = whole.analysis();
    let findings = finding::findings(&index, book, &checks, &indicators.results, &gaps);
    let mut made = Assessment {
        format: "fupan-assessment/1".to_owned(),
        case: case_ref(case),
        grade,
        grade_detail,
        book: BookRef { edition: book.edition.id.clone(), digest: Digest::new(book.digest()) },
        events: events::events(&index, &mut times, stock.epoch),
        gaps,
        conflicts: events::conflicts(&index, analysis),
        diagnoses: events::diagnoses(analysis, &case.choices),
        components,
        choices: explained::choices(&case.choices, times.analysis()),
        capped: analysis.conflicts.capped || analysis.diagnoses.capped,
        clocks: clocks::clocks(&index, &mut times, &stock),
        claims: claims::ledger(&index),
        coverage: coverage::coverage(&index, &checks, &indicators.results),
        checks,
        indicators: indicators.results,
        findings,
        doubts: Vec::new(),
        left_out: coverage::left_out(&index),
        needs: Vec::new(),
        register: register(case),
    };
    made.needs = need::needs(&index, book, &made);
    made.doubts = doubt::doubts(&index, book, &made);
    Ok(made)
}

fn case_ref(case: &CaseFile) -> CaseRef {
    CaseRef {
        id: case.id.clone(),
        title: case.title.clone(),
        notice: case.notice.clone(),
        digest: case.digest.clone(),
        offset_s: case.offset_s(),
    }
}

fn register(case: &CaseFile) -> Register {
    let mut facts = case.facts.clone();
    facts.sort_by(|a, b| a.id.cmp(&b.id));
    Register {
        accident: case.accident.clone(),
        team: case.team.clone(),
        parties: case.parties.clone(),
        evidence: case.evidence.clone(),
        facts,
        clock_relations: case.clock_relations.clone(),
        imports: case.imports.clone(),
        questions: case.questions.clone(),
        requests: case.requests.clone(),
        interviews: case.interviews.clone(),
        findings: case.findings.clone(),
    }
}
