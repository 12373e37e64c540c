//! The verbs, one file each: a `command` that clap parses by and a `run` that calls the hall.

mod add;
mod add_stream;
mod assess;
mod attest;
mod book;
mod choose;
mod clock;
mod cosigner;
mod examine;
mod export;
mod fact;
mod finding;
mod import;
mod interview;
mod key;
mod new;
mod place;
mod request;
mod timeline;
mod vault;
mod verify;

use crate::{Done, help, show, usage, usage_failure};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command};
use fupan::{Failure, Voice};
use std::ffi::OsString;

/// Parses and carries out one request.
///
/// # Errors
/// Whatever the use case says, or bad usage.
pub(crate) fn run(args: &[OsString], voice: &Voice) -> Done {
    let matches = match root(voice).try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => {
            return match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                    show::answer(&error.render().to_string())
                }
                _ => Err(usage_failure(usage::message(&error))),
            };
        }
    };
    match matches.subcommand() {
        Some(("assess", matches)) => assess::run(matches, voice),
        Some(("new", matches)) => new::run(matches, voice),
        Some(("add", matches)) => add::run(matches, voice),
        Some(("add-stream", matches)) => add_stream::run(matches, voice),
        Some(("fact", matches)) => fact::run(matches, voice),
        Some(("interview", matches)) => interview::run(matches, voice),
        Some(("clock", matches)) => clock::run(matches, voice),
        Some(("finding", matches)) => finding::run(matches, voice),
        Some(("choose", matches)) => choose::run(matches, voice),
        Some(("import", matches)) => import::run(matches, voice),
        Some(("examine", matches)) => examine::run(matches, voice),
        Some(("export", matches)) => export::run(matches, voice),
        Some(("request", matches)) => request::run(matches, voice),
        Some(("timeline", matches)) => timeline::run(matches, voice),
        Some(("book", matches)) => book::run(matches, voice),
        Some(("key", matches)) => key::run(matches, voice),
        Some(("attest", matches)) => attest::run(matches, voice),
        Some(("vault", matches)) => vault::run(matches, voice),
        Some(("verify", matches)) => verify::run(matches, voice),
        Some(("cosigner", matches)) => cosigner::run(matches, voice),
        other => Err(Failure::bug(format!("a verb without a hand: {:?}", other.map(|(v, _)| v)))),
    }
}

fn root(voice: &Voice) -> Command {
    help::command(voice, "fupan", "about")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(voice.word("help-version")),
        )
        .arg(
            help::option(voice, "lang", "LANG", "lang")
                .global(true)
                .value_parser(["zh", "en"])
                .hide_possible_values(true),
        )
        .subcommands([
            assess::command(voice),
            new::command(voice),
            add::command(voice),
            import::command(voice),
            examine::command(voice),
            fact::command(voice),
            interview::command(voice),
            clock::command(voice),
            finding::command(voice),
            choose::command(voice),
            export::command(voice),
            request::command(voice),
            timeline::command(voice),
            book::command(voice),
            add_stream::command(voice),
            key::command(voice),
            attest::command(voice),
            vault::command(voice),
            verify::command(voice),
            cosigner::command(voice),
        ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use fupan::Lang;

    #[test]
    fn every_verb_is_well_formed_and_speaks_both_languages() {
        for lang in Lang::ALL {
            let mut command = root(&Voice::new(lang));
            command.build();
            command.clone().debug_assert();
            let mut open = vec![command];
            while let Some(mut command) = open.pop() {
                let text = command.render_help().to_string();
                assert!(!text.contains("help-"), "{}: {text}", lang.code());
                open.extend(command.get_subcommands().cloned());
            }
        }
    }
}
