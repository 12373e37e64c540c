//! Writing a bag. Files go out one after another, each hashed as it goes; the seal is last, so that a
//! writing that broke off leaves a bag that nobody takes for one.

mod files;

use std::collections::BTreeSet;
use std::io;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::parts::{Release, ReleasedEvidence};
use super::seal::{BagSeal, fingerprint};
use super::{SafeName, layout, list, pem};
use crate::bag::{Declaration, Fixity, ManifestKind, PathFault};
use crate::key::{KeyError, VerifyKey};
use crate::malformed::Malformed;
use crate::note::{Note, SignatureLine};
use crate::policy::{Policy, PolicyError, Refusal, Use};
use crate::stamp::{ImprintAlgorithm, StampError, StampRequest};
use files::{Files, store};

use super::store::BagSink;

/// Why a bag was not written. What the sink holds by then is no bag.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The sink cannot take a file.
    #[error("{path}: {source}")]
    Sink {
        /// The file.
        path: String,
        /// What the sink says.
        source: io::Error,
    },
    /// An original cannot be read.
    #[error("evidence {evidence}: {source}")]
    Original {
        /// Its evidence.
        evidence: String,
        /// What its place of storage says.
        source: io::Error,
    },
    /// An original has other bytes than were stated.
    #[error("evidence {0} has other bytes than were stated")]
    Changed(String),
    /// A path that no bag may have.
    #[error("{path}: {fault}")]
    Path {
        /// The path.
        path: String,
        /// What is wrong with it.
        fault: PathFault,
    },
    /// Two files would have the same path.
    #[error("{0} would be written twice")]
    Twice(String),
    /// The policy is none.
    #[error("the policy has faults: {0:?}")]
    Policy(Vec<PolicyError>),
    /// The policy does not accept the head.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A request for a time stamp is none.
    #[error(transparent)]
    Stamp(#[from] StampError),
    /// The seal was not signed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The seal would be no note: an id holds what a note cannot.
    #[error(transparent)]
    Seal(#[from] Malformed),
}

/// The files of `verify/`.
pub(super) const HELP: [(&str, &str); 4] = [
    ("verify/README.en.md", include_str!("../../verify/README.en.md")),
    ("verify/README.zh.md", include_str!("../../verify/README.zh.md")),
    ("verify/verify.py", include_str!("../../verify/verify.py")),
    ("verify/verify.sh", include_str!("../../verify/verify.sh")),
];

/// Writes a release as a bag. `sign` signs the seal with the log's key. The same release gives the
/// same bytes.
///
/// # Errors
/// A head that the policy does not accept, an original that is not what was stated, a path that is
/// refused, a sink that cannot take a file.
pub fn write(
    release: &Release<'_>,
    sink: &mut dyn BagSink,
    sign: &dyn Fn(&str) -> Result<Vec<SignatureLine>, KeyError>,
) -> Result<(), WriteError> {
    let policy = Policy::parse(release.policy.as_bytes(), Use::Checkpoints);
    let policy = policy.map_err(WriteError::Policy)?;
    let head = policy.accept(&release.checkpoint)?.checkpoint;
    let mut files = Files::new(sink);
    originals(release, &mut files)?;
    let (payload, manifests) = files.payload();
    for (name, text) in manifests {
        files.put(name, text.as_bytes())?;
    }
    let mut info = release.info.clone();
    info.push_payload(payload);
    files.put(layout::DECLARATION, Declaration.to_string().as_bytes())?;
    files.put(layout::INFO, info.to_string().as_bytes())?;
    log(release, head.size, &mut files)?;
    stamps(release, &mut files)?;
    keys(release, &policy, &mut files)?;
    files.put(layout::POLICY, release.policy.as_bytes())?;
    for (path, text) in HELP {
        files.put(path, text.as_bytes())?;
    }
    let [sha256, sm3] =
        [Fixity::Sha256, Fixity::Sm3].map(|fixity| files.manifest(ManifestKind::Tags, fixity));
    let seal = BagSeal {
        case: release.case.clone(),
        origin: head.origin,
        size: head.size,
        root: head.root,
        payload,
        sha256: Sha256::digest(sha256.to_string()).into(),
        sm3_manifest: Sha256::digest(sm3.to_string()).into(),
    };
    let mut note = Note::new(&seal.to_string())?;
    // An id with a line break would be another seal.
    BagSeal::parse(note.text())?;
    sign(note.text())?.into_iter().for_each(|line| note.add(line));
    for manifest in [sha256, sm3] {
        store(files.sink, manifest.file_name(), manifest.to_string().as_bytes())?;
    }
    store(files.sink, layout::SEAL, note.to_string().as_bytes())
}

/// What stands below `data/`.
fn originals(release: &Release<'_>, files: &mut Files<'_>) -> Result<(), WriteError> {
    let mut evidence: Vec<&ReleasedEvidence<'_>> = release.evidence.iter().collect();
    evidence.sort_by(|a, b| a.id.cmp(&b.id));
    let place = |one: &ReleasedEvidence<'_>| {
        layout::original(&one.kind, &one.id, SafeName::of(&one.name).as_str())
    };
    let mut seen = BTreeSet::new();
    for one in &evidence {
        if !seen.insert(&one.id) {
            return Err(WriteError::Twice(place(one)));
        }
        if let Some(original) = one.original {
            files.stream(&place(one), one, original)?;
            let readings = original
                .readings()
                .map_err(|source| WriteError::Original { evidence: one.id.clone(), source })?;
            for reading in readings {
                files.put(&layout::reading(reading.kind, &one.id), &reading.bytes)?;
            }
        }
        for record in &one.records {
            files.put(&layout::record(&one.id, record.index), &record.body)?;
        }
        for statement in &one.statements {
            let note = statement.note.to_string();
            files.put(&layout::statement(&one.id, statement.index), note.as_bytes())?;
            files.put(&layout::meta(&one.id, statement.index), &statement.meta)?;
        }
    }
    let shown = |one: &ReleasedEvidence<'_>| match one.original {
        Some(_) => place(one),
        None => String::new(),
    };
    for paper in &release.papers {
        files.put(&layout::paper(&paper.kind), &paper.bytes)?;
    }
    files.put(&layout::list(), list::print(&evidence, shown).as_bytes())
}

