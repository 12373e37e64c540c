//! `fupan choose`: which records a named person sets aside, and why.

use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command};
use fupan::{ChoiceWords, Failure, Voice};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let retract = help::option(voice, "retract", "IDS", "choose-retract").required(true);
    help::command(voice, "choose", "choose")
        .arg(help::path(voice, "case", "CASE", "fact-case"))
        .arg(retract.value_delimiter(','))
        .arg(help::option(voice, "by", "NAME", "choose-by").required(true))
        .arg(help::option(voice, "reason", "TEXT", "choose-reason").required(true))
        .arg(help::option(voice, "at", "TIME", "choose-at"))
        .args(actor::args(voice))
        .arg(help::json(voice))
}

/// Adds the choice.
///
/// # Errors
/// What the hall says of the case with the choice in it.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let text = |name| matches.get_one::<String>(name).cloned();
    let case = matches.get_one::<PathBuf>("case").ok_or_else(|| Failure::bug("no case"))?;
    let retract = matches.get_many::<String>("retract").into_iter().flatten().cloned().collect();
    let words = ChoiceWords {
        retract,
        by: text("by").unwrap_or_default(),
        reason: text("reason").unwrap_or_default(),
        at: text("at"),
    };
    let stated = fupan::choose(case, &words, &actor::of(matches), &AtTheDoor(voice))?;
    show::stated(&stated, matches, voice)
}
