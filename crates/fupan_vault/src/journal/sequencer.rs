//! One thread that writes, any number that submit and wait for their receipts.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use fupan_ledger::{Checkpoint, Leaf, Note, Policy, ProofFile};

use super::receipt::standing;
use super::{JournalError, Log, LogReader, Receipt, Refused};
use crate::store::Store;

/// Leaves of one batch at most.
const BATCH: usize = 4096;

/// Leaves for which a thread is worth its while.
const MANY: usize = 64;

/// What becomes of a leaf that is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admitted {
    /// It is appended as it came.
    New,
    /// It is appended, with fields that the gate set.
    Amended,
    /// The same is in the log already, at this index: the sender asks a second time.
    Known(u64),
}

/// Gate (准入): decides, in the order of the log, whether a leaf fits what is in it. It fills in what
/// only that order tells: the predecessor.
pub trait Gate: Send {
    /// Lets a leaf in that would stand at `index`.
    ///
    /// # Errors
    /// Why it does not fit.
    fn admit(&mut self, index: u64, leaf: &mut Leaf) -> Result<Admitted, Refused>;

    /// A leaf that the log itself puts before the next, at this size of it.
    fn lead(&self, _size: u64) -> Option<Leaf> {
        None
    }

    /// Hears what is appended, while it is made durable. If that fails, the gate is asked no more.
    fn appending(&mut self, _entries: &[Vec<u8>]) {}
}

/// Open gate (不设限): lets everything in.
#[derive(Debug, Clone, Copy)]
pub struct Open;

impl Gate for Open {
    fn admit(&mut self, _: u64, _: &mut Leaf) -> Result<Admitted, Refused> {
        Ok(Admitted::New)
    }
}

/// Where a leaf came to stand.
type Placed = Result<(u64, Vec<u8>), Refused>;
type Answer = Result<(Vec<Placed>, Note), JournalError>;

struct Submission {
    /// Leaves, each with the bytes that it has so far.
    leaves: Vec<(Leaf, Vec<u8>)>,
    reply: SyncSender<Answer>,
}

/// Journal (日志写手): takes leaves from any thread and answers with receipts.
pub struct Journal {
    to: Mutex<Option<Sender<Submission>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    shared: Arc<Shared>,
    reader: LogReader,
    pub(super) store: Store,
    pub(super) policy: Option<Policy>,
}

struct Shared {
    head: Mutex<Note>,
    stopped: Mutex<Option<JournalError>>,
}

impl Journal {
    /// Starts the writing thread over an opened log.
    #[must_use]
    pub fn start(log: Log, gate: Box<dyn Gate>, policy: Option<Policy>) -> Self {
        let shared =
            Arc::new(Shared { head: Mutex::new(log.head().clone()), stopped: Mutex::new(None) });
        let (reader, store) = (log.reader().clone(), log.store.clone());
        let (to, from) = channel();
        let writer = Writer { log, gate, shared: shared.clone() };
        let writer = thread::spawn(move || writer.run(&from));
        Self {
            to: Mutex::new(Some(to)),
            writer: Mutex::new(Some(writer)),
            shared,
            reader,
            store,
            policy,
        }
    }

    /// Appends a leaf; returns when it is durable and signed.
    ///
    /// # Errors
    /// It does not fit; or the journal stopped, and whether it is in is known at the next start.
    pub fn submit(&self, leaf: Leaf, received_ms: i64) -> Result<Receipt, JournalError> {
        let first = self.submit_all(vec![leaf], received_ms)?.into_iter().next();
        first.unwrap_or_else(|| Err(self.why_stopped()))
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
        let (placed, head) = answer.unwrap_or_else(|| Err(self.why_stopped()))?;
        let size = Checkpoint::parse(head.text())?.size;
        let standing = standing(&head, self.policy.as_ref());
        let mut indices: Vec<u64> =
            placed.iter().filter_map(|one| Some(one.as_ref().ok()?.0)).collect();
        indices.sort_unstable();
        indices.dedup();
        let paths = self.reader.inclusions(&indices, size)?;
        let receipt = |placed: Placed| {
            let (index, leaf) = placed?;
            let path = indices.binary_search(&index).ok().and_then(|at| paths.get(at)).cloned();
            let path = path.ok_or(fupan_ledger::ProofError::Range)?;
            let proof = ProofFile { extra: None, index, path, checkpoint: head.clone() };
            Ok(Receipt { index, leaf, proof, received_ms, standing })
        };
        Ok(placed.into_iter().map(receipt).collect())
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
        self.shared.stopped.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn why_stopped(&self) -> JournalError {
        let why = self.stopped().unwrap_or(JournalError::HeadMoved);
        JournalError::Stopped(Box::new(why))
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        drop(self.to.lock().unwrap_or_else(PoisonError::into_inner).take());
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(writer.map(JoinHandle::join));
    }
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").finish_non_exhaustive()
    }
}

