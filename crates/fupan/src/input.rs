//! Faults of a case, a mapping or a log, as messages.

use crate::faults::place;
use crate::{Failure, FailureKind, Message};
use fupan_intake::{IntakeError, IntakeErrors, Problem};

/// Faults of a case, a mapping or a log; where nothing is wrong but that files cannot be read, the
/// fault is the system's.
pub(crate) fn failure(errors: &IntakeErrors) -> Failure {
    let unreadable = |error: &IntakeError| matches!(error.problem, Problem::FileUnreadable(_));
    let kind = if errors.0.iter().all(unreadable) { FailureKind::Io } else { FailureKind::Input };
    Failure { kind, messages: errors.0.iter().map(intake).collect() }
}

/// One fault of a file as a whole.
pub(crate) fn of_file(file: &str, problem: Problem) -> IntakeErrors {
    let (file, empty) = (file.to_owned(), String::new());
    let error =
        IntakeError { file, place: empty.clone(), field: empty.clone(), found: empty, problem };
    IntakeErrors(vec![error])
}

fn intake(error: &IntakeError) -> Message {
    let message = Message::new(&format!("intake-{}", error.problem.code()))
        .text("at", place([&error.file, &error.place, &error.field]))
        .text("found", &error.found);
    error.problem.args().into_iter().fold(message, |message, (name, text)| message.text(name, text))
}
