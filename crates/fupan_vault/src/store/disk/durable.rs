//! What differs between systems: making a folder's names durable, taking away a file that is sealed
//! against writing, and errors of file systems without hard links. The one place for it.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Makes the names in a folder durable. Windows has no such call and orders them itself.
///
/// # Errors
/// What the system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Makes the name of a folder durable, in the folder above it. One that may not be read is passed over: it cannot
/// be asked.
pub(super) fn sync_name(folder: &Path) -> io::Result<()> {
    let above = folder.canonicalize()?.parent().map(sync_folder).unwrap_or(Ok(()));
    match above {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        done => done,
    }
}

/// Makes a file durable that somebody else wrote. Windows refuses that for a file opened to read;
/// there a file gets its name only after it is durable.
pub(super) fn sync_again(file: &File) -> io::Result<()> {
    if cfg!(unix) { file.sync_data() } else { Ok(()) }
}

/// Makes a folder and those above it, each durable in its parent.
pub(super) fn make_folders(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    if let Some(above) = above {
        make_folders(above)?;
    }
    make_folder(folder)?;
    above.map_or(Ok(()), sync_folder)
}

/// Makes a folder where there is none.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        done => done,
    }
}

/// Begins a file that nobody else has. Where a handle outlives the right to write, it is sealed against writing by
/// accident from the beginning.
pub(super) fn begin(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o444);
    options.open(path)
}

/// Seals a file against writing by accident.
pub(super) fn seal(file: &File) -> io::Result<()> {
    if cfg!(unix) {
        return Ok(());
    }
    let mut permissions = file.metadata()?.permissions();
    permissions.set_readonly(true);
    file.set_permissions(permissions)
}

/// Gives a file another name, unless that is taken, in one step; `None`: this system or file system has no such step.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub(super) fn rename_new(from: &Path, to: &Path) -> Option<io::Result<()>> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => None,
        done => Some(done.map_err(io::Error::from)),
    }
}

/// The same, where there is no such step.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn rename_new(_: &Path, _: &Path) -> Option<io::Result<()>> {
    None
}

/// Takes a file away, sealed or not.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    #[cfg(not(unix))]
    {
        let mut permissions = fs::symlink_metadata(path)?.permissions();
        permissions.set_readonly(false);
        fs::set_permissions(path, permissions)?;
    }
    fs::remove_file(path)
}

/// Whether this is a file system that knows no hard links (FAT, some network shares).
pub(super) fn links_unsupported(error: &io::Error) -> bool {
    // EPERM (Linux on FAT), EMLINK, and ERROR_INVALID_FUNCTION of Windows.
    let raw = error.raw_os_error();
    error.kind() == io::ErrorKind::Unsupported
        || (cfg!(unix) && matches!(raw, Some(1 | 31)))
        || (cfg!(windows) && raw == Some(1))
}
