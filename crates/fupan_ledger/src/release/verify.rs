//! Checking a bag: from the outside keys inward, collecting every fault. Nothing in the bag is trusted
//! but what a signature of an outside key, or a proof that leads to one, vouches for.

mod evidence;
mod files;
mod keys;
mod log;
mod records;
mod runs;
mod stamps;
mod statements;

use std::collections::BTreeMap;
use std::io;

use super::digests::Digests;
use super::entry::Entry;
use super::fault::BagFault;
use super::layout::{self, Place};
use super::report::{Notice, Report};
use super::seal::BagSeal;
use super::store::BagSource;
use super::write::HELP;
use crate::capture::Capture;
use crate::checkpoint::Checkpoint;
use crate::key::VerifyKey;
use crate::note::Note;
use crate::policy::Policy;
use crate::stamp::Trust;
use crate::tree::Hash;

pub use keys::keys_inside;

/// Bytes of a text file of a bag at most; manifests of great bags are the longest.
const LONGEST: u64 = 256 << 20;

/// Anchors (外部信任依据): what a check rests on. All of it comes from outside the bag.
#[derive(Debug, Clone)]
pub struct Anchors {
    /// The key of the log. The policy must name it.
    pub log_key: VerifyKey,
    /// Which logs and cosigners are believed.
    pub policy: Policy,
    /// Which time stamp authorities are; `None`: theirs is not checked, and the report says so.
    pub stamps: Option<Trust>,
}

/// Checks a bag. `workers`: threads that hash, at least one.
///
/// # Errors
/// The source cannot be listed. A file that cannot be read is a fault in the report.
pub fn verify(source: &dyn BagSource, anchors: &Anchors, workers: usize) -> io::Result<Report> {
    let mut check = Check::new(source, anchors);
    check.list()?;
    check.hash(workers.max(1));
    check.manifests();
    let head = check.head();
    check.seal(head.as_ref());
    check.consistency();
    check.keys();
    check.leaves(head.as_ref());
    check.terms();
    check.statements();
    check.records();
    check.runs();
    check.originals();
    check.listed();
    check.stamps();
    check.help();
    check.report.sort();
    Ok(check.report)
}

/// A check in progress.
struct Check<'a> {
    source: &'a dyn BagSource,
    anchors: &'a Anchors,
    report: Report,
    /// Files by path, and their sizes.
    files: BTreeMap<String, u64>,
    digests: BTreeMap<String, Digests>,
    seal: Option<BagSeal>,
    /// The released head, accepted.
    head: Option<Checkpoint>,
    /// Heads that the released one is tied to, itself included.
    heads: BTreeMap<u64, Hash>,
    /// Leaves whose proof holds, by group and index.
    leaves: BTreeMap<(String, u64), Entry>,
    people: Vec<VerifyKey>,
    /// What the leaves say of keys, by `sha256:` and fingerprint.
    terms: BTreeMap<String, Term>,
    /// Statements whose place in the log is proven, by evidence and index.
    statements: BTreeMap<String, BTreeMap<u64, Stated>>,
    /// What proven leaves name as the bytes of evidence that nobody stated a capture of: the digest as
    /// leaves spell it, and the first of those leaves.
    recorded: BTreeMap<String, (String, u64)>,
}

/// From which leaf on a key counts, and from which on no longer.
#[derive(Default)]
struct Term {
    enrolled: Option<u64>,
    revoked: Option<u64>,
}

/// A statement, and who of those that signed it are known to the log.
struct Stated {
    capture: Capture,
    signers: Vec<String>,
    status: String,
}

impl<'a> Check<'a> {
    fn new(source: &'a dyn BagSource, anchors: &'a Anchors) -> Self {
        Self {
            source,
            anchors,
            report: Report::default(),
            files: BTreeMap::new(),
            digests: BTreeMap::new(),
            seal: None,
            head: None,
            heads: BTreeMap::new(),
            leaves: BTreeMap::new(),
            people: Vec::new(),
            terms: BTreeMap::new(),
            statements: BTreeMap::new(),
            recorded: BTreeMap::new(),
        }
    }

    /// Bytes of a file that must be there.
    fn read(&mut self, path: &str) -> Option<Vec<u8>> {
        if !self.files.contains_key(path) {
            self.report.fault(path, BagFault::Absent);
            return None;
        }
        match bytes(self.source, path) {
            Ok(bytes) => Some(bytes),
            Err(fault) => {
                self.report.fault(path, fault);
                None
            }
        }
    }

    /// A file that must be there and be a note.
    fn note(&mut self, path: &str) -> Option<Note> {
        let bytes = self.read(path)?;
        match Note::parse(&bytes) {
            Ok(note) => Some(note),
            Err(fault) => {
                self.report.fault(path, BagFault::Malformed(fault));
                None
            }
        }
    }

    /// Paths of the files that `wanted` picks by their place.
    fn paths<T>(&self, wanted: impl Fn(Place<'_>) -> Option<T>) -> Vec<(String, T)> {
        let found = self
            .files
            .keys()
            .filter_map(|path| wanted(layout::place(path)).map(|what| (path.clone(), what)));
        found.collect()
    }

    /// The keys of the log that come from outside: the one given, and those of its name in the policy.
    fn log_keys(&self) -> Vec<VerifyKey> {
        let given = &self.anchors.log_key;
        let others = self.anchors.policy.logs().iter();
        let others = others.filter(|key| key.name() == given.name() && *key != given);
        std::iter::once(given).chain(others).cloned().collect()
    }

    fn help(&mut self) {
        for (path, text) in HELP {
            if self.read(path).is_some_and(|bytes| bytes != text.as_bytes()) {
                self.report.notice(path, Notice::OtherScript);
            }
        }
    }
}

/// Bytes of a small file.
pub(super) fn bytes(source: &dyn BagSource, path: &str) -> Result<Vec<u8>, BagFault> {
    use io::Read as _;
    let unreadable = |error: io::Error| BagFault::Unreadable(error.kind());
    let mut bytes = Vec::new();
    let reader = source.open(path).map_err(unreadable)?;
    reader.take(LONGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LONGEST { Err(BagFault::Long) } else { Ok(bytes) }
}