fn log(release: &Release<'_>, size: u64, files: &mut Files<'_>) -> Result<(), WriteError> {
    files.put(layout::CHECKPOINT, release.checkpoint.to_string().as_bytes())?;
    for leaf in &release.leaves {
        let group = leaf.evidence.as_deref().unwrap_or(layout::LOG_GROUP);
        files.put(&layout::entry(group, leaf.proof.index), &leaf.entry)?;
        files.put(&layout::proof(group, leaf.proof.index), leaf.proof.to_string().as_bytes())?;
    }
    for older in &release.older {
        let hashes = std::iter::once(&older.root).chain(&older.path);
        let text: String = hashes.map(|hash| format!("{hash}\n")).collect();
        files.put(&layout::consistency(older.size, size), text.as_bytes())?;
    }
    Ok(())
}

fn stamps(release: &Release<'_>, files: &mut Files<'_>) -> Result<(), WriteError> {
    for stamp in &release.stamps {
        let algorithm = match StampRequest::parse(&stamp.request)?.algorithm {
            ImprintAlgorithm::Sha256 => "sha256",
            ImprintAlgorithm::Sm3 => "sm3",
        };
        files.put(&format!("tsa/{}.{algorithm}.tsq", stamp.size), &stamp.request)?;
        files.put(&format!("tsa/{}.{algorithm}.tsr", stamp.size), &stamp.response)?;
    }
    if release.stamp_chain.is_empty() {
        return Ok(());
    }
    files.put(layout::CHAIN, release.stamp_chain.as_bytes())
}

fn keys(release: &Release<'_>, policy: &Policy, files: &mut Files<'_>) -> Result<(), WriteError> {
    let cosigners: Vec<&VerifyKey> = policy.witnesses().iter().map(|one| one.key()).collect();
    let roles: [(&str, Vec<&VerifyKey>); 3] = [
        ("log", release.log_keys.iter().collect()),
        ("cosigners", cosigners),
        ("people", release.people.iter().collect()),
    ];
    for (role, keys) in roles {
        for key in keys {
            let print = fingerprint(key);
            let name = print.get(..16).unwrap_or_default();
            files.put(&format!("keys/{role}/{name}.vkey"), format!("{key}\n").as_bytes())?;
            files.put(&format!("keys/{role}/{name}.pem"), pem::public_key(key).as_bytes())?;
        }
    }
    Ok(())
}
