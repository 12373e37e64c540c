//! `fupan clock`: what is known of a clock, by hand.

use super::place;
use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command};
use fupan::{CaseClockWords, Failure, Voice};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let option = |id, name, key: &str| help::option(voice, id, name, key);
    let standing = option("standing", "WORD", "clock-standing")
        .required(true)
        .value_parser(["civil", "checked", "unknown"])
        .hide_possible_values(true);
    let bound = |id, other, key: &str| {
        option(id, "SECONDS", key).allow_negative_numbers(true).requires(other)
    };
    help::command(voice, "clock", "clock")
        .arg(help::path(voice, "case", "CASE", "fact-case"))
        .arg(option("id", "ID", "clock-id").required(true))
        .arg(option("name", "TEXT", "clock-name"))
        .arg(standing)
        .arg(bound("offset-from", "offset-to", "clock-from"))
        .arg(bound("offset-to", "offset-from", "clock-to"))
        .arg(option("checked-at", "TIME", "clock-at"))
        .arg(option("rate-ppm", "PPM", "clock-rate"))
        .arg(option("evidence", "ID", "fact-evidence"))
        .args(place::args(voice))
        .arg(option("reason", "TEXT", "clock-reason"))
        .args(actor::args(voice))
        .arg(help::json(voice))
}

/// States the clock.
///
/// # Errors
/// What the hall says of the case with the clock in it.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let text = |name| matches.get_one::<String>(name).cloned();
    let case = matches.get_one::<PathBuf>("case").ok_or_else(|| Failure::bug("no case"))?;
    let words = CaseClockWords {
        id: text("id").unwrap_or_default(),
        name: text("name"),
        standing: text("standing").unwrap_or_default(),
        offset_s: text("offset-from").zip(text("offset-to")),
        checked_at: text("checked-at"),
        rate_ppm: text("rate-ppm"),
        evidence: text("evidence"),
        place: place::of(matches),
        reason: text("reason"),
    };
    let stated = fupan::state_clock(case, &words, &actor::of(matches), &AtTheDoor(voice))?;
    show::stated(&stated, matches, voice)
}
