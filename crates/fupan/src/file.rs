//! Reading single files that a person named.

use crate::{Failure, FailureKind, Message, Watch};
use fupan_intake::Log;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Bytes of a file.
///
/// # Errors
/// [`FailureKind::Missing`] where it is absent, [`FailureKind::Io`] where it cannot be read.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    no_folder(path)?;
    fs::read(path).map_err(|error| Failure::read(path, &error))
}

/// The first bytes of a file, as many as asked for; all of it where it is packed.
///
/// # Errors
/// As [`bytes`].
pub(crate) fn head(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    no_folder(path)?;
    let fault = |error| Failure::read(path, &error);
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(most).read_to_end(&mut head)).map_err(fault)?;
    let packed = head.starts_with(b"PK\x03\x04") || head.starts_with(b"\x1f\x8b");
    if packed { bytes(path) } else { Ok(head) }
}

fn no_folder(path: &Path) -> Result<(), Failure> {
    if path.is_dir() {
        let message = Message::new("file-is-folder").text("path", path.display());
        return Err(Failure::new(FailureKind::Input, message));
    }
    Ok(())
}

/// A file that is read piece by piece, as often as need be, and never held (文件日志).
pub(crate) struct FileLog<'a> {
    pub(crate) path: &'a Path,
    pub(crate) watch: &'a dyn Watch,
}

impl<'a> FileLog<'a> {
    /// A reader at the first byte.
    ///
    /// # Errors
    /// What the system says.
    pub(crate) fn reader(&self) -> io::Result<Box<dyn Read + 'a>> {
        let file = File::open(self.path)?;
        let total = file.metadata()?.len();
        Ok(Box::new(Watched { file, done: 0, total, watch: self.watch }))
    }

    /// Sees that the file can be opened.
    ///
    /// # Errors
    /// As [`bytes`].
    pub(crate) fn check(&self) -> Result<(), Failure> {
        no_folder(self.path)?;
        File::open(self.path).map(drop).map_err(|error| Failure::read(self.path, &error))
    }
}

impl Log for FileLog<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        self.reader()
    }
}

/// A reader whose progress is told, and which ends when a person asks.
struct Watched<'a> {
    file: File,
    done: u64,
    total: u64,
    watch: &'a dyn Watch,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.watch.stopped() {
            // Not `Interrupted`, which readers take as a wish to try again.
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        let size = self.file.read(buffer)?;
        self.done += size as u64;
        self.watch.read(self.done, self.total);
        Ok(size)
    }
}

/// Text of a file in UTF-8; a byte order mark is dropped.
///
/// # Errors
/// As [`bytes`], and [`FailureKind::Input`] where the bytes are not UTF-8.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    match String::from_utf8(bytes(path)?) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..at).unwrap_or_default();
            let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
            let message = Message::new("not-utf8").text("path", path.display()).count("line", line);
            Err(Failure::new(FailureKind::Input, message))
        }
    }
}
