//! Begins a log, and opens one: checks the head, finishes what the WAL holds, refuses to go back.

use std::sync::Arc;

use fupan_ledger::{Checkpoint, Edge, Hash, Note, VerifyKey, root_of};

use super::error::FaultKind;
use super::front::Front;
use super::log::{LogWriter, write_bundles};
use super::places::{CHECKPOINTS, WAL};
use super::{JournalError, Log, LogReader, Signer, Wal, checkpoint_name, size_of_checkpoint};
use crate::store::{Store, Swapped};

const HEAD: &str = "log/checkpoint";

impl Log {
    /// Begins an empty log in an empty store.
    ///
    /// # Errors
    /// There is a log already, or the store cannot.
    pub fn begin(store: &Store, signer: &dyn Signer) -> Result<(), JournalError> {
        let checkpoint = Checkpoint {
            origin: signer.verify_key().name().to_owned(),
            size: 0,
            root: Hash::of_nothing(),
            extensions: Vec::new(),
        };
        let mut note = Note::new(&checkpoint.to_string())?;
        signer.sign(&checkpoint)?.into_iter().for_each(|line| note.add(line));
        let bytes = note.to_string();
        store.blobs.create(&checkpoint_name(0), bytes.as_bytes())?;
        match store.head.swap(None, bytes.as_bytes())? {
            Swapped::Done => Ok(()),
            Swapped::Conflict(_) => Err(JournalError::HeadMoved),
        }
    }

    /// Opens a log for writing. `known` are heads that others have seen of it: cosigners, devices,
    /// receipts; the log must continue each.
    ///
    /// # Errors
    /// A head that is not this signer's, does not follow from the tiles, or is older than one known;
    /// a batch that cannot be finished.
    pub fn open(
        store: &Store,
        signer: Arc<dyn Signer>,
        known: &[Checkpoint],
    ) -> Result<Self, JournalError> {
        let reader = LogReader::new(store.blobs.clone());
        let (head, checkpoint) = load_head(store, signer.verify_key())?;
        let edge = Edge::load(&reader, checkpoint.size)?;
        if edge.root() != checkpoint.root {
            return Err(JournalError::fault(HEAD, FaultKind::Root));
        }
        let tail = reader.tail(checkpoint.size)?;
        let writer = LogWriter { store: store.clone(), reader, signer, head };
        let mut log = Self { front: Front::new(edge, tail), writer };
        log.replay()?;
        log.refuse_rollback(known)?;
        log.writer.tidy(log.front.size())?;
        Ok(log)
    }

    /// Finishes every batch that is not in the tiles yet.
    fn replay(&mut self) -> Result<(), JournalError> {
        for name in self.writer.store.blobs.list(WAL)?.names {
            let bytes = self.writer.store.blobs.read(&name)?.unwrap_or_default();
            let wal = Wal::parse(&bytes)
                .filter(|wal| super::places::wal_name(wal.from) == name)
                .ok_or_else(|| JournalError::fault(&name, FaultKind::Format))?;
            let end = wal.end();
            if end <= self.size() {
                self.must_hold(&wal, &name)?;
            } else if wal.from == self.size() {
                let grown = self.front.grow(&wal.entries)?;
                write_bundles(&self.writer.store, &grown)?;
                self.writer.integrate(&grown)?;
            } else {
                return Err(JournalError::fault(&name, FaultKind::Differs));
            }
        }
        Ok(())
    }

    /// A spent batch must be in the log as it is, before it goes.
    fn must_hold(&self, wal: &Wal, name: &crate::store::BlobName) -> Result<(), JournalError> {
        let end = wal.end();
        let mut expected = wal.entries.iter();
        self.writer.reader.entries((wal.from, end), self.size(), |_, bytes| {
            if expected.next().is_some_and(|entry| entry == bytes) {
                Ok(())
            } else {
                Err(JournalError::fault(name, FaultKind::Differs))
            }
        })
    }

    fn refuse_rollback(&self, known: &[Checkpoint]) -> Result<(), JournalError> {
        let kept = self.writer.store.blobs.list(CHECKPOINTS)?.names;
        let newest = kept.iter().filter_map(size_of_checkpoint).max().unwrap_or(0);
        let newest = known.iter().map(|head| head.size).max().unwrap_or(0).max(newest);
        if newest > self.size() {
            return Err(JournalError::fault(HEAD, FaultKind::Rollback { newest }));
        }
        let nodes = self.writer.reader.nodes(self.size());
        for head in known {
            let same = head.origin == self.writer.signer.verify_key().name()
                && root_of(&nodes, head.size)? == head.root;
            if !same {
                let place = format!("head of size {}", head.size);
                return Err(JournalError::fault(place, FaultKind::Root));
            }
        }
        Ok(())
    }
}

/// The head of a store, signed by `key`.
pub(crate) fn load_head(
    store: &Store,
    key: &VerifyKey,
) -> Result<(Note, Checkpoint), JournalError> {
    let fault = |what| JournalError::fault(HEAD, what);
    let bytes = store.head.load()?.ok_or_else(|| fault(FaultKind::Missing))?;
    let note = Note::parse(&bytes).map_err(|_| fault(FaultKind::Format))?;
    let checkpoint = Checkpoint::parse(note.text()).map_err(|_| fault(FaultKind::Format))?;
    if checkpoint.origin != key.name() {
        return Err(fault(FaultKind::Origin));
    }
    note.verify(std::slice::from_ref(key)).map_err(|e| fault(FaultKind::of_note(&e)))?;
    Ok((note, checkpoint))
}
