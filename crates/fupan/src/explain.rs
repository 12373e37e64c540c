//! Use case: why a gap of a case is what it is.

use crate::{Actor, Failure, FailureKind, Message, Step, Watch, book, carry, case, faults};
use fupan_engine::ExplainError;
use fupan_model::{Decimal, ExplainedGap};
use fupan_vault::Deed;
use std::path::PathBuf;

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;
/// Limits beyond this are no limits (2^40 ms, as for times).
const FAR: i64 = 1 << 40;

/// Request for an explanation (说明请求).
#[derive(Clone, Debug)]
pub struct ExplainRequest {
    /// A case folder, a `fupan-case/1` file, a case of a vault, or a bag.
    pub case: PathBuf,
    /// Event the gap starts at.
    pub from: String,
    /// Event it ends at.
    pub to: String,
    /// Minutes it is held against, decimals allowed; in place of those of the case's question.
    pub limit_min: Option<String>,
    /// Who looks, where the case lives in a vault.
    pub actor: Actor,
}

/// Explained (说明所得).
#[derive(Clone, Debug)]
pub struct Explained {
    /// The gap, step by step.
    pub gap: ExplainedGap,
    /// What must be known of a vault's case besides.
    pub notes: Vec<Message>,
}

/// Explains a gap step by step, under each explanation where records contradict each other.
///
/// # Errors
/// The case is absent or holds faults; an event is not in it; the limit is no number.
pub fn explain(request: &ExplainRequest, watch: &dyn Watch) -> Result<Explained, Failure> {
    let limit_ms = request.limit_min.as_deref().map(limit).transpose()?;
    watch.step(Step::Read);
    let book = book::shipped()?;
    let (case, mut notes) = case::read_noted(&request.case, &book)?;
    watch.step(Step::Judge);
    let ends = (request.from.as_str(), request.to.as_str());
    let at = request.case.display().to_string();
    let gap = fupan_engine::explain(&case, &book, ends, limit_ms);
    let gap = gap.map_err(|errors| failure(&at, &errors))?;
    let deed = (Deed::Viewed, format!("explain {} {}", request.from, request.to));
    notes.extend(carry::look(&request.case, deed, &request.actor)?);
    Ok(Explained { gap, notes })
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
