//! `fupan assess`: the main job.

use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show, summary};
use clap::{ArgMatches, Command};
use fupan::{AssessRequest, Failure, ReportForm, Voice};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    help::command(voice, "assess", "assess")
        .arg(help::path(voice, "case", "CASE", "assess-case"))
        .arg(help::path_option(voice, "out", "DIR", "assess-out").required(true))
        .arg(help::option(voice, "format", "LIST", "assess-format"))
        .arg(help::option(voice, "report-lang", "LIST", "assess-report-lang"))
        .args(actor::looks(voice))
        .arg(help::json(voice))
}

/// Assesses, and shows what it came to.
///
/// # Errors
/// What the hall says of the case, the formats, or the disk.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let path = |name| matches.get_one::<PathBuf>(name).cloned();
    let forms = match matches.get_one::<String>("format") {
        Some(list) => ReportForm::list(list)?,
        None => ReportForm::DEFAULT.to_vec(),
    };
    let request = AssessRequest {
        case: path("case").ok_or_else(|| Failure::bug("no case"))?,
        out: path("out").ok_or_else(|| Failure::bug("no folder"))?,
        forms,
        languages: matches.get_one::<String>("report-lang").cloned(),
        actor: actor::of(matches),
    };
    let assessed = fupan::assess(&request, &AtTheDoor(voice))?;
    assessed.notes.iter().for_each(|note| show::doubt(&voice.say(note)));
    if matches.get_flag("json") {
        show::json(&summary::json(&assessed))
    } else {
        show::answer(&summary::text(&assessed, voice))
    }
}
