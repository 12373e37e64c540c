//! `fupan vault`: begin a vault, take cases in, record, copy, check, prove, keep, erase, take a stream out.

mod acts;
mod care;
mod shown;
mod stream;
mod vouched;

use crate::{Done, help};
use clap::{Arg, ArgMatches, Command};
use fupan::{Failure, Voice};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    help::command(voice, "vault", "vault")
        .subcommand_required(true)
        .subcommands(acts::commands(voice))
        .subcommands(care::commands(voice))
        .subcommands(vouched::commands(voice))
        .subcommands(shown::commands(voice))
        .subcommand(stream::command(voice))
}

/// A vault, by its path.
fn vault_arg(voice: &Voice) -> Arg {
    help::path(voice, "vault", "VAULT", "vault-path")
}

/// A case of a vault.
fn case_arg(voice: &Voice) -> Arg {
    help::path(voice, "vault", "CASE", "vault-case")
}

/// Carries it out.
///
/// # Errors
/// What the hall says.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    match matches.subcommand() {
        Some(("init", matches)) => acts::init(matches, voice),
        Some(("take", matches)) => acts::take(matches, voice),
        Some(("record", matches)) => acts::record(matches, voice),
        Some(("custody", matches)) => acts::custody(matches, voice),
        Some(("hold", matches)) => acts::hold(matches, voice, true),
        Some(("release", matches)) => acts::hold(matches, voice, false),
        Some(("erase", matches)) => acts::erase(matches, voice),
        Some(("backup", matches)) => care::backup(matches, voice),
        Some(("restore", matches)) => care::restore(matches, voice),
        Some(("rebuild", matches)) => care::rebuild(matches, voice),
        Some(("cosign", matches)) => vouched::cosign(matches, voice),
        Some(("stamp", matches)) => vouched::stamp(matches, voice),
        Some(("scrub", matches)) => care::scrub(matches, voice),
        Some(("head", matches)) => shown::head(matches, voice),
        Some(("history", matches)) => shown::history(matches, voice),
        Some(("search", matches)) => shown::search(matches, voice),
        Some(("transcript", matches)) => acts::transcript(matches, voice),
        Some(("stream", matches)) => stream::run(matches, voice),
        Some(("prove", matches)) => shown::prove(matches, voice),
        other => Err(Failure::bug(format!("a verb without a hand: {:?}", other.map(|(v, _)| v)))),
    }
}

/// A path that the parser saw to.
fn path<'a>(matches: &'a ArgMatches, name: &str) -> Result<&'a PathBuf, Failure> {
    matches.get_one::<PathBuf>(name).ok_or_else(|| Failure::bug("no path"))
}

/// A text, where it was given.
fn text(matches: &ArgMatches, name: &str) -> Option<String> {
    matches.get_one::<String>(name).cloned()
}
