//! `fupan add-stream`: readings of a sensor stream, sealed as they come.

use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command, value_parser};
use fupan::{Failure, Message, RowRefused, StreamAdded, StreamWords, Voice};
use serde_json::{Value, json};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let option = |id, name, key: &str| help::option(voice, id, name, key);
    let number = |id, key: &str, or| {
        option(id, "MS", key).value_parser(value_parser!(u64)).default_value(or)
    };
    help::command(voice, "add-stream", "add-stream")
        .arg(help::path(voice, "case", "CASE", "vault-case"))
        .arg(help::path(voice, "file", "FILE", "stream-file").required(false))
        .arg(option("stream", "NUMBER", "stream-id"))
        .arg(help::path_option(voice, "key", "FILE", "stream-key").required(true))
        .arg(option("signer", "FILE|KEY", "stream-signer"))
        .arg(number("interval-ms", "stream-interval", "1000"))
        .arg(number("ahead-ms", "stream-ahead", "300000"))
        .args(actor::args(voice))
        .arg(help::json(voice))
}

/// Reads until the readings end, or Ctrl-C.
///
/// # Errors
/// What the hall says.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let path = |name| matches.get_one::<PathBuf>(name).cloned();
    let text = |name| matches.get_one::<String>(name).cloned();
    let number = |name| matches.get_one::<u64>(name).copied().unwrap_or_default();
    let words = StreamWords {
        stream: text("stream"),
        file: path("file"),
        key: path("key").ok_or_else(|| Failure::bug("no key"))?,
        signer: text("signer"),
        interval_ms: number("interval-ms"),
        ahead_ms: number("ahead-ms"),
    };
    let case = path("case").ok_or_else(|| Failure::bug("no case"))?;
    let actor = actor::of(matches);
    let added = fupan::add_stream(&case, &words, &actor, &AtTheDoor(voice))?;
    for row in &added.refused {
        show::doubt(&refused(row, voice));
    }
    if matches.get_flag("json") { show::json(&as_json(&added)) } else { said(&added, voice) }
}

fn refused(row: &RowRefused, voice: &Voice) -> String {
    let why = voice.word(&format!("stream-row-{}", row.code));
    let said = match row.seq {
        Some(seq) => Message::new("stream-row-numbered").text("seq", seq),
        None => Message::new("stream-row"),
    };
    voice.say(&said.text("row", row.row).text("why", why))
}

fn said(added: &StreamAdded, voice: &Voice) -> Done {
    let mut said = vec![
        Message::new("stream-sealed")
            .text("stream", &added.stream)
            .text("chunks", added.chunks)
            .text("readings", added.readings)
            .text("repeated", added.repeated),
        Message::new("stream-holes").text("gaps", added.gaps).text("silences", added.silences),
    ];
    if !added.refused.is_empty() {
        said.push(Message::new("stream-refused").count("rows", added.refused.len()));
    }
    if added.stopped {
        said.push(Message::new("stream-stopped"));
    }
    said.push(Message::new("stream-next").text("next", added.next));
    show::answer(&said.iter().map(|message| voice.say(message)).collect::<Vec<_>>().join("\n"))
}

fn as_json(added: &StreamAdded) -> Value {
    let row = |row: &RowRefused| json!({ "row": row.row, "code": row.code, "seq": row.seq });
    json!({
        "stream": added.stream, "chunks": added.chunks, "readings": added.readings,
        "repeated": added.repeated, "gaps": added.gaps, "silences": added.silences,
        "refused": added.refused.iter().map(row).collect::<Vec<_>>(), "next": added.next,
        "leaf": added.leaf, "stopped": added.stopped,
    })
}
