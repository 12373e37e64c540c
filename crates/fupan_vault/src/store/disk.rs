//! A vault in a folder. A blob is written to `staging/`, made durable, given its name (which fails if the
//! name is taken), and its folder made durable. One process writes at a time.

mod durable;
mod folders;
mod staging;
mod together;

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{BlobName, Blobs, Created, Doing, HeadCell, Listing, Staged, StoreError, Swapped};
pub use durable::sync_folder;
use folders::{Folders, Made};
use staging::Draft;

/// Place of the head below the vault.
const HEAD: &str = "log/checkpoint";
const STAGING: &str = "staging";
/// Blobs that are made durable together at most; so many files are open.
const ROUND: usize = 256;

/// Disk store (磁盘存储): a folder. Clones share it.
#[derive(Debug, Clone)]
pub struct DiskStore {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    root: PathBuf,
    /// Held while this process writes.
    lock: Option<File>,
    next: AtomicU64,
    /// Set by the first failure to make something durable, for ever.
    stopped: AtomicBool,
    head: Mutex<()>,
    folders: Folders,
    /// Held while a name is given without a hard link.
    naming: Mutex<()>,
}

impl DiskStore {
    /// Takes a folder for writing, making it where it is not. Drafts of a process that ended are
    /// cleared away.
    ///
    /// # Errors
    /// Another process writes to it (kind `WouldBlock`), or it cannot be made.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let at = |error: &io::Error| StoreError::new(Doing::Lock, "lock", error);
        let staging = root.join(STAGING);
        durable::make_folders(&staging).map_err(|e| at(&e))?;
        // Whoever made it may have been killed before its own name was durable.
        durable::sync_name(root).map_err(|e| at(&e))?;
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false);
        let lock = options.open(root.join("lock")).map_err(|e| at(&e))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::plain(Doing::Lock, "lock", io::ErrorKind::WouldBlock));
            }
            Err(TryLockError::Error(error)) => return Err(at(&error)),
        }
        for entry in fs::read_dir(&staging).map_err(|e| at(&e))? {
            let entry = entry.map_err(|e| at(&e))?;
            if entry.file_name().to_string_lossy().ends_with(".part") {
                durable::remove(&entry.path()).map_err(|e| at(&e))?;
            }
        }
        Ok(Self::new(root, Some(lock)))
    }

    /// Opens a folder to read it, beside a process that may write to it. Every write is refused.
    #[must_use]
    pub fn open_to_read(root: &Path) -> Self {
        Self::new(root, None)
    }

    fn new(root: &Path, lock: Option<File>) -> Self {
        let inner = Inner {
            root: root.to_owned(),
            lock,
            next: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            head: Mutex::new(()),
            folders: Folders::default(),
            naming: Mutex::new(()),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.inner.root
    }
}

impl Inner {
    fn path(&self, name: &BlobName) -> PathBuf {
        self.root.join(name.as_str())
    }

    /// Refuses to write without the lock, or after a failure to make something durable.
    fn may_write(&self, place: &str) -> Result<(), StoreError> {
        if self.stopped.load(Ordering::SeqCst) {
            return Err(StoreError::plain(Doing::Sync, place, io::ErrorKind::Other));
        }
        if self.lock.is_none() {
            return Err(StoreError::plain(Doing::Write, place, io::ErrorKind::ReadOnlyFilesystem));
        }
        Ok(())
    }

    /// An error while making durable; from here on nothing is written.
    fn stop(&self, place: impl Into<String>, error: &io::Error) -> StoreError {
        self.stopped.store(true, Ordering::SeqCst);
        StoreError::new(Doing::Sync, place, error)
    }

    fn sync_folder(&self, folder: &Path, name: &BlobName) -> Result<(), StoreError> {
        durable::sync_folder(folder).map_err(|error| self.stop(name, &error))
    }

    fn draft(self: &Arc<Self>) -> Result<Draft, StoreError> {
        self.may_write(STAGING)?;
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        Draft::begin(self.clone(), self.root.join(STAGING).join(format!("{number}.part")))
    }

