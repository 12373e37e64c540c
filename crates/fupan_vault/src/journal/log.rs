//! The log itself, without threads: commits one batch after another.

use fupan_ledger::{
    Checkpoint, Edge, Growth, Hash, Note, Tile, TileKind, encode_bundle, leaf_hash,
};

use super::error::FaultKind;
use super::places::wal_name;
use super::reader::FULL;
use super::{JournalError, LogReader, Signer, Wal, checkpoint_name, tile_name};
use crate::store::{BlobName, Created, Store, Swapped};
use std::sync::Arc;

/// Spent batches that are cleared away together.
const SPENT: usize = 32;

/// Log (日志): the state a writer needs: the right edge of the tree, the last bundle, the head.
pub struct Log {
    pub(super) store: Store,
    pub(super) reader: LogReader,
    pub(super) signer: Arc<dyn Signer>,
    pub(super) edge: Edge,
    /// Entries of the last bundle while it is not full.
    pub(super) tail: Vec<Vec<u8>>,
    pub(super) head: Note,
    /// Batches that are in tiles and may go.
    pub(super) spent: Vec<BlobName>,
}

impl Log {
    /// Leaves of the log.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.edge.size()
    }

    /// Root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.edge.root()
    }

    /// The signed head.
    #[must_use]
    pub fn head(&self) -> &Note {
        &self.head
    }

    /// Reads the stored log.
    #[must_use]
    pub fn reader(&self) -> &LogReader {
        &self.reader
    }

    /// Brings a batch from its WAL into tiles and head. Done twice, it writes the same.
    ///
    /// # Errors
    /// Any failure; this value must not be used again then, see [`super::Journal`].
    pub(super) fn integrate(&mut self, from: u64, entries: &[Vec<u8>]) -> Result<(), JournalError> {
        let bundles = self.bundles(entries)?;
        let bundles: Vec<(BlobName, &[u8])> =
            bundles.iter().map(|(tile, bytes)| (tile_name(*tile), bytes.as_slice())).collect();
        must_be(&self.store, &bundles)?;
        let hashes: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let grown: Vec<Growth> = self.edge.append(&hashes)?;
        let tiles: Vec<(BlobName, &[u8])> =
            grown.iter().map(|grown| (tile_name(grown.tile), grown.bytes.as_slice())).collect();
        must_be(&self.store, &tiles)?;
        self.publish()?;
        self.spent.push(wal_name(from));
        Ok(())
    }

    /// Clears spent batches away, once there are enough; after receipts, for it is not urgent.
    pub(super) fn tidy(&mut self, at_least: usize) -> Result<(), JournalError> {
        if self.spent.len() >= at_least.max(1) {
            self.store.blobs.remove_all(&self.spent)?;
            self.spent.clear();
        }
        Ok(())
    }

    /// Clears spent batches away if there are many.
    pub(super) fn tidy_many(&mut self) -> Result<(), JournalError> {
        self.tidy(SPENT)
    }

    /// Entry bundles that the new entries fill or lengthen.
    fn bundles(&mut self, entries: &[Vec<u8>]) -> Result<Vec<(Tile, Vec<u8>)>, JournalError> {
        let tail = std::mem::take(&mut self.tail);
        let all: Vec<&[u8]> = tail.iter().chain(entries).map(Vec::as_slice).collect();
        let mut made = Vec::new();
        let (full, rest) = all.as_chunks::<{ FULL as usize }>();
        for (index, bundle) in (self.size() / FULL..).zip(full) {
            made.push((Tile::new(TileKind::Entries, index, 256)?, encode_bundle(bundle)?));
        }
        if !rest.is_empty() && !entries.is_empty() {
            let index = self.size() / FULL + full.len() as u64;
            let width = u16::try_from(rest.len()).unwrap_or(0);
            made.push((Tile::new(TileKind::Entries, index, width)?, encode_bundle(rest)?));
        }
        let tail = rest.iter().map(|entry| entry.to_vec()).collect();
        self.tail = tail;
        Ok(made)
    }

    /// Signs the head of the present size, keeps it, and puts it in the old one's place.
    pub(super) fn publish(&mut self) -> Result<(), JournalError> {
        let checkpoint = Checkpoint {
            origin: self.signer.verify_key().name().to_owned(),
            size: self.size(),
            root: self.root(),
            extensions: Vec::new(),
        };
        let mut note = Note::new(&checkpoint.to_string())?;
        self.signer.sign(&checkpoint)?.into_iter().for_each(|line| note.add(line));
        let name = checkpoint_name(checkpoint.size);
        let bytes = note.to_string();
        if self.store.blobs.create(&name, bytes.as_bytes())? == Created::Exists {
            // Kept by a run that ended before its head stood; it may bear other signature lines.
            let kept = self.store.blobs.read(&name)?.unwrap_or_default();
            let kept =
                Note::parse(&kept).map_err(|_| JournalError::fault(&name, FaultKind::Format))?;
            if kept.text() != note.text() {
                return Err(JournalError::fault(&name, FaultKind::Differs));
            }
            kept.verify(std::slice::from_ref(self.signer.verify_key()))
                .map_err(|error| JournalError::fault(&name, FaultKind::of_note(&error)))?;
            note = kept;
        }
        let old = self.head.to_string();
        match self.store.head.swap(Some(old.as_bytes()), note.to_string().as_bytes())? {
            Swapped::Done => self.head = note,
            Swapped::Conflict(_) => return Err(JournalError::HeadMoved),
        }
        Ok(())
    }
}

/// Makes a batch durable in its WAL.
///
/// # Errors
/// It could not be; or another batch stands there.
pub(super) fn write_ahead(
    store: &Store,
    from: u64,
    entries: &[Vec<u8>],
) -> Result<(), JournalError> {
    must_be(store, &[(wal_name(from), &Wal::print(from, entries))])
}

/// Creates blobs that must have these bytes, whoever wrote them.
fn must_be(store: &Store, items: &[(BlobName, &[u8])]) -> Result<(), JournalError> {
    let made = store.blobs.create_all(items)?;
    for ((name, bytes), made) in items.iter().zip(made) {
        if made == Created::Exists && store.blobs.read(name)?.as_deref() != Some(bytes) {
            return Err(JournalError::fault(name, FaultKind::Differs));
        }
    }
    Ok(())
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Log").field("size", &self.size()).finish_non_exhaustive()
    }
}
