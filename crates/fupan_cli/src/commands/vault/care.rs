//! What keeps a vault whole: copies, the index anew, objects read again.

use super::{path, text, vault_arg};
use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command};
use fupan::{Copied, Message, Voice};
use serde_json::{Value, json};

/// How they are asked.
pub(super) fn commands(voice: &Voice) -> Vec<Command> {
    let of = |name, key: &str| help::command(voice, name, key);
    let to = || help::path(voice, "to", "DIR", "vault-to");
    let all = [
        of("backup", "vault-backup").args([vault_arg(voice), to()]).args(actor::looks(voice)),
        of("restore", "vault-restore")
            .args([help::path(voice, "copy", "COPY", "vault-copy"), to()])
            .arg(help::option(voice, "log-key", "FILE|KEY", "verify-log-key")),
        of("rebuild", "vault-rebuild").args([vault_arg(voice), actor::keys_arg(voice)]),
        of("scrub", "vault-scrub").arg(vault_arg(voice)).args(actor::looks(voice)),
    ];
    all.map(|command| command.arg(help::json(voice))).into()
}

pub(super) fn backup(matches: &ArgMatches, voice: &Voice) -> Done {
    let (from, to) = (path(matches, "vault")?, path(matches, "to")?);
    let made = fupan::backup_vault(from, to, &actor::of(matches), &AtTheDoor(voice))?;
    if let Copied::Backup(_, notes) = &made {
        notes.iter().for_each(|note| show::doubt(&voice.say(note)));
    }
    copied(&made, matches, voice)
}

pub(super) fn restore(matches: &ArgMatches, voice: &Voice) -> Done {
    let (copy, to, key) = (path(matches, "copy")?, path(matches, "to")?, text(matches, "log-key"));
    let restored = fupan::restore_vault(copy, to, key.as_deref(), &AtTheDoor(voice))?;
    copied(&restored, matches, voice)
}

fn copied(copied: &Copied, matches: &ArgMatches, voice: &Voice) -> Done {
    let (json, said) = match copied {
        Copied::Backup(report, _) => (
            json!({
                "size": report.size, "copied": report.copied, "bytes": report.bytes,
                "there": report.there,
            }),
            Message::new("vault-copied")
                .text("size", report.size)
                .text("copied", report.copied)
                .text("bytes", report.bytes)
                .text("there", report.there),
        ),
        Copied::Restored(report) => (
            json!({
                "entries": report.entries, "objects": report.objects, "bytes": report.bytes,
            }),
            Message::new("vault-restored")
                .text("entries", report.entries)
                .text("objects", report.objects)
                .text("bytes", report.bytes),
        ),
    };
    answer(&json, &said, matches, voice)
}

pub(super) fn rebuild(matches: &ArgMatches, voice: &Voice) -> Done {
    let actor = actor::of(matches);
    let rebuilt = fupan::rebuild_index(path(matches, "vault")?, &actor, &AtTheDoor(voice))?;
    let key = if rebuilt.same { "vault-rebuilt" } else { "vault-rebuilt-other" };
    let said = Message::new(key).text("entries", rebuilt.entries);
    answer(&json!({ "entries": rebuilt.entries, "same": rebuilt.same }), &said, matches, voice)
}

pub(super) fn scrub(matches: &ArgMatches, voice: &Voice) -> Done {
    let scrubbed =
        fupan::scrub_vault(path(matches, "vault")?, &actor::of(matches), &AtTheDoor(voice))?;
    scrubbed.notes.iter().for_each(|note| show::doubt(&voice.say(note)));
    let said = Message::new("vault-scrubbed").text("objects", scrubbed.objects);
    let json = json!({ "objects": scrubbed.objects, "bytes": scrubbed.bytes });
    answer(&json, &said.text("bytes", scrubbed.bytes), matches, voice)
}

fn answer(json: &Value, said: &Message, matches: &ArgMatches, voice: &Voice) -> Done {
    if matches.get_flag("json") { show::json(json) } else { show::answer(&voice.say(said)) }
}
