//! A bag as a folder on disk. Links are named and not followed, hidden files are seen, names that are
//! no UTF-8 are told.

use fupan_ledger::release::{BagSource, Found, FoundKind};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A bag in a folder.
pub(crate) struct BagFolder(pub(crate) PathBuf);

impl BagFolder {
    /// Whether a folder is one, whole or not: it has a file that only bags have.
    pub(crate) fn is_one(folder: &Path) -> bool {
        ["bagit.txt", "bag.note", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
            .iter()
            .any(|name| folder.join(name).is_file())
    }
}

impl BagSource for BagFolder {
    fn list(&self) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        collect(&self.0, "", &mut found)?;
        Ok(found)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + Send + '_>> {
        let file = path.split('/').fold(self.0.clone(), |so_far, part| so_far.join(part));
        Ok(Box::new(File::open(file)?))
    }
}

fn collect(folder: &Path, below: &str, into: &mut Vec<Found>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let path = format!("{below}{}", name.to_string_lossy());
        // Of the entry itself, not of what it leads to.
        let kind = entry.file_type()?;
        let kind = if name.to_str().is_none() {
            FoundKind::Unnamed
        } else if kind.is_symlink() {
            FoundKind::Link
        } else if kind.is_dir() {
            collect(&entry.path(), &format!("{path}/"), into)?;
            continue;
        } else if kind.is_file() {
            FoundKind::File(entry.metadata()?.len())
        } else {
            FoundKind::Special
        };
        into.push(Found { path, kind });
    }
    Ok(())
}
