//! `fupan attest`: draft a statement, sign one, hand one in.

use super::import::word_args;
use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{Arg, ArgMatches, Command, value_parser};
use fupan::{
    CaptureWords, ClockWords, EvidenceWords, Failure, Message, SubmitWords, Submitted, Voice,
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let of = |name, key: &str| help::command(voice, name, key);
    let option = |id, name, key: &str| help::option(voice, id, name, key);
    let file = |id, key: &str| help::path_option(voice, id, "FILE", key);
    help::command(voice, "attest", "attest").subcommand_required(true).subcommands([
        of("draft", "attest-draft")
            .arg(help::path(voice, "file", "FILE", "attest-file"))
            .arg(option("case", "CASE", "attest-case").required(true))
            .arg(file("key", "attest-key").required(true))
            .arg(file("out", "attest-out").required(true))
            .arg(option("kind", "ID", "import-kind"))
            .arg(option("medium", "WORD", "attest-medium").default_value("data"))
            .arg(file("beacon", "attest-beacon"))
            .arg(option("captured", "TIME", "attest-captured"))
            .arg(option("place", "TEXT", "attest-place"))
            .arg(option("remarks", "TEXT", "attest-remarks"))
            .args(clock_args(voice))
            .arg(help::json(voice)),
        of("sign", "attest-sign")
            .arg(help::path(voice, "note", "NOTE", "attest-note"))
            .arg(file("key", "attest-key").required(true))
            .arg(file("file", "attest-copy"))
            .arg(file("out", "attest-out-signed"))
            .args(clock_args(voice))
            .arg(help::json(voice)),
        of("submit", "attest-submit")
            .arg(help::path(voice, "case", "CASE", "vault-case"))
            .arg(help::path(voice, "note", "NOTE", "attest-note"))
            .arg(file("file", "attest-bytes"))
            .arg(option("id", "ID", "attest-id"))
            .args(word_args(voice).into_iter().filter(|arg| arg.get_id() != "kind"))
            .arg(file("meta", "attest-meta"))
            .arg(option("reason", "TEXT", "attest-reason"))
            .arg(option("video", "NUMBER", "attest-video"))
            .arg(option("gap-reason", "TEXT", "attest-gap-reason"))
            .arg(
                option("clock-error-ms", "MS", "attest-clock-error")
                    .value_parser(value_parser!(u64))
                    .default_value("1000"),
            )
            .args(actor::args(voice))
            .arg(help::json(voice)),
    ])
}

/// What a device knows of clocks.
fn clock_args(voice: &Voice) -> [Arg; 4] {
    let number = |id, key: &str| help::option(voice, id, "N", key).value_parser(value_parser!(u64));
    [
        help::option(voice, "offset-ms", "MS", "attest-offset")
            .allow_negative_numbers(true)
            .value_parser(value_parser!(i64)),
        number("rtt-ms", "attest-rtt"),
        number("sync-age-s", "attest-age"),
        number("mono-ms", "attest-mono"),
    ]
}

fn clock(matches: &ArgMatches) -> ClockWords {
    let number = |name| matches.get_one::<u64>(name).copied();
    ClockWords {
        offset_ms: matches.get_one::<i64>("offset-ms").copied(),
        rtt_ms: number("rtt-ms"),
        age_s: number("sync-age-s"),
        mono_ms: number("mono-ms"),
    }
}

/// Carries it out.
///
/// # Errors
/// What the hall says.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    match matches.subcommand() {
        Some(("draft", matches)) => draft(matches, voice),
        Some(("sign", matches)) => sign(matches, voice),
        Some(("submit", matches)) => submit(matches, voice),
        other => Err(Failure::bug(format!("a verb without a hand: {:?}", other.map(|(v, _)| v)))),
    }
}

fn draft(matches: &ArgMatches, voice: &Voice) -> Done {
    let words = CaptureWords {
        case: text(matches, "case").unwrap_or_default(),
        kind: text(matches, "kind"),
        medium: text(matches, "medium").unwrap_or_default(),
        key: path(matches, "key")?.to_path_buf(),
        beacon: maybe(matches, "beacon"),
        captured: text(matches, "captured"),
        clock: clock(matches),
        place: text(matches, "place"),
        remarks: text(matches, "remarks"),
    };
    let (file, out) = (path(matches, "file")?, path(matches, "out")?);
    let drafted = fupan::draft_capture(file, &words, out, &AtTheDoor(voice))?;
    if matches.get_flag("json") {
        return show::json(&json!({
            "files": names(&drafted.files), "evidence": drafted.evidence, "seq": drafted.seq,
            "sha256": drafted.sha256, "sm3": drafted.sm3, "beacon": drafted.beacon,
        }));
    }
    let mut said = vec![
        Message::new("attest-drafted").text("evidence", &drafted.evidence).text("seq", drafted.seq),
        Message::new("attest-digests").text("sha256", &drafted.sha256).text("sm3", &drafted.sm3),
        match drafted.beacon {
            Some(size) => Message::new("attest-after-head").text("size", size),
            None => Message::new("attest-no-head"),
        },
    ];
    said.push(Message::new("attest-written").text("files", names(&drafted.files).join(", ")));
    show::answer(&lines(&said, voice))
}

