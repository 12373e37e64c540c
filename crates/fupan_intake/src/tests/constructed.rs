//! The constructed cases that ship: read from disk, with every log, and carried through JSON and
//! back.

use super::defaults;
use crate::{CaseSource, SourceError, case_folder, case_json};
use std::path::{Path, PathBuf};

struct Folder(PathBuf);

impl CaseSource for Folder {
    fn list(&self) -> Result<Vec<String>, SourceError> {
        let mut out = Vec::new();
        walk(&self.0, "", &mut out);
        Ok(out)
    }
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        std::fs::read(self.0.join(path)).map_err(|_| SourceError::Absent)
    }
}

fn walk(folder: &Path, prefix: &str, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("folder") {
        let entry = entry.expect("entry");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{path}/"), out);
        } else {
            out.push(path);
        }
    }
}

#[test]
fn folders_with_all_their_logs_make_every_round_trip() {
    for name in ["leak-47-minutes", "leak-clean"] {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name);
        let folder = Folder(root);
        let case = case_folder::read(&folder, &defaults()).unwrap_or_else(|e| panic!("{e}"));
        assert!(case.imports.len() > 10 && case.facts.len() > 50, "{name}");
        let json = case_json::write(&case);
        let back = case_json::read("x.json", &json, Some(&folder), &defaults());
        assert_eq!(back.as_ref(), Ok(&case), "{name}");
        let mut files = case_folder::write(&case);
        for evidence in &case.evidence {
            let bytes = folder.read(&evidence.path).expect("original");
            files.insert(evidence.path.clone(), bytes);
        }
        assert_eq!(case_folder::read(&files, &defaults()).as_ref(), Ok(&case), "{name}");
    }
}
