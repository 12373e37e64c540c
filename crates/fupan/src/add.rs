//! Use case: a file into a case, as evidence that nothing is imported from.

use crate::carry::Carried;
use crate::case::defaults;
use crate::evidence::{EvidenceWords, evidence, files, name_of, print_of};
use crate::examine::doubts;
use crate::{Actor, Entered, Failure, Message, Step, Watch, book};
use fupan_intake::{check_media, same_bytes};
use fupan_model::EvidenceId;
use std::fs::File;
use std::path::Path;

/// What adding came to (收入所得).
#[derive(Clone, Debug)]
pub enum Added {
    /// The file was taken in.
    Files {
        /// What was written.
        stated: Entered,
        /// What is odd about the file: doubts, which refuse nothing.
        doubts: Vec<Message>,
    },
    /// The case holds these very bytes already, as this evidence: nothing was added.
    Already(EvidenceId),
}

/// Adds `path` to the case at `case` as the evidence `id`.
///
/// # Errors
/// Faults of the case, a number or a file name that is taken; the case is then as it was before.
pub fn add_evidence(
    path: &Path,
    case: &Path,
    id: &str,
    words: &EvidenceWords,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Added, Failure> {
    watch.step(Step::Read);
    let book = book::shipped()?;
    let defaults = defaults(&book)?;
    let print = print_of(path, watch)?;
    let carried = Carried::open(case, actor, &book)?;
    words
        .handed
        .check(path, &print, watch)
        .map_err(|failure| carried.refused(id, &print, failure))?;
    if let Some(there) = same_bytes(&carried.case, &print.0) {
        return Ok(Added::Already(there.id.clone()));
    }
    let media = File::open(path).and_then(|mut file| check_media(&name_of(path), &mut file));
    let doubts = doubts(&media.map_err(|error| Failure::read(path, &error))?);
    let new = evidence(words, path, print.clone(), id, &defaults);
    let taken = files(&carried.case, &carried.base, &new, path, None)
        .and_then(|outputs| Ok((carried.with(&outputs, &defaults, watch)?, outputs)));
    let (after, outputs) = taken.map_err(|failure| carried.refused(id, &print, failure))?;
    let stated = carried.keep(&outputs, &after, watch)?;
    Ok(Added::Files { stated, doubts })
}
