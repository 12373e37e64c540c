//! `fupan vault stream`: a run of a sensor stream out of the vault, as one file.

use super::{case_arg, path, text};
use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command, value_parser};
use fupan::{Message, RunTaken, RunWords, Voice};
use serde_json::json;

/// How it is asked.
pub(super) fn command(voice: &Voice) -> Command {
    let number = |id, key| help::option(voice, id, "NUMBER", key).value_parser(value_parser!(u64));
    help::command(voice, "stream", "vault-stream")
        .arg(case_arg(voice))
        .arg(help::option(voice, "stream", "NUMBER", "vault-stream-id").required(true))
        .arg(number("from", "vault-stream-from"))
        .arg(number("to", "vault-stream-to"))
        .arg(help::path_option(voice, "out", "FILE", "vault-stream-out").required(true))
        .args(actor::looks(voice))
        .arg(help::json(voice))
}

pub(super) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let number = |name| matches.get_one::<u64>(name).copied();
    let words = RunWords {
        stream: text(matches, "stream").unwrap_or_default(),
        from: number("from"),
        to: number("to"),
    };
    let (case, out, actor) = (path(matches, "vault")?, path(matches, "out")?, actor::of(matches));
    let taken = fupan::take_run(case, &words, out, &actor, &AtTheDoor(voice))?;
    if matches.get_flag("json") { show::json(&as_json(&taken)) } else { said(&taken, voice) }
}

fn as_json(taken: &RunTaken) -> serde_json::Value {
    json!({
        "file": taken.file.display().to_string(), "chunks": taken.chunks,
        "readings": taken.readings, "first": taken.first, "last": taken.last,
        "from": taken.span.0.to_string(), "to": taken.span.1.to_string(), "holes": taken.holes,
        "sha256": taken.sha256, "sm3": taken.sm3, "entry": show::entry_json(&taken.entry),
    })
}

fn said(taken: &RunTaken, voice: &Voice) -> Done {
    let mut said = vec![
        Message::new("stream-taken")
            .text("path", taken.file.display())
            .text("chunks", taken.chunks)
            .text("readings", taken.readings)
            .text("first", taken.first)
            .text("last", taken.last),
        Message::new("stream-taken-span").text("from", taken.span.0).text("to", taken.span.1),
        Message::new("stream-taken-digests").text("sha256", &taken.sha256).text("sm3", &taken.sm3),
    ];
    if taken.holes > 0 {
        said.push(Message::new("stream-taken-holes").text("holes", taken.holes));
    }
    said.push(Message::new("stream-taken-next").text("path", taken.file.display()));
    show::answer(&said.iter().map(|message| voice.say(message)).collect::<Vec<_>>().join("\n"))
}
