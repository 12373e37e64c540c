//! The head that a bag rests on: signed by the log, cosigned as the policy asks, or no bag.

use super::Export;
use crate::verify::policy_in;
use crate::{Failure, FailureKind, Message, cellar, file};
use fupan_ledger::release::{OlderHead, ReleasedStamp};
use fupan_ledger::{Checkpoint, Note, Policy, SignatureLine, VerifyKey};
use fupan_vault::{BlobName, CosignAsk, Cosigners, Vault, VaultError};
use fupan_wire::{Caller, CosignerSeat, HttpCosigner, collect};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// How long one cosigner may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a head must have.
pub(super) struct Quorum {
    pub(super) policy: Policy,
    pub(super) text: String,
    cosigners: Vec<HttpCosigner>,
}

impl Quorum {
    /// The policy of a file; without one, that the log itself signed.
    ///
    /// # Errors
    /// It cannot be read, or does not name the log.
    pub(super) fn read(path: Option<&Path>, keys: &[VerifyKey]) -> Result<Self, Failure> {
        let (text, shown) = match path {
            Some(path) => (file::text(path)?, path),
            None => {
                let logs: String = keys.iter().map(|key| format!("log {key}\n")).collect();
                (format!("{logs}quorum none\n"), Path::new("policy.txt"))
            }
        };
        let policy = policy_in(text.as_bytes(), shown)?;
        if !keys.iter().any(|key| policy.logs().contains(key)) {
            let message = Message::new("verify-key-not-in-policy").text("path", shown.display());
            return Err(Failure::new(FailureKind::Input, message));
        }
        let caller = Caller::new(PATIENCE);
        let cosigner =
            |(key, url): (VerifyKey, String)| HttpCosigner::new(caller.clone(), &url, key);
        let cosigners = addresses(&text).into_iter().map(cosigner).collect();
        Ok(Self { policy, text, cosigners })
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
        let wire = Wire { quorum: self, said: RefCell::default() };
        if !self.cosigners.is_empty() {
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
        messages.extend(wire.said.into_inner());
        Err(Failure::input(messages))
    }
}

/// Cosigners that a policy gives an address of: `witness <name> <key> <url>`.
fn addresses(text: &str) -> Vec<(VerifyKey, String)> {
    let line = |line: &str| match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        ["witness", _, key, url] => Some((key.parse().ok()?, (*url).to_owned())),
        _ => None,
    };
    text.lines().filter_map(line).collect()
}

/// The cosigners of a policy, over the network.
struct Wire<'a> {
    quorum: &'a Quorum,
    /// Who did not sign, and why.
    said: RefCell<Vec<Message>>,
}

impl Cosigners for Wire<'_> {
    fn cosign(&self, ask: &CosignAsk<'_>) -> Vec<SignatureLine> {
        let cosigners = self.quorum.cosigners.iter();
        let seats: Vec<CosignerSeat<'_>> =
            cosigners.map(|one| CosignerSeat { cosigner: one, last: 0 }).collect();
        let prove = |old: u64| match old {
            0 => Some(Vec::new()),
            old => ask.consistency(old).ok(),
        };
        let Ok(found) = collect(ask.note, &seats, &self.quorum.policy, &prove) else {
            return Vec::new();
        };
        let refused = found.outcomes.iter().filter_map(|one| {
            let error = one.result.as_ref().err()?;
            Some(Message::new("bag-cosigner").text("name", &one.name).text("detail", error))
        });
        self.said.borrow_mut().extend(refused);
        let new = |line: &&SignatureLine| !ask.note.signatures().contains(line);
        found.note.signatures().iter().filter(new).cloned().collect()
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
    let blobs = &export.vault.store().blobs;
    let fault = |error| cellar::store_failure(export.root, &error);
    let mut stamps = Vec::new();
    for name in blobs.list("tsa").map_err(fault)?.names {
        let of = name.as_str().strip_prefix("tsa/").and_then(|name| name.split_once('.'));
        let Some((stamped, "sha256.tsr" | "sm3.tsr")) = of else { continue };
        let Ok(stamped) = stamped.parse::<u64>() else { continue };
        let asked: Option<BlobName> =
            name.as_str().strip_suffix('r').and_then(|name| format!("{name}q").parse().ok());
        let request = asked.and_then(|asked| blobs.read(&asked).transpose());
        let (Some(request), Some(response)) =
            (request.transpose().map_err(fault)?, blobs.read(&name).map_err(fault)?)
        else {
            continue;
        };
        if stamped <= size {
            stamps.push(ReleasedStamp { size: stamped, request, response });
        }
    }
    Ok(stamps)
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
