//! Opening a case: a folder, a `fupan-case/1` file, or a case of a vault, read into one value.

use crate::bag::read_bag;
use crate::carry::changes;
use crate::place::{CasePlace, locate};
use crate::{Failure, FailureKind, Message, cellar, file, folder, input};
use fupan_intake::{
    CaseSource, IntakeDefaults, Policies, Precision, SourceError, case_digest, case_folder,
    case_json,
};
use fupan_ledger::VerifyKey;
use fupan_ledger::release::fingerprint;
use fupan_model::{CaseFile, RowId};
use fupan_report::KeptLog;
use fupan_standard::Book;
use fupan_vault::CaseRead;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Reads the case at `path` by the book's fact kinds and reading policies.
///
/// # Errors
/// The path is absent, is no case, or holds faults, all of which are given.
pub(crate) fn read(path: &Path, book: &Book) -> Result<CaseFile, Failure> {
    Ok(read_noted(path, book)?.0)
}

/// As [`read`], with what a reader of a vault's case must know besides.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_noted(path: &Path, book: &Book) -> Result<(CaseFile, Vec<Message>), Failure> {
    match locate(path) {
        CasePlace::Folder(folder) => Ok((read_folder(&folder, book)?, Vec::new())),
        CasePlace::File(path) => Ok((read_file(&path, book)?, Vec::new())),
        CasePlace::Bag(folder) => {
            let note = Message::new("bag-unverified").text("path", folder.display());
            Ok((read_bag(&folder, book)?, vec![note]))
        }
        CasePlace::Kept(kept) => {
            let vault = cellar::open_to_read(&kept.vault)?;
            let read = cellar::find(&vault, &kept.vault, kept.case.as_deref())?;
            let mut notes = Vec::new();
            if !read.erased.is_empty() {
                let entries: Vec<String> = read.erased.iter().map(u64::to_string).collect();
                notes.push(Message::new("vault-erased").text("entries", entries.join(", ")));
            }
            if let Some(folder) = &kept.folder {
                // The vault is what counts; that the folder beside it says otherwise must be seen.
                let same = read_folder(folder, book)
                    .is_ok_and(|beside| changes(&read.parts, &beside).is_empty());
                if !same {
                    notes.push(Message::new("vault-folder-beside").text("path", folder.display()));
                }
            }
            Ok((of_journal(&read), notes))
        }
    }
}

/// The log that keeps a case; `None`: it lives in no vault. A bag's keys are no anchor, and name none.
///
/// # Errors
/// The vault's keys cannot be read.
pub(crate) fn log_of(path: &Path) -> Result<Option<KeptLog>, Failure> {
    let CasePlace::Kept(kept) = locate(path) else { return Ok(None) };
    let keys = cellar::log_keys(&kept.vault, &cellar::reading(&kept.vault))?;
    Ok(keys.first().map(kept_log))
}

/// A log by its key, as reports name it.
pub(crate) fn kept_log(key: &VerifyKey) -> KeptLog {
    KeptLog { origin: key.name().to_owned(), fingerprint: fingerprint(key) }
}

/// The case of a journal, with the digest that its file has in any form.
pub(crate) fn of_journal(read: &CaseRead) -> CaseFile {
    let mut case = read.file.clone();
    case.digest = case_digest(&case);
    case
}

/// Reads a case folder, whether or not a vault is inside it.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_folder(path: &Path, book: &Book) -> Result<CaseFile, Failure> {
    if !path.join("case.toml").is_file() {
        let message = Message::new("not-a-case-folder").text("path", path.display());
        return Err(Failure::new(FailureKind::Input, message));
    }
    case_folder::read(&OnDisk(path), &defaults(book)?).map_err(|e| input::failure(&e))
}

fn read_file(path: &Path, book: &Book) -> Result<CaseFile, Failure> {
    let defaults = defaults(book)?;
    let bytes = file::bytes(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let beside = path.parent().unwrap_or(Path::new(""));
    case_json::read(&name.unwrap_or_default(), &bytes, Some(&OnDisk(beside)), &defaults)
        .map_err(|e| input::failure(&e))
}

/// What intake needs of the book. The policies by precision are those that
/// `docs/case-format.md` names, section 4.
///
/// # Errors
/// A bug, where the book has no kind of evidence for files.
pub(crate) fn defaults(book: &Book) -> Result<IntakeDefaults, Failure> {
    // Electronic data are the kind that must carry an integrity value.
    let files = book
        .evidence_kinds
        .iter()
        .find(|row| row.body.fields.iter().any(|field| field.key == "integrity-value"))
        .ok_or_else(|| Failure::bug("no kind of evidence asks for an integrity value"))?;
    let by_precision = [
        (Precision::Day, "floor-day"),
        (Precision::Hour, "floor-hour"),
        (Precision::Minute, "floor-minute"),
        (Precision::Second, "floor-second"),
        (Precision::Milli, "exact"),
    ];
    Ok(IntakeDefaults {
        file_evidence_kind: RowId::new(&files.id),
        fact_kinds: book.fact_kinds.iter().map(|row| row.id.clone()).collect(),
        policies: Policies {
            by_precision: by_precision.map(|(of, id)| (of, RowId::from(id))).into(),
            by_name: book
                .readings
                .iter()
                .map(|row| (RowId::new(&row.id), (row.body.lo_ms, row.body.hi_ms)))
                .collect(),
        },
    })
}

/// The files of a folder on disk.
pub(crate) struct OnDisk<'a>(pub(crate) &'a Path);

impl CaseSource for OnDisk<'_> {
    fn list(&self) -> Result<Vec<String>, SourceError> {
        folder::names(self.0).map_err(|(_, error)| reason(&error))
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let Some(path) = folder::inside(self.0, path) else {
            return Err(SourceError::Absent);
        };
        fs::read(path).map_err(|error| reason(&error))
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>, SourceError> {
        let path = folder::inside(self.0, path).ok_or(SourceError::Absent)?;
        Ok(Box::new(File::open(path).map_err(|error| reason(&error))?))
    }
}

pub(crate) fn reason(error: &io::Error) -> SourceError {
    if error.kind() == io::ErrorKind::NotFound {
        SourceError::Absent
    } else {
        SourceError::Unreadable(error.to_string())
    }
}
