//! Entries of a vault, as the hall makes them: originals first, then what is stated, then who had them.

use crate::file::FileLog;
use crate::{EntryMade, Failure, Message, Watch, cellar};
use fupan_ledger::{Checkpoint, Ulid};
use fupan_model::Evidence;
use fupan_vault::{Act, Custody, Declared, Deed, Exhibit, Recorded, Statement, Vault, from_hex};
use std::path::{Path, PathBuf};

/// Takes the originals of new evidence into the vault, and notes in their statements what the vault
/// knows of them. `file_of`: where the original of a piece lies.
///
/// # Errors
/// An original is absent, or no longer what was read.
pub(crate) fn keep_originals(
    root: &Path,
    vault: &Vault,
    statements: Vec<Statement>,
    file_of: &dyn Fn(&Evidence) -> Option<PathBuf>,
    watch: &dyn Watch,
) -> Result<Vec<Statement>, Failure> {
    let mut kept = Vec::with_capacity(statements.len());
    for statement in statements {
        kept.push(match statement {
            Statement::Evidence(exhibit) => {
                Statement::Evidence(Box::new(keep(root, vault, *exhibit, file_of, watch)?))
            }
            other => other,
        });
    }
    Ok(kept)
}

fn keep(
    root: &Path,
    vault: &Vault,
    exhibit: Exhibit,
    file_of: &dyn Fn(&Evidence) -> Option<PathBuf>,
    watch: &dyn Watch,
) -> Result<Exhibit, Failure> {
    let evidence = &exhibit.evidence;
    let Some(sha256) = from_hex(evidence.sha256.as_str()) else { return Ok(exhibit) };
    let Some(path) = file_of(evidence) else {
        let there = vault.objects().has(&sha256).map_err(|e| cellar::failure(root, &e.into()))?;
        return if there { Ok(exhibit) } else { Err(absent(evidence)) };
    };
    let log = FileLog { path: &path, watch };
    log.check()?;
    let reader = log.reader().map_err(|error| Failure::read(&path, &error))?;
    let declared = Declared { sha256: Some(sha256), sm3: None, size: Some(evidence.size) };
    let stored = vault
        .objects()
        .put(reader, &declared)
        .map_err(|error| Failure::stopped_or(watch, || cellar::failure(root, &error.into())))?;
    let hex = fupan_vault::hex_of;
    Ok(Exhibit {
        sm3: Some(hex(&stored.digests.sm3)),
        chunks: stored.chunks.map(|list| hex(&list.sha256)),
        ..exhibit
    })
}

/// That a piece of evidence has no original where it should be.
fn absent(evidence: &Evidence) -> Failure {
    let message = Message::new("original-absent").text("id", &evidence.id);
    Failure::input(vec![message.text("path", &evidence.path)])
}

/// States things in a case, upon the version that the author had seen.
///
/// # Errors
/// Somebody else was first; what is stated does not fit; it cannot be written.
pub(crate) fn state(
    root: &Path,
    vault: &Vault,
    case: Ulid,
    (version, author): (u64, &str),
    statements: Vec<Statement>,
) -> Result<EntryMade, Failure> {
    act(root, vault, case, (Some(version), author), Act::State(statements))
}

/// Records an act that states something.
///
/// # Errors
/// As [`state`].
pub(crate) fn act(
    root: &Path,
    vault: &Vault,
    case: Ulid,
    (version, author): (Option<u64>, &str),
    act: Act,
) -> Result<EntryMade, Failure> {
    let made = cellar::made(case, author)?;
    let recorded = vault.record(&made, version, act).map_err(|e| cellar::failure(root, &e))?;
    entry_of(&recorded, version)
}

/// Records what was done with evidence.
///
/// # Errors
/// It cannot be written.
pub(crate) fn custody(
    root: &Path,
    vault: &Vault,
    case: Ulid,
    author: &str,
    custody: &Custody,
) -> Result<EntryMade, Failure> {
    act(root, vault, case, (None, author), Act::Custody(custody.clone()))
}

/// That a piece of evidence came in.
pub(crate) fn received(evidence: &Evidence) -> Custody {
    Custody {
        deed: Deed::Received,
        evidence: evidence.id.to_string(),
        object: Some(evidence.sha256.to_string()).filter(|digest| !digest.is_empty()),
        from: evidence.party.as_ref().map(ToString::to_string),
        to: None,
        note: String::new(),
    }
}

fn entry_of(recorded: &Recorded, version: Option<u64>) -> Result<EntryMade, Failure> {
    let note = &recorded.receipt.proof.checkpoint;
    let head = Checkpoint::parse(note.text()).map_err(Failure::bug)?;
    let version = recorded.version.or(version).unwrap_or_default();
    Ok(EntryMade { index: recorded.receipt.index, version, origin: head.origin, size: head.size })
}
