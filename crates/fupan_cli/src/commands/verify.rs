//! `fupan verify`: is a bag or a vault what it was, by keys that do not come from it.

use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{ArgMatches, Command};
use fupan::{Failure, Message, Report, Verified, VerifyOutcome, VerifyRequest, Voice};
use serde_json::{Value, json};
use std::path::PathBuf;

/// How the verb is asked. Key and policy are asked for by the hall, which says why.
pub(crate) fn command(voice: &Voice) -> Command {
    help::command(voice, "verify", "verify")
        .arg(help::path(voice, "bag", "BAG", "verify-bag"))
        .arg(help::option(voice, "log-key", "FILE|KEY", "verify-log-key"))
        .arg(help::path_option(voice, "policy", "FILE", "verify-policy"))
        .arg(help::path_option(voice, "tsa-ca", "FILE", "verify-tsa-ca"))
        .args(actor::looks(voice))
        .arg(help::json(voice))
}

/// Checks, and shows what was checked, or every fault.
///
/// # Errors
/// What the hall says; a broken bag.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let path = |name| matches.get_one::<PathBuf>(name).cloned();
    let request = VerifyRequest {
        path: path("bag").ok_or_else(|| Failure::bug("no bag"))?,
        log_key: matches.get_one::<String>("log-key").cloned(),
        policy: path("policy"),
        stamp_roots: path("tsa-ca"),
        actor: actor::of(matches),
    };
    let outcome = fupan::verify(&request, &AtTheDoor(voice))?;
    let broken = outcome.broken();
    if matches.get_flag("json") {
        show::json(&as_json(&outcome))?;
    } else if broken.is_none() {
        show::answer(&as_text(&outcome, voice))?;
    }
    broken.map_or(Ok(()), Err)
}

fn as_text(outcome: &VerifyOutcome, voice: &Voice) -> String {
    let mut said = match &outcome.found {
        Verified::Bag(report) => of_bag(outcome, report),
        Verified::Vault { report, .. } => vec![
            Message::new("vault-sound")
                .text("entries", report.entries)
                .text("checkpoints", report.checkpoints)
                .text("objects", report.objects)
                .text("bytes", report.bytes),
            Message::new("vault-sound-erased")
                .text("erased", report.erased)
                .text("unnamed", report.unnamed),
            Message::new("verify-anchor")
                .text("name", &outcome.log_key)
                .text("digest", &outcome.fingerprint),
        ],
    };
    said.extend(outcome.notices());
    said.iter().map(|message| voice.say(message)).collect::<Vec<_>>().join("\n")
}

fn of_bag(outcome: &VerifyOutcome, report: &Report) -> Vec<Message> {
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let mut said = vec![
        Message::new("verify-sound").text("case", known(&report.case)),
        Message::new("verify-anchor")
            .text("name", &outcome.log_key)
            .text("digest", &outcome.fingerprint),
        Message::new("verify-files")
            .count("files", count(report.files))
            .text("bytes", report.bytes),
        Message::new("verify-log")
            .count("leaves", count(report.leaves))
            .text("size", report.size.unwrap_or_default())
            .count("cosigned", report.cosigned.len())
            .text("cosigners", names(&report.cosigned)),
        Message::new("verify-evidence").count("evidence", report.evidence.len()),
    ];
    said.extend(report.stamps.iter().filter(|stamp| stamp.trusted).map(|stamp| {
        Message::new("verify-stamp").text("size", stamp.size).text("time", stamp.time)
    }));
    said
}

fn names(cosigned: &[(String, u64)]) -> String {
    cosigned.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
}

fn as_json(outcome: &VerifyOutcome) -> Value {
    match &outcome.found {
        Verified::Bag(report) => bag_json(outcome, report),
        Verified::Vault { report, notices, .. } => json!({
            "sound": report.is_whole(),
            "log_key": outcome.log_key,
            "fingerprint": outcome.fingerprint,
            "entries": report.entries,
            "checkpoints": report.checkpoints,
            "tiles": report.tiles,
            "objects": report.objects,
            "bytes": report.bytes,
            "erased": report.erased,
            "unnamed": report.unnamed,
            "faults": report.faults.iter()
                .map(|one| json!({"place": one.place, "fault": one.what.code()}))
                .collect::<Vec<_>>(),
            "notices": notices.iter().map(|one| json!(one.key)).collect::<Vec<_>>(),
        }),
    }
}

fn bag_json(outcome: &VerifyOutcome, report: &Report) -> Value {
    let faults = report.faults.iter().map(
        |one| json!({"place": one.place, "fault": one.fault.code(), "detail": one.fault.detail()}),
    );
    let notices = report.notices.iter();
    let evidence = report.evidence.iter().map(|one| {
        json!({
            "id": one.id, "path": one.path, "captured": one.captured.map(|time| time.to_string()),
            "signers": one.signers, "status": one.status,
        })
    });
    let stamps = report
        .stamps
        .iter()
        .map(|one| json!({"size": one.size, "time": one.time.to_string(), "trusted": one.trusted}));
    let cosigned = report.cosigned.iter();
    json!({
        "sound": report.is_sound(),
        "case": report.case,
        "origin": report.origin,
        "log_key": outcome.log_key,
        "fingerprint": outcome.fingerprint,
        "size": report.size,
        "cosigned": cosigned.map(|(name, time)| json!({"name": name, "time": time})).collect::<Vec<_>>(),
        "files": report.files,
        "bytes": report.bytes,
        "leaves": report.leaves,
        "evidence": evidence.collect::<Vec<_>>(),
        "stamps": stamps.collect::<Vec<_>>(),
        "faults": faults.collect::<Vec<_>>(),
        "notices": notices
            .map(|(place, one)| json!({"place": place, "notice": one.code()}))
            .collect::<Vec<_>>(),
    })
}
