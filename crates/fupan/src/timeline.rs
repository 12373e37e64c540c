//! Use case: the constraint engine alone, on a `fupan-timeline/1` file.

use crate::{Failure, faults, file};
use std::path::Path;

/// Answers the file: the same document with `result` in place of `expected`. `top` is the greatest
/// number of conflicts and of diagnoses listed.
///
/// # Errors
/// The file is absent, unreadable, or no such document.
pub fn solve(path: &Path, top: usize) -> Result<String, Failure> {
    let text = file::text(path)?;
    fupan_engine::solve::answer(&text, top)
        .map_err(|error| faults::of_solve(&path.display().to_string(), &error))
}
