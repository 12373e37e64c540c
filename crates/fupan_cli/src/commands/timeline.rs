//! `fupan timeline solve`: the constraint engine alone.

use crate::{Done, help, show};
use clap::{ArgMatches, Command, value_parser};
use fupan::{Failure, Voice};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let top = help::option(voice, "top", "K", "timeline-top")
        .value_parser(value_parser!(u32).range(1..=1_000_000))
        .default_value("100")
        .hide_default_value(true);
    help::command(voice, "timeline", "timeline").subcommand_required(true).subcommand(
        help::command(voice, "solve", "timeline-solve")
            .arg(help::path(voice, "file", "NETWORK.json", "timeline-file"))
            .arg(top)
            .arg(help::json(voice)),
    )
}

/// Answers. The answer is JSON with or without `--json`.
///
/// # Errors
/// What the hall says of the file.
pub(crate) fn run(matches: &ArgMatches) -> Done {
    let Some(("solve", matches)) = matches.subcommand() else {
        return Err(Failure::bug("timeline without a verb"));
    };
    let file = matches.get_one::<PathBuf>("file").ok_or_else(|| Failure::bug("no file"))?;
    let top = matches.get_one::<u32>("top").copied().unwrap_or(100);
    show::answer(&fupan::solve(file, usize::try_from(top).unwrap_or(usize::MAX))?)
}
