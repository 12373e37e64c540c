//! What if: a change of the records, and what follows from it, beside what followed before.
//! Nothing is kept; the same records and the same change always give the same answer.

mod change;
mod outcome;

pub(crate) use change::move_reading;
pub use change::{Change, ChangeFault, apply, split_clock};
pub use outcome::{Asked, Difference, Outcome, WhatIfError, outcome, what_if};

#[cfg(test)]
mod tests;
