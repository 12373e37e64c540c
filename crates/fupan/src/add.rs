//! Use case: a file into a case folder, as evidence that nothing is imported from.

use crate::case::{OnDisk, defaults};
use crate::evidence::{EvidenceWords, Overlay, evidence, files, open, print_of};
use crate::output::replace_all;
use crate::{Failure, Step, Watch, book, input};
use fupan_intake::{case_folder, same_bytes};
use fupan_model::EvidenceId;
use std::path::{Path, PathBuf};

/// What adding came to (收入所得).
#[derive(Clone, Debug)]
pub enum Added {
    /// Files written.
    Files(Vec<PathBuf>),
    /// The case holds these very bytes already, as this evidence: nothing was added.
    Already(EvidenceId),
}

/// Adds `path` to the case folder `case` as the evidence `id`.
///
/// # Errors
/// Faults of the case, a number or a file name that is taken; the case is then as it was before.
pub fn add_evidence(
    path: &Path,
    case: &Path,
    id: &str,
    words: &EvidenceWords,
    watch: &dyn Watch,
) -> Result<Added, Failure> {
    watch.step(Step::Read);
    let book = book::shipped()?;
    let defaults = defaults(&book)?;
    let print = print_of(path, watch)?;
    let held = open(case, &book)?;
    if let Some(there) = same_bytes(&held, &print.0) {
        return Ok(Added::Already(there.id.clone()));
    }
    let new = evidence(words, path, print, id, &defaults);
    let outputs = files(&held, case, &new, path, None)?;
    let overlay = Overlay { disk: OnDisk(case), new: &outputs, watch };
    let read = case_folder::read(&overlay, &defaults);
    read.map_err(|e| Failure::stopped_or(watch, || input::failure(&e)))?;
    watch.step(Step::Write);
    replace_all(case, &outputs, watch).map(Added::Files)
}
