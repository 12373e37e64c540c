//! Whole cases: a folder or file in, an assessment out, held against what was known beforehand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect must stop"
)]

#[path = "cases/bench.rs"]
mod bench;
#[path = "cases/mine.rs"]
mod mine;
#[path = "cases/planted.rs"]
mod planted;
#[path = "cases/public.rs"]
mod public;
#[path = "cases/round_trip.rs"]
mod round_trip;
