//! `fupan cosigner`: co-signs the heads of logs that others keep, until a person ends it. The one verb
//! that starts another door instead of asking the hall.

use crate::{Done, help, show, stop};
use clap::{ArgMatches, Command};
use fupan::{Failure, FailureKind, Message, Voice};
use fupan_cosigner::{Alarm, Config, ConfigError, Notice, RunError, Stop, StoreError};
use serde_json::json;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    help::command(voice, "cosigner", "cosigner")
        .arg(help::path(voice, "config", "CONFIG", "cosigner-config"))
        .arg(help::json(voice))
}

/// Serves. Where it listens is the answer; what its operator must know goes to stderr.
///
/// # Errors
/// The configuration, its state or the network cannot be used.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let path = matches.get_one::<PathBuf>("config").ok_or_else(|| Failure::bug("no path"))?;
    let config = Config::load(path).map_err(|error| refused(&error))?;
    let wanted = config.listen;
    let listener = TcpListener::bind(wanted).map_err(|error| deaf(wanted, &error))?;
    let address = listener.local_addr().map_err(|error| deaf(wanted, &error))?;
    let name = config.key.verify_key().name().to_owned();
    let key = config.key.verify_key().to_string();
    let (lang, as_json) = (voice.lang(), matches.get_flag("json"));
    let stop = Stop::default();
    let end = stop.clone();
    stop::serving(move || end.stop());
    let hear = move |notice: &Notice| {
        let voice = Voice::new(lang);
        match notice {
            Notice::Serves => {
                let said = Message::new("cosigner-serves").text("name", &name);
                let said = voice.say(&said.text("address", address).text("key", &key));
                let value = json!({ "address": address.to_string(), "key": key });
                // Who does not read the answer is served all the same.
                let _ = if as_json { show::json(&value) } else { show::answer(&said) };
            }
            Notice::Alarm(alarm) => show::doubt(&voice.say(&said_of(alarm))),
            Notice::Broken(error) => show::failure(&broken(error), &voice),
        }
    };
    fupan_cosigner::run(config, listener, &stop, hear).map_err(|error| match error {
        RunError::Store(error) => broken(&error),
        RunError::Network(error) => deaf(wanted, &error),
    })
}

fn said_of(alarm: &Alarm) -> Message {
    let key = if alarm.kept.is_empty() { "cosigner-alarm-unkept" } else { "cosigner-alarm" };
    let files: Vec<String> = alarm.kept.iter().map(|path| path.display().to_string()).collect();
    let said = Message::new(key).text("origin", &alarm.origin).text("size", alarm.size);
    if files.is_empty() { said } else { said.text("files", files.join("\n  ")) }
}

fn refused(error: &ConfigError) -> Failure {
    let at = |key: &str, path: &PathBuf| Message::new(key).text("path", path.display());
    Failure::input(vec![match error {
        ConfigError::Read { path, error } => return Failure::read(path, error),
        ConfigError::Form { path, error } => at("cosigner-config-form", path).text("detail", error),
        ConfigError::OwnKey { path, error } => at("cosigner-own-key", path).text("detail", error),
        ConfigError::KeyUse { path } => at("cosigner-key-use", path),
        ConfigError::LogKey { path, number, error } => {
            at("cosigner-log-key", path).text("number", number).text("detail", error)
        }
        ConfigError::NoLog { path } => at("cosigner-no-log", path),
    }])
}

fn broken(error: &StoreError) -> Failure {
    match error {
        StoreError::Io { path, error } => Failure::write(path, error),
        StoreError::Damaged { path, error } => Failure::new(
            FailureKind::Integrity,
            Message::new("cosigner-damaged").text("path", path.display()).text("detail", error),
        ),
        StoreError::Foreign { origin } => Failure::new(
            FailureKind::Integrity,
            Message::new("cosigner-foreign").text("origin", origin),
        ),
        StoreError::Held { path } => Failure::new(
            FailureKind::Io,
            Message::new("cosigner-held").text("path", path.display()),
        ),
    }
}

fn deaf(address: SocketAddr, error: &io::Error) -> Failure {
    let said = Message::new("cosigner-deaf").text("address", address).text("detail", error);
    Failure::new(FailureKind::Io, said)
}
