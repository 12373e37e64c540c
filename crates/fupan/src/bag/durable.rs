//! Making what was written durable. Many files are flushed at a time: a disk makes many durable in the time
//! of one.

use crate::{Failure, Watch};
use fupan_vault::sync_folder;
use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

/// Threads that wait for the disk; they compute nothing.
const HANDS: usize = 16;
/// Files between two looks at whether a person stopped it.
const ROUND: usize = 1024;

/// Makes files, and then the names in folders, durable.
///
/// # Errors
/// The first that the disk does not take; a person stopped it.
pub(super) fn settle(
    files: &[PathBuf],
    folders: &BTreeSet<PathBuf>,
    watch: &dyn Watch,
) -> Result<(), Failure> {
    let folders: Vec<PathBuf> = folders.iter().cloned().collect();
    for round in files.chunks(ROUND) {
        at_once(round, flush_file, watch)?;
    }
    for round in folders.chunks(ROUND) {
        at_once(round, sync_folder, watch)?;
    }
    Ok(())
}

fn at_once(
    paths: &[PathBuf],
    flush: fn(&Path) -> io::Result<()>,
    watch: &dyn Watch,
) -> Result<(), Failure> {
    if watch.stopped() {
        return Err(Failure::interrupted());
    }
    let share = paths.len().div_ceil(HANDS).max(1);
    let all = |share: &[PathBuf]| {
        share.iter().try_for_each(|path| flush(path).map_err(|error| Failure::write(path, &error)))
    };
    thread::scope(|scope| {
        let hands: Vec<_> =
            paths.chunks(share).map(|share| scope.spawn(move || all(share))).collect();
        let lost = || Err(Failure::bug("a thread that flushes ended"));
        hands.into_iter().try_for_each(|hand| hand.join().unwrap_or_else(|_| lost()))
    })
}

/// Opened to write, as some systems make nothing durable through a file opened to read.
fn flush_file(path: &Path) -> io::Result<()> {
    File::options().write(true).open(path)?.sync_all()
}
