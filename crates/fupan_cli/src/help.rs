//! Help in the language of the screen: clap draws it, the words are ours.

use clap::{Arg, ArgAction, Command, value_parser};
use fupan::Voice;
use std::path::PathBuf;

/// A command whose help speaks through `voice`; its words are `help-<key>`.
pub(crate) fn command(voice: &Voice, name: &'static str, key: &str) -> Command {
    let template =
        format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}", voice.word("help-usage"));
    Command::new(name)
        .about(voice.word(&format!("help-{key}")))
        .help_template(template)
        .subcommand_help_heading(voice.word("help-verbs"))
        .subcommand_value_name(voice.word("help-verb"))
        .next_help_heading(voice.word("help-options"))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(voice.word("help-help")),
        )
}

/// A positional argument.
pub(crate) fn positional(voice: &Voice, id: &'static str, name: &'static str, key: &str) -> Arg {
    Arg::new(id)
        .value_name(name)
        .required(true)
        .help(voice.word(&format!("help-{key}")))
        .help_heading(voice.word("help-arguments"))
}

/// A positional argument that is a path.
pub(crate) fn path(voice: &Voice, id: &'static str, name: &'static str, key: &str) -> Arg {
    positional(voice, id, name, key).value_parser(value_parser!(PathBuf))
}

/// An option with a value.
pub(crate) fn option(voice: &Voice, id: &'static str, name: &'static str, key: &str) -> Arg {
    Arg::new(id).long(id).value_name(name).help(voice.word(&format!("help-{key}")))
}

/// An option that is a path.
pub(crate) fn path_option(voice: &Voice, id: &'static str, name: &'static str, key: &str) -> Arg {
    option(voice, id, name, key).value_parser(value_parser!(PathBuf))
}

/// `--json`.
pub(crate) fn json(voice: &Voice) -> Arg {
    Arg::new("json").long("json").action(ArgAction::SetTrue).help(voice.word("help-json"))
}
