//! Reading single files that a person named.

use crate::{Failure, FailureKind, Message};
use std::fs;
use std::path::Path;

/// Bytes of a file.
///
/// # Errors
/// [`FailureKind::Missing`] where it is absent, [`FailureKind::Io`] where it cannot be read.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    if path.is_dir() {
        let message = Message::new("file-is-folder").text("path", path.display());
        return Err(Failure::new(FailureKind::Input, message));
    }
    fs::read(path).map_err(|error| Failure::read(path, &error))
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
