//! Copies a vault while it is written to. The head is read first; all it covers is durable and never
//! changes, so a copy of that is whole, whatever is written meanwhile. A copy is checked before
//! anything is restored from it.

use std::io;

use fupan_ledger::{Checkpoint, Leaf, LeafField, LeafKind, Note, Tile, TileKind, VerifyKey};
use thiserror::Error;

use crate::journal::{
    FaultKind, JournalError, LogReader, load_head, size_of_checkpoint, size_of_line,
};
use crate::object::{ObjectError, Objects, digest_of};
use crate::stamp::place_of;
use crate::store::{BlobName, Created, Doing, Store, StoreError, Swapped};
use crate::verify::{VerifyReport, verify};

/// Backup report (备份报告).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BackupReport {
    /// Size of the log in the copy.
    pub size: u64,
    /// Blobs that were copied now.
    pub copied: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Blobs that were there from an earlier copy.
    pub there: u64,
}

/// Why a vault is not copied.
#[derive(Debug, Error)]
pub enum BackupError {
    /// One of the two stores cannot.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// An object is damaged or missing.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// The target holds another vault, or one that is ahead of this one.
    #[error("the target holds another vault, or a newer one")]
    Target,
    /// What would be restored is not whole.
    #[error("the copy is not whole: {} faults", .0.faults.len())]
    Damaged(Box<VerifyReport>),
}

/// Copies the vault as of its present head into another store: an empty one, or an earlier copy, which
/// is brought up to date. What was erased since is erased there too.
///
/// # Errors
/// A store cannot, an object is damaged, or the target is no earlier copy of this vault.
pub fn backup(from: &Store, to: &Store, key: &VerifyKey) -> Result<BackupReport, BackupError> {
    let (note, head) = load_head(from, key)?;
    let old = to.head.load()?;
    if let Some(old) = &old {
        let earlier = earlier(from, old, &head, key)?;
        if !earlier {
            return Err(BackupError::Target);
        }
    }
    let erased = erased(from, &head)?;
    let mut copy =
        Copy { from, to, report: BackupReport { size: head.size, ..Default::default() } };
    for name in from.blobs.list("objects")?.names {
        match digest_of(&name) {
            Some(digest) if !erased.contains(&digest) => copy.object(&name, &digest)?,
            Some(_) => {}
            None => return Err(JournalError::fault(&name, FaultKind::Stray).into()),
        }
    }
    for folder in ["format", "keys", "tsa", "log/tile", "log/checkpoints", "log/cosigned"] {
        let mut names = from.blobs.list(folder)?.names;
        if let Ok(single) = folder.parse::<BlobName>()
            && from.blobs.size(&single).is_ok_and(|size| size.is_some())
            && names.is_empty()
        {
            names.push(single);
        }
        for name in names.iter().filter(|name| covered(name, head.size)) {
            copy.blob(name)?;
        }
    }
    let gone: Vec<BlobName> = erased.iter().map(crate::object::name_of).collect();
    to.blobs.remove_all(&gone)?;
    let bytes = note.to_string();
    if old.as_deref() != Some(bytes.as_bytes()) {
        match to.head.swap(old.as_deref(), bytes.as_bytes())? {
            Swapped::Done => {}
            Swapped::Conflict(_) => return Err(BackupError::Target),
        }
    }
    Ok(copy.report)
}

/// Restores a vault from a copy into an empty store: verifies the copy, copies it, verifies what came.
///
/// # Errors
/// The copy is not whole; the target is not empty; a store cannot.
pub fn restore(copy: &Store, to: &Store, key: &VerifyKey) -> Result<VerifyReport, BackupError> {
    let whole = |store: &Store| -> Result<VerifyReport, BackupError> {
        let report = verify(store, key, |_| {})?;
        if report.is_whole() { Ok(report) } else { Err(BackupError::Damaged(Box::new(report))) }
    };
    whole(copy)?;
    if to.head.load()?.is_some() {
        return Err(BackupError::Target);
    }
    backup(copy, to, key)?;
    whole(to)
}

