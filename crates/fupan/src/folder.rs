//! A folder on disk, as the rooms see it: paths relative to it, with `/` between folders.

use crate::Failure;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Files below `folder`, sorted; names that begin with a dot are not part of it.
///
/// # Errors
/// The folder or one below it cannot be listed.
pub(crate) fn list(folder: &Path) -> Result<Vec<String>, Failure> {
    names(folder).map_err(|(path, error)| Failure::read(&path, &error))
}

/// As [`list`], with the folder that could not be listed.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, (PathBuf, io::Error)> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, below: &str, into: &mut Vec<String>) -> Result<(), (PathBuf, io::Error)> {
    let fault = |error| (folder.to_path_buf(), error);
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{below}{name}");
        if entry.path().is_dir() {
            // A link to a folder may lead in a circle, or out of the case.
            if entry.file_type().map_err(fault)?.is_symlink() {
                continue;
            }
            collect(&entry.path(), &format!("{path}/"), into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

/// The path on this system of a path with `/`; `None` where it leads out of the folder.
pub(crate) fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let parts: Vec<&str> = path.split('/').filter(|part| *part != ".").collect();
    let leaves = |part: &&str| part.is_empty() || *part == ".." || part.contains(['\\', ':']);
    if parts.iter().any(leaves) {
        return None;
    }
    Some(parts.iter().fold(folder.to_path_buf(), |so_far, part| so_far.join(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_of_a_case_leads_out_of_it() {
        let folder = Path::new("case");
        assert_eq!(inside(folder, "evidence/a.csv"), Some(folder.join("evidence").join("a.csv")));
        for path in ["../a", "a/../../b", "/etc/a", "a//b", "C:/a", "a\\b", ""] {
            assert_eq!(inside(folder, path), None, "{path}");
        }
    }
}
