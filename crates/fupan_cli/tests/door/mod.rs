//! Running the built command, and folders of its own for each test.
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "shared by the tests of all verbs: each uses a part, and a panic is the test failing"
)]

pub(crate) mod cosigner;
pub(crate) mod scene;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What a run gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit code"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// The answer as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        assert_eq!(self.code, 0, "{}", self.err);
        serde_json::from_str(&self.out).expect("JSON on stdout")
    }

    /// Asserts a refusal that says something on stderr and nothing on stdout.
    pub(crate) fn refused(&self, code: i32, says: &str) {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        assert_eq!(self.out, "", "stdout carries only the answer");
        assert!(self.err.contains(says), "{says:?} is not in: {}", self.err);
    }
}

/// The command, in English unless the arguments say otherwise.
pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fupan"));
    command.args(args).env("LC_ALL", "C").stdin(std::process::Stdio::null());
    command
}

/// Runs the command.
pub(crate) fn fupan(args: &[&str]) -> Run {
    Run::of(command(args).output().expect("the command runs"))
}

/// Runs a prepared command.
pub(crate) fn run(mut command: Command) -> Run {
    Run::of(command.output().expect("the command runs"))
}

/// A path below the root of the project, as an argument.
pub(crate) fn project(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the root");
    root.join(path).to_string_lossy().into_owned()
}

/// A folder of a test's own, removed at its end.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("fupan-door-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// A path in it, as an argument.
    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    /// A file in it.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        fs::write(self.0.join(name), text).expect("a file");
        self.path(name)
    }

    /// Names in it, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        names(&self.0)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// The first party a case folder names.
pub(crate) fn some_party(case: &Path) -> String {
    let text = fs::read_to_string(case.join("case.toml")).expect("case.toml");
    let party = text.split("[[party]]").nth(1).expect("a party");
    party.split("id = \"").nth(1).and_then(|id| id.split('"').next()).expect("an id").to_owned()
}
