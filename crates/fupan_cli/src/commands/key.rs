//! `fupan key`: draw a key, the rules of attesting, enrol, revoke, approve, list.

mod shown;

use crate::stop::AtTheDoor;
use crate::{Done, actor, help, usage_failure};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use fupan::{Approval, Enrol, Failure, KeyWords, Message, Revoke, Voice};
use std::path::{Path, PathBuf};

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let of = |name, key: &str| help::command(voice, name, key);
    let option = |id, name, key: &str| help::option(voice, id, name, key);
    let vault = || help::path(voice, "vault", "VAULT", "key-vault").required(false);
    let note = || help::path_option(voice, "note", "FILE", "key-note");
    let key = || option("key", "FILE|KEY", "key-key");
    let handing_in = |command: Command| {
        command
            .arg(by(voice))
            .arg(help::path_option(voice, "out", "FILE", "key-note-out"))
            .arg(actor::keys_arg(voice))
            .arg(help::json(voice))
    };
    help::command(voice, "key", "key").subcommand_required(true).subcommands([
        of("new", "key-new")
            .arg(help::positional(voice, "name", "NAME", "key-name"))
            .arg(help::path_option(voice, "out", "FILE", "key-out").required(true))
            .arg(option("scheme", "SCHEME", "key-scheme").default_value("ed25519"))
            .arg(help::json(voice)),
        handing_in(
            of("rules", "key-rules")
                .arg(help::path(voice, "file", "FILE", "key-rules-file"))
                .arg(help::path_option(voice, "vault", "VAULT", "key-vault")),
        ),
        handing_in(
            of("enrol", "key-enrol")
                .arg(vault())
                .arg(note())
                .arg(key())
                .arg(option("person", "NAME", "key-person"))
                .arg(option("organisation", "NAME", "key-organisation"))
                .arg(option("device", "NAME", "key-device"))
                .arg(option("hold", "WORD", "key-hold").default_value("file")),
        ),
        handing_in(
            of("revoke", "key-revoke")
                .arg(vault())
                .arg(note())
                .arg(key())
                .arg(option("since", "INDEX", "key-since").value_parser(value_parser!(u64))),
        ),
        of("approve", "key-approve")
            .arg(help::path(voice, "file", "FILE", "key-approve-file"))
            .arg(by(voice).required(true))
            .arg(help::path_option(voice, "out", "FILE", "key-note-out"))
            .arg(help::json(voice)),
        of("list", "key-list").arg(vault().required(true)).arg(help::json(voice)),
    ])
}

fn by(voice: &Voice) -> Arg {
    help::path_option(voice, "by", "FILE", "key-by").action(ArgAction::Append)
}

/// Carries it out.
///
/// # Errors
/// What the hall says.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    match matches.subcommand() {
        Some(("new", matches)) => {
            let (name, scheme) = (text(matches, "name"), text(matches, "scheme"));
            let drawn = fupan::draw_key(
                &name.unwrap_or_default(),
                &scheme.unwrap_or_default(),
                path(matches, "out")?,
            )?;
            shown::drawn(&drawn, matches, voice)
        }
        Some(("rules", matches)) => {
            let watch = AtTheDoor(voice);
            let (vault, actor) = (maybe(matches, "vault"), actor::of(matches));
            let file = path(matches, "file")?;
            let done = fupan::set_rules(vault, file, &approval(matches), &actor, &watch)?;
            shown::approved(&done, matches, voice)
        }
        Some(("enrol", matches)) => enrol(matches, voice),
        Some(("revoke", matches)) => revoke(matches, voice),
        Some(("approve", matches)) => {
            let (file, watch) = (path(matches, "file")?, AtTheDoor(voice));
            let out = fupan::approve_note(file, &approval(matches), &watch)?;
            shown::approved(&fupan::Approved::Out(out), matches, voice)
        }
        Some(("list", matches)) => {
            shown::list(&fupan::list_keys(path(matches, "vault")?)?, matches, voice)
        }
        other => Err(Failure::bug(format!("a verb without a hand: {:?}", other.map(|(v, _)| v)))),
    }
}

fn enrol(matches: &ArgMatches, voice: &Voice) -> Done {
    let words = ["key", "person", "organisation"].map(|name| text(matches, name));
    let enrol = match (maybe(matches, "note"), words) {
        (Some(note), _) => Enrol::Note(note.to_path_buf()),
        (None, [Some(key), Some(person), Some(organisation)]) => Enrol::Words(KeyWords {
            key,
            person,
            organisation,
            device: text(matches, "device"),
            hold: text(matches, "hold").unwrap_or_default(),
        }),
        _ => return Err(usage_failure(Message::new("key-words-missing"))),
    };
    let (vault, actor) = (maybe(matches, "vault"), actor::of(matches));
    let done = fupan::enrol_key(vault, &enrol, &approval(matches), &actor, &AtTheDoor(voice))?;
    shown::approved(&done, matches, voice)
}

fn revoke(matches: &ArgMatches, voice: &Voice) -> Done {
    let since = matches.get_one::<u64>("since").copied();
    let revoke = match (maybe(matches, "note"), text(matches, "key")) {
        (Some(note), _) => Revoke::Note(note.to_path_buf()),
        (None, Some(key)) => Revoke::Key(key, since),
        (None, None) => return Err(usage_failure(Message::new("key-words-missing"))),
    };
    let (vault, actor) = (maybe(matches, "vault"), actor::of(matches));
    let done = fupan::revoke_key(vault, &revoke, &approval(matches), &actor, &AtTheDoor(voice))?;
    shown::approved(&done, matches, voice)
}

fn approval(matches: &ArgMatches) -> Approval {
    let by = matches.get_many::<PathBuf>("by").into_iter().flatten().cloned().collect();
    Approval { by, out: maybe(matches, "out").map(Path::to_path_buf) }
}

fn maybe<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a Path> {
    matches.get_one::<PathBuf>(name).map(PathBuf::as_path)
}

fn path<'a>(matches: &'a ArgMatches, name: &str) -> Result<&'a Path, Failure> {
    maybe(matches, name).ok_or_else(|| Failure::bug("no path"))
}

fn text(matches: &ArgMatches, name: &str) -> Option<String> {
    matches.get_one::<String>(name).cloned()
}
