//! Where whole cases are tried: scratch folders, and the assessment of a case.

use fupan::{Actor, AssessRequest, ReportForm, Unwatched, assess};
use fupan_model::Assessment;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own for one test, gone when the test ends.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("fupan-{name}-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A path of the project.
pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Copies a folder with all below it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The assessment of a case, and the bytes of `assessment.json`.
pub(crate) fn assessed(case: &Path) -> (Assessment, Vec<u8>) {
    let scratch = Scratch::new("out");
    let request = AssessRequest {
        case: case.to_path_buf(),
        out: scratch.0.clone(),
        forms: vec![ReportForm::Json],
        languages: None,
        actor: Actor::default(),
    };
    let made = assess(&request, &Unwatched).unwrap_or_else(|failure| {
        panic!("{}: {:?}", case.display(), failure.messages);
    });
    (made.assessment, fs::read(scratch.at("assessment.json")).unwrap())
}
