//! `fupan import`: a log into a case, or a trial of its mapping.

use crate::stop::AtTheDoor;
use crate::{Done, actor, help, show};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use fupan::{
    EvidenceWords, Failure, FailureKind, HandedWords, ImportRequest, Imported, Message, Voice,
};
use fupan_model::{ClockNotes, ClockStep, ImportReport, RejectedRow};
use serde_json::{Value, json};
use std::path::PathBuf;

/// How many rejected rows the screen lists; `--json` and the report list more.
const LISTED: usize = 20;

/// How the verb is asked.
pub(crate) fn command(voice: &Voice) -> Command {
    let dry = Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue);
    let suggest = Arg::new("suggest").long("suggest").action(ArgAction::SetTrue);
    let suggest = suggest.conflicts_with_all(["mapping", "case", "source", "dry-run"]);
    help::command(voice, "import", "import")
        .arg(help::path(voice, "file", "FILE", "import-file"))
        .arg(help::path_option(voice, "mapping", "M.toml", "import-mapping"))
        .arg(help::path_option(voice, "case", "CASE", "import-case"))
        .arg(help::option(voice, "source", "ID", "import-source"))
        .args(word_args(voice))
        .args(handed_args(voice).map(|arg| arg.conflicts_with("dry-run")))
        .arg(dry.help(voice.word("help-import-dry-run")))
        .arg(suggest.help(voice.word("help-import-suggest")))
        .args(actor::args(voice))
        .arg(help::json(voice))
}

/// What may be said of new evidence.
pub(crate) fn word_args(voice: &Voice) -> [Arg; 4] {
    [
        help::option(voice, "kind", "ID", "import-kind"),
        help::option(voice, "title", "TEXT", "import-title"),
        help::option(voice, "party", "ID", "import-party"),
        help::option(voice, "clock", "ID", "import-clock"),
    ]
}

/// What may be said of its bytes by whoever hands it in.
pub(crate) fn handed_args(voice: &Voice) -> [Arg; 4] {
    [
        help::option(voice, "sha256", "HEX", "handed-sha256"),
        help::option(voice, "sm3", "HEX", "handed-sm3"),
        help::option(voice, "size", "BYTES", "handed-size").value_parser(value_parser!(u64)),
        help::option(voice, "type", "TYPE", "handed-type"),
    ]
}

/// What was said of it.
pub(crate) fn words(matches: &ArgMatches) -> EvidenceWords {
    let text = |name| matches.get_one::<String>(name).cloned();
    EvidenceWords {
        kind: text("kind"),
        title: text("title"),
        party: text("party"),
        clock: text("clock"),
        handed: HandedWords {
            sha256: text("sha256"),
            sm3: text("sm3"),
            size: matches.get_one::<u64>("size").copied(),
            media: text("type"),
        },
    }
}

/// Imports, and shows what was read.
///
/// # Errors
/// What the hall says of the log, the mapping or the case.
pub(crate) fn run(matches: &ArgMatches, voice: &Voice) -> Done {
    let path = |name| matches.get_one::<PathBuf>(name).cloned();
    let text = |name| matches.get_one::<String>(name).cloned();
    let file = path("file").ok_or_else(|| Failure::bug("no file"))?;
    if matches.get_flag("suggest") {
        let draft = fupan::suggest_mapping(&file, voice.lang())?;
        let json = matches.get_flag("json");
        let draft = draft.trim_end();
        return if json { show::json(&json!({ "mapping": draft })) } else { show::answer(draft) };
    }
    let needs = || Failure::new(FailureKind::Input, Message::new("import-needs-mapping"));
    let request = ImportRequest {
        file,
        mapping: path("mapping").ok_or_else(needs)?,
        case: path("case"),
        source: text("source"),
        dry_run: matches.get_flag("dry-run"),
        words: words(matches),
        actor: actor::of(matches),
    };
    let name = request.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let imported = fupan::import_log(&request, &AtTheDoor(voice))?;
    if matches.get_flag("json") {
        return show::json(&answer(&imported));
    }
    show::answer(&match &imported {
        Imported::Tried(report) => text_of(report, &name, voice),
        Imported::Added { report, stated } => {
            format!("{}\n{}", text_of(report, &name, voice), show::stated_text(stated, voice))
        }
        Imported::Already(id) => voice.say(&Message::new("import-already").text("id", id)),
    })
}

