//! What states or does something in a vault: its answer is an entry.

use super::{case_arg, path, text, vault_arg};
use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{Arg, ArgMatches, Command};
use fupan::{CustodyWords, EntryMade, HoldWords, Message, VaultMade, Voice};
use serde_json::json;

/// How they are asked.
pub(super) fn commands(voice: &Voice) -> Vec<Command> {
    let of = |name, key: &str| help::command(voice, name, key);
    let reason = || help::option(voice, "reason", "TEXT", "vault-reason");
    let evidence = || help::option(voice, "evidence", "ID", "vault-evidence");
    let text = |id, key| help::option(voice, id, "TEXT", key);
    let must = |arg: Arg| arg.required(true);
    let case = || case_arg(voice);
    let all = [
        of("init", "vault-init").arg(help::path(voice, "vault", "PATH", "vault-init-path")),
        of("take", "vault-take").arg(vault_arg(voice)).arg(help::path(
            voice,
            "case",
            "CASE",
            "vault-take-case",
        )),
        of("record", "vault-record")
            .arg(case())
            .arg(help::path_option(voice, "from", "DIR", "vault-record-from"))
            .arg(reason()),
        of("custody", "vault-custody")
            .args([case(), must(evidence())])
            .arg(must(help::option(voice, "deed", "WORD", "vault-deed")))
            .arg(text("from", "vault-from"))
            .arg(text("to", "vault-whom"))
            .arg(text("note", "vault-note")),
        of("transcript", "vault-transcript")
            .args([case(), must(evidence())])
            .arg(must(help::path_option(voice, "file", "TEXT", "vault-transcript-file"))),
        of("hold", "vault-hold").args([case(), evidence(), must(reason())]),
        of("release", "vault-release").args([case(), evidence(), must(reason())]),
        of("erase", "vault-erase").args([case(), must(evidence()), must(reason())]),
    ];
    let acting = |command: Command| command.args(actor::args(voice)).arg(help::json(voice));
    all.map(acting).into()
}

pub(super) fn init(matches: &ArgMatches, voice: &Voice) -> Done {
    let actor = actor::of(matches);
    let made = fupan::init_vault(path(matches, "vault")?, &actor, &AtTheDoor(voice))?;
    if matches.get_flag("json") {
        return show::json(&json!({
            "vault": made.vault.display().to_string(),
            "keys": made.keys,
            "fingerprint": made.fingerprint,
            "key_file": made.key_file.map(|file| file.display().to_string()),
            "entry": made.entry.as_ref().map(show::entry_json),
        }));
    }
    show::answer(&made_text(&made, voice))
}

fn made_text(made: &VaultMade, voice: &Voice) -> String {
    let mut said = vec![
        Message::new("vault-made")
            .text("path", made.vault.display())
            .text("fingerprint", &made.fingerprint),
    ];
    said.extend(made.keys.iter().map(|key| Message::new("vault-made-key").text("key", key)));
    let file = made.key_file.as_ref();
    said.extend(file.map(|file| Message::new("vault-made-secret").text("path", file.display())));
    said.extend(made.entry.as_ref().map(show::entry_said));
    said.iter().map(|message| voice.say(message)).collect::<Vec<_>>().join("\n")
}

pub(super) fn take(matches: &ArgMatches, voice: &Voice) -> Done {
    let (vault, case) = (path(matches, "vault")?, path(matches, "case")?);
    entry(&fupan::take_case(vault, case, &actor::of(matches), &AtTheDoor(voice))?, matches, voice)
}

pub(super) fn record(matches: &ArgMatches, voice: &Voice) -> Done {
    let from = matches.get_one::<std::path::PathBuf>("from").map(std::path::PathBuf::as_path);
    let (reason, actor) = (text(matches, "reason"), actor::of(matches));
    let case = path(matches, "vault")?;
    let recorded = fupan::record_changes(case, from, reason.as_deref(), &actor, &AtTheDoor(voice))?;
    if matches.get_flag("json") {
        return show::json(&json!({
            "new": recorded.new,
            "corrected": recorded.corrected,
            "withdrawn": recorded.withdrawn,
            "entry": recorded.entry.as_ref().map(show::entry_json),
        }));
    }
    let Some(made) = &recorded.entry else { return show::answer(&voice.word("vault-same")) };
    let said = Message::new("vault-recorded")
        .count("new", recorded.new)
        .count("corrected", recorded.corrected)
        .count("withdrawn", recorded.withdrawn);
    show::answer(&format!("{}\n{}", voice.say(&said), voice.say(&show::entry_said(made))))
}

pub(super) fn custody(matches: &ArgMatches, voice: &Voice) -> Done {
    let words = CustodyWords {
        evidence: text(matches, "evidence").unwrap_or_default(),
        deed: text(matches, "deed").unwrap_or_default(),
        from: text(matches, "from"),
        to: text(matches, "to"),
        note: text(matches, "note"),
    };
    let (case, actor) = (path(matches, "vault")?, actor::of(matches));
    entry(&fupan::note_custody(case, &words, &actor, &AtTheDoor(voice))?, matches, voice)
}

pub(super) fn transcript(matches: &ArgMatches, voice: &Voice) -> Done {
    let (of, actor) = (text(matches, "evidence").unwrap_or_default(), actor::of(matches));
    let (case, file) = (path(matches, "vault")?, path(matches, "file")?);
    let stated = fupan::add_transcript(case, &of, file, &actor, &AtTheDoor(voice))?;
    show::stated(&stated, matches, voice)
}

pub(super) fn hold(matches: &ArgMatches, voice: &Voice, on: bool) -> Done {
    let reason = text(matches, "reason").unwrap_or_default();
    let words = HoldWords { evidence: text(matches, "evidence"), reason };
    let (case, actor) = (path(matches, "vault")?, actor::of(matches));
    entry(&fupan::hold(case, &words, on, &actor, &AtTheDoor(voice))?, matches, voice)
}

pub(super) fn erase(matches: &ArgMatches, voice: &Voice) -> Done {
    let given = |name| text(matches, name).unwrap_or_default();
    let (evidence, reason) = (given("evidence"), given("reason"));
    let (case, actor) = (path(matches, "vault")?, actor::of(matches));
    let made = fupan::erase_object(case, &evidence, &reason, &actor, &AtTheDoor(voice))?;
    entry(&made, matches, voice)
}

fn entry(made: &EntryMade, matches: &ArgMatches, voice: &Voice) -> Done {
    if matches.get_flag("json") {
        show::json(&show::entry_json(made))
    } else {
        show::answer(&voice.say(&show::entry_said(made)))
    }
}
