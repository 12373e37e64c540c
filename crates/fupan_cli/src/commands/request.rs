//! `fupan request draft`: what is still needed, and from whom.

use crate::stop::AtTheDoor;
use crate::{Done, help, show};
use clap::{ArgMatches, Command};
use fupan::{Failure, Voice, draft_requests};
use serde_json::json;
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    help::command(voice, "request", "request").subcommand_required(true).subcommand(
        help::command(voice, "draft", "request-draft")
            .arg(help::path(voice, "case", "CASE", "assess-case"))
            .arg(help::path_option(voice, "out", "DIR", "assess-out").required(true))
            .arg(help::option(voice, "report-lang", "LIST", "assess-report-lang"))
            .arg(help::json(voice)),
    )
}

/// Drafts the lists, and names the files.
///
/// # Errors
/// What the hall says of the case or the disk.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let Some(("draft", matches)) = matches.subcommand() else {
        return Err(Failure::bug("request without a verb"));
    };
    let path = |name| matches.get_one::<PathBuf>(name).cloned();
    let case = path("case").ok_or_else(|| Failure::bug("no case"))?;
    let out = path("out").ok_or_else(|| Failure::bug("no folder"))?;
    let languages = matches.get_one::<String>("report-lang").map(String::as_str);
    let files = draft_requests(&case, &out, languages, &AtTheDoor(voice))?;
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    if matches.get_flag("json") {
        return show::json(&json!({ "files": names }));
    }
    show::answer(&format!("{}\n", names.join("\n")))
}