struct Writer {
    log: Log,
    gate: Box<dyn Gate>,
    shared: Arc<Shared>,
}

impl Writer {
    fn run(mut self, from: &Receiver<Submission>) {
        while let Ok(first) = from.recv() {
            let mut count = first.leaves.len();
            let mut batch = vec![first];
            while count < BATCH {
                let Ok(next) = from.try_recv() else { break };
                count += next.leaves.len();
                batch.push(next);
            }
            if let Err(error) = self.write(batch) {
                self.stop(&error);
                // Those who still wait, and those who come, hear that it stopped.
                return;
            }
        }
        // What is left over is found spent at the next start.
        drop(self.log.tidy(1));
    }

    fn stop(&self, error: &JournalError) {
        let mut stopped = self.shared.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        stopped.get_or_insert_with(|| error.clone());
    }

    fn write(&mut self, batch: Vec<Submission>) -> Result<(), JournalError> {
        let lead = self.gate.lead(self.log.size()).and_then(|leaf| leaf.encode().ok());
        let mut entries: Vec<Vec<u8>> = lead.into_iter().collect();
        let led = entries.len();
        let mut answers = Vec::new();
        let stop = |error: &JournalError, reply: &SyncSender<Answer>| {
            drop(reply.send(Err(JournalError::Stopped(Box::new(error.clone())))));
        };
        for Submission { leaves, reply } in batch {
            let placed: Result<Vec<Placed>, JournalError> =
                leaves.into_iter().map(|leaf| self.place(leaf, &mut entries)).collect();
            answers.push((placed, reply));
        }
        let mut done = Ok(());
        if entries.len() > led {
            done = self.commit(&entries);
        }
        let head = self.log.head().clone();
        // Before anybody hears of it, so that who hears it finds the journal stopped.
        let broken = answers.iter().find_map(|(placed, _)| placed.as_ref().err());
        if let Some(error) = done.as_ref().err().or(broken) {
            self.stop(error);
        }
        if done.is_ok() {
            *self.shared.head.lock().unwrap_or_else(PoisonError::into_inner) = head.clone();
        }
        for (placed, reply) in answers {
            match (&done, placed) {
                (Ok(()), Ok(placed)) => drop(reply.send(Ok((placed, head.clone())))),
                (Err(error), _) => stop(error, &reply),
                (Ok(()), Err(error)) => {
                    stop(&error, &reply);
                    done = Err(error);
                }
            }
        }
        done?;
        self.log.tidy_many()
    }

    /// Appends entries; the gate hears of them meanwhile, beside the waiting for the disk where they are many.
    fn commit(&mut self, entries: &[Vec<u8>]) -> Result<(), JournalError> {
        let Self { log, gate, .. } = self;
        if entries.len() < MANY {
            gate.appending(entries);
            return log.commit(entries);
        }
        thread::scope(|scope| {
            scope.spawn(|| gate.appending(entries));
            log.commit(entries)
        })
    }

    fn place(
        &mut self,
        (mut leaf, mut bytes): (Leaf, Vec<u8>),
        entries: &mut Vec<Vec<u8>>,
    ) -> Result<Placed, JournalError> {
        let index = self.log.size() + entries.len() as u64;
        match self.gate.admit(index, &mut leaf) {
            Ok(admitted @ (Admitted::New | Admitted::Amended)) => {
                if admitted == Admitted::Amended {
                    bytes = leaf.encode()?;
                }
                entries.push(bytes.clone());
                Ok(Ok((index, bytes)))
            }
            Ok(Admitted::Known(index)) if index < self.log.size() => {
                let bytes = self.log.reader().entry(index, self.log.size())?;
                Ok(Ok((index, bytes)))
            }
            Ok(Admitted::Known(index)) => {
                // The first asking is in this very batch.
                let at = usize::try_from(index - self.log.size()).unwrap_or(usize::MAX);
                let bytes = entries.get(at).cloned().unwrap_or_default();
                Ok(Ok((index, bytes)))
            }
            Err(refused) => Ok(Err(refused)),
        }
    }
}
