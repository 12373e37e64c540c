//! `fupan finding`: a finding by hand.

use super::place;
use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command};
use fupan::{Failure, FindingWords, Voice};
use std::path::PathBuf;

/// Options that must be given, with the name of their value.
const NEEDED: [(&str, &str, &str); 5] = [
    ("id", "ID", "finding-id"),
    ("content", "ID", "finding-content"),
    ("text", "TEXT", "finding-text"),
    ("by", "NAME", "finding-by"),
    ("evidence", "ID", "fact-evidence"),
];

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let needed = NEEDED.map(|(id, name, key)| help::option(voice, id, name, key).required(true));
    let tone = help::option(voice, "tone", "WORD", "finding-tone")
        .required(true)
        .value_parser(["bad", "good"])
        .hide_possible_values(true);
    help::command(voice, "finding", "finding")
        .arg(help::path(voice, "case", "CASE", "fact-case"))
        .arg(tone)
        .args(needed)
        .args(place::args(voice))
        .args(actor::args(voice))
        .arg(help::json(voice))
}

/// Adds the finding.
///
/// # Errors
/// What the hall says of the case with the finding in it.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let needed = |name| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let case = matches.get_one::<PathBuf>("case").ok_or_else(|| Failure::bug("no case"))?;
    let words = FindingWords {
        id: needed("id"),
        tone: needed("tone"),
        content: needed("content"),
        text: needed("text"),
        by: needed("by"),
        evidence: needed("evidence"),
        place: place::of(matches),
    };
    let stated = fupan::add_finding(case, &words, &actor::of(matches), &AtTheDoor(voice))?;
    show::stated(&stated, matches, voice)
}
