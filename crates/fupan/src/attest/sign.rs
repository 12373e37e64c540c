//! Use case: the second signature. Whoever gives it recomputes the digests from their own copy first.

use super::draft::{measure, write};
use super::refused::messages;
use super::signings::{self, ClockWords};
use crate::key::secret;
use crate::{Failure, FailureKind, Message, Watch, chance, file};
use fupan_ledger::{Capture, Note, Rejection};
use std::fs;
use std::path::{Path, PathBuf};

/// Signed (加签结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Statement, and when it was signed.
    pub files: Vec<PathBuf>,
    /// Whether the digests were recomputed from a copy.
    pub recomputed: bool,
    /// How many have signed by now.
    pub signatures: usize,
}

/// Signs the statement in `path` with `key`, after comparing it with `copy`.
///
/// # Errors
/// The copy is not what the statement says; no statement, no key.
pub fn sign_capture(
    path: &Path,
    key: &Path,
    copy: Option<&Path>,
    clock: ClockWords,
    out: Option<&Path>,
    watch: &dyn Watch,
) -> Result<Signed, Failure> {
    let (mut note, capture) = read(path)?;
    let key = secret(key)?;
    let sync = clock.sync()?;
    if let Some(copy) = copy {
        let stored = measure(copy, watch)?;
        let (is, chunks) = (stored.digests, stored.chunks.map(|list| list.sha256));
        let found: Vec<Rejection> = [
            (is.sha256 != capture.sha256).then_some(Rejection::Digest),
            (is.sm3 != capture.sm3).then_some(Rejection::Sm3),
            (is.size != capture.size)
                .then_some(Rejection::Size { said: capture.size, is: is.size }),
            (capture.chunks.is_some() && chunks != capture.chunks).then_some(Rejection::Chunks),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !found.is_empty() {
            return Err(Failure { kind: FailureKind::Integrity, messages: messages(&found) });
        }
    }
    note.sign(&key).map_err(Failure::bug)?;
    let place = signings::place(path);
    let before = if place.is_file() { file::text(&place)? } else { String::new() };
    let signed = before + &signings::line(key.verify_key(), chance::now_ms()?, sync);
    let out = out.unwrap_or(path);
    let mut files = write(out, &note, [("signed", signed.into_bytes())], watch)?;
    let (meta, target) = (beside(path), beside(out));
    if meta.is_file() && meta != target {
        fs::copy(&meta, &target).map_err(|error| Failure::write(&target, &error))?;
        files.push(target);
    }
    Ok(Signed { files, recomputed: copy.is_some(), signatures: note.signatures().len() })
}

/// A statement with its note.
fn read(path: &Path) -> Result<(Note, Capture), Failure> {
    let note = Note::parse(&file::bytes(path)?);
    let read = note.and_then(|note| Capture::parse(note.text()).map(|capture| (note, capture)));
    read.map_err(|error| {
        let message = Message::new("attest-no-statement").text("path", path.display());
        Failure::new(FailureKind::Input, message.text("detail", error))
    })
}

/// Where place and remarks of a statement lie.
pub(super) fn beside(note: &Path) -> PathBuf {
    note.with_file_name(format!("{}.meta.json", crate::evidence::name_of(note)))
}
