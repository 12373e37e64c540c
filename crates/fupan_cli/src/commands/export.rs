//! `fupan export`: a case in its other form.

use crate::stop::AtTheDoor;
use crate::{Done, help, show};
use clap::{ArgMatches, Command};
use fupan::{CaseForm, Failure, Voice};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    help::command(voice, "export", "export")
        .arg(help::path(voice, "case", "CASE", "export-case"))
        .arg(
            help::option(voice, "as", "FORM", "export-as")
                .required(true)
                .value_parser(["case-json", "folder"])
                .hide_possible_values(true),
        )
        .arg(help::path_option(voice, "out", "DIR", "export-out").required(true))
        .arg(help::json(voice))
}

/// Exports, and names the files written.
///
/// # Errors
/// What the hall says of the case or the folder.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let path = |name| matches.get_one::<PathBuf>(name).ok_or_else(|| Failure::bug("no path"));
    let form = match matches.get_one::<String>("as").map(String::as_str) {
        Some("folder") => CaseForm::Folder,
        _ => CaseForm::Json,
    };
    let watch = AtTheDoor(voice);
    show::files(&fupan::export(path("case")?, form, path("out")?, &watch)?, matches, voice)
}
