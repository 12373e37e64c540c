//! Any number that submit and wait for their receipts; behind them two threads that write.

use std::sync::mpsc::{Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use fupan_ledger::{Checkpoint, Leaf, Note, Policy, ProofFile};

use super::admit::{Admitter, Submission};
use super::commit::Committer;
use super::receipt::standing;
use super::{Gate, JournalError, Log, LogReader, Receipt, Refused};
use crate::store::Store;

/// Journal (日志写手): takes leaves from any thread and answers with receipts.
pub struct Journal {
    to: Mutex<Option<Sender<Submission>>>,
    writers: Mutex<Vec<JoinHandle<()>>>,
    shared: Arc<Shared>,
    reader: LogReader,
    pub(super) store: Store,
    pub(super) policy: Option<Policy>,
}

/// What the writing threads tell everybody.
pub(super) struct Shared {
    head: Mutex<Note>,
    stopped: Mutex<Option<JournalError>>,
}

impl Shared {
    /// From here on this is the newest head.
    pub(super) fn lead_to(&self, head: &Note) {
        head.clone_into(&mut self.head.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Stops the journal for ever; the first reason counts.
    pub(super) fn stop(&self, error: &JournalError) {
        let mut stopped = self.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        stopped.get_or_insert_with(|| error.clone());
    }

    pub(super) fn stopped(&self) -> Option<JournalError> {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn why_stopped(&self) -> JournalError {
        let why = self.stopped().unwrap_or(JournalError::HeadMoved);
        JournalError::Stopped(Box::new(why))
    }
}

impl Journal {
    /// Starts the writing threads over an opened log.
    #[must_use]
    pub fn start(log: Log, gate: Box<dyn Gate>, policy: Option<Policy>) -> Self {
        let Log { front, writer: log } = log;
        let (head, stopped) = (Mutex::new(log.head.clone()), Mutex::new(None));
        let shared = Arc::new(Shared { head, stopped });
        let (reader, store) = (log.reader.clone(), log.store.clone());
        let (to, submitted) = channel();
        // Nobody waits between the two: a batch is handed over when the one before is done.
        let (ahead, written) = sync_channel(0);
        let admitter = Admitter {
            gate,
            store: store.clone(),
            front,
            shared: shared.clone(),
            to: ahead,
            handed: None,
            spent: Vec::new(),
        };
        let committer = Committer { log, shared: shared.clone() };
        let writers = vec![
            thread::spawn(move || admitter.run(&submitted)),
            thread::spawn(move || committer.run(&written)),
        ];
        let (to, writers) = (Mutex::new(Some(to)), Mutex::new(writers));
        Self { to, writers, shared, reader, store, policy }
    }

    /// Appends a leaf; returns when it is durable and signed.
    ///
    /// # Errors
    /// It does not fit; or the journal stopped, and whether it is in is known at the next start.
    pub fn submit(&self, leaf: Leaf, received_ms: i64) -> Result<Receipt, JournalError> {
        let first = self.submit_all(vec![leaf], received_ms)?.into_iter().next();
        first.unwrap_or_else(|| Err(self.shared.why_stopped()))
    }

    /// Appends leaves, in order and in one batch, each by itself: one that does not fit does not keep
    /// the others out.
    ///
    /// # Errors
    /// As [`Journal::submit`], for all of them.
    pub fn submit_all(
        &self,
        leaves: Vec<Leaf>,
        received_ms: i64,
    ) -> Result<Vec<Result<Receipt, JournalError>>, JournalError> {
        // Printed here, in the sender's time; the writer prints only what the gate changed.
        let printed = leaves.into_iter().map(|leaf| leaf.encode().map(|bytes| (leaf, bytes)));
        let leaves = printed.collect::<Result<Vec<_>, _>>()?;
        let (reply, answer) = sync_channel(1);
        let sent = match &*self.to.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(to) => to.send(Submission { leaves, reply }).is_ok(),
            None => false,
        };
        let answer = if sent { answer.recv().ok() } else { None };
        let answer = answer.ok_or_else(|| self.shared.why_stopped())?;
        let size = Checkpoint::parse(answer.head.text())?.size;
        let standing = standing(&answer.head, self.policy.as_ref());
        let mut indices: Vec<u64> = answer.placed.iter().flatten().copied().collect();
        indices.sort_unstable();
        indices.dedup();
        let paths = self.reader.inclusions(&indices, size)?;
        let receipt = |placed: &Result<u64, Refused>| {
            let index = placed.clone()?;
            let leaf = match answer.entry(index) {
                Some(leaf) => leaf.clone(),
                None => self.reader.entry(index, size)?,
            };
            let path = indices.binary_search(&index).ok().and_then(|at| paths.get(at)).cloned();
            let path = path.ok_or(fupan_ledger::ProofError::Range)?;
            let proof = ProofFile { extra: None, index, path, checkpoint: answer.head.clone() };
            Ok(Receipt { index, leaf, proof, received_ms, standing })
        };
        Ok(answer.placed.iter().map(receipt).collect())
    }

    /// A new receipt for an old entry, under the newest head that the policy's quorum has cosigned, or
    /// the newest at all.
    ///
    /// # Errors
    /// There is no such entry, or it cannot be read.
    pub fn receipt(&self, index: u64, received_ms: i64) -> Result<Receipt, JournalError> {
        let head = self.best_head(index)?;
        let size = Checkpoint::parse(head.text())?.size;
        let leaf = self.reader.entry(index, size)?;
        let path = self.reader.inclusion(index, size)?;
        let standing = standing(&head, self.policy.as_ref());
        let proof = ProofFile { extra: None, index, path, checkpoint: head };
        Ok(Receipt { index, leaf, proof, received_ms, standing })
    }

    /// The newest head.
    #[must_use]
    pub fn head(&self) -> Note {
        self.shared.head.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the stored log.
    #[must_use]
    pub fn reader(&self) -> &LogReader {
        &self.reader
    }

    /// Why nothing more is taken; `None`: the journal is writing.
    #[must_use]
    pub fn stopped(&self) -> Option<JournalError> {
        self.shared.stopped()
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        drop(self.to.lock().unwrap_or_else(PoisonError::into_inner).take());
        let mut writers = self.writers.lock().unwrap_or_else(PoisonError::into_inner);
        writers.drain(..).for_each(|writer| drop(writer.join()));
    }
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").finish_non_exhaustive()
    }
}
