//! A bag on its way to disk: a folder of its own beside the place it goes to, removed unless it gets there.

use crate::{Failure, Watch};
use fupan_ledger::release::BagSink;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A folder that a bag is written to.
pub(super) struct FolderSink<'a> {
    folder: PathBuf,
    open: Option<File>,
    written: Vec<PathBuf>,
    bytes: u64,
    watch: &'a dyn Watch,
    published: bool,
}

impl<'a> FolderSink<'a> {
    /// A new folder beside `out`.
    ///
    /// # Errors
    /// It cannot be made.
    pub(super) fn beside(
        out: &Path,
        chance: &[u8; 4],
        watch: &'a dyn Watch,
    ) -> Result<Self, Failure> {
        let name = out.file_name().map(|name| name.to_string_lossy().into_owned());
        let chance: String = chance.iter().map(|byte| format!("{byte:02x}")).collect();
        let name = format!(".{}.{chance}.part", name.unwrap_or_default());
        let parent = out.parent().unwrap_or(Path::new(""));
        let folder = parent.join(name);
        fs::create_dir_all(&folder).map_err(|error| Failure::write(&folder, &error))?;
        let (open, written) = (None, Vec::new());
        Ok(Self { folder, open, written, bytes: 0, watch, published: false })
    }

    /// Where it is until then.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the bag durable and moves it to its place. Gives the number of its files and bytes.
    ///
    /// # Errors
    /// The disk does not take it; a person stopped it.
    pub(super) fn publish(mut self, out: &Path) -> Result<(u64, u64), Failure> {
        let fault = |error| Failure::write(out, &error);
        for path in &self.written {
            if self.watch.stopped() {
                return Err(Failure::interrupted());
            }
            File::open(path).and_then(|file| file.sync_all()).map_err(fault)?;
        }
        if out.is_dir() {
            // It is empty: that was seen before.
            fs::remove_dir(out).map_err(fault)?;
        }
        fs::rename(&self.folder, out).map_err(fault)?;
        self.published = true;
        Ok((self.written.len() as u64, self.bytes))
    }
}

impl BagSink for FolderSink<'_> {
    fn create(&mut self, path: &str) -> io::Result<()> {
        if self.watch.stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let target = path.split('/').fold(self.folder.clone(), |so_far, part| so_far.join(part));
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        self.open = Some(File::create_new(&target)?);
        self.written.push(target);
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.watch.stopped() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        let file = self.open.as_mut().ok_or(io::ErrorKind::NotFound)?;
        file.write_all(bytes)?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.open.take().map_or(Ok(()), |mut file| file.flush())
    }
}

impl Drop for FolderSink<'_> {
    fn drop(&mut self) {
        if !self.published {
            self.open = None;
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