    /// Gives a durable draft its name, in a folder that is there or is made. The name is not durable yet.
    fn name(&self, draft: &mut Draft, name: &BlobName) -> Result<Created, StoreError> {
        self.make_folder(name)?;
        self.name_inside(draft, name)
    }

    /// Makes the folder of a name, and its own name durable.
    fn make_folder(&self, name: &BlobName) -> Result<(), StoreError> {
        let mut made = Made::default();
        self.folder_of(name, &mut made)?;
        made.holding.iter().try_for_each(|folder| self.sync_folder(folder, name))?;
        self.folders.settled(made);
        Ok(())
    }

    /// The folder of a name, which is there or is made; that is not made durable yet.
    fn folder_of(&self, name: &BlobName, made: &mut Made) -> Result<Option<PathBuf>, StoreError> {
        let Some(folder) = self.path(name).parent().map(Path::to_owned) else { return Ok(None) };
        let done = self.folders.make(&self.root, &folder, made);
        done.map(|()| Some(folder)).map_err(|error| self.stop(name, &error))
    }

    /// Gives a durable draft its name, in a folder that is there. The name is not durable yet.
    fn name_inside(&self, draft: &mut Draft, name: &BlobName) -> Result<Created, StoreError> {
        let path = self.path(name);
        let at = |error: &io::Error| StoreError::new(Doing::Name, name, error);
        let done = match durable::rename_new(draft.path(), &path) {
            Some(done) => done.inspect(|()| draft.moved()),
            None => fs::hard_link(draft.path(), &path),
        };
        match done {
            Ok(()) => Ok(Created::New),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                // Its maker may not have come to the end: make sure that it is durable.
                let file = File::open(&path).map_err(|e| at(&e))?;
                durable::sync_again(&file).map_err(|error| self.stop(name, &error))?;
                Ok(Created::Exists)
            }
            // File systems without hard links. This process alone writes, so that nobody can come
            // between the question and the renaming.
            Err(error) if durable::links_unsupported(&error) => {
                let _alone = self.naming.lock().unwrap_or_else(PoisonError::into_inner);
                if path.try_exists().map_err(|e| at(&e))? {
                    return Ok(Created::Exists);
                }
                fs::rename(draft.path(), &path).map_err(|e| at(&e))?;
                draft.moved();
                Ok(Created::New)
            }
            Err(error) => Err(at(&error)),
        }
    }

    /// Creates blobs: all durable, then named, then their names durable.
    fn create_round(
        self: &Arc<Self>,
        items: &[(BlobName, &[u8])],
    ) -> Result<Vec<Created>, StoreError> {
        let mut drafts = Vec::with_capacity(items.len());
        for (name, bytes) in items {
            let mut draft = self.draft()?;
            io::Write::write_all(&mut draft, bytes)
                .map_err(|e| StoreError::new(Doing::Write, name, &e))?;
            drafts.push((draft, name));
        }
        together::each(&mut drafts, |(draft, name)| draft.settle(name))?;
        let (mut made, mut folders) = (Made::default(), BTreeSet::new());
        for (name, _) in items {
            folders.extend(self.folder_of(name, &mut made)?);
        }
        let named = drafts.iter_mut().map(|(draft, name)| self.name_inside(draft, name));
        let created = named.collect::<Result<Vec<_>, _>>()?;
        // Each once, whether it holds new files, new folders or both.
        folders.extend(made.holding.iter().cloned());
        let mut folders: Vec<PathBuf> = folders.into_iter().collect();
        together::each(&mut folders, |folder| {
            let place = folder.strip_prefix(&self.root).unwrap_or(folder);
            durable::sync_folder(folder).map_err(|e| self.stop(place.to_string_lossy(), &e))
        })?;
        self.folders.settled(made);
        Ok(created)
    }
}

impl Blobs for DiskStore {
    fn create(&self, name: &BlobName, bytes: &[u8]) -> Result<Created, StoreError> {
        let made = self.create_all(&[(name.clone(), bytes)])?;
        Ok(made.first().copied().unwrap_or(Created::Exists))
    }

