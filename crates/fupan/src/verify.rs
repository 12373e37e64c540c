//! Use case: check a bag or a vault against keys that do not come from it.

use crate::bag_folder::BagFolder;
use crate::place::{CasePlace, KeptCase, locate};
use crate::{Actor, Failure, FailureKind, Message, Step, Watch, carry, cellar, file};
use fupan_ledger::release::{self, Anchors, Finding, Notice, Report, certificates};
use fupan_ledger::{Policy, Trust, Use, VerifyKey};
use fupan_vault::{Deed, Fault, VerifyReport};
use std::path::{Path, PathBuf};
use std::thread;

/// So many notices that say the same are told one by one.
const FEW_NOTICES: usize = 5;

/// Verify request (查验请求): what to check, and what the check rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyRequest {
    /// The bag, the vault, or the case folder with a vault inside.
    pub path: PathBuf,
    /// The log's key: a file that holds it, or the key itself.
    pub log_key: Option<String>,
    /// The file with the trust policy.
    pub policy: Option<PathBuf>,
    /// A PEM file with certificates of time stamp authorities.
    pub stamp_roots: Option<PathBuf>,
    /// Who checks; that a vault was found whole is noted in it.
    pub actor: Actor,
}

/// What a check came to (查验所得).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyOutcome {
    /// Name of the log's key from outside.
    pub log_key: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// All that was found.
    pub found: Verified,
}

/// Verified (查验对象): what was checked, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// A bag.
    Bag(Report),
    /// A vault.
    Vault {
        /// Its folder.
        root: PathBuf,
        /// What was walked, and every fault.
        report: VerifyReport,
        /// What must be known besides.
        notices: Vec<Message>,
    },
}

impl VerifyOutcome {
    /// The faults as a failure of kind [`FailureKind::Integrity`]; `None` where there is none.
    #[must_use]
    pub fn broken(&self) -> Option<Failure> {
        let mut messages: Vec<Message> = match &self.found {
            Verified::Bag(report) => report.faults.iter().map(fault).collect(),
            Verified::Vault { root, report, .. } => {
                let said = |fault: &Fault| cellar::fault_message(root, fault);
                report.faults.iter().map(said).collect()
            }
        };
        if messages.is_empty() {
            return None;
        }
        let key = match self.found {
            Verified::Bag(_) => "verify-broken",
            Verified::Vault { .. } => "vault-broken-count",
        };
        messages.push(Message::new(key).count("faults", messages.len()));
        Some(Failure { kind: FailureKind::Integrity, messages })
    }

    /// What is no fault and must be known. Where many notices of a bag say the same, they are one message.
    #[must_use]
    pub fn notices(&self) -> Vec<Message> {
        match &self.found {
            Verified::Vault { notices, .. } => notices.clone(),
            Verified::Bag(report) => together(&report.notices),
        }
    }
}

/// The notices of a bag in the order in which each first comes.
fn together(notices: &[(String, Notice)]) -> Vec<Message> {
    let mut groups: Vec<(Notice, Vec<&str>)> = Vec::new();
    for (place, notice) in notices {
        match groups.iter_mut().find(|(known, _)| known == notice) {
            Some((_, places)) => places.push(place),
            None => groups.push((*notice, vec![place])),
        }
    }
    let said = |(notice, places): &(Notice, Vec<&str>)| {
        let all = if places.len() > FEW_NOTICES { places.len() } else { 0 };
        let shown = if all > 0 { 1 } else { places.len() };
        let one = |place: &&str| {
            let message = Message::new(&format!("bag-notice-{}", notice.code()));
            message.text("place", place).count("all", all)
        };
        places.iter().take(shown).map(one).collect::<Vec<_>>()
    };
    groups.iter().flat_map(said).collect()
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
    if let CasePlace::Kept(kept) = locate(path) {
        return vault(request, &kept, watch);
    }
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
        found: Verified::Bag(report),
    })
}

/// Checks a vault from its first entry to its head.
fn vault(
    request: &VerifyRequest,
    kept: &KeptCase,
    watch: &dyn Watch,
) -> Result<VerifyOutcome, Failure> {
    let root = kept.vault.as_path();
    let store = cellar::reading(root);
    let Some(given) = &request.log_key else {
        let mut messages = vec![Message::new("vault-no-anchor")];
        messages.extend(cellar::log_keys(root, &store)?.into_iter().take(1).map(|key| {
            let said = Message::new("verify-key-inside").text("name", key.name());
            said.text("digest", release::fingerprint(&key))
        }));
        return Err(Failure::input(messages));
    };
    let key = log_key(given)?;
    watch.step(Step::Verify);
    let report = fupan_vault::verify(&store, &key, |_| {});
    let report = report.map_err(|error| cellar::store_failure(root, &error))?;
    let mut notices = Vec::new();
    if let (Some(folder), true) = (&kept.folder, report.is_whole()) {
        let (_, notes) = crate::case::read_noted(folder, &crate::book::shipped()?)?;
        notices.extend(notes);
    }
    if let Some(path) = &request.policy {
        notices.push(cosigned(root, &policy_of(path)?)?);
    }
    if report.is_whole() {
        // Nothing is added to a vault that is not.
        let note = format!("verify {} entries, key {}", report.entries, release::fingerprint(&key));
        notices.extend(carry::look(&request.path, (Deed::Verified, note), &request.actor)?);
    }
    Ok(VerifyOutcome {
        log_key: key.name().to_owned(),
        fingerprint: release::fingerprint(&key),
        found: Verified::Vault { root: root.to_path_buf(), report, notices },
    })
}

/// Whether the head has the cosignatures that a policy asks for.
fn cosigned(root: &Path, policy: &Policy) -> Result<Message, Failure> {
    let vault = cellar::open_to_read(root)?;
    let fault = |error| cellar::failure(root, &error);
    let (_, head) = vault.head().map_err(fault)?;
    let note = vault.cosigned_head().map_err(fault)?;
    let key = if policy.accept(&note).is_ok() { "vault-quorum" } else { "vault-no-quorum" };
    Ok(Message::new(key).text("size", head.size))
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
pub(crate) fn log_key(given: &str) -> Result<VerifyKey, Failure> {
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

pub(crate) fn policy_of(path: &Path) -> Result<Policy, Failure> {
    policy_in(&file::bytes(path)?, path)
}

/// A policy, with the path that faults of it name.
///
/// # Errors
/// Every line that is none.
pub(crate) fn policy_in(bytes: &[u8], path: &Path) -> Result<Policy, Failure> {
    Policy::parse(bytes, Use::Checkpoints).map_err(|errors| {
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

/// A fault of a bag, with its place.
pub(crate) fn fault(finding: &Finding) -> Message {
    Message::new(&format!("bag-fault-{}", finding.fault.code()))
        .text("place", &finding.place)
        .text("detail", finding.fault.detail())
}
