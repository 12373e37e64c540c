//! Use case: a case in its other form, with its originals.

use crate::evidence::print_of;
use crate::output::{Output, replace_all};
use crate::{Failure, FailureKind, Message, Step, Watch, book, case, folder};
use fupan_intake::{case_folder, case_json};
use fupan_model::CaseFile;
use std::fs;
use std::path::{Path, PathBuf};

/// Form of a case (卷宗形式).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseForm {
    /// `case.json`, one `fupan-case/1` file, beside the originals.
    Json,
    /// A case folder.
    Folder,
}

/// Writes the case at `path` in `form` to `out`, which is absent or empty before.
///
/// # Errors
/// Faults of the case, an original that is not there, an `out` that holds something
/// ([`FailureKind::Conflict`]), files that cannot be written; `out` is then as it was before.
pub fn export(
    path: &Path,
    form: CaseForm,
    out: &Path,
    watch: &dyn Watch,
) -> Result<Vec<PathBuf>, Failure> {
    watch.step(Step::Read);
    let book = book::shipped()?;
    let case = case::read(path, &book)?;
    if fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        let message = Message::new("export-not-empty").text("path", out.display());
        return Err(Failure::new(FailureKind::Conflict, message));
    }
    let mut outputs = originals(path, &case, watch)?;
    match form {
        CaseForm::Json => {
            outputs.push(Output::new("case.json".to_owned(), case_json::write(&case)));
        }
        CaseForm::Folder => outputs.extend(
            case_folder::write(&case).into_iter().map(|(path, bytes)| Output::new(path, bytes)),
        ),
    }
    watch.step(Step::Write);
    replace_all(out, &outputs, watch)
}

/// The originals of a case. A JSON file whose records cite nothing else is one itself.
fn originals(path: &Path, case: &CaseFile, watch: &dyn Watch) -> Result<Vec<Output>, Failure> {
    let whole = if path.is_file() { Some(print_of(path, watch)?.0) } else { None };
    let beside = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    let (mut outputs, mut faults) = (Vec::new(), Vec::new());
    for evidence in case.evidence.iter().filter(|evidence| !evidence.path.is_empty()) {
        let from = if whole.as_ref() == Some(&evidence.sha256) {
            Some(path.to_path_buf())
        } else {
            folder::inside(beside, &evidence.path).filter(|from| {
                print_of(from, watch).is_ok_and(|(digest, _)| digest == evidence.sha256)
            })
        };
        if watch.stopped() {
            return Err(Failure::interrupted());
        }
        match from {
            Some(from) => {
                let digest = evidence.sha256.clone();
                outputs.push(Output::copy(evidence.path.clone(), &from, digest));
            }
            None => faults.push(
                Message::new("original-absent")
                    .text("id", &evidence.id)
                    .text("path", &evidence.path),
            ),
        }
    }
    if faults.is_empty() { Ok(outputs) } else { Err(Failure::input(faults)) }
}
