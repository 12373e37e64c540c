//! What others vouch for: cosignatures and time stamps over the head of a vault's log.

use super::{path, text};
use crate::stop::AtTheDoor;
use crate::{Done, actor, show};
use clap::ArgMatches;
use fupan::{Message, StampHeads, Voice, stamp_words};
use serde_json::{Value, json};

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
