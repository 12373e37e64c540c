//! The second of two writing threads: it brings what the first wrote into hash tiles and head, and then answers.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};

use fupan_ledger::{Checkpoint, Note};

use super::front::Grown;
use super::log::LogWriter;
use super::sequencer::Shared;
use super::{JournalError, Refused};

/// A batch that is durable in the WAL and in entry bundles.
pub(super) struct Batch {
    /// What it adds; `None`, if all of it was refused or known.
    pub(super) grown: Option<Grown>,
    /// Its entries.
    pub(super) entries: Arc<Vec<Vec<u8>>>,
    /// Who waits for it.
    pub(super) waiting: Vec<Waiting>,
}

/// One who waits: where each leaf stands, and where to say so. Dropped without an answer when the journal has
/// stopped.
pub(super) struct Waiting {
    pub(super) placed: Vec<Result<u64, Refused>>,
    pub(super) reply: SyncSender<Answer>,
}

/// What a sender hears once its leaves are durable and signed.
pub(super) struct Answer {
    /// Where each leaf stands.
    pub(super) placed: Vec<Result<u64, Refused>>,
    /// A head that covers them.
    pub(super) head: Note,
    from: u64,
    entries: Arc<Vec<Vec<u8>>>,
}

impl Answer {
    /// The entry of that index, if it is of this batch.
    pub(super) fn entry(&self, index: u64) -> Option<&Vec<u8>> {
        self.entries.get(usize::try_from(index.checked_sub(self.from)?).ok()?)
    }
}

/// Brings batches into the log.
pub(super) struct Committer {
    pub(super) log: LogWriter,
    pub(super) shared: Arc<Shared>,
}

impl Committer {
    pub(super) fn run(mut self, from: &Receiver<Batch>) {
        while let Ok(batch) = from.recv() {
            if self.commit(batch).is_err() {
                return;
            }
        }
        // What cannot be cleared away is found spent at the next start. What is in the WAL alone stays there.
        if let Ok(head) = Checkpoint::parse(self.log.head.text()) {
            drop(self.log.tidy(head.size));
        }
    }

    /// One batch. That the journal stopped is known before anybody loses hope of an answer.
    fn commit(&mut self, batch: Batch) -> Result<(), JournalError> {
        let Batch { grown, entries, waiting } = batch;
        if let Some(grown) = &grown {
            self.log.integrate(grown).inspect_err(|error| self.shared.stop(error))?;
        }
        let from = grown.map_or(0, |grown| grown.from);
        let head = &self.log.head;
        self.shared.lead_to(head);
        for Waiting { placed, reply } in waiting {
            let entries = entries.clone();
            // Who does not wait any more needs no answer.
            drop(reply.send(Answer { placed, head: head.clone(), from, entries }));
        }
        Ok(())
    }
}
