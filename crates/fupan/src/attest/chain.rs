//! What a device stated last: a file beside its key. The next statement has the next number and names
//! the one before, so that a statement that was dropped leaves a gap.

use crate::evidence::name_of;
use crate::output::{Output, replace_all};
use crate::{Failure, FailureKind, Message, Watch, file};
use fupan_vault::{from_hex, hex_of};
use std::path::{Path, PathBuf};

/// Number and digest of a device's last statement.
pub(super) type Link = (u64, [u8; 32]);

/// The file beside a key.
fn place(key: &Path) -> PathBuf {
    key.with_file_name(format!("{}.chain", name_of(key)))
}

/// The last statement of the device whose key this is; `None`: it made none.
///
/// # Errors
/// The file is not as it was written.
pub(super) fn last(key: &Path) -> Result<Option<Link>, Failure> {
    let place = place(key);
    if !place.exists() {
        return Ok(None);
    }
    let text = file::text(&place)?;
    let read = text
        .trim_ascii()
        .split_once(' ')
        .and_then(|(seq, digest)| Some((seq.parse().ok()?, from_hex(digest)?)));
    let broken = || {
        let message = Message::new("attest-chain").text("path", place.display());
        Failure::new(FailureKind::Input, message)
    };
    read.map(Some).ok_or_else(broken)
}

/// Notes the last statement. Done before the statement is written: a number that was used and is
/// missing can be explained, one that was used twice is an alarm.
///
/// # Errors
/// It cannot be written.
pub(super) fn note(key: &Path, (seq, digest): Link, watch: &dyn Watch) -> Result<(), Failure> {
    let place = place(key);
    let text = format!("{seq} {}\n", hex_of(&digest));
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    let output = [Output::new(name_of(&place), text.into_bytes())];
    replace_all(folder.unwrap_or(Path::new(".")), &output, watch).map(|_| ())
}
