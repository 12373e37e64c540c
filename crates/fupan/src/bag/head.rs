//! The head that a bag rests on: signed by the log, cosigned as the policy asks, or no bag.

use super::Export;
use crate::cosigners::ByWire;
use crate::vault::log_alone;
use crate::verify::policy_in;
use crate::{Failure, FailureKind, Message, cellar, file};
use fupan_ledger::release::{OlderHead, ReleasedStamp};
use fupan_ledger::{Checkpoint, Note, Policy, StampError, Trust, VerifyKey};
use fupan_vault::{BlobName, Vault, VaultError, kept_stamps};
use std::collections::BTreeSet;
use std::path::Path;

/// What a head must have.
pub(super) struct Quorum {
    pub(super) policy: Policy,
    pub(super) text: String,
    /// The keys of the vault's log that the policy names.
    pub(super) keys: Vec<VerifyKey>,
}

impl Quorum {
    /// The policy of a file; without one, that the log itself signed.
    ///
    /// # Errors
    /// It cannot be read, or does not name the log.
    pub(super) fn read(path: Option<&Path>, keys: &[VerifyKey]) -> Result<Self, Failure> {
        let (text, shown) = match path {
            Some(path) => (file::text(path)?, path),
            None => (log_alone(keys), Path::new("policy.txt")),
        };
        let policy = policy_in(text.as_bytes(), shown)?;
        let keys: Vec<_> = keys.iter().filter(|key| policy.logs().contains(key)).cloned().collect();
        if keys.is_empty() {
            let message = Message::new("verify-key-not-in-policy").text("path", shown.display());
            return Err(Failure::new(FailureKind::Input, message));
        }
        Ok(Self { policy, text, keys })
    }

    /// The newest head over the leaf `last` that the policy accepts. Cosigners that the policy gives an
    /// address of are asked for what is missing.
    ///
    /// # Errors
    /// There is none, and why.
    pub(super) fn head(&self, vault: &Vault, root: &Path, last: u64) -> Result<Note, Failure> {
        let fault = |error: VaultError| cellar::failure(root, &error);
        let newest = vault.cosigned_head().map_err(fault)?;
        if self.policy.accept(&newest).is_ok() {
            return Ok(newest);
        }
        let wire = ByWire::new(&self.policy);
        if !wire.is_empty() {
            let journal = vault.journal().map_err(fault)?;
            journal.cosign(&wire).map_err(|error| fault(error.into()))?;
        }
        let mut refusal = None;
        let mut heads = vault.cosigned_heads().map_err(fault)?;
        heads.push(vault.cosigned_head().map_err(fault)?);
        for head in heads.into_iter().rev() {
            let size = Checkpoint::parse(head.text()).map_err(Failure::bug)?.size;
            if size <= last && refusal.is_some() {
                break;
            }
            match self.policy.accept(&head) {
                Ok(_) if size > last => return Ok(head),
                Ok(_) => {}
                Err(error) => drop(refusal.get_or_insert(error)),
            }
        }
        let detail = refusal.map(|refusal| refusal.to_string()).unwrap_or_default();
        let mut messages = vec![Message::new("bag-no-quorum").text("detail", detail)];
        messages.extend(wire.outcomes().iter().filter_map(|one| {
            let error = one.result.as_ref().err()?;
            Some(Message::new("bag-cosigner").text("name", &one.name).text("detail", error))
        }));
        Err(Failure::input(messages))
    }
}

/// Heads before the released one that somebody cosigned, stamped, or named as the last they knew.
///
/// # Errors
/// A tile cannot be read.
pub(super) fn older(
    export: &Export<'_>,
    beacons: impl Iterator<Item = u64>,
    size: u64,
) -> Result<Vec<OlderHead>, Failure> {
    let fault = |error: VaultError| cellar::failure(export.root, &error);
    let mut sizes: BTreeSet<u64> = beacons.collect();
    for head in export.vault.cosigned_heads().map_err(fault)? {
        sizes.insert(Checkpoint::parse(head.text()).map_err(Failure::bug)?.size);
    }
    sizes.extend(stamps(export, size)?.iter().map(|stamp| stamp.size));
    let mut older = Vec::new();
    for old in sizes.into_iter().filter(|old| (1..size).contains(old)) {
        let Some(note) = export.vault.published_head(old).map_err(fault)? else { continue };
        let root = Checkpoint::parse(note.text()).map_err(Failure::bug)?.root;
        let path = export.vault.log().consistency(old, size);
        older.push(OlderHead { size: old, root, path: path.map_err(|e| fault(e.into()))? });
    }
    Ok(older)
}

/// Time stamps that the vault holds over heads up to the released one, both request and answer.
///
/// # Errors
/// They cannot be read.
pub(super) fn stamps(export: &Export<'_>, size: u64) -> Result<Vec<ReleasedStamp>, Failure> {
    // Whom to trust is whoever verifies the bag's to say; what is wrong in itself is left out.
    let nobody = Trust { anchors: Vec::new(), known: Vec::new() };
    let kept = kept_stamps(export.vault.store(), &nobody);
    let kept = kept.map_err(|error| cellar::store_failure(export.root, &error))?;
    let whole = kept.into_iter().filter(|stamp| {
        stamp.size <= size && matches!(stamp.result, Ok(_) | Err(StampError::Untrusted))
    });
    let released = whole.map(|stamp| ReleasedStamp {
        size: stamp.size,
        request: stamp.request,
        response: stamp.answer,
    });
    Ok(released.collect())
}

/// Certificates that the answers may lack.
///
/// # Errors
/// They cannot be read.
pub(super) fn stamp_chain(export: &Export<'_>) -> Result<String, Failure> {
    let fault = |error| cellar::store_failure(export.root, &error);
    let Ok(name) = "tsa/chain.pem".parse::<BlobName>() else { return Ok(String::new()) };
    let bytes = export.vault.store().blobs.read(&name).map_err(fault)?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default())
}
