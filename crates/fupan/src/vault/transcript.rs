//! Use case: what a person typed from a scan or a recording, as evidence of its own that names what it was
//! typed from. The original stays what it is; nothing is read by machine and passed off as the document.

use crate::carry::Carried;
use crate::case::defaults;
use crate::evidence::{EvidenceWords, evidence, files, print_of};
use crate::place::{CasePlace, locate, no_vault};
use crate::{Actor, Entered, Failure, FailureKind, Message, Step, Watch, book, file};
use fupan_intake::same_bytes;
use std::fs;
use std::path::Path;

/// Bytes of a transcript at most: it stands in the entry, so that it is found.
const MOST: u64 = 256 * 1024;

/// Takes `text` into the case at `path` as the transcript of `of`. Its number is that of the original with
/// `-T` and a number.
///
/// # Errors
/// No vault; no such evidence ([`FailureKind::Missing`]); a text that is none, too long, or there already.
pub fn add_transcript(
    path: &Path,
    of: &str,
    text: &Path,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<Entered, Failure> {
    watch.step(Step::Read);
    let CasePlace::Kept(_) = locate(path) else { return Err(no_vault(path)) };
    let size = fs::metadata(text).map_err(|error| Failure::read(text, &error))?.len();
    if size > MOST {
        let message = Message::new("transcript-long").text("path", text.display());
        return Err(Failure::new(FailureKind::Input, message.text("limit", MOST)));
    }
    let words = file::text(text)?;
    let keys = [("transcript", words)];
    let derived = Derived { of, file: text, letter: 'T', keys: &keys };
    match derived.keep(path, actor, watch)? {
        Kept::New(stated, _) => Ok(stated),
        Kept::There(id) => {
            let message = Message::new("transcript-there").text("id", id);
            Err(Failure::new(FailureKind::Conflict, message))
        }
    }
}

/// Takes `file` into the case at `path` as a derivative of the evidence `of`, unless these very bytes are in it
/// as one already. Gives its number, which is that of the original with `-R` and a number.
///
/// # Errors
/// No such evidence ([`FailureKind::Missing`]); the bytes are in the case as something else.
pub(crate) fn derive(
    path: &Path,
    of: &str,
    file: &Path,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<String, Failure> {
    let derived = Derived { of, file, letter: 'R', keys: &[] };
    match derived.keep(path, actor, watch)? {
        Kept::New(_, id) => Ok(id),
        Kept::There(id) if id.starts_with(&format!("{of}-R")) => Ok(id),
        Kept::There(id) => {
            let message = Message::new("transcript-there").text("id", id);
            Err(Failure::new(FailureKind::Conflict, message))
        }
    }
}

/// Evidence that somebody made of other evidence.
struct Derived<'a> {
    of: &'a str,
    file: &'a Path,
    /// What stands before the number.
    letter: char,
    keys: &'a [(&'a str, String)],
}

enum Kept {
    New(Entered, String),
    There(String),
}

impl Derived<'_> {
    fn keep(&self, path: &Path, actor: &Actor, watch: &dyn Watch) -> Result<Kept, Failure> {
        let of = self.of;
        let book = book::shipped()?;
        let defaults = defaults(&book)?;
        let print = print_of(self.file, watch)?;
        let carried = Carried::open(path, actor, &book)?;
        let source = carried.case.evidence.iter().find(|one| one.id.as_str() == of);
        let source = source.ok_or_else(|| {
            Failure::new(FailureKind::Missing, Message::new("evidence-absent").text("id", of))
        })?;
        if let Some(there) = same_bytes(&carried.case, &print.0) {
            return Ok(Kept::There(there.id.to_string()));
        }
        let taken = |id: &str| carried.case.evidence.iter().any(|one| one.id.as_str() == id);
        let mut number = 1;
        while taken(&format!("{of}-{}{number}", self.letter)) {
            number += 1;
        }
        let id = format!("{of}-{}{number}", self.letter);
        let said = EvidenceWords {
            kind: Some(source.kind.to_string()),
            title: None,
            party: source.party.as_ref().map(ToString::to_string),
            clock: source.clock.as_ref().map(ToString::to_string),
            ..EvidenceWords::default()
        };
        let mut new = evidence(&said, self.file, print, &id, &defaults);
        new.collected_by = vec![actor.author()?.to_owned()];
        new.fields.insert("derived-from".to_owned(), of.to_owned());
        let keys = self.keys.iter();
        new.fields.extend(keys.map(|(key, text)| ((*key).to_owned(), text.clone())));
        let outputs = files(&carried.case, &carried.base, &new, self.file, None)?;
        let after = carried.with(&outputs, &defaults, watch)?;
        Ok(Kept::New(carried.keep(&outputs, &after, watch)?, id))
    }
}
