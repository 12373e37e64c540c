//! The bare loop: what a vault wrote, written again without anything else.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use super::Failure;
use fupan_vault::{
    BlobName, Blobs, Created, DiskStore, HeadCell, Listing, Staged, StoreError, Swapped,
};

/// Where the head stands.
pub(super) const HEAD: &str = "log/checkpoint";

/// Files that are durable together: places and lengths.
pub(super) type Step = Vec<(String, usize)>;

/// A folder that notes what is written to it.
pub(super) struct Recorded {
    disk: DiskStore,
    steps: Mutex<Vec<Step>>,
}

impl Recorded {
    pub(super) fn open(root: &Path) -> Result<Self, StoreError> {
        Ok(Self { disk: DiskStore::open(root)?, steps: Mutex::default() })
    }

    pub(super) fn steps(&self) -> Result<MutexGuard<'_, Vec<Step>>, Failure> {
        self.steps.lock().map_err(|_| "broke".into())
    }

    fn note(&self, step: Step) {
        if let Ok(mut steps) = self.steps.lock() {
            steps.push(step);
        }
    }
}

impl Blobs for Recorded {
    fn create(&self, name: &BlobName, bytes: &[u8]) -> Result<Created, StoreError> {
        self.note(vec![(name.to_string(), bytes.len())]);
        self.disk.create(name, bytes)
    }

    fn create_all(&self, items: &[(BlobName, &[u8])]) -> Result<Vec<Created>, StoreError> {
        self.note(items.iter().map(|(name, bytes)| (name.to_string(), bytes.len())).collect());
        self.disk.create_all(items)
    }

    fn stage(&self) -> Result<Box<dyn Staged>, StoreError> {
        self.disk.stage()
    }

    fn open(&self, name: &BlobName) -> Result<Option<Box<dyn Read + Send>>, StoreError> {
        Blobs::open(&self.disk, name)
    }

    fn size(&self, name: &BlobName) -> Result<Option<u64>, StoreError> {
        self.disk.size(name)
    }

    fn list(&self, folder: &str) -> Result<Listing, StoreError> {
        self.disk.list(folder)
    }

    fn remove(&self, name: &BlobName) -> Result<bool, StoreError> {
        self.disk.remove(name)
    }

    fn remove_all(&self, names: &[BlobName]) -> Result<(), StoreError> {
        self.disk.remove_all(names)
    }
}

impl HeadCell for Recorded {
    fn load(&self) -> Result<Option<Vec<u8>>, StoreError> {
        self.disk.load()
    }

    fn swap(&self, expected: Option<&[u8]>, next: &[u8]) -> Result<Swapped, StoreError> {
        self.note(vec![(HEAD.to_owned(), next.len())]);
        self.disk.swap(expected, next)
    }
}

/// Writes a step anew below a folder: each file durable and named, then the folders that hold new names. Files
/// begin where those of the vault begin: a file system may be slow to make files in one place and not in another.
pub(super) fn replay(root: &Path, staging: &Path, step: &Step) -> Result<(), Failure> {
    let mut folders = BTreeSet::new();
    for (name, size) in step {
        let target = root.join(name);
        let draft = staging.join("bare");
        if let Some(folder) = target.parent() {
            make(folder, &mut folders)?;
            folders.insert(folder.to_owned());
        }
        let mut file = File::create(&draft)?;
        file.write_all(&vec![1; *size])?;
        file.sync_data()?;
        fs::rename(&draft, target)?;
    }
    Ok(folders.iter().try_for_each(|folder| File::open(folder)?.sync_all())?)
}

/// Makes a folder; the one above it has a new name then.
fn make(folder: &Path, changed: &mut BTreeSet<PathBuf>) -> Result<(), Failure> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make(above, changed)?;
        changed.insert(above.to_owned());
    }
    Ok(fs::create_dir(folder)?)
}
