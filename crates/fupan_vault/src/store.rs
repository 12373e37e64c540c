//! What a vault stands on: write-once blobs and one head. Two small synchronous traits; a folder and
//! memory implement them here, an object store or a database can later.
//!
//! Promise of every implementation: when a call returns without an error, what it wrote survives a
//! power cut. Nothing written is ever written over.

mod disk;
mod fault;
mod memory;
mod name;
mod probe;

use std::io::{Read, Write};
use std::sync::Arc;

pub use disk::{DiskStore, sync_folder};
pub use fault::{Doing, StoreError};
pub use memory::MemoryStore;
pub use name::BlobName;
pub use probe::probe;

/// Created (写入结果): whether a write-once blob is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// It was not there and is now.
    New,
    /// One of that name was there, durable; it was left as it is, whatever its bytes.
    Exists,
}

/// Swapped (换头结果): what became of a compare-and-swap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Swapped {
    /// The head is now the new one.
    Done,
    /// The head was another than expected and stayed so.
    Conflict(Option<Vec<u8>>),
}

/// Blobs (只写一次的块): named bytes, each written once.
pub trait Blobs: Send + Sync {
    /// Creates a blob unless one of that name exists.
    ///
    /// # Errors
    /// It could not be made durable; whether it exists then is unknown.
    fn create(&self, name: &BlobName, bytes: &[u8]) -> Result<Created, StoreError>;

    /// Creates several, in order, durable together when the call returns.
    ///
    /// # Errors
    /// As [`Blobs::create`]; some may exist then.
    fn create_all(&self, items: &[(BlobName, &[u8])]) -> Result<Vec<Created>, StoreError> {
        items.iter().map(|(name, bytes)| self.create(name, bytes)).collect()
    }

    /// Begins a blob whose name is not known yet.
    ///
    /// # Errors
    /// There is no place to write to.
    fn stage(&self) -> Result<Box<dyn Staged>, StoreError>;

    /// Opens a blob for reading; `None`: there is none.
    ///
    /// # Errors
    /// It cannot be opened.
    fn open(&self, name: &BlobName) -> Result<Option<Box<dyn Read + Send>>, StoreError>;

    /// All bytes of a blob; `None`: there is none.
    ///
    /// # Errors
    /// It cannot be read.
    fn read(&self, name: &BlobName) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(mut reader) = self.open(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|e| StoreError::new(Doing::Read, name, &e))?;
        Ok(Some(bytes))
    }

    /// Bytes of a blob; `None`: there is none.
    ///
    /// # Errors
    /// It cannot be asked.
    fn size(&self, name: &BlobName) -> Result<Option<u64>, StoreError>;

    /// Names below a folder (empty: all), sorted. What cannot be a blob's name is answered in
    /// [`Listing::strays`], as it is spelt.
    ///
    /// # Errors
    /// The folder cannot be read.
    fn list(&self, folder: &str) -> Result<Listing, StoreError>;

    /// Takes a blob away: for erasure and for batches that are in tiles. `false`: there was none.
    ///
    /// # Errors
    /// It could not be made durable.
    fn remove(&self, name: &BlobName) -> Result<bool, StoreError>;

    /// Takes several away, durable together.
    ///
    /// # Errors
    /// As [`Blobs::remove`]; some may be gone then.
    fn remove_all(&self, names: &[BlobName]) -> Result<(), StoreError> {
        names.iter().try_for_each(|name| self.remove(name).map(|_| ()))
    }
}

/// Listing (目录): what stands below a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// Blobs, sorted.
    pub names: Vec<BlobName>,
    /// What stands there and is none.
    pub strays: Vec<String>,
}

/// Staged (暂存块): bytes on their way to a name. Dropped without publishing, they are gone.
pub trait Staged: Write + Send {
    /// Makes the bytes durable under the name, unless one of that name exists.
    ///
    /// # Errors
    /// As [`Blobs::create`].
    fn publish(self: Box<Self>, name: &BlobName) -> Result<Created, StoreError>;
}

/// Head (日志头存储): the one thing of a vault that changes.
pub trait HeadCell: Send + Sync {
    /// The head; `None`: there is none yet.
    ///
    /// # Errors
    /// It cannot be read.
    fn load(&self) -> Result<Option<Vec<u8>>, StoreError>;

    /// Puts `next` in the place of `expected`, if that is what stands there.
    ///
    /// # Errors
    /// It could not be made durable; which of the two stands there is unknown.
    fn swap(&self, expected: Option<&[u8]>, next: &[u8]) -> Result<Swapped, StoreError>;
}

/// Store (存储): blobs and head of one vault.
#[derive(Clone)]
pub struct Store {
    /// Its blobs.
    pub blobs: Arc<dyn Blobs>,
    /// Its head.
    pub head: Arc<dyn HeadCell>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// A store both of whose halves are one value.
    pub fn of<S: Blobs + HeadCell + 'static>(store: Arc<S>) -> Self {
        Self { blobs: store.clone(), head: store }
    }
}
