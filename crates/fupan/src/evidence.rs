//! A file taken into a case folder as evidence: the original, its descriptor, its mapping.

use crate::carry::Base;
use crate::case::reason;
use crate::file::FileLog;
use crate::output::{Content, Output};
use crate::{Failure, HandedWords, Message, Watch};
use fupan_intake::{CaseSource, IntakeDefaults, SourceError, digest_read};
use fupan_ledger::release::SafeName;
use fupan_model::{CaseFile, ClockId, Digest, Evidence, EvidenceId, PartyId, RowId};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

/// What a person says of a new piece of evidence (证据说明).
#[derive(Clone, Debug, Default)]
pub struct EvidenceWords {
    /// Kind of evidence; electronic data where none is given.
    pub kind: Option<String>,
    /// What it is called; the file's name where nothing is given.
    pub title: Option<String>,
    /// Whose it is.
    pub party: Option<String>,
    /// The clock of its times.
    pub clock: Option<String>,
    /// What whoever hands it in says of the bytes.
    pub handed: HandedWords,
}

/// Digest and size of a file, which may be larger than memory.
///
/// # Errors
/// It is absent or cannot be read.
pub(crate) fn print_of(path: &Path, watch: &dyn Watch) -> Result<(Digest, u64), Failure> {
    let log = FileLog { path, watch };
    log.check()?;
    let print = log.reader().and_then(|mut reader| digest_read(&mut *reader));
    print.map_err(|error| Failure::stopped_or(watch, || Failure::read(path, &error)))
}

/// A file as evidence of the number `id`.
pub(crate) fn evidence(
    words: &EvidenceWords,
    file: &Path,
    (sha256, size): (Digest, u64),
    id: &str,
    defaults: &IntakeDefaults,
) -> Evidence {
    let name = name_of(file);
    Evidence {
        id: EvidenceId::from(id),
        kind: words.kind.as_deref().map_or(defaults.file_evidence_kind.clone(), RowId::from),
        title: words.title.clone().unwrap_or_else(|| name.clone()),
        medium: String::new(),
        party: words.party.as_deref().map(PartyId::from),
        clock: words.clock.as_deref().map(ClockId::from),
        source_kind: None,
        sha256,
        size,
        // A case is copied to other machines: its files are called so that all of them take the name.
        path: format!("evidence/{}", SafeName::of(&name)),
        collected_by: Vec::new(),
        witnessed_by: Vec::new(),
        collected_at: None,
        fields: BTreeMap::new(),
        mapping: None,
    }
}

/// The files of new evidence, the original to be copied from `file`; refused where its number or one of the files is there already.
///
/// # Errors
/// Everything that is taken.
pub(crate) fn files(
    case: &CaseFile,
    base: &Base,
    new: &Evidence,
    file: &Path,
    mapping: Option<String>,
) -> Result<Vec<Output>, Failure> {
    let mut taken = Vec::new();
    if case.evidence.iter().any(|evidence| evidence.id == new.id) {
        taken.push(Message::new("import-id-taken").text("id", &new.id));
    }
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let name: String = new.id.as_str().chars().map(plain).collect();
    let mapping = mapping.map(|text| (format!("mappings/{name}.toml"), text));
    let described = descriptor(new, mapping.as_ref().map(|(path, _)| path.as_str()))?;
    let mut outputs = vec![
        Output::copy(new.path.clone(), file, new.sha256.clone()),
        Output::new(format!("{}.toml", new.path), described),
    ];
    outputs.extend(mapping.map(|(path, text)| Output::new(path, text.into_bytes())));
    for output in &outputs {
        if base.has(&output.path) {
            taken.push(Message::new("import-path-taken").text("path", &output.path));
        }
    }
    if taken.is_empty() { Ok(outputs) } else { Err(Failure::input(taken)) }
}

fn descriptor(new: &Evidence, mapping: Option<&str>) -> Result<Vec<u8>, Failure> {
    let mut table = toml::Table::new();
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            table.insert(key.to_owned(), value.into());
        }
    };
    put("id", Some(new.id.as_str()));
    put("kind", Some(new.kind.as_str()));
    put("title", Some(&new.title));
    put("party", new.party.as_ref().map(PartyId::as_str));
    put("clock", new.clock.as_ref().map(ClockId::as_str));
    put("sha256", Some(new.sha256.as_str()));
    put("mapping", mapping);
    put("medium", Some(new.medium.as_str()).filter(|medium| !medium.is_empty()));
    put("collected_at", new.collected_at.as_deref());
    for (key, names) in [("collected_by", &new.collected_by), ("witnessed_by", &new.witnessed_by)] {
        if !names.is_empty() {
            table.insert(key.to_owned(), names.clone().into());
        }
    }
    if !new.fields.is_empty() {
        let fields = new.fields.iter().map(|(key, text)| (key.clone(), text.as_str().into()));
        table.insert("fields".to_owned(), toml::Value::Table(fields.collect()));
    }
    toml::to_string(&table).map(String::into_bytes).map_err(Failure::bug)
}

/// The last part of a path.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The files of a case as they would be with new ones among them.
pub(crate) struct Overlay<'a> {
    pub(crate) base: &'a Base,
    pub(crate) new: &'a [Output],
    pub(crate) watch: &'a dyn Watch,
}

impl CaseSource for Overlay<'_> {
    fn list(&self) -> Result<Vec<String>, SourceError> {
        let mut paths = self.base.list()?;
        paths.extend(self.new.iter().map(|output| output.path.clone()));
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let new = self.new.iter().find(|output| output.path == path);
        match new.map(|output| &output.content) {
            Some(Content::Bytes(bytes)) => Ok(bytes.clone()),
            Some(Content::Copy { from, .. }) => fs::read(from).map_err(|error| reason(&error)),
            None => self.base.read(path),
        }
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>, SourceError> {
        let new = self.new.iter().find(|output| output.path == path);
        match new.map(|output| &output.content) {
            Some(Content::Bytes(bytes)) => Ok(Box::new(bytes.as_slice())),
            Some(Content::Copy { from, .. }) => {
                let log = FileLog { path: from, watch: self.watch };
                log.reader().map_err(|error| reason(&error))
            }
            None => self.base.open(path),
        }
    }
}
