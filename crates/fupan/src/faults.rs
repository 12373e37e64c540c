//! Typed errors of the rooms, as messages: each names file, place, field, and what was expected.

use crate::{Failure, Message};
use fupan_engine::network::{DriftFault, NetworkError};
use fupan_engine::{AssessError, solve};
use fupan_standard::{BookError, Fault};

/// Faults of a book; `folder` is how the person named it.
pub(crate) fn of_book(errors: &[BookError]) -> Failure {
    Failure::input(errors.iter().map(book).collect())
}

fn book(error: &BookError) -> Message {
    let message = Message::new(&format!("fault-{}", error.fault.code()))
        .text("at", place([&error.file, &error.row, &error.key]));
    match &error.fault {
        Fault::Syntax { line, detail } => message.count("line", *line).text("detail", detail),
        Fault::MissingFile | Fault::DuplicateFile | Fault::NoEffectiveDate => message,
        Fault::UnknownFile { expected } | Fault::UnknownKey { expected } => {
            message.text("expected", expected.join(", "))
        }
        Fault::Missing { expected } | Fault::Empty { expected } => {
            message.text("expected", expected)
        }
        Fault::Word { found, expected } => {
            message.text("found", found).text("expected", expected.join(", "))
        }
        Fault::DuplicateId { other } => message.text("other", other),
        Fault::NoQuantity { kind, found, expected } => {
            message.text("kind", kind).text("found", found).text("expected", expected.join(", "))
        }
        Fault::Status { mark, found, expected } => {
            message.text("mark", mark).text("found", found).text("expected", expected)
        }
        Fault::Address { found } => message.text("found", found),
        Fault::Sort { expected, found }
        | Fault::Dangling { found, expected }
        | Fault::Disorder { found, expected }
        | Fault::Clash { found, expected } => {
            message.text("found", found).text("expected", expected)
        }
    }
}

/// File, row and field, as far as each is known.
pub(crate) fn place(parts: [&String; 3]) -> String {
    let known = parts.into_iter().filter(|part| !part.is_empty());
    known.map(String::as_str).collect::<Vec<_>>().join(" › ")
}

/// Why a case could not be assessed; `case` is how the person named it.
pub(crate) fn of_assess(case: &str, error: &AssessError) -> Failure {
    let messages = match error {
        AssessError::Network(faults) => faults.0.iter().map(|one| network(one, case)).collect(),
        AssessError::Hard(hard) => vec![
            Message::new("case-hard")
                .text("at", case)
                .text("records", hard.records.join(", "))
                .text("excess_ms", hard.excess_ms),
        ],
    };
    Failure::input(messages)
}

/// Faults of a `fupan-timeline/1` document.
pub(crate) fn of_solve(file: &str, error: &solve::SolveError) -> Failure {
    let messages = match error {
        solve::SolveError::Json { reason, line, column } => vec![
            Message::new("solve-not-json")
                .text("file", file)
                .count("line", *line)
                .count("column", *column)
                .text("detail", reason),
        ],
        solve::SolveError::Format { expected } => {
            vec![Message::new("solve-format").text("file", file).text("expected", expected)]
        }
        solve::SolveError::Faults(faults) => {
            faults.iter().map(|fault| solve_fault(file, fault)).collect()
        }
    };
    Failure::input(messages)
}

fn solve_fault(file: &str, fault: &solve::Fault) -> Message {
    match fault {
        solve::Fault::Field { instance, place, key, expected } => Message::new("solve-field")
            .text("file", file)
            .text("instance", instance)
            .text("place", place)
            .text("key", key)
            .text("expected", expected),
        solve::Fault::Kind { instance, record, kind } => Message::new("solve-kind")
            .text("file", file)
            .text("instance", instance)
            .text("record", record)
            .text("kind", kind),
        solve::Fault::Branches { instance, count, most } => Message::new("solve-branches")
            .text("file", file)
            .text("instance", instance)
            .count("count", *count)
            .count("most", *most),
        solve::Fault::Hard { instance, contradiction } => Message::new("solve-hard")
            .text("file", file)
            .text("instance", instance)
            .text("records", contradiction.records.join(", "))
            .text("excess_ms", contradiction.excess_ms),
        solve::Fault::Drift { instance, fault } => {
            let at = place([&file.to_owned(), instance, &String::new()]);
            match fault {
                DriftFault::NoAnchor => Message::new("drift-anchor"),
                DriftFault::Rate(rate) => Message::new("drift-rate").text("rate", rate),
                DriftFault::OutOfRange(value) => Message::new("drift-range").text("value", value),
                DriftFault::EmptySpan(lo, hi) => {
                    Message::new("drift-span").text("lo", lo).text("hi", hi)
                }
            }
            .text("at", at)
        }
        solve::Fault::Network { instance, fault } => {
            network(fault, &place([&file.to_owned(), instance, &String::new()]))
        }
    }
}

/// A fault of one record of a network; `at` says where the record stands.
pub(crate) fn network(fault: &NetworkError, at: &str) -> Message {
    let of = |key, record: &String| Message::new(key).text("at", at).text("record", record);
    match fault {
        NetworkError::DuplicateId { id } => of("record-twice", id),
        NetworkError::UnknownClock { id, clock } => of("record-clock", id).text("clock", clock),
        NetworkError::EmptyName { id } => of("record-name", id),
        NetworkError::EmptySpan { id, lo, hi } => {
            of("record-span", id).text("lo", lo).text("hi", hi)
        }
        NetworkError::OutOfRange { id, value } => of("record-range", id).text("value", value),
        NetworkError::Weight { id, weight } => of("record-weight", id).text("weight", weight),
        NetworkError::EmptyOrder { id } => of("record-order", id),
        NetworkError::TooLarge { count } => {
            Message::new("network-large").text("at", at).count("count", *count)
        }
    }
}
