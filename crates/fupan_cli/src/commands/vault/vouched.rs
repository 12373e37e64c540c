//! What others vouch for: cosignatures and time stamps over the head of a vault's log.

use super::{path, text, vault_arg};
use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{Arg, ArgAction, ArgMatches, Command};
use fupan::{Message, StampHeads, Voice, stamp_words};
use serde_json::{Value, json};

/// How they are asked.
pub(super) fn commands(voice: &Voice) -> Vec<Command> {
    let of = |name, key: &str| help::command(voice, name, key);
    let file = |id, key| help::path_option(voice, id, "FILE", key).required(true);
    let flag = |id: &'static str, key: &str| {
        Arg::new(id).long(id).action(ArgAction::SetTrue).help(voice.word(key))
    };
    let all = [
        of("cosign", "vault-cosign").arg(vault_arg(voice)).arg(file("policy", "verify-policy")),
        of("stamp", "vault-stamp")
            .arg(vault_arg(voice))
            .arg(help::option(voice, "tsa", "URL", "vault-tsa").required(true))
            .arg(file("tsa-ca", "verify-tsa-ca"))
            .arg(flag("sm3", "help-vault-sm3"))
            .arg(flag("again", "help-vault-again")),
    ];
    all.map(|command| command.arg(actor::keys_arg(voice)).arg(help::json(voice))).into()
}

pub(super) fn cosign(matches: &ArgMatches, voice: &Voice) -> Done {
    let (vault, policy) = (path(matches, "vault")?, path(matches, "policy")?);
    let done = fupan::cosign_vault(vault, policy, &actor::of(matches), &AtTheDoor(voice))?;
    let outcome = |one: &fupan::CosignerOutcome| {
        let failed = one.result.as_ref().err();
        json!({
            "name": one.name,
            "cosigned": failed.is_none(),
            "later": failed.is_some_and(|error| error.is_passing()),
            "detail": failed.map(ToString::to_string),
        })
    };
    let outcomes: Value = done.outcomes.iter().map(outcome).collect();
    let json = json!({ "size": done.size, "quorum": done.quorum, "cosigners": outcomes });
    answer(&json, &done.words(), matches, voice)
}

pub(super) fn stamp(matches: &ArgMatches, voice: &Voice) -> Done {
    let request = StampHeads {
        url: text(matches, "tsa").unwrap_or_default(),
        roots: path(matches, "tsa-ca")?.clone(),
        sm3: matches.get_flag("sm3"),
        again: matches.get_flag("again"),
    };
    let vault = path(matches, "vault")?;
    let outcomes = fupan::stamp_vault(vault, &request, &actor::of(matches), &AtTheDoor(voice))?;
    let outcome = |one: &fupan::StampOutcome| {
        let failed = one.result.as_ref().err();
        json!({
            "size": one.due.size,
            "time": one.result.as_ref().ok().map(|token| token.time().to_string()),
            "later": failed.is_some_and(|failure| failure.passing),
            "detail": failed.map(|failure| failure.why.clone()),
        })
    };
    let json = outcomes.iter().map(outcome).collect();
    answer(&json, &stamp_words(&outcomes), matches, voice)
}

fn answer(json: &Value, said: &[Message], matches: &ArgMatches, voice: &Voice) -> Done {
    if matches.get_flag("json") {
        return show::json(json);
    }
    let said: Vec<String> = said.iter().map(|message| voice.say(message)).collect();
    show::answer(&said.join("\n"))
}
