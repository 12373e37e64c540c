//! Use case: a log into a case, or a trial of its mapping.

use crate::carry::Carried;
use crate::case::{self, defaults};
use crate::evidence::{EvidenceWords, evidence, files, name_of, print_of};
use crate::file::FileLog;
use crate::{Actor, Entered, Failure, FailureKind, Lang, Message, Step, Watch, book, file, input};
use fupan_intake::{ImportInput, Mapping, import, same_bytes, suggest};
use fupan_model::{CaseFile, Digest, EvidenceId, ImportReport, Moment};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How much of a log a mapping is proposed from, in bytes.
const HEAD: u64 = 2 << 20;

/// Request for an import (导入请求).
#[derive(Clone, Debug, Default)]
pub struct ImportRequest {
    /// The log.
    pub file: PathBuf,
    /// The mapping.
    pub mapping: PathBuf,
    /// The case that takes it in.
    pub case: Option<PathBuf>,
    /// Number of the new evidence.
    pub source: Option<String>,
    /// Only read and report.
    pub dry_run: bool,
    /// What is said of the log.
    pub words: EvidenceWords,
    /// Who takes it in.
    pub actor: Actor,
}

/// What an import came to (导入所得).
#[derive(Clone, Debug)]
pub enum Imported {
    /// A trial: nothing was written.
    Tried(ImportReport),
    /// The log, its descriptor and its mapping were taken in.
    Added {
        /// What reading it did.
        report: ImportReport,
        /// What was written.
        stated: Entered,
    },
    /// The case holds these very bytes already, as this evidence: nothing was added.
    Already(EvidenceId),
}

/// Proposes a mapping from the head of a log, with remarks in the language of `voice`.
///
/// # Errors
/// The log cannot be opened, or nothing can be read of it.
pub fn suggest_mapping(path: &Path, lang: Lang) -> Result<String, Failure> {
    let bytes = file::head(path, HEAD)?;
    let name = name_of(path);
    match suggest(&name, &bytes) {
        Ok(draft) => Ok(draft.text(lang.code())),
        Err(problem) => Err(input::failure(&input::of_file(&name, problem))),
    }
}

/// Reads a log by a mapping; takes it into a case unless it is a trial.
///
/// # Errors
/// Faults of the mapping, the log or the case; an evidence number that is taken; files that cannot
/// be written. The case is then as it was before.
pub fn import_log(request: &ImportRequest, watch: &dyn Watch) -> Result<Imported, Failure> {
    watch.step(Step::Read);
    let book = book::shipped()?;
    let defaults = defaults(&book)?;
    let log = FileLog { path: &request.file, watch };
    log.check()?;
    let text = file::text(&request.mapping)?;
    let mapping_name = name_of(&request.mapping);
    let mapping = Mapping::parse(&mapping_name, &text).map_err(|e| input::failure(&e))?;
    if request.dry_run {
        let case = request.case.as_deref().map(|path| case::read(path, &book)).transpose()?;
        let mut words = request.words.clone();
        // Outside a case nobody has said whose log it is: the file stands for the party.
        words.party.get_or_insert_with(|| name_of(&request.file));
        let id = request.source.as_deref().unwrap_or("trial");
        // Nothing of a trial is kept that would cite the log by its digest.
        let print = (Digest::new(""), 0);
        let mut trial = evidence(&words, &request.file, print, id, &defaults);
        // In no case yet: messages name the file as it is called where it lies.
        trial.path = name_of(&request.file);
        let outcome = import(&ImportInput {
            evidence: &trial,
            log: &log,
            mapping: &mapping,
            mapping_name: &mapping_name,
            kinds: case.as_ref().map_or(&BTreeMap::new(), |case| &case.kinds),
            day_ms: case.as_ref().and_then(day_ms),
            defaults: &defaults,
        });
        return outcome
            .map(|made| Imported::Tried(made.report))
            .map_err(|e| Failure::stopped_or(watch, || input::failure(&e)));
    }
    let (Some(path), Some(source)) = (&request.case, &request.source) else {
        return Err(Failure::new(FailureKind::Input, Message::new("import-needs-case")));
    };
    let carried = Carried::open(path, &request.actor, &book)?;
    let print = print_of(&request.file, watch)?;
    let refused = |failure| carried.refused(source, &print, failure);
    request.words.handed.check(&request.file, &print, watch).map_err(refused)?;
    if let Some(there) = same_bytes(&carried.case, &print.0) {
        return Ok(Imported::Already(there.id.clone()));
    }
    let new = evidence(&request.words, &request.file, print.clone(), source, &defaults);
    let taken = files(&carried.case, &carried.base, &new, &request.file, Some(text))
        .and_then(|outputs| Ok((carried.with(&outputs, &defaults, watch)?, outputs)));
    let (after, outputs) = taken.map_err(refused)?;
    let report = after.imports.iter().find(|report| report.evidence == new.id).cloned();
    let report = report.ok_or_else(|| Failure::bug("an import without a report"))?;
    let stated = carried.keep(&outputs, &after, watch)?;
    Ok(Imported::Added { report, stated })
}

/// Start of the accident's day, in its own zone.
fn day_ms(case: &CaseFile) -> Option<i64> {
    let accident = &case.accident;
    Moment::parse(&format!("{}T00:00:00{}", accident.date, accident.timezone)).map(|day| day.ms)
}
