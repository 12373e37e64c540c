//! The files of a case that is added to: those of a folder, or those that a case of a vault would be
//! written as, with its originals out of the vault.

use crate::case::OnDisk;
use fupan_intake::{CaseSource, SourceError, case_folder};
use fupan_vault::{CaseRead, ObjectError, Objects};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

/// Base (卷宗底稿).
pub(crate) enum Base {
    /// A folder on disk.
    Disk(PathBuf),
    /// Text files in memory, and objects by the path of their evidence.
    Made { files: BTreeMap<String, Vec<u8>>, paths: BTreeMap<String, [u8; 32]>, objects: Objects },
}

impl Base {
    /// The files of a case read from a vault.
    pub(crate) fn of(read: &CaseRead, objects: Objects) -> Self {
        let digest = |text: &str| fupan_vault::from_hex(text);
        let evidence = read.file.evidence.iter().filter(|evidence| !evidence.path.is_empty());
        let paths = evidence
            .filter_map(|one| Some((one.path.clone(), digest(one.sha256.as_str())?)))
            .collect();
        Self::Made { files: case_folder::write(&read.file), paths, objects }
    }

    /// Whether a file is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        match self {
            // A path that leads out of the case is as good as taken.
            Self::Disk(folder) => {
                crate::folder::inside(folder, path).is_none_or(|path| path.exists())
            }
            Self::Made { files, paths, .. } => files.contains_key(path) || paths.contains_key(path),
        }
    }
}

impl CaseSource for Base {
    fn list(&self) -> Result<Vec<String>, SourceError> {
        match self {
            Self::Disk(folder) => OnDisk(folder).list(),
            Self::Made { files, paths, .. } => {
                let mut all: Vec<String> = files.keys().chain(paths.keys()).cloned().collect();
                all.sort();
                Ok(all)
            }
        }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        match self {
            Self::Disk(folder) => OnDisk(folder).read(path),
            Self::Made { files, paths, objects } => match (files.get(path), paths.get(path)) {
                (Some(bytes), _) => Ok(bytes.clone()),
                (None, Some(digest)) => objects.read(digest).map_err(|error| reason(&error)),
                (None, None) => Err(SourceError::Absent),
            },
        }
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>, SourceError> {
        match self {
            Self::Disk(folder) => {
                let path = crate::folder::inside(folder, path).ok_or(SourceError::Absent)?;
                let file = std::fs::File::open(path).map_err(|e| crate::case::reason(&e))?;
                Ok(Box::new(file))
            }
            Self::Made { files, paths, objects } => match (files.get(path), paths.get(path)) {
                (Some(bytes), _) => Ok(Box::new(bytes.as_slice())),
                (None, Some(digest)) => {
                    let reader = objects.open(digest).map_err(|error| reason(&error))?;
                    Ok(Box::new(reader))
                }
                (None, None) => Err(SourceError::Absent),
            },
        }
    }
}

fn reason(error: &ObjectError) -> SourceError {
    match error {
        ObjectError::Absent(_) => SourceError::Absent,
        other => SourceError::Unreadable(other.to_string()),
    }
}
