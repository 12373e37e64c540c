//! A bag on its way to disk: a folder of its own beside the place it goes to, removed unless it gets there.

use super::durable::settle;
use crate::{Failure, Watch};
use fupan_ledger::release::BagSink;
use fupan_vault::sync_folder;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Digits of chance in the name of such a folder.
const CHANCE: usize = 8;
const ENDING: &str = ".part";

/// A folder that a bag is written to.
pub(super) struct FolderSink<'a> {
    folder: PathBuf,
    /// Folders above it that were not there, outermost first.
    above: Vec<PathBuf>,
    open: Option<File>,
    files: Vec<PathBuf>,
    folders: BTreeSet<PathBuf>,
    bytes: u64,
    watch: &'a dyn Watch,
    /// Whether the folder is there, and is this one's to remove.
    ours: bool,
}

impl<'a> FolderSink<'a> {
    /// A new folder beside `out`.
    ///
    /// # Errors
    /// It cannot be made.
    pub(super) fn beside(
        out: &Path,
        chance: &[u8; CHANCE / 2],
        watch: &'a dyn Watch,
    ) -> Result<Self, Failure> {
        let chance: String = chance.iter().map(|byte| format!("{byte:02x}")).collect();
        let parent = parent(out);
        let folder = parent.join(format!("{}{chance}{ENDING}", beginning(out)));
        let above = parent.ancestors().take_while(|one| !one.as_os_str().is_empty());
        let mut above: Vec<PathBuf> =
            above.take_while(|one| !one.exists()).map(Path::to_path_buf).collect();
        above.reverse();
        let folders = BTreeSet::from([folder.clone()]);
        let (open, files, bytes) = (None, Vec::new(), 0);
        let mut sink = Self { folder, above, open, files, folders, bytes, watch, ours: false };
        let made = fs::create_dir_all(parent).and_then(|()| fs::create_dir(&sink.folder));
        made.map_err(|error| Failure::write(&sink.folder, &error))?;
        sink.ours = true;
        Ok(sink)
    }

    /// Where it is until then.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the bag durable and moves it to its place. Gives the number of its files and bytes.
    ///
    /// # Errors
    /// The disk does not take it; a person stopped it. `out` is then as it was before.
    pub(super) fn publish(mut self, out: &Path) -> Result<(u64, u64), Failure> {
        settle(&self.files, &self.folders, self.watch)?;
        let fault = |error| Failure::write(out, &error);
        let stood = out.is_dir();
        self.move_to(out).map_err(fault)?;
        let above = self.above.iter().map(|one| parent(one));
        let flushed = above.chain([parent(out)]).try_for_each(sync_folder);
        if let Err(error) = flushed {
            // What would be gone after a power cut is not called made.
            let _ = fs::rename(out, &self.folder);
            if stood {
                let _ = fs::create_dir(out);
            }
            return Err(fault(error));
        }
        self.ours = false;
        self.above.clear();
        Ok((self.files.len() as u64, self.bytes))
    }

    /// At once, also where an empty folder stands; some systems want that gone before.
    fn move_to(&self, out: &Path) -> io::Result<()> {
        let Err(error) = fs::rename(&self.folder, out) else { return Ok(()) };
        if !out.is_dir() {
            return Err(error);
        }
        fs::remove_dir(out)?;
        fs::rename(&self.folder, out).inspect_err(|_| drop(fs::create_dir(out)))
    }
}

/// What runs that were killed left beside `out`. Nobody takes them for a bag, and nothing removes them unasked.
pub(super) fn left_over(out: &Path) -> Vec<PathBuf> {
    let beginning = beginning(out);
    let of_ours = |name: &OsStr| {
        let chance = name.to_str().and_then(|name| name.strip_prefix(&beginning));
        chance.and_then(|rest| rest.strip_suffix(ENDING)).is_some_and(|chance| {
            chance.len() == CHANCE && chance.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    };
    let entries = fs::read_dir(parent(out)).into_iter().flatten().flatten();
    let found = entries.filter(|entry| of_ours(&entry.file_name())).map(|entry| entry.path());
    let mut found: Vec<PathBuf> = found.collect();
    found.sort();
    found
}

/// How the name of a folder on its way to `out` begins.
fn beginning(out: &Path) -> String {
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned());
    format!(".{}.", name.unwrap_or_default())
}

fn parent(path: &Path) -> &Path {
    let named = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    named.unwrap_or(Path::new("."))
}

impl BagSink for FolderSink<'_> {
    fn create(&mut self, path: &str) -> io::Result<()> {
        if self.watch.stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let target = path.split('/').fold(self.folder.clone(), |so_far, part| so_far.join(part));
        if let Some(parent) = target.parent()
            && !self.folders.contains(parent)
        {
            fs::create_dir_all(parent)?;
            let inside = parent.ancestors().take_while(|one| *one != self.folder);
            self.folders.extend(inside.map(Path::to_path_buf));
        }
        self.open = Some(File::create_new(&target)?);
        self.files.push(target);
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
        self.open = None;
        if self.ours {
            let _ = fs::remove_dir_all(&self.folder);
        }
        for one in self.above.iter().rev() {
            let _ = fs::remove_dir(one);
        }
    }
}
