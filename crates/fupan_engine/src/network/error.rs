//! Why a list of records makes no network. Every fault names its record.

use thiserror::Error;

/// Fault of a record (记录错误): what is wrong with one record.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NetworkError {
    /// Two records share an id.
    #[error("record {id}: the id occurs more than once")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// The record names a clock that was not declared.
    #[error("record {id}: clock {clock:?} is not declared")]
    UnknownClock {
        /// The record.
        id: String,
        /// The clock as written.
        clock: String,
    },
    /// The record names a clock or an event by an empty name.
    #[error("record {id}: a clock or event has an empty name")]
    EmptyName {
        /// The record.
        id: String,
    },
    /// A range whose lower end lies above its upper end.
    #[error("record {id}: the span [{lo}, {hi}] is empty")]
    EmptySpan {
        /// The record.
        id: String,
        /// Lower end, milliseconds.
        lo: i64,
        /// Upper end, milliseconds.
        hi: i64,
    },
    /// A time or a span beyond 2^40 ms (34 years), by which sums are kept from overflowing.
    #[error("record {id}: {value} ms lies beyond +-2^40 ms of the epoch")]
    OutOfRange {
        /// The record.
        id: String,
        /// The value, milliseconds.
        value: i64,
    },
    /// A weight below 0 or above 2^31.
    #[error("record {id}: weight {weight} is not within 0 to 2^31")]
    Weight {
        /// The record.
        id: String,
        /// The weight.
        weight: i64,
    },
    /// An order that states neither end.
    #[error("record {id}: an order needs a least or a greatest gap")]
    EmptyOrder {
        /// The record.
        id: String,
    },
    /// More clocks and events than exact sums allow for (2^20).
    #[error("{count} clocks and events; at most 2^20 are summed safely")]
    TooLarge {
        /// How many there are.
        count: usize,
    },
}

/// Faults of a network (网络错误): all that is wrong with the records, none left out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} faults in the records", .0.len())]
pub struct BuildFault(pub Vec<NetworkError>);
