//! The log itself, without threads: brings one batch after another into tiles and head.

use fupan_ledger::{Checkpoint, Note};

use super::error::FaultKind;
use super::front::{Front, Grown};
use super::places::{WAL, wal_name};
use super::{JournalError, LogReader, Signer, Wal, checkpoint_name};
use crate::store::{BlobName, Created, Store, Swapped};
use std::sync::Arc;

/// Log (日志): an opened log: where it ends, and who writes it.
#[derive(Debug)]
pub struct Log {
    pub(super) front: Front,
    pub(super) writer: LogWriter,
}

/// Writes what batches add.
pub(super) struct LogWriter {
    pub(super) store: Store,
    pub(super) reader: LogReader,
    pub(super) signer: Arc<dyn Signer>,
    pub(super) head: Note,
}

impl Log {
    /// Leaves of the log.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.front.size()
    }

    /// The signed head.
    #[must_use]
    pub fn head(&self) -> &Note {
        &self.writer.head
    }

    /// Reads the stored log.
    #[must_use]
    pub fn reader(&self) -> &LogReader {
        &self.writer.reader
    }
}

impl LogWriter {
    /// Brings a batch whose bundles are durable into hash tiles and head. Done twice, it writes the same.
    ///
    /// # Errors
    /// Any failure; this value must not be used again then, see [`super::Journal`].
    pub(super) fn integrate(&mut self, grown: &Grown) -> Result<(), JournalError> {
        must_be(&self.store, &grown.tiles)?;
        self.publish(grown)
    }

    /// Clears away the batches of the WAL that are in a log of this size.
    pub(super) fn tidy(&mut self, size: u64) -> Result<(), JournalError> {
        let mut names = self.store.blobs.list(WAL)?.names;
        names.retain(|name| *name < wal_name(size));
        Ok(self.store.blobs.remove_all(&names)?)
    }

    /// Signs the head of this size, keeps it, and puts it in the old one's place.
    fn publish(&mut self, grown: &Grown) -> Result<(), JournalError> {
        let checkpoint = Checkpoint {
            origin: self.signer.verify_key().name().to_owned(),
            size: grown.size,
            root: grown.root,
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
    must_be(store, &[(wal_name(from), Wal::print(from, entries))])
}

/// Makes the entry bundles durable that a batch fills or lengthens. Done twice, it writes the same.
///
/// # Errors
/// They could not be; or others stand there.
pub(super) fn write_bundles(store: &Store, grown: &Grown) -> Result<(), JournalError> {
    must_be(store, &grown.bundles)
}

/// Creates blobs that must have these bytes, whoever wrote them.
fn must_be(store: &Store, items: &[(BlobName, Vec<u8>)]) -> Result<(), JournalError> {
    let items: Vec<(BlobName, &[u8])> =
        items.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())).collect();
    let made = store.blobs.create_all(&items)?;
    for ((name, bytes), made) in items.iter().zip(made) {
        if made == Created::Exists && store.blobs.read(name)?.as_deref() != Some(bytes) {
            return Err(JournalError::fault(name, FaultKind::Differs));
        }
    }
    Ok(())
}

impl std::fmt::Debug for LogWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogWriter").finish_non_exhaustive()
    }
}
