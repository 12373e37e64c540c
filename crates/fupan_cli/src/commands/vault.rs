//! `fupan vault`: begin a vault, take cases in, record, copy, check, prove, keep, erase.

mod acts;
mod care;
mod shown;
mod vouched;

use crate::{Done, actor, help};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use fupan::{Failure, Voice};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let of = |name, key: &str| help::command(voice, name, key);
    let path = || help::path(voice, "vault", "VAULT", "vault-path");
    let case = || help::path(voice, "vault", "CASE", "vault-case");
    let reason = || help::option(voice, "reason", "TEXT", "vault-reason");
    let evidence = || help::option(voice, "evidence", "ID", "vault-evidence");
    let text = |id, key| help::option(voice, id, "TEXT", key);
    let to = || help::path(voice, "to", "DIR", "vault-to");
    let acting = |command: Command| command.args(actor::args(voice)).arg(help::json(voice));
    help::command(voice, "vault", "vault").subcommand_required(true).subcommands([
        acting(of("init", "vault-init").arg(help::path(voice, "vault", "PATH", "vault-init-path"))),
        acting(of("take", "vault-take").arg(path()).arg(help::path(
            voice,
            "case",
            "CASE",
            "vault-take-case",
        ))),
        acting(
            of("record", "vault-record")
                .arg(case())
                .arg(help::path_option(voice, "from", "DIR", "vault-record-from"))
                .arg(reason()),
        ),
        of("backup", "vault-backup").arg(path()).arg(to()).arg(help::json(voice)),
        of("restore", "vault-restore")
            .arg(help::path(voice, "copy", "COPY", "vault-copy"))
            .arg(to())
            .arg(help::option(voice, "log-key", "FILE|KEY", "verify-log-key"))
            .arg(help::json(voice)),
        of("rebuild", "vault-rebuild")
            .arg(path())
            .arg(actor::keys_arg(voice))
            .arg(help::json(voice)),
        of("cosign", "vault-cosign")
            .arg(path())
            .arg(help::path_option(voice, "policy", "FILE", "verify-policy").required(true))
            .arg(actor::keys_arg(voice))
            .arg(help::json(voice)),
        of("stamp", "vault-stamp")
            .arg(path())
            .arg(help::option(voice, "tsa", "URL", "vault-tsa").required(true))
            .arg(help::path_option(voice, "tsa-ca", "FILE", "verify-tsa-ca").required(true))
            .arg(
                Arg::new("sm3")
                    .long("sm3")
                    .action(ArgAction::SetTrue)
                    .help(voice.word("help-vault-sm3")),
            )
            .arg(
                Arg::new("again")
                    .long("again")
                    .action(ArgAction::SetTrue)
                    .help(voice.word("help-vault-again")),
            )
            .arg(actor::keys_arg(voice))
            .arg(help::json(voice)),
        of("scrub", "vault-scrub").arg(path()).arg(help::json(voice)),
        of("head", "vault-head").arg(path()).arg(help::json(voice)),
        of("history", "vault-history").arg(case()).arg(help::json(voice)),
        of("prove", "vault-prove")
            .arg(path())
            .arg(
                Arg::new("index")
                    .value_name("INDEX")
                    .required(true)
                    .value_parser(value_parser!(u64))
                    .help(voice.word("help-vault-index"))
                    .help_heading(voice.word("help-arguments")),
            )
            .arg(help::path_option(voice, "out", "DIR", "export-out").required(true))
            .arg(help::json(voice)),
        acting(
            of("custody", "vault-custody")
                .arg(case())
                .arg(evidence().required(true))
                .arg(help::option(voice, "deed", "WORD", "vault-deed").required(true))
                .arg(text("from", "vault-from"))
                .arg(text("to", "vault-whom"))
                .arg(text("note", "vault-note")),
        ),
        search(voice),
        acting(transcript(voice)),
        acting(of("hold", "vault-hold").arg(case()).arg(evidence()).arg(reason().required(true))),
        acting(
            of("release", "vault-release").arg(case()).arg(evidence()).arg(reason().required(true)),
        ),
        acting(
            of("erase", "vault-erase")
                .arg(case())
                .arg(evidence().required(true))
                .arg(reason().required(true)),
        ),
    ])
}

fn search(voice: &Voice) -> Command {
    help::command(voice, "search", "vault-search")
        .arg(help::path(voice, "vault", "VAULT", "vault-search-path"))
        .arg(help::positional(voice, "words", "WORDS", "vault-search-words").num_args(1..))
        .arg(help::json(voice))
}

fn transcript(voice: &Voice) -> Command {
    let file = help::path_option(voice, "file", "TEXT", "vault-transcript-file");
    help::command(voice, "transcript", "vault-transcript")
        .arg(help::path(voice, "vault", "CASE", "vault-case"))
        .arg(help::option(voice, "evidence", "ID", "vault-evidence").required(true))
        .arg(file.required(true))
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
