//! `fupan fact`: a fact by hand.

use super::place;
use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command};
use fupan::{FactWords, Failure, Voice};
use std::path::PathBuf;

/// Options that must be given, with the name of their value.
const NEEDED: [(&str, &str, &str); 6] = [
    ("id", "ID", "fact-id"),
    ("party", "ID", "fact-party"),
    ("event", "EVENT", "fact-event"),
    ("kind", "WORD", "fact-kind"),
    ("text", "TEXT", "fact-text"),
    ("evidence", "ID", "fact-evidence"),
];

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let needed = NEEDED.map(|(id, name, key)| help::option(voice, id, name, key).required(true));
    help::command(voice, "fact", "fact")
        .arg(help::path(voice, "case", "CASE", "fact-case"))
        .args(needed)
        .args(place::args(voice))
        .arg(help::option(voice, "time", "TIME", "fact-time"))
        .arg(help::option(voice, "clock", "ID", "fact-clock"))
        .args(actor::args(voice))
        .arg(help::json(voice))
}

/// Adds the fact.
///
/// # Errors
/// What the hall says of the case with the fact in it.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let text = |name| matches.get_one::<String>(name).cloned();
    let needed = |name| text(name).unwrap_or_default();
    let case = matches.get_one::<PathBuf>("case").ok_or_else(|| Failure::bug("no case"))?;
    let fact = FactWords {
        id: needed("id"),
        party: needed("party"),
        event: needed("event"),
        kind: needed("kind"),
        text: needed("text"),
        time: text("time"),
        clock: text("clock"),
        evidence: needed("evidence"),
        place: place::of(matches),
    };
    let stated = fupan::add_fact(case, &fact, &actor::of(matches), &AtTheDoor(voice))?;
    show::stated(&stated, matches, voice)
}
