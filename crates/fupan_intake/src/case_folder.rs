//! The case folder ⇄ a case file (`docs/case-format.md`, section 1).

use crate::case_json::{finish, keep_named, read_rest};
use crate::check::check;
use crate::defaults::IntakeDefaults;
use crate::digest::{digest_read, natural};
use crate::document::{json_table, text_of, toml_table};
use crate::error::{IntakeError, IntakeErrors, Problem};
use crate::fields::{Fields, Sink};
use crate::import::{ImportInput, import};
use crate::mapping::{Mapping, Template, template::events_of};
use crate::node::Node;
use crate::read::{Context, Form, evidence, head};
use crate::source::{CaseSource, SourceError, SourceLog, stays_inside};
use crate::write::{folder_documents, mapping_path, toml_text};
use fupan_model::{CaseFile, Digest, Evidence, ImportReport};
use std::collections::{BTreeMap, BTreeSet};

const FORMAT: &str = "fupan-case-folder/1";
const EVIDENCE: &str = "evidence/";
const KEPT: &str = "kept.json";
/// The files that may hold lists beside the head.
const LISTS: [&str; 5] =
    ["facts.toml", "requests.toml", "interviews.toml", "findings.toml", "choices.toml"];

/// Reads a case folder: its files, its originals, and by their mappings the logs.
///
/// # Errors
/// [`IntakeErrors`]: everything wrong in the folder, at once.
pub fn read(source: &dyn CaseSource, defaults: &IntakeDefaults) -> Result<CaseFile, IntakeErrors> {
    let sink = Sink::default();
    let bytes =
        source.read("case.toml").map_err(|error| IntakeError::of_source("case.toml", error))?;
    let mut top = Fields::top(&sink, "case.toml", "", toml_table("case.toml", &bytes)?);
    match top.take("format") {
        Some(Node::Text(format)) if format == FORMAT => {}
        other => {
            let found = other.map(|node| node.shown()).unwrap_or_default();
            let problem = Problem::WrongFormat(FORMAT);
            return Err(IntakeError::at("case.toml", "", "format", &found, problem).into());
        }
    }
    let mut case = CaseFile::default();
    let mut context =
        Context { form: Form::Folder, defaults, zone_s: 0, day_ms: None, whole_file: None };
    head::read_names(&mut top, &mut case);
    context.place_in_time(&case);
    let logs = read_evidence(source, &sink, &mut case)?;
    head::read_lists(&mut top, &mut case, &context);
    // A case small enough may keep everything in its head.
    read_rest(&mut top, &mut case, &context);
    top.finish();
    for file in LISTS {
        if let Some(rows) = optional(source, &sink, file, toml_table) {
            let mut fields = Fields::top(&sink, file, "", rows);
            read_rest(&mut fields, &mut case, &context);
            for (key, node) in fields.rest() {
                sink.keep(format!("{file}/{key}"), &node);
            }
        }
    }
    if let Some(rows) = optional(source, &sink, KEPT, json_table) {
        let rows = vec![(String::from("kept"), Node::Table(rows))];
        keep_named(&mut Fields::top(&sink, KEPT, "", rows), &mut case);
    }
    let mut events = events_of(&case);
    let all = import_logs(source, &logs.files, &sink, &mut case, &context);
    if logs.lost || !all {
        // Events that a log would have made, had it been readable, are not called unknown.
        events.push(Template::any());
    }
    check(&case, &context, &sink, &events);
    finish(case, sink)
}

/// Writes a case as the text files of a folder, by path. The originals of its `evidence` are not
/// among them; the hall copies each to its path.
pub fn write(case: &CaseFile) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for evidence in &case.evidence {
        if let Some(mapping) = &evidence.mapping {
            files.insert(mapping_path(evidence), mapping.clone().into_bytes());
        }
    }
    for (path, node) in folder_documents(case) {
        let bytes = if path == KEPT {
            serde_json::to_vec_pretty(&node).unwrap_or_default()
        } else {
            toml_text(&node)
        };
        files.insert(path, bytes);
    }
    files
}

