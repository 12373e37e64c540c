//! What can be wrong with a `fupan-timeline/1` document.

use thiserror::Error;

use crate::network::{DriftFault, HardContradiction, NetworkError};

/// Fault in a document (文档错误): one thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// A key is missing or holds another kind of value than expected.
    #[error("instance {instance}, {place}: {key} must be {expected}")]
    Field {
        /// The instance.
        instance: String,
        /// `record <id>`, `record #<n>` or `query #<n>`, counted from 1; `instance` itself else.
        place: String,
        /// The key.
        key: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A record of a kind this format does not have.
    #[error(
        "instance {instance}, record {record}: unknown kind {kind:?}; \
         obs, order, clock, clockrel, clockstep and allen are known"
    )]
    Kind {
        /// The instance.
        instance: String,
        /// The record.
        record: String,
        /// The kind as written.
        kind: String,
    },
    /// More branches than are tried.
    #[error("instance {instance}: {count} branches of alternatives; at most {most} are tried")]
    Branches {
        /// The instance.
        instance: String,
        /// How many.
        count: usize,
        /// The limit.
        most: usize,
    },
    /// The records make no network.
    #[error("instance {instance}: {fault}")]
    Network {
        /// The instance.
        instance: String,
        /// What is wrong.
        fault: NetworkError,
    },
    /// A case of a drifting clock cannot be answered.
    #[error("case {instance}: {fault}")]
    Drift {
        /// The case.
        instance: String,
        /// What is wrong.
        fault: DriftFault,
    },
    /// Hard records contradict each other: the instance has no answer.
    #[error("instance {instance}: {contradiction}")]
    Hard {
        /// The instance.
        instance: String,
        /// The records and the amount.
        contradiction: HardContradiction,
    },
}

/// Failure to answer (求解失败): the document gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SolveError {
    /// Not JSON, or not JSON that can be held exactly.
    #[error("not a JSON document: {reason} (line {line}, column {column})")]
    Json {
        /// What the parser says.
        reason: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// JSON, but no `fupan-timeline/1`.
    #[error("not a fupan-timeline/1 document: {expected}")]
    Format {
        /// What was expected.
        expected: &'static str,
    },
    /// All that is wrong with its instances.
    #[error("{} faults in the document", .0.len())]
    Faults(Vec<Fault>),
}