    fn create_all(&self, items: &[(BlobName, &[u8])]) -> Result<Vec<Created>, StoreError> {
        let mut made = Vec::with_capacity(items.len());
        for round in items.chunks(ROUND) {
            made.extend(self.inner.create_round(round)?);
        }
        Ok(made)
    }

    fn stage(&self) -> Result<Box<dyn Staged>, StoreError> {
        Ok(Box::new(self.inner.draft()?))
    }

    fn open(&self, name: &BlobName) -> Result<Option<Box<dyn Read + Send>>, StoreError> {
        match File::open(self.inner.path(name)) {
            Ok(file) => Ok(Some(Box::new(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::new(Doing::Read, name, &error)),
        }
    }

    fn size(&self, name: &BlobName) -> Result<Option<u64>, StoreError> {
        match fs::symlink_metadata(self.inner.path(name)) {
            Ok(about) => Ok(about.is_file().then_some(about.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::new(Doing::Read, name, &error)),
        }
    }

    fn list(&self, folder: &str) -> Result<Listing, StoreError> {
        let mut listing = Listing::default();
        walk(&self.inner.root, folder, &mut listing)?;
        listing.names.sort();
        listing.strays.sort();
        Ok(listing)
    }

    fn remove(&self, name: &BlobName) -> Result<bool, StoreError> {
        let there = self.size(name)?.is_some();
        self.remove_all(std::slice::from_ref(name))?;
        Ok(there)
    }

    fn remove_all(&self, names: &[BlobName]) -> Result<(), StoreError> {
        let mut folders: Vec<(PathBuf, &BlobName)> = Vec::new();
        for name in names {
            self.inner.may_write(name.as_str())?;
            let path = self.inner.path(name);
            match durable::remove(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(StoreError::new(Doing::Remove, name, &error)),
            }
            let folder = path.parent().map(Path::to_owned).unwrap_or_default();
            if folders.iter().all(|(known, _)| *known != folder) {
                folders.push((folder, name));
            }
        }
        folders.iter().try_for_each(|(folder, name)| self.inner.sync_folder(folder, name))
    }
}

/// Adds what stands below `folder`. Links are strays: following one would leave the vault.
fn walk(root: &Path, folder: &str, into: &mut Listing) -> Result<(), StoreError> {
    let at = |error: &io::Error| StoreError::new(Doing::Read, folder, error);
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            return Ok(());
        }
        Err(error) => return Err(at(&error)),
    };
    for entry in entries {
        let entry = entry.map_err(|e| at(&e))?;
        let segment = entry.file_name().to_string_lossy().into_owned();
        let text = if folder.is_empty() { segment } else { format!("{folder}/{segment}") };
        let kind = entry.file_type().map_err(|e| at(&e))?;
        match text.parse::<BlobName>() {
            Ok(_) if kind.is_dir() => walk(root, &text, into)?,
            Ok(name) if kind.is_file() => into.names.push(name),
            _ => into.strays.push(text),
        }
    }
    Ok(())
}

impl HeadCell for DiskStore {
    fn load(&self) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(self.inner.root.join(HEAD)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::new(Doing::Read, HEAD, &error)),
        }
    }

    fn swap(&self, expected: Option<&[u8]>, next: &[u8]) -> Result<Swapped, StoreError> {
        let _alone = self.inner.head.lock().unwrap_or_else(PoisonError::into_inner);
        self.inner.may_write(HEAD)?;
        let current = self.load()?;
        if current.as_deref() != expected {
            return Ok(Swapped::Conflict(current));
        }
        let name = BlobName::made(HEAD.to_owned());
        let mut draft = self.inner.draft()?;
        io::Write::write_all(&mut draft, next)
            .map_err(|e| StoreError::new(Doing::Write, HEAD, &e))?;
        draft.settle_open(&name)?;
        let path = self.inner.path(&name);
        self.inner.make_folder(&name)?;
        fs::rename(draft.path(), &path).map_err(|e| StoreError::new(Doing::Name, HEAD, &e))?;
        draft.moved();
        if let Some(folder) = path.parent() {
            self.inner.sync_folder(folder, &name)?;
        }
        Ok(Swapped::Done)
    }
}