/// The logs of a folder (日志集).
#[derive(Default)]
struct Logs {
    files: Vec<LogFile>,
    /// Whether evidence was found that could not be read, or a log whose mapping could not.
    lost: bool,
}

/// A log that a mapping reads (待导入日志).
struct LogFile {
    evidence: Evidence,
    mapping_path: String,
    mapping: Mapping,
}

/// Reads an optional file; what is wrong with it is noted.
fn optional(
    source: &dyn CaseSource,
    sink: &Sink,
    file: &str,
    parse: impl Fn(&str, &[u8]) -> Result<Vec<(String, Node)>, IntakeErrors>,
) -> Option<Vec<(String, Node)>> {
    let bytes = match source.read(file) {
        Ok(bytes) => bytes,
        Err(SourceError::Absent) => return None,
        Err(error) => {
            sink.error(IntakeError::of_source(file, error));
            return None;
        }
    };
    parse(file, &bytes).map_err(|errors| sink.errors(errors)).ok()
}

/// Reads originals and descriptors; gives the logs that have a mapping.
fn read_evidence(
    source: &dyn CaseSource,
    sink: &Sink,
    case: &mut CaseFile,
) -> Result<Logs, IntakeErrors> {
    let list = source.list().map_err(|error| IntakeError::of_source(EVIDENCE, error))?;
    let paths: BTreeSet<&str> =
        list.iter().map(String::as_str).filter(|path| is_evidence(path)).collect();
    let mut logs = Logs::default();
    for path in &paths {
        let original =
            path.strip_suffix(".toml").filter(|_| !paths.contains(&*format!("{path}.toml")));
        match original {
            Some(original) if paths.contains(original) => {}
            Some(original) => {
                let problem = Problem::NoOriginal(original.to_owned());
                sink.error(IntakeError::of_file(path, problem));
            }
            None => {
                let descriptor = format!("{path}.toml");
                if paths.contains(descriptor.as_str()) {
                    one_evidence(source, sink, case, (path, &descriptor), &mut logs);
                } else {
                    sink.error(IntakeError::of_file(path, Problem::NoDescriptor(descriptor)));
                }
            }
        }
    }
    case.evidence.sort_by(|a, b| natural(a.id.as_str(), b.id.as_str()));
    logs.files.sort_by(|a, b| natural(a.evidence.id.as_str(), b.evidence.id.as_str()));
    Ok(logs)
}

/// Files below `evidence/` that a person put there; what systems leave behind is none.
fn is_evidence(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let left = ["Thumbs.db", "desktop.ini"].contains(&name);
    path.starts_with(EVIDENCE) && !name.starts_with('.') && !name.starts_with("~$") && !left
}

/// Reads an original (path first) and its descriptor.
fn one_evidence(
    source: &dyn CaseSource,
    sink: &Sink,
    case: &mut CaseFile,
    (path, descriptor): (&str, &str),
    logs: &mut Logs,
) {
    let get = |path: &str| {
        let bytes = source.read(path);
        bytes.map_err(|error| IntakeErrors::from(IntakeError::of_source(path, error)))
    };
    let both = get(descriptor)
        .and_then(|bytes| toml_table(descriptor, &bytes))
        .and_then(|rows| print_of(source, path).map(|print| (rows, print)));
    let (rows, print) = match both {
        Ok(both) => both,
        Err(errors) => {
            logs.lost = true;
            return sink.errors(errors);
        }
    };
    let (mut evidence, mapping_path) = described(sink, rows, print, path, descriptor);
    if let Some(mapping_path) = mapping_path {
        let mapping = mapping_of(source, descriptor, &mapping_path);
        match mapping {
            Ok((mapping, text)) => {
                evidence.mapping = Some(text);
                let evidence = evidence.clone();
                logs.files.push(LogFile { evidence, mapping_path, mapping });
            }
            Err(errors) => {
                logs.lost = true;
                sink.errors(errors);
            }
        }
    }
    case.evidence.push(evidence);
}

