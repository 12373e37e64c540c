//! Use case: why a gap of a case is what it is.

use crate::{Failure, FailureKind, Message, Step, Watch, book, case, faults};
use fupan_engine::ExplainError;
use fupan_model::{Decimal, ExplainedGap};
use std::path::PathBuf;

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;
/// Limits beyond this are no limits (2^40 ms, as for times).
const FAR: i64 = 1 << 40;

/// Request for an explanation (说明请求).
#[derive(Clone, Debug)]
pub struct ExplainRequest {
    /// A case folder or a `fupan-case/1` file.
    pub case: PathBuf,
    /// Event the gap starts at.
    pub from: String,
    /// Event it ends at.
    pub to: String,
    /// Minutes it is held against, decimals allowed; in place of those of the case's question.
    pub limit_min: Option<String>,
}

/// Explains a gap step by step, under each explanation where records contradict each other.
///
/// # Errors
/// The case is absent or holds faults; an event is not in it; the limit is no number.
pub fn explain(request: &ExplainRequest, watch: &dyn Watch) -> Result<ExplainedGap, Failure> {
    let limit_ms = request.limit_min.as_deref().map(limit).transpose()?;
    watch.step(Step::Read);
    let book = book::shipped()?;
    let case = case::read(&request.case, &book)?;
    watch.step(Step::Judge);
    let ends = (request.from.as_str(), request.to.as_str());
    let at = request.case.display().to_string();
    fupan_engine::explain(&case, &book, ends, limit_ms).map_err(|errors| failure(&at, &errors))
}

fn limit(text: &str) -> Result<i64, Failure> {
    let minutes = Decimal::parse(text.trim()).ok();
    let ms = minutes.and_then(|minutes| minutes.times_floor(MINUTE));
    ms.filter(|ms| (0..=FAR).contains(ms)).ok_or_else(|| {
        let message = Message::new("explain-limit").text("found", text);
        Failure::new(FailureKind::Input, message)
    })
}

fn failure(at: &str, errors: &[ExplainError]) -> Failure {
    let mut messages = Vec::new();
    for error in errors {
        match error {
            ExplainError::Assess(error) => return faults::of_assess(at, error),
            ExplainError::NoEvent { event, near } => messages.push(
                Message::new(if near.is_empty() { "event-none" } else { "event-absent" })
                    .text("at", at)
                    .text("event", event)
                    .text("near", near.join(", ")),
            ),
        }
    }
    Failure { kind: FailureKind::Missing, messages }
}
