//! A case in a vault and its bag, as tests of bags use them.

use crate::door::{self, Run, Scratch, copy, project, run};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A case in a vault, and what a receiver of its bag has from elsewhere.
pub(crate) struct Vaulted(pub(crate) Scratch);

impl Vaulted {
    pub(crate) fn new(name: &str) -> Self {
        let scratch = Scratch::new(name);
        copy(Path::new(&project("cases/leak-47-minutes")), &scratch.0.join("案卷"));
        Self::of(scratch)
    }

    /// Of the case folder that stands in a folder.
    pub(crate) fn of(scratch: Scratch) -> Self {
        let made = Self(scratch);
        let answer = made.ask(&["vault", "init", "案卷", "--json"]).json();
        let logs = answer["keys"].as_array().expect("keys").iter();
        let logs: String = logs.map(|key| format!("log {}\n", key.as_str().unwrap())).collect();
        made.0.file("policy.txt", &format!("{logs}quorum none\n"));
        made.0.file("log.vkey", answer["keys"][0].as_str().unwrap());
        made
    }

    /// Runs the command inside the folder.
    pub(crate) fn ask(&self, args: &[&str]) -> Run {
        let mut command = door::command(args);
        command.current_dir(&self.0.0);
        command.env("FUPAN_KEYS", self.0.path("keys")).env("FUPAN_AUTHOR", "张某");
        run(command)
    }

    pub(crate) fn export(&self) -> PathBuf {
        let made = self.ask(&["export", "案卷", "--as", "bag", "--out", "包", "--to", "法院"]);
        assert_eq!(made.code, 0, "{}", made.err);
        assert!(made.err.contains("no policy was given"), "{}", made.err);
        self.0.0.join("包")
    }

    pub(crate) fn verify(&self) -> Run {
        self.ask(&["verify", "包", "--log-key", "log.vkey", "--policy", "policy.txt"])
    }

    pub(crate) fn sceptic(&self) -> i32 {
        let anchors = ["--log-key", "log.vkey", "--policy", "policy.txt"];
        sceptic(&self.0.0, "包", &anchors).0
    }
}

/// What the bag's own `verify.sh` says, run in a folder: exit code and words.
pub(crate) fn sceptic(folder: &Path, bag: &str, anchors: &[&str]) -> (i32, String) {
    let mut command = Command::new("sh");
    command.current_dir(folder).arg(format!("{bag}/verify/verify.sh")).arg(bag).args(anchors);
    let output = command.args(["--lang", "en"]).output().expect("sh, openssl and python3");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().expect("a code"), String::from_utf8(said).expect("UTF-8"))
}

/// What bagit.py says of a bag. `None`: it is not here, and that is said aloud. `scripts/foreign-ledger`
/// puts it below the build's folder.
pub(crate) fn bagit(bag: &Path) -> Option<bool> {
    let built = Path::new(env!("CARGO_BIN_EXE_fupan")).ancestors().nth(2).expect("target");
    let kept = std::env::var_os("FUPAN_FOREIGN").map_or(built.join("foreign"), PathBuf::from);
    let all = [kept.join("bin").join("python"), PathBuf::from("python3")];
    let has = |python: &&PathBuf| {
        let asked = Command::new(python).args(["-c", "import bagit"]).output();
        asked.is_ok_and(|found| found.status.success())
    };
    let Some(python) = all.iter().find(has) else {
        eprintln!("NOT CHECKED by bagit.py: pip install bagit");
        return None;
    };
    let validate = ["-m", "bagit", "--validate", "--quiet"];
    let done = Command::new(python).args(validate).arg(bag).output().expect("python");
    Some(done.status.success())
}

/// Makes the manifests true of what is there, as somebody would who changed it.
pub(crate) fn rewrite(bag: &Path) {
    for (name, of) in [("manifest", "data/"), ("tagmanifest", "")] {
        for algorithm in ["sha256", "sm3"] {
            let path = bag.join(format!("{name}-{algorithm}.txt"));
            let text = fs::read_to_string(&path).unwrap();
            let mut out = String::new();
            for line in text.lines() {
                let (_, file) = line.split_once("  ").unwrap();
                assert!(file.starts_with(of));
                let bytes = fs::read(bag.join(file)).unwrap();
                let hex = |digest: &[u8]| -> String {
                    digest.iter().map(|byte| format!("{byte:02x}")).collect()
                };
                let sum = match algorithm {
                    "sha256" => hex(&Sha256::digest(&bytes)),
                    _ => hex(&Sm3::digest(&bytes)),
                };
                out.push_str(&format!("{sum}  {file}\n"));
            }
            fs::write(path, out).unwrap();
        }
    }
}

/// The first file below a folder that ends so.
pub(crate) fn find(folder: &Path, ends: &str) -> PathBuf {
    let mut found = every(folder).into_iter();
    found.find(|path| path.to_string_lossy().ends_with(ends)).unwrap()
}

/// Every file below a folder.
pub(crate) fn every(folder: &Path) -> Vec<PathBuf> {
    let (mut open, mut found) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}
