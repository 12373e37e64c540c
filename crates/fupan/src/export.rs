//! Use case: a case in its other form, with its originals.

use crate::bag::original_in;
use crate::evidence::print_of;
use crate::output::{Output, replace_all};
use crate::place::{CasePlace, KeptCase, locate};
use crate::{Actor, Failure, FailureKind, Message, Step, Watch, book, carry, case, cellar, folder};
use fupan_intake::{case_folder, case_json};
use fupan_model::{CaseFile, Digest, Evidence};
use fupan_vault::{Custody, Deed, Objects, from_hex};
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

impl CaseForm {
    /// Its word on the command line, and in the entry of a vault.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Json => "case-json",
            Self::Folder => "folder",
        }
    }
}

/// Writes the case at `path` in `form` to `out`, which is absent or empty before. That a case left its vault
/// is in the log before it does.
///
/// # Errors
/// Faults of the case, an original that is not there, an `out` that holds something
/// ([`FailureKind::Conflict`]), files that cannot be written; `out` is then as it was before.
pub fn export(
    path: &Path,
    form: CaseForm,
    out: &Path,
    actor: &Actor,
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
    if let CasePlace::Kept(kept) = locate(path) {
        note_export(&kept, form, actor)?;
    }
    replace_all(out, &outputs, watch)
}

/// Notes in the vault that a copy of the case leaves it, and who takes it.
fn note_export(kept: &KeptCase, form: CaseForm, actor: &Actor) -> Result<(), Failure> {
    let author = actor.author()?;
    let vault = cellar::open(&kept.vault, actor.keys()?, None)?;
    let read = cellar::find(&vault, &kept.vault, kept.case.as_deref())?;
    let done = Custody {
        deed: Deed::Exported,
        evidence: String::new(),
        object: None,
        from: None,
        to: None,
        note: form.word().to_owned(),
    };
    carry::custody(&kept.vault, &vault, read.case, author, &done).map(drop)
}

/// The originals of a case. A JSON file whose records cite nothing else is one itself.
///
/// # Errors
/// An original that is not there, or is no longer what was read.
pub(crate) fn originals(
    path: &Path,
    case: &CaseFile,
    watch: &dyn Watch,
) -> Result<Vec<Output>, Failure> {
    match locate(path) {
        CasePlace::Kept(kept) => return kept_originals(&kept, case),
        CasePlace::Bag(folder) => return bag_originals(&folder, case),
        CasePlace::Folder(_) | CasePlace::File(_) => {}
    }
    let whole = whole_file(path, watch)?;
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

/// The digest of a case that is one file, which may be evidence itself.
///
/// # Errors
/// It cannot be read.
pub(crate) fn whole_file(path: &Path, watch: &dyn Watch) -> Result<Option<Digest>, Failure> {
    if path.is_file() { print_of(path, watch).map(|print| Some(print.0)) } else { Ok(None) }
}

/// The originals of a bag's case, as files of the bag.
fn bag_originals(folder: &Path, case: &CaseFile) -> Result<Vec<Output>, Failure> {
    let place = original_in(folder)?;
    let with_file = case.evidence.iter().filter(|evidence| !evidence.path.is_empty());
    let output = |evidence: &Evidence| {
        let from = place(evidence.id.as_str()).ok_or_else(|| {
            let message = Message::new("original-absent").text("id", &evidence.id);
            Failure::input(vec![message.text("path", &evidence.path)])
        })?;
        Ok(Output::copy(evidence.path.clone(), &from, evidence.sha256.clone()))
    };
    with_file.map(output).collect()
}

/// The originals of a vault's case, as files of the vault.
fn kept_originals(kept: &KeptCase, case: &CaseFile) -> Result<Vec<Output>, Failure> {
    let vault = cellar::open_to_read(&kept.vault)?;
    let with_file = case.evidence.iter().filter(|evidence| !evidence.path.is_empty());
    let output = |evidence: &Evidence| {
        let absent = || {
            let message = Message::new("original-absent").text("id", &evidence.id);
            Failure::input(vec![message.text("path", &evidence.path)])
        };
        let sha256 = from_hex(evidence.sha256.as_str()).ok_or_else(absent)?;
        let there = vault.objects().has(&sha256);
        if !there.map_err(|error| cellar::failure(&kept.vault, &error.into()))? {
            return Err(absent());
        }
        let from = kept.vault.join(Objects::place(&sha256));
        Ok(Output::copy(evidence.path.clone(), &from, evidence.sha256.clone()))
    };
    with_file.map(output).collect()
}
