//! The constraint network of times: clocks, events and orders as difference constraints in exact
//! milliseconds; bounds, supports, conflicts and diagnoses follow from shortest paths alone.
#![allow(
    clippy::indexing_slicing,
    reason = "dense ids are made by `build` and every array is sized by it; a checked access in \
              the inner loops would hide no error and cost half the speed"
)]

mod amount;
mod bits;
mod build;
mod checker;
mod combine;
mod conflict;
mod core;
mod cycles;
mod diagnose;
mod drift;
mod error;
mod excess;
pub mod explain;
mod floors;
mod group;
mod hitting;
mod hull;
mod level;
mod names;
mod off;
mod oracle;
mod pairs;
mod paths;
mod query;
mod rank;
mod record;
mod relax;
mod shortest;
mod support;

pub use self::core::Core;
pub use amount::LeastAmount;
pub use build::Network;
pub use conflict::{Conflict, Conflicts, HardContradiction};
pub use diagnose::{Analysis, Component, Diagnoses, Diagnosis, Limits};
pub use drift::{Anchor, DriftBounds, DriftFault, DriftModel, Reading, drift};
pub use error::{BuildFault, NetworkError};
pub use hull::GapHull;
pub use query::{Solved, Supports};
pub use record::{Bounds, Constraint, Record};

#[cfg(test)]
mod tests;