/// Digest and size of an original, which may be larger than memory.
fn print_of(source: &dyn CaseSource, path: &str) -> Result<(Digest, u64), IntakeErrors> {
    let fault = |error| IntakeErrors::from(IntakeError::of_source(path, error));
    let mut reader = source.open(path).map_err(fault)?;
    let print = digest_read(&mut *reader);
    print.map_err(|error| fault(SourceError::Unreadable(error.to_string())))
}

/// The evidence a descriptor tells of, and the path of its mapping.
fn described(
    sink: &Sink,
    mut rows: Vec<(String, Node)>,
    (digest, size): (Digest, u64),
    path: &str,
    descriptor: &str,
) -> (Evidence, Option<String>) {
    let id = rows.iter().find(|(key, _)| key == "id").map(|(_, node)| node.shown());
    let own = format!("evidence[{}]", id.unwrap_or_default());
    // Where the file lies and how long it is, the folder says itself.
    rows.retain(|(key, _)| key != "path" && key != "size");
    sink.place(&own, descriptor, "");
    let mut evidence = evidence::read(Fields::top(sink, descriptor, &own, rows));
    let stated = evidence.sha256.as_str();
    if !stated.is_empty() && evidence.sha256 != digest {
        let problem = Problem::DigestDiffers(digest.to_string());
        sink.error(IntakeError::at(descriptor, "", "sha256", stated, problem));
    }
    evidence.sha256 = digest;
    evidence.size = size;
    path.clone_into(&mut evidence.path);
    let mapping = evidence.mapping.take();
    (evidence, mapping)
}

/// A mapping and its text.
fn mapping_of(
    source: &dyn CaseSource,
    descriptor: &str,
    path: &str,
) -> Result<(Mapping, String), IntakeErrors> {
    if !stays_inside(path) {
        return Err(IntakeError::at(descriptor, "", "mapping", path, Problem::BadPath).into());
    }
    let bytes = source.read(path).map_err(|error| IntakeError::of_source(path, error))?;
    let text = text_of(path, &bytes)?.to_owned();
    Ok((Mapping::parse(path, &text)?, text))
}

/// Imports every log. The same bytes under the same mapping a second time add nothing: all their
/// rows are repetitions. Gives whether every log could be read.
fn import_logs(
    source: &dyn CaseSource,
    logs: &[LogFile],
    sink: &Sink,
    case: &mut CaseFile,
    context: &Context<'_>,
) -> bool {
    let mut all = true;
    let mut seen: BTreeMap<(&Digest, &Digest), usize> = BTreeMap::new();
    for log in logs {
        let print = (&log.evidence.sha256, &log.mapping.digest);
        if let Some(first) = seen.get(&print).and_then(|at| case.imports.get(*at)) {
            let again = ImportReport {
                evidence: log.evidence.id.clone(),
                duplicates: first.rows - first.rejected_total,
                facts: 0,
                ..first.clone()
            };
            case.imports.push(again);
            continue;
        }
        let outcome = import(&ImportInput {
            evidence: &log.evidence,
            log: &SourceLog { source, path: &log.evidence.path },
            mapping: &log.mapping,
            mapping_name: &log.mapping_path,
            kinds: &case.kinds,
            day_ms: context.day_ms,
            defaults: context.defaults,
        });
        match outcome {
            Ok(outcome) => {
                let timed = outcome.facts.iter().any(|fact| fact.time.is_some());
                if timed && log.evidence.clock.is_none() {
                    let path = format!("evidence[{}]", log.evidence.id);
                    sink.error_at(&path, "clock", "", Problem::NoClock);
                }
                for fact in &outcome.facts {
                    let path = format!("records[{}]", fact.id);
                    sink.place(&path, &log.mapping_path, &format!("fact[{}]", fact.id));
                }
                seen.insert(print, case.imports.len());
                case.imports.push(outcome.report);
                case.facts.extend(outcome.facts);
            }
            Err(errors) => {
                all = false;
                sink.errors(errors);
            }
        }
    }
    all
}
