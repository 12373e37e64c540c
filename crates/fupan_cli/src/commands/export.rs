//! `fupan export`: a case in its other form, or released as a bag.

use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command};
use fupan::{BagMade, BagRequest, CaseForm, Failure, Message, Voice};
use serde_json::json;
use std::path::{Path, PathBuf};

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    help::command(voice, "export", "export")
        .arg(help::path(voice, "case", "CASE", "export-case"))
        .arg(
            help::option(voice, "as", "FORM", "export-as")
                .required(true)
                .value_parser(["case-json", "folder", "bag"])
                .hide_possible_values(true),
        )
        .arg(help::path_option(voice, "out", "DIR", "export-out").required(true))
        .arg(help::path_option(voice, "policy", "FILE", "export-policy"))
        .arg(help::path_option(voice, "redact", "FILE", "export-redact"))
        .arg(help::option(voice, "to", "TEXT", "export-to"))
        .arg(help::option(voice, "note", "TEXT", "export-note"))
        .args(actor::args(voice))
        .arg(help::json(voice))
}

/// Exports, and names the files written.
///
/// # Errors
/// What the hall says of the case or the folder.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let path = |name| matches.get_one::<PathBuf>(name).ok_or_else(|| Failure::bug("no path"));
    let form = match matches.get_one::<String>("as").map(String::as_str) {
        Some("bag") => return bag(path("case")?, path("out")?, matches, voice),
        Some("folder") => CaseForm::Folder,
        _ => CaseForm::Json,
    };
    let (watch, actor) = (AtTheDoor(voice), actor::of(matches));
    let files = fupan::export(path("case")?, form, path("out")?, &actor, &watch)?;
    show::files(&files, matches, voice)
}

fn bag(case: &Path, out: &Path, matches: &ArgMatches, voice: &Voice) -> Done {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let request = BagRequest {
        case: case.to_path_buf(),
        out: out.to_path_buf(),
        policy: matches.get_one::<PathBuf>("policy").cloned(),
        redact: matches.get_one::<PathBuf>("redact").cloned(),
        to: text("to"),
        note: text("note"),
    };
    let made = fupan::export_bag(&request, &actor::of(matches), &AtTheDoor(voice))?;
    for notice in &made.notices {
        show::doubt(&voice.say(notice));
    }
    if matches.get_flag("json") {
        return show::json(&json!({
            "bag": made.bag.display().to_string(),
            "files": made.files,
            "bytes": made.bytes,
            "evidence": made.evidence,
            "entry": show::entry_json(&made.entry),
            "size": made.size,
            "fingerprint": made.fingerprint,
            "notices": made.notices.iter().map(|one| json!(one.key)).collect::<Vec<_>>(),
        }));
    }
    show::answer(&as_text(&made).iter().map(|one| voice.say(one)).collect::<Vec<_>>().join("\n"))
}

fn as_text(made: &BagMade) -> [Message; 3] {
    [
        Message::new("bag-made")
            .text("path", made.bag.display())
            .text("evidence", made.evidence)
            .text("files", made.files)
            .text("bytes", made.bytes),
        Message::new("bag-made-head").text("size", made.size).text("index", made.entry.index),
        Message::new("bag-made-key").text("digest", &made.fingerprint),
    ]
}