fn sign(matches: &ArgMatches, voice: &Voice) -> Done {
    let (copy, out) = (maybe(matches, "file"), maybe(matches, "out"));
    let signed = fupan::sign_capture(
        path(matches, "note")?,
        path(matches, "key")?,
        copy.as_deref(),
        clock(matches),
        out.as_deref(),
        &AtTheDoor(voice),
    )?;
    if !signed.recomputed {
        show::doubt(&voice.word("attest-unseen"));
    }
    if matches.get_flag("json") {
        return show::json(&json!({
            "files": names(&signed.files), "recomputed": signed.recomputed,
            "signatures": signed.signatures,
        }));
    }
    let said = Message::new("attest-signed").count("signatures", signed.signatures);
    let written = Message::new("attest-written").text("files", names(&signed.files).join(", "));
    show::answer(&lines(&[said, written], voice))
}

fn submit(matches: &ArgMatches, voice: &Voice) -> Done {
    let words = SubmitWords {
        file: maybe(matches, "file"),
        id: text(matches, "id"),
        evidence: EvidenceWords {
            kind: None,
            title: text(matches, "title"),
            party: text(matches, "party"),
            clock: text(matches, "clock"),
            ..EvidenceWords::default()
        },
        meta: maybe(matches, "meta"),
        reason: text(matches, "reason"),
        video: text(matches, "video"),
        gap_reason: text(matches, "gap-reason"),
        clock_error_ms: matches.get_one::<u64>("clock-error-ms").copied().unwrap_or_default(),
    };
    let (case, note) = (path(matches, "case")?, path(matches, "note")?);
    let actor = actor::of(matches);
    let done = fupan::submit_capture(case, note, &words, &actor, &AtTheDoor(voice))?;
    if matches.get_flag("json") { show::json(&done_json(&done)) } else { answered(&done, voice) }
}

fn done_json(done: &Submitted) -> serde_json::Value {
    json!({
        "evidence": done.capture, "status": done.status, "clock": done.clock,
        "assurance": done.assurance, "leaf": done.leaf, "downgrades": done.downgrades,
        "until_ms": done.until_ms,
        "attestors": done.attestors.iter()
            .map(|(person, of)| json!({ "person": person, "organisation": of }))
            .collect::<Vec<_>>(),
        "latency_ms": done.latency.map(|(latency, _)| latency),
        "latency_error_ms": done.latency.map(|(_, error)| error),
        "stated": show::stated_json(&done.stated),
    })
}

fn answered(done: &Submitted, voice: &Voice) -> Done {
    let people = done.attestors.iter().map(|(person, of)| format!("{person} ({of})"));
    let status = voice.word(&format!("attest-status-{}", done.status));
    let clock = voice.word(&format!("attest-clock-{}", done.clock));
    let assurance = voice.word(&format!("assurance-{}", done.assurance));
    let mut said = vec![
        Message::new("attest-judged")
            .text("evidence", &done.capture)
            .text("status", status)
            .text("people", people.collect::<Vec<_>>().join(", ")),
        Message::new("attest-worth").text("clock", clock).text("assurance", assurance),
    ];
    said.extend(done.latency.map(|(latency, error)| {
        Message::new("attest-latency").text("latency", latency).text("error", error)
    }));
    said.extend(done.downgrades.iter().map(|code| Message::new(&format!("attest-held-{code}"))));
    said.push(match done.leaf {
        Some(leaf) => Message::new("attest-leaf").text("index", leaf),
        None => Message::new("attest-known"),
    });
    let stated = show::stated_text(&done.stated, voice);
    show::answer(format!("{}\n{stated}", lines(&said, voice)).trim_end())
}

fn lines(said: &[Message], voice: &Voice) -> String {
    said.iter().map(|message| voice.say(message)).collect::<Vec<_>>().join("\n")
}

fn names(files: &[PathBuf]) -> Vec<String> {
    files.iter().map(|file| file.display().to_string()).collect()
}

fn maybe(matches: &ArgMatches, name: &str) -> Option<PathBuf> {
    matches.get_one::<PathBuf>(name).cloned()
}

fn path<'a>(matches: &'a ArgMatches, name: &str) -> Result<&'a Path, Failure> {
    let found = matches.get_one::<PathBuf>(name).map(PathBuf::as_path);
    found.ok_or_else(|| Failure::bug("no path"))
}

fn text(matches: &ArgMatches, name: &str) -> Option<String> {
    matches.get_one::<String>(name).cloned()
}
