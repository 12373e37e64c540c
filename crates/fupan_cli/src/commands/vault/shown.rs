//! What a vault shows: its head, what was done in a case, the proof of an entry.

use super::{case_arg, path, vault_arg};
use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command, value_parser};
use fupan::{Failure, Message, PastEntry, SearchHit, Voice};
use serde_json::{Value, json};
use std::path::PathBuf;

/// How they are asked.
pub(super) fn commands(voice: &Voice) -> Vec<Command> {
    let of = |name, key: &str| help::command(voice, name, key);
    let index =
        help::positional(voice, "index", "INDEX", "vault-index").value_parser(value_parser!(u64));
    let words = help::positional(voice, "words", "WORDS", "vault-search-words").num_args(1..);
    let all = [
        of("head", "vault-head")
            .args([vault_arg(voice), help::path_option(voice, "out", "DIR", "vault-head-out")]),
        of("history", "vault-history").arg(case_arg(voice)),
        of("search", "vault-search")
            .args([help::path(voice, "vault", "VAULT", "vault-search-path"), words])
            .args(actor::looks(voice)),
        of("prove", "vault-prove")
            .args([vault_arg(voice), index])
            .arg(help::path_option(voice, "out", "DIR", "export-out").required(true)),
    ];
    all.map(|command| command.arg(help::json(voice))).into()
}

pub(super) fn head(matches: &ArgMatches, voice: &Voice) -> Done {
    if let Some(out) = matches.get_one::<PathBuf>("out") {
        let files = fupan::hand_out_keys(path(matches, "vault")?, out, &AtTheDoor(voice))?;
        return show::files(&files, matches, voice);
    }
    let head = fupan::show_head(path(matches, "vault")?)?;
    if matches.get_flag("json") {
        let case = |(number, id, version): &(String, String, u64)| json!({ "number": number, "id": id, "version": version });
        return show::json(&json!({
            "note": head.note, "origin": head.origin, "size": head.size, "keys": head.keys,
            "fingerprint": head.fingerprint, "cases": head.cases.iter().map(case).collect::<Vec<_>>(),
        }));
    }
    let mut lines = vec![head.note.trim_end().to_owned(), String::new()];
    let mut said = vec![Message::new("vault-fingerprint").text("digest", &head.fingerprint)];
    said.extend(head.cases.iter().map(|(number, id, version)| {
        let message = Message::new("vault-case-line").text("case", id);
        message.text("number", number).text("version", version)
    }));
    lines.extend(said.iter().map(|message| voice.say(message)));
    show::answer(&lines.join("\n"))
}

pub(super) fn history(matches: &ArgMatches, voice: &Voice) -> Done {
    let entries = fupan::show_history(path(matches, "vault")?)?;
    if matches.get_flag("json") {
        let entry = |one: &PastEntry| {
            json!({
                "index": one.index, "id": one.id, "at": one.at.to_string(), "author": one.author,
                "version": one.version, "act": one.act, "about": one.about,
            })
        };
        return show::json(&Value::Array(entries.iter().map(entry).collect()));
    }
    let line = |one: &PastEntry| -> String {
        let act = voice.word(&format!("vault-act-{}", one.act));
        let version = one.version.map(|version| format!(" → {version}")).unwrap_or_default();
        let time = one.at;
        format!(
            "{}{version}  {time}  {}  {act}  {}",
            one.index,
            one.author,
            about(&one.about, voice)
        )
    };
    show::answer(&entries.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The first of many, and how many more.
fn about(about: &[String], voice: &Voice) -> String {
    const FIRST: usize = 4;
    let first = about.iter().take(FIRST).map(String::as_str).collect::<Vec<_>>().join(", ");
    match about.len().checked_sub(FIRST) {
        Some(more) if more > 0 => {
            format!("{first} {}", voice.say(&Message::new("vault-more").count("more", more)))
        }
        _ => first,
    }
}

pub(super) fn prove(matches: &ArgMatches, voice: &Voice) -> Done {
    let index = matches.get_one::<u64>("index").ok_or_else(|| Failure::bug("no index"))?;
    let (vault, out) = (path(matches, "vault")?, path(matches, "out")?);
    show::files(&fupan::prove_entry(vault, *index, out, &AtTheDoor(voice))?, matches, voice)
}

pub(super) fn search(matches: &ArgMatches, voice: &Voice) -> Done {
    let words: Vec<&str> =
        matches.get_many::<String>("words").into_iter().flatten().map(String::as_str).collect();
    let (vault, actor) = (path(matches, "vault")?, actor::of(matches));
    let found = fupan::search_vault(vault, &words.join(" "), &actor, &AtTheDoor(voice))?;
    found.notes.iter().for_each(|note| show::doubt(&voice.say(note)));
    let hits = found.hits;
    if matches.get_flag("json") {
        let hit = |one: &SearchHit| json!({ "index": one.index, "case": one.case, "kind": one.kind, "text": one.text });
        return show::json(&Value::Array(hits.iter().map(hit).collect()));
    }
    if hits.is_empty() {
        return show::answer(&voice.word("vault-search-none"));
    }
    let line = |one: &SearchHit| format!("{}  {}  {}", one.index, one.kind, one.text);
    show::answer(&hits.iter().map(line).collect::<Vec<_>>().join("\n"))
}
