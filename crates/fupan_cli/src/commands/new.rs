//! `fupan new`: an empty case folder.

use crate::stop::AtTheDoor;
use crate::{Done, help, show};
use clap::{ArgMatches, Command};
use fupan::{CaseWords, Failure, Voice};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    help::command(voice, "new", "new")
        .arg(help::path(voice, "folder", "CASE", "new-folder"))
        .arg(help::option(voice, "id", "ID", "new-id").required(true))
        .arg(help::option(voice, "title", "TEXT", "new-title"))
        .arg(help::option(voice, "date", "DATE", "new-date").required(true))
        .arg(help::option(voice, "zone", "ZONE", "new-zone").default_value("+08:00"))
        .arg(help::option(voice, "place", "TEXT", "new-place").required(true))
        .arg(help::option(voice, "kind", "TEXT", "new-kind").required(true))
        .arg(help::json(voice))
}

/// Makes the folder.
///
/// # Errors
/// What the hall says of the head or the folder.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let text = |name| matches.get_one::<String>(name).cloned();
    let folder = matches.get_one::<PathBuf>("folder").ok_or_else(|| Failure::bug("no folder"))?;
    let words = CaseWords {
        id: text("id").unwrap_or_default(),
        title: text("title"),
        date: text("date").unwrap_or_default(),
        timezone: text("zone").unwrap_or_default(),
        place: text("place").unwrap_or_default(),
        kind: text("kind").unwrap_or_default(),
    };
    show::files(&fupan::new_case(folder, &words, &AtTheDoor(voice))?, matches, voice)
}
