//! `fupan request`: what is still needed and from whom, and what was asked.

use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command};
use fupan::{Failure, RequestWords, Voice, add_request, draft_requests};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let draft = help::command(voice, "draft", "request-draft")
        .arg(help::path(voice, "case", "CASE", "assess-case"))
        .arg(help::path_option(voice, "out", "DIR", "assess-out").required(true))
        .arg(help::option(voice, "report-lang", "LIST", "assess-report-lang"))
        .arg(help::json(voice));
    let add = help::command(voice, "add", "request-add")
        .arg(help::path(voice, "case", "CASE", "fact-case"))
        .arg(help::option(voice, "id", "ID", "request-id").required(true))
        .arg(help::option(voice, "to", "ID", "request-to").required(true))
        .arg(help::option(voice, "asks", "TEXT", "request-asks").required(true))
        .arg(help::option(voice, "kinds", "IDS", "request-kinds").value_delimiter(','))
        .arg(help::option(voice, "asked-at", "TIME", "request-asked-at"))
        .arg(help::option(voice, "due", "TIME", "request-due"))
        .args(actor::args(voice))
        .arg(help::json(voice));
    help::command(voice, "request", "request").subcommand_required(true).subcommands([draft, add])
}

/// Drafts the lists or adds a request, and names the files.
///
/// # Errors
/// What the hall says of the case or the disk.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    match matches.subcommand() {
        Some(("draft", matches)) => {
            let out = matches.get_one::<PathBuf>("out").ok_or_else(|| Failure::bug("no folder"))?;
            let languages = matches.get_one::<String>("report-lang").map(String::as_str);
            let files = draft_requests(case(matches)?, out, languages, &AtTheDoor(voice))?;
            show::files(&files, matches, voice)
        }
        Some(("add", matches)) => {
            let (words, actor) = (words(matches), actor::of(matches));
            let stated = add_request(case(matches)?, &words, &actor, &AtTheDoor(voice))?;
            show::stated(&stated, matches, voice)
        }
        _ => Err(Failure::bug("request without a verb")),
    }
}

fn case(matches: &ArgMatches) -> Result<&PathBuf, Failure> {
    matches.get_one::<PathBuf>("case").ok_or_else(|| Failure::bug("no case"))
}

fn words(matches: &ArgMatches) -> RequestWords {
    let text = |name| matches.get_one::<String>(name).cloned();
    RequestWords {
        id: text("id").unwrap_or_default(),
        to: text("to").unwrap_or_default(),
        asks: text("asks").unwrap_or_default(),
        kinds: matches.get_many::<String>("kinds").into_iter().flatten().cloned().collect(),
        asked_at: text("asked-at"),
        due: text("due"),
    }
}
