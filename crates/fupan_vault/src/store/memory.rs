//! A whole vault in memory: for tests, and for opening a small released vault without a disk.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{BlobName, Blobs, Created, HeadCell, Listing, Staged, StoreError, Swapped};

/// Memory store (内存存储): nothing of it outlives the process.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    blobs: Arc<Mutex<BTreeMap<BlobName, Arc<[u8]>>>>,
    head: Arc<Mutex<Option<Vec<u8>>>>,
}

impl MemoryStore {
    fn held(&self) -> MutexGuard<'_, BTreeMap<BlobName, Arc<[u8]>>> {
        self.blobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cell(&self) -> MutexGuard<'_, Option<Vec<u8>>> {
        self.head.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, name: &BlobName, bytes: &[u8]) -> Created {
        let mut held = self.held();
        if held.contains_key(name) {
            return Created::Exists;
        }
        held.insert(name.clone(), bytes.into());
        Created::New
    }

    /// A copy that shares nothing with this one.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            blobs: Arc::new(Mutex::new(self.held().clone())),
            head: Arc::new(Mutex::new(self.cell().clone())),
        }
    }

    /// Puts bytes in the place of others, as an attacker would; `None` takes the blob away.
    #[cfg(test)]
    pub(crate) fn tamper(&self, name: &BlobName, bytes: Option<Vec<u8>>) {
        match bytes {
            Some(bytes) => drop(self.held().insert(name.clone(), bytes.into())),
            None => drop(self.held().remove(name)),
        }
    }

    /// Puts another head in place, as an attacker would.
    #[cfg(test)]
    pub(crate) fn tamper_head(&self, bytes: Option<Vec<u8>>) {
        *self.cell() = bytes;
    }
}

struct Open(Arc<[u8]>, usize);

impl Read for Open {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut rest = self.0.get(self.1..).unwrap_or_default();
        let count = rest.read(into)?;
        self.1 += count;
        Ok(count)
    }
}

struct Draft(MemoryStore, Vec<u8>);

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.1.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Staged for Draft {
    fn publish(self: Box<Self>, name: &BlobName) -> Result<Created, StoreError> {
        Ok(self.0.put(name, &self.1))
    }
}

impl Blobs for MemoryStore {
    fn create(&self, name: &BlobName, bytes: &[u8]) -> Result<Created, StoreError> {
        Ok(self.put(name, bytes))
    }

    fn stage(&self) -> Result<Box<dyn Staged>, StoreError> {
        Ok(Box::new(Draft(self.clone(), Vec::new())))
    }

    fn open(&self, name: &BlobName) -> Result<Option<Box<dyn Read + Send>>, StoreError> {
        let found = self.held().get(name).cloned();
        Ok(found.map(|bytes| Box::new(Open(bytes, 0)) as Box<dyn Read + Send>))
    }

    fn size(&self, name: &BlobName) -> Result<Option<u64>, StoreError> {
        Ok(self.held().get(name).map(|bytes| bytes.len() as u64))
    }

    fn list(&self, folder: &str) -> Result<Listing, StoreError> {
        let below = format!("{folder}/");
        let inside = |name: &&BlobName| folder.is_empty() || name.as_str().starts_with(&below);
        Ok(Listing {
            names: self.held().keys().filter(inside).cloned().collect(),
            strays: Vec::new(),
        })
    }

    fn remove(&self, name: &BlobName) -> Result<bool, StoreError> {
        Ok(self.held().remove(name).is_some())
    }
}

impl HeadCell for MemoryStore {
    fn load(&self) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.cell().clone())
    }

    fn swap(&self, expected: Option<&[u8]>, next: &[u8]) -> Result<Swapped, StoreError> {
        let mut cell = self.cell();
        if cell.as_deref() != expected {
            return Ok(Swapped::Conflict(cell.clone()));
        }
        *cell = Some(next.to_vec());
        Ok(Swapped::Done)
    }
}
