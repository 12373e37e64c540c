//! The first of two writing threads: it lets leaves in, in their order, and makes each batch durable in the
//! WAL and then in entry bundles, while the second ([`super::commit`]) brings the batch before into hash tiles
//! and head. One batch at most waits between the two.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};

use fupan_ledger::Leaf;

use super::commit::{Answer, Batch, Waiting};
use super::front::{Front, Grown};
use super::log::{write_ahead, write_bundles};
use super::sequencer::Shared;
use super::{Admitted, Gate, JournalError, Refused, wal_name};
use crate::store::{BlobName, Store};

/// Leaves of one batch at most.
const BATCH: usize = 4096;
/// Spent batches that are cleared away together.
const SPENT: usize = 32;

/// Leaves that one sender hands in together.
pub(super) struct Submission {
    /// Leaves, each with the bytes that it has so far.
    pub(super) leaves: Vec<(Leaf, Vec<u8>)>,
    pub(super) reply: SyncSender<Answer>,
}

/// Lets in and writes ahead.
pub(super) struct Admitter {
    pub(super) gate: Box<dyn Gate>,
    pub(super) store: Store,
    /// Where the log ends: what stands in the WAL counts.
    pub(super) front: Front,
    pub(super) shared: Arc<Shared>,
    pub(super) to: SyncSender<Batch>,
    /// The batch that was handed over last, and those before it, which are in the tiles and may go.
    pub(super) handed: Option<BlobName>,
    pub(super) spent: Vec<BlobName>,
}

impl Admitter {
    pub(super) fn run(mut self, from: &Receiver<Submission>) {
        while let Ok(first) = from.recv() {
            let mut count = first.leaves.len();
            let mut batch = vec![first];
            while count < BATCH {
                let Ok(next) = from.try_recv() else { break };
                count += next.leaves.len();
                batch.push(next);
            }
            if self.take(batch).is_err() {
                // Those who still wait, and those who come, hear that it stopped.
                return;
            }
        }
    }

    /// One batch. That the journal stopped is known before anybody loses hope of an answer.
    fn take(&mut self, batch: Vec<Submission>) -> Result<(), JournalError> {
        let mut waiting = Vec::with_capacity(batch.len());
        let written = self.write(batch, &mut waiting);
        let (grown, entries) = written.inspect_err(|error| self.shared.stop(error))?;
        let entries = Arc::new(entries);
        let ahead = grown.as_ref().map(|grown| wal_name(grown.from));
        let batch = Batch { grown, entries: entries.clone(), waiting };
        // The second thread ended: it stopped the journal, and said why.
        self.to.send(batch).map_err(|_| self.shared.why_stopped())?;
        self.gate.appending(&entries);
        self.tidy(ahead).inspect_err(|error| self.shared.stop(error))
    }

    /// A batch was taken over, so that the one before is done; spent ones go, once there are enough.
    fn tidy(&mut self, ahead: Option<BlobName>) -> Result<(), JournalError> {
        self.spent.extend(self.handed.take());
        self.handed = ahead;
        if self.spent.len() >= SPENT {
            self.store.blobs.remove_all(&self.spent)?;
            self.spent.clear();
        }
        Ok(())
    }

    /// Lets in what fits, and writes it ahead; who waits for it goes into `waiting`.
    fn write(
        &mut self,
        batch: Vec<Submission>,
        waiting: &mut Vec<Waiting>,
    ) -> Result<(Option<Grown>, Vec<Vec<u8>>), JournalError> {
        let from = self.front.size();
        let lead = self.gate.lead(from).and_then(|leaf| leaf.encode().ok());
        let mut entries: Vec<Vec<u8>> = lead.into_iter().collect();
        let led = entries.len();
        let mut broken = Ok(());
        for Submission { leaves, reply } in batch {
            let placed = leaves.into_iter().map(|leaf| self.place(leaf, &mut entries));
            match placed.collect::<Result<Vec<_>, _>>() {
                Ok(placed) => waiting.push(Waiting { placed, reply }),
                Err(error) => {
                    waiting.push(Waiting { placed: Vec::new(), reply });
                    broken = Err(error);
                }
            }
        }
        broken?;
        if entries.len() == led {
            // Nobody brought anything new: the log does not grow by a leaf of its own.
            return Ok((None, Vec::new()));
        }
        if let Some(why) = self.shared.stopped() {
            return Err(why);
        }
        write_ahead(&self.store, from, &entries)?;
        let grown = self.front.grow(&entries)?;
        write_bundles(&self.store, &grown)?;
        Ok((Some(grown), entries))
    }

    /// The index at which a leaf stands.
    fn place(
        &mut self,
        (mut leaf, mut bytes): (Leaf, Vec<u8>),
        entries: &mut Vec<Vec<u8>>,
    ) -> Result<Result<u64, Refused>, JournalError> {
        let index = self.front.size() + entries.len() as u64;
        match self.gate.admit(index, &mut leaf) {
            Ok(admitted @ (Admitted::New | Admitted::Amended)) => {
                if admitted == Admitted::Amended {
                    bytes = leaf.encode()?;
                }
                entries.push(bytes);
                Ok(Ok(index))
            }
            Ok(Admitted::Known(index)) => Ok(Ok(index)),
            Err(refused) => Ok(Err(refused)),
        }
    }
}
