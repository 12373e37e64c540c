//! A bag as a place where a case lives, to be read: its case file, with the originals compared.

use super::gather::changed;
use crate::bag_folder::BagFolder;
use crate::evidence::print_of;
use crate::verify::fault;
use crate::{Failure, FailureKind, Message, Unwatched, case, input};
use fupan_intake::case_json;
use fupan_ledger::release::{BagCase, case_inside};
use fupan_model::CaseFile;
use fupan_standard::Book;
use std::path::{Path, PathBuf};

/// The case in a bag. That its originals are those the case names is checked; who vouches for them is
/// [`crate::verify()`]'s.
///
/// # Errors
/// A bag without a case, one that is not what its manifest says ([`FailureKind::Integrity`]), faults of
/// the case.
pub(crate) fn read_bag(folder: &Path, book: &Book) -> Result<CaseFile, Failure> {
    let inside = inside(folder)?;
    let defaults = case::defaults(book)?;
    let read = case_json::read("case.json", &inside.file, None, &defaults);
    let case = read.map_err(|error| input::failure(&error))?;
    for evidence in &case.evidence {
        let Some(path) = place_of(folder, &inside, evidence.id.as_str()) else { continue };
        if print_of(&path, &Unwatched)?.0 != evidence.sha256 {
            return Err(changed(evidence.id.as_str()));
        }
    }
    Ok(case)
}

/// Where the original of a piece of evidence stands in a bag; `None`: it is not there.
///
/// # Errors
/// As [`read_bag`].
pub(crate) fn original_in(folder: &Path) -> Result<impl Fn(&str) -> Option<PathBuf>, Failure> {
    let inside = inside(folder)?;
    let folder = folder.to_path_buf();
    Ok(move |id: &str| place_of(&folder, &inside, id))
}

fn inside(folder: &Path) -> Result<BagCase, Failure> {
    let found = case_inside(&BagFolder(folder.to_path_buf()));
    let found = found.map_err(|finding| Failure::new(FailureKind::Integrity, fault(&finding)))?;
    found.ok_or_else(|| {
        let message = Message::new("bag-no-case").text("path", folder.display());
        Failure::new(FailureKind::Missing, message)
    })
}

fn place_of(folder: &Path, inside: &BagCase, id: &str) -> Option<PathBuf> {
    let path = inside.originals.get(id).filter(|path| !path.is_empty())?;
    crate::folder::inside(folder, path)
}
