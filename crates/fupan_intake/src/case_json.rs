//! `fupan-case/1`: one JSON file ⇄ a case file (`docs/case-format.md`, section 2).

use crate::check::check;
use crate::defaults::IntakeDefaults;
use crate::digest::{case_digest, digest_of, digest_read, in_order};
use crate::document::json_table;
use crate::error::{IntakeError, IntakeErrors, Problem};
use crate::fields::{Fields, Sink};
use crate::mapping::template::events_of;
use crate::node::Node;
use crate::read::{Context, Form, evidence, fact, head, inquiry, report};
use crate::source::{CaseSource, SourceError, stays_inside};
use crate::write::json_document;
use fupan_model::{CaseFile, ClockId, Evidence, EvidenceId};

/// Id under which a `fupan-case/1` file is evidence of its own case.
pub const CASE_FILE: &str = "case-file";

/// Where that file stands among the originals. It is fixed: a file's name must not show in a report.
pub const CASE_FILE_PATH: &str = "evidence/case-file.json";

/// The format's name, and the title under which such a file is evidence.
const FORMAT: &str = "fupan-case/1";

/// Reads a `fupan-case/1` file. `name` is what errors call it. With `beside`, the originals named
/// in `evidence[]` are compared with their digests.
///
/// # Errors
/// [`IntakeErrors`]: everything wrong in the file, at once.
pub fn read(
    name: &str,
    bytes: &[u8],
    beside: Option<&dyn CaseSource>,
    defaults: &IntakeDefaults,
) -> Result<CaseFile, IntakeErrors> {
    let rows = json_table(name, bytes)?;
    let whole_file = needs_file(&rows).then(|| free_id(&rows));
    let sink = Sink::default();
    let mut top = Fields::top(&sink, name, "", rows);
    match top.take("format") {
        Some(Node::Text(format)) if format == FORMAT => {}
        other => {
            let found = other.map(|node| node.shown()).unwrap_or_default();
            let problem = Problem::WrongFormat(FORMAT);
            return Err(IntakeError::at(name, "", "format", &found, problem).into());
        }
    }
    let mut case = CaseFile::default();
    let mut context =
        Context { form: Form::Json, defaults, zone_s: 0, day_ms: None, whole_file: None };
    head::read_names(&mut top, &mut case);
    context.place_in_time(&case);
    for fields in top.tables("evidence", "evidence") {
        let mut evidence = evidence::read(fields);
        check_bytes(&sink, &mut evidence, beside);
        case.evidence.push(evidence);
    }
    if let Some(id) = whole_file {
        let evidence = file_evidence(id, bytes, defaults);
        context.whole_file = Some((evidence.id.clone(), evidence.sha256.clone()));
        case.evidence.push(evidence);
    }
    head::read_lists(&mut top, &mut case, &context);
    read_rest(&mut top, &mut case, &context);
    for fields in top.tables("imports", "imports") {
        case.imports.push(report::read(fields, &context));
    }
    keep_named(&mut top, &mut case);
    top.finish();
    check(&case, &context, &sink, &events_of(&case));
    finish(case, sink)
}

/// Facts, requests, interviews, findings and choices, wherever they stand.
pub(crate) fn read_rest(top: &mut Fields<'_>, case: &mut CaseFile, context: &Context<'_>) {
    let form = context.form;
    for fields in top.tables(form.key("records"), "records") {
        let fact = fact::read(fields, case, context);
        case.facts.push(fact);
    }
    for fields in top.tables(form.key("requests"), "requests") {
        case.requests.push(inquiry::request(fields, context));
    }
    for fields in top.tables(form.key("interviews"), "interviews") {
        case.interviews.push(inquiry::interview(fields, context));
    }
    for fields in top.tables(form.key("findings"), "findings") {
        let finding = inquiry::finding(fields, case, context);
        case.findings.push(finding);
    }
    for fields in top.tables(form.key("choices"), "choices") {
        case.choices.push(inquiry::choice(fields, context));
    }
}

/// Keys that another form could not hold under their own name, by their path.
pub(crate) fn keep_named(top: &mut Fields<'_>, case: &mut CaseFile) {
    if let Some(mut table) = top.table("kept") {
        let rows = table.rest().into_iter().filter(|(_, node)| *node != Node::Null);
        case.kept.extend(rows.map(|(path, node)| (path, node.sorted_json())));
    }
}

