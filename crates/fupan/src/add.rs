//! Use case: a file into a case folder, as evidence that nothing is imported from.

use crate::case::{OnDisk, defaults};
use crate::evidence::{EvidenceWords, Overlay, evidence, files, name_of, open, print_of};
use crate::examine::doubts;
use crate::output::replace_all;
use crate::{Failure, Message, Step, Watch, book, input};
use fupan_intake::{case_folder, check_media, same_bytes};
use fupan_model::EvidenceId;
use std::fs::File;
use std::path::{Path, PathBuf};

/// What adding came to (收入所得).
#[derive(Clone, Debug)]
pub enum Added {
    /// The file was taken in.
    Files {
        /// Files written.
        files: Vec<PathBuf>,
        /// What is odd about the file: doubts, which refuse nothing.
        doubts: Vec<Message>,
    },
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
    let media = File::open(path).and_then(|mut file| check_media(&name_of(path), &mut file));
    let doubts = doubts(&media.map_err(|error| Failure::read(path, &error))?);
    let new = evidence(words, path, print, id, &defaults);
    let outputs = files(&held, case, &new, path, None)?;
    let overlay = Overlay { disk: OnDisk(case), new: &outputs, watch };
    let read = case_folder::read(&overlay, &defaults);
    read.map_err(|e| Failure::stopped_or(watch, || input::failure(&e)))?;
    watch.step(Step::Write);
    let files = replace_all(case, &outputs, watch)?;
    Ok(Added::Files { files, doubts })
}
