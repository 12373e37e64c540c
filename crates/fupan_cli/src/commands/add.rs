//! `fupan add`: a file as evidence.

use super::import::{handed_args, word_args, words};
use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command};
use fupan::{Added, Failure, Message, Voice};
use serde_json::json;
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    help::command(voice, "add", "add")
        .arg(help::path(voice, "file", "FILE", "add-file"))
        .arg(help::path_option(voice, "case", "CASE", "add-case").required(true))
        .arg(help::option(voice, "id", "ID", "add-id").required(true))
        .args(word_args(voice))
        .args(handed_args(voice))
        .args(actor::args(voice))
        .arg(help::json(voice))
}

/// Adds the file.
///
/// # Errors
/// What the hall says of the case or the file.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let path = |name| matches.get_one::<PathBuf>(name).ok_or_else(|| Failure::bug("no path"));
    let id = matches.get_one::<String>("id").map(String::as_str).unwrap_or_default();
    let watch = AtTheDoor(voice);
    let (words, actor) = (words(matches), actor::of(matches));
    match fupan::add_evidence(path("file")?, path("case")?, id, &words, &actor, &watch)? {
        Added::Files { stated, doubts } => {
            doubts.iter().for_each(|doubt| show::doubt(&voice.say(doubt)));
            show::stated(&stated, matches, voice)
        }
        Added::Already(id) if matches.get_flag("json") => {
            show::json(&json!({ "already": id, "files": [] }))
        }
        Added::Already(id) => {
            show::answer(&voice.say(&Message::new("import-already").text("id", id)))
        }
    }
}
