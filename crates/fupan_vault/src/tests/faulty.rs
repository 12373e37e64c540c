//! A store that breaks at a chosen write: before it, after it, with the disk full, with a bad disk.

use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::*;

/// How a write breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// It does not happen.
    Fails,
    /// It happens, and the answer is an error.
    FailsButPersists,
    /// The disk is full.
    Full,
    /// The disk is bad, while making durable.
    Bad,
}

impl Break {
    pub(super) const ALL: [Self; 4] = [Self::Fails, Self::FailsButPersists, Self::Full, Self::Bad];

    fn error(self, place: &str) -> StoreError {
        let (doing, kind) = match self {
            Self::Fails | Self::FailsButPersists => (Doing::Write, io::ErrorKind::Other),
            Self::Full => (Doing::Write, io::ErrorKind::StorageFull),
            Self::Bad => (Doing::Sync, io::ErrorKind::Other),
        };
        StoreError { doing, place: place.into(), kind, code: None }
    }
}

#[derive(Clone)]
pub(super) struct Faulty {
    pub(super) inner: MemoryStore,
    /// Writes until one breaks.
    left: Arc<AtomicUsize>,
    how: Break,
    /// Places written to, in order.
    pub(super) trace: Arc<Mutex<Vec<String>>>,
}

impl Faulty {
    pub(super) fn new(inner: MemoryStore, after: usize, how: Break) -> Self {
        let left = Arc::new(AtomicUsize::new(after));
        Self { inner, left, how, trace: Arc::default() }
    }

    fn run<T>(
        &self,
        place: &str,
        write: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.trace.lock().unwrap().push(place.to_owned());
        let last = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| Some(left.saturating_sub(1)));
        if last != Ok(1) {
            return write();
        }
        if self.how == Break::FailsButPersists {
            write()?;
        }
        Err(self.how.error(place))
    }
}

impl Blobs for Faulty {
    fn create(&self, name: &BlobName, bytes: &[u8]) -> Result<Created, StoreError> {
        self.run(name.as_str(), || self.inner.create(name, bytes))
    }
    fn stage(&self) -> Result<Box<dyn Staged>, StoreError> {
        let draft = self.run("staging", || self.inner.stage())?;
        Ok(Box::new(FaultyDraft { store: self.clone(), draft }))
    }
    fn open(&self, name: &BlobName) -> Result<Option<Box<dyn Read + Send>>, StoreError> {
        self.inner.open(name)
    }
    fn size(&self, name: &BlobName) -> Result<Option<u64>, StoreError> {
        self.inner.size(name)
    }
    fn list(&self, folder: &str) -> Result<Listing, StoreError> {
        self.inner.list(folder)
    }
    fn remove(&self, name: &BlobName) -> Result<bool, StoreError> {
        self.run(name.as_str(), || self.inner.remove(name))
    }
}

/// A draft each of whose writes counts, and the naming at its end.
struct FaultyDraft {
    store: Faulty,
    draft: Box<dyn Staged>,
}

impl io::Write for FaultyDraft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let draft = &mut self.draft;
        let wrote = self.store.run("staging", || {
            draft.write(bytes).map_err(|e| StoreError::new(Doing::Write, "staging", &e))
        });
        wrote.map_err(|error| error.kind.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        self.draft.flush()
    }
}

impl Staged for FaultyDraft {
    fn publish(self: Box<Self>, name: &BlobName) -> Result<Created, StoreError> {
        let Self { store, draft } = *self;
        store.run(name.as_str(), || draft.publish(name))
    }
}

impl HeadCell for Faulty {
    fn load(&self) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.load()
    }
    fn swap(&self, expected: Option<&[u8]>, next: &[u8]) -> Result<Swapped, StoreError> {
        self.run("log/checkpoint", || self.inner.swap(expected, next))
    }
}