struct Copy<'a> {
    from: &'a Store,
    to: &'a Store,
    report: BackupReport,
}

impl Copy<'_> {
    fn object(&mut self, name: &BlobName, digest: &[u8; 32]) -> Result<(), BackupError> {
        let size = self.from.blobs.size(name)?;
        if self.to.blobs.size(name)? == size && size.is_some() {
            self.report.there += 1;
            return Ok(());
        }
        let source = match Objects::new(self.from.blobs.clone()).open(digest) {
            // Erased while we copy: then the log says so, after the head we copy.
            Err(ObjectError::Absent(_)) => return Ok(()),
            other => other?,
        };
        let declared = crate::object::Declared { sha256: Some(*digest), sm3: None, size };
        Objects::new(self.to.blobs.clone()).put(source, &declared)?;
        self.report.copied += 1;
        self.report.bytes += size.unwrap_or(0);
        Ok(())
    }

    fn blob(&mut self, name: &BlobName) -> Result<(), BackupError> {
        let lost = || StoreError::plain(Doing::Read, name, io::ErrorKind::NotFound);
        let bytes = self.from.blobs.read(name)?.ok_or_else(lost)?;
        match self.to.blobs.create(name, &bytes)? {
            Created::New => {
                self.report.copied += 1;
                self.report.bytes += bytes.len() as u64;
            }
            Created::Exists if self.to.blobs.read(name)?.as_deref() == Some(&bytes) => {
                self.report.there += 1;
            }
            Created::Exists => return Err(BackupError::Target),
        }
        Ok(())
    }
}

/// Whether a blob of the log is covered by the head of that size.
fn covered(name: &BlobName, size: u64) -> bool {
    if let Some(path) = name.as_str().strip_prefix("log/").filter(|p| p.starts_with("tile/")) {
        let Ok(tile) = path.parse::<Tile>() else { return true };
        let level = match tile.kind() {
            TileKind::Hashes(level) => u32::from(level) * 8,
            TileKind::Entries => 0,
        };
        let end = (u128::from(tile.index()) * 256 + u128::from(tile.width())) << level.min(64);
        return end <= u128::from(size);
    }
    let stamp = place_of(name).map(|(place, _)| place.size);
    size_of_checkpoint(name).or(size_of_line(name)).or(stamp).is_none_or(|of| of <= size)
}

/// Whether a head in the target is an earlier, or the same, head of this log.
fn earlier(
    from: &Store,
    old: &[u8],
    head: &Checkpoint,
    key: &VerifyKey,
) -> Result<bool, JournalError> {
    let Ok(note) = Note::parse(old) else { return Ok(false) };
    let Ok(seen) = Checkpoint::parse(note.text()) else { return Ok(false) };
    let ours = seen.origin == key.name() && note.verify(std::slice::from_ref(key)).is_ok();
    if !ours || seen.size > head.size {
        return Ok(false);
    }
    let reader = LogReader::new(from.blobs.clone());
    Ok(fupan_ledger::root_of(&reader.nodes(head.size), seen.size)? == seen.root)
}

/// Objects that the log says are gone.
fn erased(
    store: &Store,
    head: &Checkpoint,
) -> Result<std::collections::BTreeSet<[u8; 32]>, JournalError> {
    let mut found = std::collections::BTreeSet::new();
    let reader = LogReader::new(store.blobs.clone());
    reader.entries((0, head.size), head.size, |index, bytes| {
        let leaf = Leaf::parse(bytes)
            .map_err(|_| JournalError::fault(format!("entry {index}"), FaultKind::Format))?;
        if leaf.kind() == LeafKind::Erase {
            found.extend(leaf.get_digest(LeafField::Obj));
        }
        Ok::<(), JournalError>(())
    })?;
    Ok(found)
}
