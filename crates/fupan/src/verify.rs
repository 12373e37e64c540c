//! Use case: check a bag against keys that do not come from it.

use crate::bag_folder::BagFolder;
use crate::{Failure, FailureKind, Message, Step, Watch, file};
use fupan_ledger::release::{self, Anchors, Finding, Report, certificates};
use fupan_ledger::{Policy, Trust, Use, VerifyKey};
use std::path::{Path, PathBuf};
use std::thread;

/// Verify request (查验请求): what to check, and what the check rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyRequest {
    /// The bag.
    pub path: PathBuf,
    /// The log's key: a file that holds it, or the key itself.
    pub log_key: Option<String>,
    /// The file with the trust policy.
    pub policy: Option<PathBuf>,
    /// A PEM file with certificates of time stamp authorities.
    pub stamp_roots: Option<PathBuf>,
}

/// What a check came to (查验所得).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyOutcome {
    /// Name of the log's key from outside.
    pub log_key: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// All that was found.
    pub report: Report,
}

impl VerifyOutcome {
    /// The faults as a failure of kind [`FailureKind::Integrity`]; `None` where there is none.
    #[must_use]
    pub fn broken(&self) -> Option<Failure> {
        let mut messages: Vec<Message> = self.report.faults.iter().map(fault).collect();
        if messages.is_empty() {
            return None;
        }
        messages.push(Message::new("verify-broken").count("faults", messages.len()));
        Some(Failure { kind: FailureKind::Integrity, messages })
    }

    /// What is no fault and must be known.
    #[must_use]
    pub fn notices(&self) -> Vec<Message> {
        let said = |key: String, place: &String| Message::new(&key).text("place", place);
        let notices = self.report.notices.iter();
        notices.map(|(place, one)| said(format!("bag-notice-{}", one.code()), place)).collect()
    }
}

/// Checks what stands at the path.
///
/// # Errors
/// No key or policy from outside, or none that can be read ([`FailureKind::Input`]); nothing there
/// ([`FailureKind::Missing`]); a folder that cannot be listed. That the bag is broken is no error:
/// see [`VerifyOutcome::broken`].
pub fn verify(request: &VerifyRequest, watch: &dyn Watch) -> Result<VerifyOutcome, Failure> {
    let path = &request.path;
    if !path.exists() {
        return Err(Failure::absent(path));
    }
    if !path.is_dir() {
        let message = Message::new("not-a-folder").text("path", path.display());
        return Err(Failure::new(FailureKind::Input, message));
    }
    // A vault has another layout; it will be told apart here.
    if !BagFolder::is_one(path) {
        let message = Message::new("verify-no-bag").text("path", path.display());
        return Err(Failure::new(FailureKind::Input, message));
    }
    let bag = BagFolder(path.clone());
    let (Some(key), Some(policy)) = (&request.log_key, &request.policy) else {
        return Err(unanchored(&bag));
    };
    let anchors = Anchors {
        log_key: log_key(key)?,
        policy: policy_of(policy)?,
        stamps: request.stamp_roots.as_deref().map(stamp_roots).transpose()?,
    };
    if !anchors.policy.logs().contains(&anchors.log_key) {
        let message = Message::new("verify-key-not-in-policy").text("path", policy.display());
        return Err(Failure::new(FailureKind::Input, message));
    }
    watch.step(Step::Verify);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let report =
        release::verify(&bag, &anchors, workers).map_err(|error| Failure::read(path, &error))?;
    Ok(VerifyOutcome {
        log_key: anchors.log_key.name().to_owned(),
        fingerprint: release::fingerprint(&anchors.log_key),
        report,
    })
}

/// Why a check without outside keys is none, and the keys that lie inside.
fn unanchored(bag: &BagFolder) -> Failure {
    let mut messages = vec![Message::new("verify-no-anchor")];
    messages.extend(release::keys_inside(bag).into_iter().map(|(key, fingerprint)| {
        Message::new("verify-key-inside").text("name", key.name()).text("digest", fingerprint)
    }));
    Failure::input(messages)
}

/// A key from a file, or written out.
fn log_key(given: &str) -> Result<VerifyKey, Failure> {
    let path = Path::new(given);
    let text = if path.is_file() {
        file::text(path)?
    } else if given.matches('+').count() >= 2 {
        given.to_owned()
    } else {
        return Err(Failure::absent(path));
    };
    text.trim_ascii().parse().map_err(|error| {
        let message = Message::new("verify-bad-key").text("given", given).text("detail", error);
        Failure::new(FailureKind::Input, message)
    })
}

fn policy_of(path: &Path) -> Result<Policy, Failure> {
    let bytes = file::bytes(path)?;
    Policy::parse(&bytes, Use::Checkpoints).map_err(|errors| {
        let said = errors.iter().map(|error| {
            Message::new("verify-bad-policy")
                .text("path", path.display())
                .count("line", error.line)
                .text("detail", &error.fault)
        });
        Failure::input(said.collect())
    })
}

pub(crate) fn stamp_roots(path: &Path) -> Result<Trust, Failure> {
    let refused = || {
        let message = Message::new("verify-bad-roots").text("path", path.display());
        Failure::new(FailureKind::Input, message)
    };
    let anchors = certificates(&file::text(path)?).map_err(|_| refused())?;
    if anchors.is_empty() {
        return Err(refused());
    }
    Ok(Trust { anchors, known: Vec::new() })
}

fn fault(finding: &Finding) -> Message {
    Message::new(&format!("bag-fault-{}", finding.fault.code()))
        .text("place", &finding.place)
        .text("detail", finding.fault.detail())
}