fn answer(imported: &Imported) -> Value {
    match imported {
        Imported::Tried(report) => json_of(report),
        Imported::Added { report, stated } => {
            let mut answer = json_of(report);
            if let (Value::Object(keys), Value::Object(more)) =
                (&mut answer, show::stated_json(stated))
            {
                keys.insert("evidence".to_owned(), json!(report.evidence));
                keys.extend(more);
            }
            answer
        }
        Imported::Already(id) => json!({ "already": id, "files": [] }),
    }
}

fn json_of(report: &ImportReport) -> Value {
    json!({
        "rows": report.rows,
        "rejected_total": report.rejected_total,
        "rejected": report.rejected,
        "duplicates": report.duplicates,
        "first": report.first,
        "last": report.last,
        "columns": report.columns,
        "facts": report.facts,
        "formulas": report.formulas,
        "clock": report.clock,
    })
}

/// A row that was not read: where it stands, what stands there, what was expected and how to mend it.
fn rejected_row(bad: &RejectedRow, file: &str, voice: &Voice) -> Message {
    let expected = match bad.expected.split_once('=') {
        Some((code, count)) => Message::new("row-expected").text("code", code).text("n", count),
        None => Message::new("row-expected").text("code", &bad.expected).text("n", ""),
    };
    let key = if bad.column.is_empty() { "import-rejected-row" } else { "import-rejected" };
    Message::new(key)
        .text("file", file)
        .text("row", bad.row)
        .text("column", &bad.column)
        .text("text", &bad.text)
        .text("expected", voice.say(&expected))
}

fn text_of(report: &ImportReport, file: &str, voice: &Voice) -> String {
    let mut lines = vec![
        Message::new("import-rows")
            .text("rows", report.rows)
            .text("rejected", report.rejected_total)
            .text("duplicates", report.duplicates)
            .text("facts", report.facts),
    ];
    if let (Some(first), Some(last)) = (&report.first, &report.last) {
        lines.push(Message::new("import-span").text("first", first).text("last", last));
    }
    for column in &report.columns {
        let (Some(min), Some(max)) = (&column.min, &column.max) else { continue };
        let said = match &column.sum {
            Some(sum) => Message::new("import-column-sum").text("sum", sum),
            None => Message::new("import-column"),
        };
        lines.push(said.text("name", &column.name).text("min", min).text("max", max));
    }
    if report.formulas > 0 {
        lines.push(Message::new("import-formulas").text("count", report.formulas));
    }
    lines.extend(of_clock(&report.clock));
    let rejected = report.rejected.iter().take(LISTED);
    lines.extend(rejected.map(|bad| rejected_row(bad, file, voice)));
    let more = report.rejected_total.saturating_sub(LISTED as u64);
    if more > 0 {
        lines.push(Message::new("import-rejected-more").text("count", more));
    }
    lines.iter().map(|line| voice.say(line)).collect::<Vec<_>>().join("\n")
}

/// What the log says of its own clock; nothing where there is nothing to say.
fn of_clock(clock: &ClockNotes) -> Vec<Message> {
    if clock.is_quiet() {
        return Vec::new();
    }
    let mut lines = Vec::new();
    if clock.descending {
        lines.push(Message::new("import-clock-descending"));
    }
    lines.push(
        Message::new("import-clock")
            .text("disorder", clock.out_of_order)
            .text("repeated", clock.repeated)
            .text("rolled", clock.roll_overs)
            .text("jumps", clock.jumps_total),
    );
    let step = |key, step: &ClockStep| {
        let message = Message::new(key).text("row", step.row);
        message.text("from", step.from).text("to", step.to)
    };
    let rolled = clock.rolled.iter().map(|one| step("import-clock-roll", one));
    let jumps = clock.jumps.iter().map(|one| step("import-clock-jump", one));
    lines.extend(rolled.take(LISTED).chain(jumps.take(LISTED)));
    lines
}
