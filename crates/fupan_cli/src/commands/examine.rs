//! `fupan examine`: what a file is that somebody hands in.

use crate::stop::AtTheDoor;
use crate::{Done, help, locator, show};
use clap::{Arg, ArgAction, ArgMatches, Command};
use fupan::{Examined, ExifAspect, ExifField, Failure, Message, TextLayer, TextPart, Voice};
use fupan_model::Locator;
use serde_json::{Value, json};
use std::path::PathBuf;

/// How many places without text the screen lists; `--json` lists all.
const LISTED: usize = 20;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let text = Arg::new("text").long("text").action(ArgAction::SetTrue);
    help::command(voice, "examine", "examine")
        .arg(help::path(voice, "file", "FILE", "examine-file"))
        .arg(text.help(voice.word("help-examine-text")))
        .arg(help::json(voice))
}

/// Examines the file.
///
/// # Errors
/// The file cannot be read; with `--text`, why its text cannot.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let path = matches.get_one::<PathBuf>("file").ok_or_else(|| Failure::bug("no path"))?;
    let made = fupan::examine(path, &AtTheDoor(voice))?;
    let full = matches.get_flag("text");
    let layer = if full { Some(made.layer()?) } else { None };
    if matches.get_flag("json") {
        return show::json(&json_of(&made, layer, voice));
    }
    let mut lines = about(&made, voice);
    if let Some(layer) = layer {
        lines.push(String::new());
        lines.extend(layer.parts.iter().map(|part| said(part, voice)));
    }
    show::answer(&lines.join("\n"))
}

/// All but the words of the file.
fn about(made: &Examined, voice: &Voice) -> Vec<String> {
    let mut lines = vec![
        made.name.clone(),
        voice.say(&Message::new("examine-digest").text("digest", &made.sha256)),
        voice.say(&Message::new("examine-size").text("size", made.size)),
        voice.say(&Message::new("examine-type").text("found", made.media.found.mime())),
    ];
    lines.extend(made.doubts().iter().map(|doubt| voice.say(doubt)));
    match &made.exif {
        Ok(fields) if fields.is_empty() => {}
        Ok(fields) => {
            lines.push(voice.word("examine-exif"));
            lines.extend(fields.iter().map(|field| recorded(field, voice)));
        }
        Err(_) => lines.extend(made.exif_fault().map(|fault| voice.say(&fault))),
    }
    match &made.text {
        Ok(layer) => lines.extend(counted(layer, voice)),
        Err(_) => lines.extend(made.text_fault().map(|fault| voice.say(&fault))),
    }
    lines
}

fn recorded(field: &ExifField, voice: &Voice) -> String {
    let line = match &field.counted {
        Some(moment) => Message::new("examine-field-counted").text("moment", moment),
        None => Message::new("examine-field"),
    };
    voice.say(&line.text("tag", &field.tag).text("value", &field.value))
}

fn counted(layer: &TextLayer, voice: &Voice) -> Vec<String> {
    let message = Message::new("examine-text").count("parts", layer.parts.len());
    let mut lines = vec![voice.say(&message.count("with", layer.with_text()))];
    let without: Vec<&Locator> = layer.without_text().collect();
    if !without.is_empty() {
        let places = without.iter().take(LISTED).map(|place| locator::words(place, voice));
        let mut places = places.collect::<Vec<_>>().join(&voice.word("examine-between"));
        if without.len() > LISTED {
            places.push_str(" …");
        }
        let message = Message::new("examine-no-text").count("count", without.len());
        lines.push(voice.say(&message.text("places", places)));
    }
    let unread: u64 = layer.parts.iter().map(|part| part.unread).sum();
    if unread > 0 {
        lines.push(voice.say(&Message::new("examine-unread").text("count", unread)));
    }
    lines
}

/// A part of the text with its place.
fn said(part: &TextPart, voice: &Voice) -> String {
    let none = || voice.word("examine-none");
    let place = locator::words(&part.locator, voice);
    format!("[{place}] {}", part.text.clone().unwrap_or_else(none))
}

fn json_of(made: &Examined, layer: Option<&TextLayer>, voice: &Voice) -> Value {
    let media = &made.media;
    let also: Vec<&str> = media.also.iter().map(|one| one.mime()).collect();
    let mut answer = json!({
        "name": made.name,
        "sha256": made.sha256,
        "size": made.size,
        "type": {
            "declared": media.declared,
            "found": media.found.mime(),
            "agrees": media.agrees,
            "also": also,
            "active": media.active,
            "never_inline": media.never_inline,
        },
        "doubts": made.doubts().iter().map(|one| voice.say(one)).collect::<Vec<_>>(),
        "exif": made.exif.as_ref().ok().map(|fields| fields.iter().map(field).collect::<Vec<_>>()),
        "exif_fault": made.exif_fault().map(|fault| voice.say(&fault)),
        "text": made.text.as_ref().ok().map(|layer| json!({
            "parts": layer.parts.len(),
            "with_text": layer.with_text(),
            "without_text": layer.without_text().collect::<Vec<_>>(),
            "unread": layer.parts.iter().map(|part| part.unread).sum::<u64>(),
        })),
        "text_fault": made.text.as_ref().err().map(fupan::LayerError::code),
    });
    if let (Some(layer), Value::Object(keys)) = (layer, &mut answer) {
        let parts = layer.parts.iter().map(
            |part| json!({ "locator": part.locator, "text": part.text, "unread": part.unread }),
        );
        keys.insert("parts".to_owned(), parts.collect());
    }
    answer
}

fn field(field: &ExifField) -> Value {
    let aspect = match field.aspect {
        ExifAspect::Time => "time",
        ExifAspect::Offset => "offset",
        ExifAspect::Place => "place",
        ExifAspect::Device => "device",
    };
    json!({ "aspect": aspect, "tag": field.tag, "value": field.value, "counted": field.counted })
}
