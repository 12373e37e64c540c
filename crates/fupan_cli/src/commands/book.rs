//! `fupan book check` and `fupan book show`.

use crate::{Done, help, show};
use clap::{ArgMatches, Command};
use fupan::book::{self, BookReport};
use fupan::{Failure, Lang, Message, RowView, Voice};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

/// How the verbs are asked.
pub(crate) fn command(voice: &Voice) -> Command {
    help::command(voice, "book", "book")
        .subcommand_required(true)
        .subcommand(
            help::command(voice, "check", "book-check")
                .arg(help::path(voice, "folder", "DIR", "book-check-folder"))
                .arg(help::json(voice)),
        )
        .subcommand(
            help::command(voice, "show", "book-show")
                .arg(help::positional(voice, "id", "ID", "book-show-id"))
                .arg(help::path_option(voice, "book", "DIR", "book-show-folder"))
                .arg(help::json(voice)),
        )
}

/// Answers.
///
/// # Errors
/// Every fault of the book; no such row.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    match matches.subcommand() {
        Some(("check", matches)) => {
            let folder = matches.get_one::<PathBuf>("folder");
            let report = book::check(folder.ok_or_else(|| Failure::bug("no folder"))?)?;
            if matches.get_flag("json") {
                show::json(&report_json(&report))
            } else {
                show::answer(&report_text(&report, voice))
            }
        }
        Some(("show", matches)) => {
            let id = matches.get_one::<String>("id").map(String::as_str).unwrap_or_default();
            let folder = matches.get_one::<PathBuf>("book").map(PathBuf::as_path);
            let row = book::show(id, folder)?;
            if matches.get_flag("json") {
                show::json(&row_json(&row))
            } else {
                show::answer(&row_text(&row, voice))
            }
        }
        _ => Err(Failure::bug("book without a verb")),
    }
}

fn report_text(report: &BookReport, voice: &Voice) -> String {
    let standing = report.standing.iter();
    let mut lines = vec![
        Message::new("book-sound")
            .text("edition", &report.edition)
            .count("files", report.files)
            .count("rows", report.rows),
        Message::new("book-digest").text("digest", &report.digest),
        standing
            .fold(Message::new("book-standing"), |said, (word, count)| said.count(word, *count)),
    ];
    lines.extend(report.shortfalls.iter().map(|(what, expected, found)| {
        let short = Message::new("book-short").text("what", what);
        short.count("expected", *expected).count("found", *found)
    }));
    lines.iter().map(|line| voice.say(line)).collect::<Vec<_>>().join("\n")
}

fn report_json(report: &BookReport) -> Value {
    let standing: serde_json::Map<String, Value> =
        report.standing.iter().map(|(word, count)| ((*word).to_owned(), json!(count))).collect();
    let shortfalls = report.shortfalls.iter().map(
        |(what, expected, found)| json!({"table": what, "expected": expected, "found": found}),
    );
    json!({
        "edition": report.edition,
        "digest": report.digest,
        "files": report.files,
        "rows": report.rows,
        "standing": standing,
        "shortfalls": shortfalls.collect::<Vec<_>>(),
    })
}

fn row_text(row: &RowView, voice: &Voice) -> String {
    let (first, second) = match voice.lang() {
        Lang::Zh => (&row.title.zh, &row.title.en),
        Lang::En => (&row.title.en, &row.title.zh),
    };
    let mut text = format!("{}  {first}\n      {second}\n\n", row.id);
    let standing = format!(
        "{} ({}: {})",
        voice.word(&format!("status-{}", row.status.word())),
        row.mark.letter(),
        voice.word(&format!("mark-{}", row.mark.letter())),
    );
    let mut line = |key: String, value: &str| {
        let _ = writeln!(text, "{key}: {value}");
    };
    line(voice.word("row-standing"), &standing);
    line(voice.word("row-source"), &row.source);
    if let Some(from) = row.effective_from {
        let said = match row.effective_to {
            Some(until) => Message::new("row-until").text("until", until),
            None => Message::new("row-from"),
        };
        line(voice.word("row-force"), &voice.say(&said.text("from", from)));
    }
    line(voice.word("row-file"), &format!("{} [[{}]]", row.file, row.table));
    // Words in the other language are left to --json.
    let other = match voice.lang() {
        Lang::Zh => "en",
        Lang::En => "zh",
    };
    let speaks = |key: &str| key.rsplit(['.', '-']).next() != Some(other);
    for (key, value) in row.lines.iter().filter(|(key, _)| speaks(key)) {
        line(key.clone(), value);
    }
    text
}

fn row_json(row: &RowView) -> Value {
    let lines: serde_json::Map<String, Value> =
        row.lines.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
    json!({
        "id": row.id,
        "zh": row.title.zh,
        "en": row.title.en,
        "mark": row.mark.letter(),
        "status": row.status.word(),
        "source": row.source,
        "effective_from": row.effective_from.map(|day| day.to_string()),
        "effective_to": row.effective_to.map(|day| day.to_string()),
        "file": row.file,
        "table": row.table,
        "keys": lines,
    })
}
