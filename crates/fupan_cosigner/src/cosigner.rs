//! Whether a checkpoint is cosigned: the checks of C2SP tlog-witness, in its order.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use fupan_ledger::{
    AddCheckpoint, Checkpoint, Hash, Malformed, Note, SigningKey, VerifyKey, verify_consistency,
};

use crate::store::{HeadStore, StoreError, origin_hash};

/// Cosigner (背书机构): its key, the logs it signs for, and what it signed.
pub struct Cosigner<S> {
    key: SigningKey,
    logs: BTreeMap<String, Log>,
    store: S,
    hear: Box<dyn Fn(&Alarm) + Send + Sync>,
}

/// A log: its keys, and who may read and write its head.
#[derive(Default)]
struct Log {
    keys: Vec<VerifyKey>,
    turn: Mutex<()>,
}

/// Alarm (警报): a log signed two heads of one size. One of them was shown to somebody who must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// The log.
    pub origin: String,
    /// The size.
    pub size: u64,
    /// Files that hold the two heads, with the log's signatures: the one that was signed, then the
    /// one that was given. None: too many of this log were kept already.
    pub kept: Vec<PathBuf>,
}

/// Answer (背书应答): what a request comes to.
#[derive(Debug)]
pub enum Answer {
    /// 200: cosigned; the signature line, with its line break.
    Cosigned(String),
    /// 400: no such request, or an old size above the new one.
    BadRequest(Option<Malformed>),
    /// 403: not signed by the log, or a line of its key that does not verify.
    NotTheLog,
    /// 404: a log that is not signed for.
    UnknownLog,
    /// 409: the log grew from another size; the last that was cosigned.
    Conflict(u64),
    /// 422: it does not grow out of the last.
    Inconsistent,
    /// 500: the state cannot be read or written. Nothing was signed.
    Broken(StoreError),
}

impl<S: HeadStore> Cosigner<S> {
    /// A cosigner with this state. `hear` is told of every alarm.
    ///
    /// # Errors
    /// A stored head that cannot be read, or that this key did not sign: it is somebody else's state.
    pub fn new(
        key: SigningKey,
        logs: Vec<VerifyKey>,
        store: S,
        hear: impl Fn(&Alarm) + Send + Sync + 'static,
    ) -> Result<Self, StoreError> {
        let mut by_origin: BTreeMap<String, Log> = BTreeMap::new();
        for log in logs {
            by_origin.entry(log.name().to_owned()).or_default().keys.push(log);
        }
        let this = Self { key, logs: by_origin, store, hear: Box::new(hear) };
        for origin in this.logs.keys() {
            this.last(origin)?;
        }
        Ok(this)
    }

    /// Answers a request. `time_s`: seconds since 1970, never 0.
    pub fn add(&self, body: &[u8], time_s: u64) -> Answer {
        let (request, checkpoint) = match AddCheckpoint::parse(body) {
            Ok(read) => read,
            Err(fault) => return Answer::BadRequest(Some(fault)),
        };
        let Some(log) = self.logs.get(&checkpoint.origin) else { return Answer::UnknownLog };
        if request.note.verify(&log.keys).is_err() {
            return Answer::NotTheLog;
        }
        if request.old > checkpoint.size {
            return Answer::BadRequest(None);
        }
        // From here to the end one request at a time: what is compared must be what is replaced.
        let _turn = log.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.decide(&request, &checkpoint, time_s).unwrap_or_else(Answer::Broken)
    }

    /// Compares with the last head, keeps the new one and signs it. Not safe without the log's turn.
    pub(crate) fn decide(
        &self,
        request: &AddCheckpoint,
        checkpoint: &Checkpoint,
        time_s: u64,
    ) -> Result<Answer, StoreError> {
        let origin = &checkpoint.origin;
        let last = self.last(origin)?;
        let (size, root) = last
            .as_ref()
            .map_or((0, Hash::of_nothing()), |(_, checkpoint)| (checkpoint.size, checkpoint.root));
        if let Some((held, head)) = &last
            && head.size == checkpoint.size
            && head.root != checkpoint.root
        {
            // Both are signed by the log: proof of a fork, whatever the request says beside.
            let kept = self.store.alarm(origin, size, held, &request.note)?;
            (self.hear)(&Alarm { origin: origin.clone(), size, kept });
        }
        if request.old != size {
            return Ok(Answer::Conflict(size));
        }
        let new = (checkpoint.size, &checkpoint.root);
        if verify_consistency((size, &root), new, &request.proof).is_err() {
            return Ok(Answer::Inconsistent);
        }
        let Ok(line) = self.key.cosign(checkpoint, time_s) else {
            return Ok(Answer::BadRequest(None));
        };
        let mut head = self.only_known(&request.note, origin);
        head.add(line.clone());
        self.store.keep(origin, &head)?;
        Ok(Answer::Cosigned(format!("{line}\n")))
    }

    /// The last head of a log, by the hash of its origin: `GET /<origin hash>/checkpoint`.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn checkpoint(&self, hash: &str) -> Result<Option<Note>, StoreError> {
        let origin = self.logs.keys().find(|origin| origin_hash(origin) == hash);
        origin.map_or(Ok(None), |origin| self.store.head(origin))
    }

    /// The last head, which must carry our own signature: a damaged head would let us sign a fork.
    fn last(&self, origin: &str) -> Result<Option<(Note, Checkpoint)>, StoreError> {
        let Some(note) = self.store.head(origin)? else { return Ok(None) };
        let ours = note.verify(std::slice::from_ref(self.key.verify_key())).is_ok();
        match Checkpoint::parse(note.text()) {
            Ok(checkpoint) if ours && checkpoint.origin == origin => Ok(Some((note, checkpoint))),
            _ => Err(StoreError::Foreign { origin: origin.to_owned() }),
        }
    }

    /// The note with the lines of the log's own keys only: those of others were not checked.
    fn only_known(&self, note: &Note, origin: &str) -> Note {
        let keys = self.logs.get(origin).map(|log| log.keys.as_slice()).unwrap_or_default();
        let known = |line: &fupan_ledger::SignatureLine| {
            keys.iter().any(|key| key.name() == line.name && key.id() == line.id)
        };
        let mut kept = note.unsigned();
        note.signatures().iter().filter(|line| known(line)).for_each(|line| kept.add(line.clone()));
        kept
    }
}
