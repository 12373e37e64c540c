//! What the verb `key` answers with.

use crate::{Done, show};
use clap::ArgMatches;
use fupan::{Approved, KeyDrawn, KeyShown, Message, RollShown, Voice};
use serde_json::{Value, json};

pub(super) fn drawn(drawn: &KeyDrawn, matches: &ArgMatches, voice: &Voice) -> Done {
    if matches.get_flag("json") {
        return show::json(&json!({
            "key": drawn.key, "id": drawn.id, "fingerprint": drawn.fingerprint,
            "file": drawn.file.display().to_string(),
        }));
    }
    let said = [
        Message::new("key-drawn").text("key", &drawn.key),
        Message::new("key-drawn-fingerprint").text("fingerprint", &drawn.fingerprint),
        Message::new("key-drawn-file").text("path", drawn.file.display()),
    ];
    show::answer(&said.iter().map(|message| voice.say(message)).collect::<Vec<_>>().join("\n"))
}

pub(super) fn approved(done: &Approved, matches: &ArgMatches, voice: &Voice) -> Done {
    let json = matches.get_flag("json");
    match done {
        Approved::Out(path) if json => {
            show::json(&json!({ "files": [path.display().to_string()] }))
        }
        Approved::Out(path) => {
            show::answer(&voice.say(&Message::new("key-out").text("path", path.display())))
        }
        Approved::Entry(entry) if json => show::json(&json!({
            "index": entry.index, "statement": entry.statement, "origin": entry.origin,
            "size": entry.size,
        })),
        Approved::Entry(entry) => show::answer(
            &voice.say(
                &Message::new("key-entry")
                    .text("index", entry.index)
                    .text("statement", &entry.statement)
                    .text("origin", &entry.origin)
                    .text("size", entry.size),
            ),
        ),
    }
}

pub(super) fn list(roll: &RollShown, matches: &ArgMatches, voice: &Voice) -> Done {
    if matches.get_flag("json") {
        return show::json(&json!({
            "rules": roll.rules.as_ref().map(|(at, digest)| json!({ "index": at, "sha256": digest })),
            "keys": roll.keys.iter().map(key_json).collect::<Vec<_>>(),
            "void": roll.void,
        }));
    }
    let mut lines = vec![match &roll.rules {
        Some((at, digest)) => {
            voice.say(&Message::new("key-list-rules").text("index", at).text("digest", digest))
        }
        None => voice.word("key-list-no-rules"),
    }];
    if roll.keys.is_empty() {
        lines.push(voice.word("key-list-none"));
    }
    lines.extend(roll.keys.iter().map(|key| line(key, voice)));
    if !roll.void.is_empty() {
        let entries = roll.void.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        lines.push(voice.say(&Message::new("key-list-void").text("entries", entries)));
    }
    show::answer(&lines.join("\n"))
}

fn line(key: &KeyShown, voice: &Voice) -> String {
    let said = Message::new("key-list-line")
        .text("added", key.added)
        .text("person", &key.person)
        .text("organisation", &key.organisation)
        .text("device", key.device.as_deref().unwrap_or("–"))
        .text("scheme", key.scheme)
        .text("assurance", voice.word(&format!("assurance-{}", key.assurance)))
        .text("id", &key.id);
    let revoked = key.revoked.map_or(String::new(), |(since, at)| {
        let said = Message::new("key-list-revoked").text("since", since).text("at", at);
        format!("  {}", voice.say(&said))
    });
    voice.say(&said) + &revoked
}

fn key_json(key: &KeyShown) -> Value {
    json!({
        "person": key.person, "organisation": key.organisation, "device": key.device,
        "scheme": key.scheme, "assurance": key.assurance, "key": key.key, "id": key.id,
        "fingerprint": key.fingerprint, "added": key.added,
        "revoked": key.revoked.map(|(since, at)| json!({ "since": since, "at": at })),
    })
}