/// The case, in order and with its digest; or all errors.
pub(crate) fn finish(mut case: CaseFile, sink: Sink) -> Result<CaseFile, IntakeErrors> {
    let (errors, kept) = sink.into_parts();
    if !errors.is_empty() {
        return Err(IntakeErrors(errors));
    }
    case.kept.extend(kept);
    in_order(&mut case);
    case.digest = case_digest(&case);
    Ok(case)
}

/// Writes a case as `fupan-case/1`: UTF-8, two spaces a level, a line end at the end. Reading it
/// gives an equal case. The originals lie beside it, at the paths of its `evidence[]`.
pub fn write(case: &CaseFile) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(&json_document(case)).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Whether a record or a finding names no place it was read in: then the file itself is cited.
fn needs_file(rows: &[(String, Node)]) -> bool {
    let cited = |node: &Node| match node {
        Node::Table(keys) => keys
            .iter()
            .any(|(key, value)| (key == "cite" || key == "cites") && *value != Node::Null),
        _ => true,
    };
    let lists = rows.iter().filter(|(key, _)| key == "records" || key == "findings");
    lists.into_iter().any(|(_, node)| match node {
        Node::List(list) => !list.iter().all(cited),
        _ => false,
    })
}

/// `case-file`, or the first of `case-file-2`, … that no evidence of the file has: an export to
/// which a person added records by hand carries the older file as evidence.
fn free_id(rows: &[(String, Node)]) -> String {
    let taken = |id: &str| {
        rows.iter().filter(|(key, _)| key == "evidence").any(|(_, node)| match node {
            Node::List(list) => list.iter().any(|item| match item {
                Node::Table(keys) => {
                    keys.iter().any(|(key, value)| key == "id" && *value == Node::text(id))
                }
                _ => false,
            }),
            _ => false,
        })
    };
    let mut id = CASE_FILE.to_owned();
    let mut number = 1;
    while taken(&id) {
        number += 1;
        id = format!("{CASE_FILE}-{number}");
    }
    id
}

fn file_evidence(id: String, bytes: &[u8], defaults: &IntakeDefaults) -> Evidence {
    let path = CASE_FILE_PATH.replace(CASE_FILE, &id);
    Evidence {
        id: EvidenceId::new(id),
        kind: defaults.file_evidence_kind.clone(),
        title: FORMAT.to_owned(),
        medium: String::new(),
        party: None,
        clock: Some(ClockId::from(head::CIVIL)),
        source_kind: None,
        sha256: digest_of(bytes),
        size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        path,
        collected_by: Vec::new(),
        witnessed_by: Vec::new(),
        collected_at: None,
        fields: std::collections::BTreeMap::new(),
        mapping: None,
    }
}

/// The digest is there, and the original has it where it can be read. A path that does not begin
/// with `evidence/` is taken as one below it, so that a folder can be written from the case.
fn check_bytes(sink: &Sink, evidence: &mut Evidence, beside: Option<&dyn CaseSource>) {
    let path = format!("evidence[{}]", evidence.id);
    if evidence.path.is_empty() {
        evidence.path = evidence.id.to_string();
    }
    if !stays_inside(&evidence.path) {
        sink.error_at(&path, "path", &evidence.path, Problem::BadPath);
        return;
    }
    let written = evidence.path.clone();
    if !written.starts_with("evidence/") {
        evidence.path = format!("evidence/{written}");
    }
    let stated = evidence.sha256.as_str();
    if stated.is_empty() {
        sink.error_at(&path, "sha256", "", Problem::Missing);
        return;
    }
    let Some(source) = beside else { return };
    let reader = source.open(&evidence.path).or_else(|_| source.open(&written));
    let unreadable = |error: std::io::Error| SourceError::Unreadable(error.to_string());
    match reader.and_then(|mut reader| digest_read(&mut *reader).map_err(unreadable)) {
        Ok((found, _)) => {
            if found != evidence.sha256 {
                let problem = Problem::DigestDiffers(found.to_string());
                sink.error_at(&path, "sha256", stated, problem);
            }
        }
        Err(error) => sink.error(IntakeError::of_source(&written, error)),
    }
}
