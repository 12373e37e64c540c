//! Showing: answers to stdout, messages to stderr.

use clap::ArgMatches;
use fupan::{Entered, EntryMade, Failure, Message, Voice};
use serde_json::{Value, json};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

/// Prints an answer, which ends with a line break.
///
/// # Errors
/// stdout cannot be written. A reader that went away (`| head`) is no error.
pub(crate) fn answer(text: &str) -> Result<(), Failure> {
    crate::progress::end();
    let mut out = io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let done = out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(end.as_bytes()))
        .and_then(|()| out.flush());
    match done {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::write(Path::new("stdout"), &error))
        }
        _ => Ok(()),
    }
}

/// Prints a JSON answer.
///
/// # Errors
/// As [`answer`].
pub(crate) fn json(value: &Value) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::bug)?;
    answer(&text)
}

/// Names the files that were written, as text or, with `--json`, as JSON.
///
/// # Errors
/// As [`answer`].
pub(crate) fn files(files: &[PathBuf], matches: &ArgMatches, voice: &Voice) -> Result<(), Failure> {
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    if matches.get_flag("json") {
        json(&json!({ "files": files }))
    } else {
        answer(&format!("{}\n  {}", voice.word("export-done"), files.join("\n  ")))
    }
}

/// Says what adding to a case came to, as text or, with `--json`, as JSON.
///
/// # Errors
/// As [`answer`].
pub(crate) fn stated(stated: &Entered, matches: &ArgMatches, voice: &Voice) -> Result<(), Failure> {
    if matches.get_flag("json") {
        json(&stated_json(stated))
    } else {
        answer(&stated_text(stated, voice))
    }
}

/// The files written, and the entry where there is one.
pub(crate) fn stated_text(stated: &Entered, voice: &Voice) -> String {
    let mut lines = Vec::new();
    if !stated.files.is_empty() {
        lines.push(voice.word("export-done"));
        lines.extend(stated.files.iter().map(|file| format!("  {}", file.display())));
    }
    lines.extend(stated.entry.as_ref().map(|entry| voice.say(&entry_said(entry))));
    lines.join("\n")
}

/// The same as JSON.
pub(crate) fn stated_json(stated: &Entered) -> Value {
    let files: Value = stated.files.iter().map(|file| file.display().to_string()).collect();
    match &stated.entry {
        Some(entry) => json!({ "files": files, "entry": entry_json(entry) }),
        None => json!({ "files": files }),
    }
}

/// An entry of a vault in one sentence.
pub(crate) fn entry_said(entry: &EntryMade) -> Message {
    Message::new("vault-entry")
        .text("index", entry.index)
        .text("version", entry.version)
        .text("size", entry.size)
        .text("origin", &entry.origin)
}

/// The same as JSON.
pub(crate) fn entry_json(entry: &EntryMade) -> Value {
    json!({
        "index": entry.index,
        "version": entry.version,
        "origin": entry.origin,
        "size": entry.size,
    })
}

/// Prints all messages of a failure to stderr, where there is one to print to.
pub(crate) fn failure(failure: &Failure, voice: &Voice) {
    let mut err = io::stderr().lock();
    for message in &failure.messages {
        let _ = writeln!(err, "{}", voice.say(message));
    }
}

/// Prints a doubt to stderr: something odd that stops nothing.
pub(crate) fn doubt(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Prints a line of progress, to a terminal only.
pub(crate) fn progress(line: &str) {
    let mut err = io::stderr().lock();
    if err.is_terminal() {
        let _ = writeln!(err, "{line}");
    }
}
