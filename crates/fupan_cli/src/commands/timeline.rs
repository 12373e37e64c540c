//! `fupan timeline`: `solve`, the constraint engine alone; `explain`, why a gap of a case is what
//! it is.

use crate::stop::AtTheDoor;
use crate::{Done, actor, explained, help, show};
use clap::{ArgMatches, Command, value_parser};
use fupan::{ExplainRequest, Failure, Voice};
use serde_json::json;
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let top = help::option(voice, "top", "K", "timeline-top")
        .value_parser(value_parser!(u32).range(1..=1_000_000))
        .default_value("100")
        .hide_default_value(true);
    let solve = help::command(voice, "solve", "timeline-solve")
        .arg(help::path(voice, "file", "NETWORK.json", "timeline-file"))
        .arg(top)
        .arg(help::json(voice));
    let explain = help::command(voice, "explain", "timeline-explain")
        .arg(help::path(voice, "case", "CASE", "assess-case"))
        .arg(help::option(voice, "from", "E", "timeline-from").required(true))
        .arg(help::option(voice, "to", "E", "timeline-to").required(true))
        .arg(help::option(voice, "limit", "MIN", "timeline-limit").allow_negative_numbers(true))
        .args(actor::looks(voice))
        .arg(help::json(voice));
    help::command(voice, "timeline", "timeline")
        .subcommand_required(true)
        .subcommands([solve, explain])
}

/// Answers.
///
/// # Errors
/// What the hall says of the file or the case.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    match matches.subcommand() {
        Some(("solve", matches)) => solve(matches),
        Some(("explain", matches)) => explain(matches, voice),
        _ => Err(Failure::bug("timeline without a verb")),
    }
}

/// The answer is JSON with or without `--json`.
fn solve(matches: &ArgMatches) -> Done {
    let file = matches.get_one::<PathBuf>("file").ok_or_else(|| Failure::bug("no file"))?;
    let top = matches.get_one::<u32>("top").copied().unwrap_or(100);
    show::answer(&fupan::solve(file, usize::try_from(top).unwrap_or(usize::MAX))?)
}

fn explain(matches: &ArgMatches, voice: &Voice) -> Done {
    let text = |name| matches.get_one::<String>(name).cloned();
    let case = matches.get_one::<PathBuf>("case").cloned();
    let request = ExplainRequest {
        case: case.ok_or_else(|| Failure::bug("no case"))?,
        from: text("from").unwrap_or_default(),
        to: text("to").unwrap_or_default(),
        limit_min: text("limit"),
        actor: actor::of(matches),
    };
    let made = fupan::explain(&request, &AtTheDoor(voice))?;
    made.notes.iter().for_each(|note| show::doubt(&voice.say(note)));
    if matches.get_flag("json") {
        show::json(&json!(made.gap))
    } else {
        show::answer(&explained::text(&made.gap, voice))
    }
}
