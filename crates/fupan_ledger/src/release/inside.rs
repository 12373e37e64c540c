//! The case file of a bag, and where its originals stand. Reading it is no check of the bag: what it rests
//! on is [`super::verify()`]'s. What is plainly not what the bag says is refused all the same.

use std::collections::BTreeMap;
use std::io;

use super::digests;
use super::fault::{BagFault, Finding};
use super::layout;
use super::list;
use super::store::{BagSource, FoundKind};
use super::verify::bytes;
use crate::bag::{Fixity, Manifest, ManifestKind};
use crate::malformed::{Malformed, Part};

/// Bag case (包内案卷): the case file and its originals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagCase {
    /// Bytes of the `fupan-case/1` file.
    pub file: Vec<u8>,
    /// Paths of originals by the number of their evidence in the case; empty: not in the bag.
    pub originals: BTreeMap<String, String>,
}

/// The case file of a bag; `None`: it has none.
///
/// # Errors
/// The case file or the list is not what the manifest says, or not in its format.
pub fn case_inside(source: &dyn BagSource) -> Result<Option<BagCase>, Finding> {
    let at = |place: &str, fault| Finding { place: place.to_owned(), fault };
    let unreadable = |error: io::Error| at("", BagFault::Unreadable(error.kind()));
    let list_path = layout::list();
    let listed = source.list().map_err(unreadable)?;
    if !listed.iter().any(|one| one.path == layout::CASE && matches!(one.kind, FoundKind::File(_)))
    {
        return Ok(None);
    }
    let kind = ManifestKind::Payload;
    let name = Manifest::new(kind, Fixity::Sha256).file_name();
    let text = bytes(source, name).map_err(|fault| at(name, fault))?;
    let manifest = Manifest::parse(&text, kind, Fixity::Sha256).map_err(|faults| {
        let first = faults.into_iter().next().unwrap_or(Malformed::at(1, Part::End));
        at(name, BagFault::Malformed(first))
    })?;
    let read = |path: &str| {
        let found = bytes(source, path).map_err(|fault| at(path, fault))?;
        let same = manifest.sums().get(path) == Some(&digests::of_bytes(&found).sha256);
        if same { Ok(found) } else { Err(at(path, BagFault::Changed(name))) }
    };
    let file = read(layout::CASE)?;
    let rows =
        list::read(&read(&list_path)?).map_err(|line| at(&list_path, BagFault::List(line)))?;
    let originals = rows.into_iter().map(|row| (row.number, row.path)).collect();
    Ok(Some(BagCase { file, originals }))
}
