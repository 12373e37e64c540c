//! `fupan fact`: a fact by hand.

use crate::stop::AtTheDoor;
use crate::{Done, help, show};
use clap::{ArgMatches, Command, value_parser};
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

/// Options that say where in the evidence; at most one of them.
const PLACES: [(&str, &str); 3] =
    [("row", "fact-row"), ("page", "fact-page"), ("second", "fact-second")];

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let needed = NEEDED.map(|(id, name, key)| help::option(voice, id, name, key).required(true));
    let places = PLACES.map(|(id, key)| {
        let others = PLACES.map(|(other, _)| other).into_iter().filter(move |other| *other != id);
        help::option(voice, id, "N", key)
            .value_parser(value_parser!(u32))
            .conflicts_with_all(others.collect::<Vec<_>>())
    });
    help::command(voice, "fact", "fact")
        .arg(help::path(voice, "case", "CASE", "fact-case"))
        .args(needed)
        .args(places)
        .arg(help::option(voice, "time", "TIME", "fact-time"))
        .arg(help::option(voice, "clock", "ID", "fact-clock"))
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
    let place = PLACES.iter().find_map(|(id, _)| Some((*id, matches.get_one::<u32>(id).copied()?)));
    let fact = FactWords {
        id: needed("id"),
        party: needed("party"),
        event: needed("event"),
        kind: needed("kind"),
        text: needed("text"),
        time: text("time"),
        clock: text("clock"),
        evidence: needed("evidence"),
        place,
    };
    show::files(&fupan::add_fact(case, &fact, &AtTheDoor(voice))?, matches, voice)
}
