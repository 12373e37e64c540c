//! The door to a case's files, which the hall opens: intake itself opens nothing.

use crate::error::{IntakeError, Problem};
use crate::table::Log;
use std::io::{self, Cursor, Read};

/// Why a file of a case could not be had (读取失败).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// There is no such file.
    Absent,
    /// It is there and cannot be read: permission, disk, a folder in its place. The system's reason.
    Unreadable(String),
}

/// Case source (卷宗来源): the files of a case, by path relative to it, with `/` between folders.
pub trait CaseSource {
    /// Paths of all files.
    ///
    /// # Errors
    /// [`SourceError`] when the folder cannot be listed.
    fn list(&self) -> Result<Vec<String>, SourceError>;

    /// The bytes of one file.
    ///
    /// # Errors
    /// [`SourceError`] when it is absent or unreadable.
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError>;

    /// A reader at the first byte of one file, for originals that may be larger than memory.
    ///
    /// # Errors
    /// As [`Self::read`].
    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>, SourceError> {
        Ok(Box::new(Cursor::new(self.read(path)?)))
    }
}

/// A file of a case as a log (卷宗日志).
pub(crate) struct SourceLog<'a> {
    /// The case's files.
    pub(crate) source: &'a dyn CaseSource,
    /// Which of them.
    pub(crate) path: &'a str,
}

impl Log for SourceLog<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        self.source.open(self.path).map_err(|error| match error {
            SourceError::Absent => io::ErrorKind::NotFound.into(),
            SourceError::Unreadable(why) => io::Error::other(why),
        })
    }
}

/// Whether a path leads to nothing outside the case.
pub(crate) fn stays_inside(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    !path.contains(['\\', ':', '\0']) && path.split('/').all(plain)
}

impl IntakeError {
    /// The error for a file that could not be had.
    pub(crate) fn of_source(file: &str, error: SourceError) -> Self {
        Self::of_file(
            file,
            match error {
                SourceError::Absent => Problem::FileAbsent,
                SourceError::Unreadable(why) => Problem::FileUnreadable(why),
            },
        )
    }
}

/// Files held in memory: what a writer made, before anybody puts it on a disk.
impl CaseSource for std::collections::BTreeMap<String, Vec<u8>> {
    fn list(&self) -> Result<Vec<String>, SourceError> {
        Ok(self.keys().cloned().collect())
    }
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        self.get(path).cloned().ok_or(SourceError::Absent)
    }
}
