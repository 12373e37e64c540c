//! Drafts: bytes in `staging/` that have no name yet. Of a big one, what is written is made durable
//! while more comes, so that the end need not wait for all of it.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use super::super::{BlobName, Created, Doing, Staged, StoreError};
use super::{Inner, STAGING, durable};

/// Bytes between two rounds of making durable.
const ROUND: u64 = 64 << 20;

/// A draft. Dropped, it is gone from the disk.
pub(super) struct Draft {
    store: Arc<Inner>,
    path: PathBuf,
    file: File,
    since_round: u64,
    round: Option<JoinHandle<io::Result<()>>>,
    /// It has a name of its own now, and this one no more.
    moved: bool,
}

impl Draft {
    pub(super) fn begin(store: Arc<Inner>, path: PathBuf) -> Result<Self, StoreError> {
        let file = durable::begin(&path).map_err(|e| StoreError::new(Doing::Write, STAGING, &e))?;
        Ok(Self { store, path, file, since_round: 0, round: None, moved: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Says that the file has another name than its draft had.
    pub(super) fn moved(&mut self) {
        self.moved = true;
    }

    /// Makes the bytes durable and seals the file.
    pub(super) fn settle(&mut self, name: &BlobName) -> Result<(), StoreError> {
        durable::seal(&self.file).map_err(|e| StoreError::new(Doing::Write, name, &e))?;
        self.settle_open(name)
    }

    /// Makes the bytes durable.
    pub(super) fn settle_open(&mut self, name: &BlobName) -> Result<(), StoreError> {
        self.end_round().map_err(|e| self.store.stop(name, &e))?;
        self.file.sync_data().map_err(|e| self.store.stop(name, &e))
    }

    fn end_round(&mut self) -> io::Result<()> {
        match self.round.take().map(JoinHandle::join) {
            None => Ok(()),
            Some(Ok(done)) => done,
            Some(Err(_)) => Err(io::ErrorKind::Other.into()),
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.since_round += count as u64;
        if self.since_round >= ROUND && self.round.as_ref().is_none_or(JoinHandle::is_finished) {
            self.since_round = 0;
            self.end_round()?;
            let file = self.file.try_clone()?;
            self.round = Some(std::thread::spawn(move || file.sync_data()));
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Staged for Draft {
    fn publish(mut self: Box<Self>, name: &BlobName) -> Result<Created, StoreError> {
        self.settle(name)?;
        let store = self.store.clone();
        let made = store.name(&mut self, name)?;
        let path = self.store.path(name);
        if let Some(folder) = path.parent() {
            self.store.sync_folder(folder, name)?;
        }
        Ok(made)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // What cannot be cleared now is cleared when the folder is opened again.
        drop(self.round.take().map(JoinHandle::join));
        if !self.moved {
            drop(durable::remove(&self.path));
        }
    }
}
