//! `fupan interview`: an interview that was held.

use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgAction, ArgMatches, Command};
use fupan::{Failure, InterviewWords, Voice};
use std::path::PathBuf;

/// Options that must be given, with the name of their value.
const NEEDED: [(&str, &str, &str); 4] = [
    ("id", "ID", "interview-id"),
    ("party", "ID", "interview-party"),
    ("role", "TEXT", "interview-role"),
    ("layer", "WORD", "interview-layer"),
];

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let needed = NEEDED.map(|(id, name, key)| help::option(voice, id, name, key).required(true));
    let by = help::option(voice, "by", "NAMES", "interview-by").required(true);
    let signed = help::option(voice, "signed", "", "interview-signed");
    help::command(voice, "interview", "interview")
        .arg(help::path(voice, "case", "CASE", "fact-case"))
        .args(needed)
        .arg(by.value_delimiter(','))
        .arg(help::option(voice, "topics", "WORDS", "interview-topics").value_delimiter(','))
        .arg(help::option(voice, "started", "TIME", "interview-started"))
        .arg(help::option(voice, "ended", "TIME", "interview-ended"))
        .arg(help::option(voice, "evidence", "ID", "interview-evidence"))
        .arg(signed.action(ArgAction::SetTrue))
        .args(actor::args(voice))
        .arg(help::json(voice))
}

/// Adds the interview.
///
/// # Errors
/// What the hall says of the case with the interview in it.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let text = |name| matches.get_one::<String>(name).cloned();
    let needed = |name| text(name).unwrap_or_default();
    let many = |name| matches.get_many::<String>(name).into_iter().flatten().cloned().collect();
    let case = matches.get_one::<PathBuf>("case").ok_or_else(|| Failure::bug("no case"))?;
    let words = InterviewWords {
        id: needed("id"),
        party: needed("party"),
        role: needed("role"),
        layer: needed("layer"),
        topics: many("topics"),
        interviewers: many("by"),
        started: text("started"),
        ended: text("ended"),
        evidence: text("evidence"),
        signed: matches.get_flag("signed"),
    };
    let stated = fupan::add_interview(case, &words, &actor::of(matches), &AtTheDoor(voice))?;
    show::stated(&stated, matches, voice)
}
