//! The evidence of a case as a bag holds it: names that every disk keeps, the bytes out of the vault, what
//! people signed or wrote down of it, and what the list says.

use super::Export;
use super::logged::Logged;
use super::papers::{BEIJING_S, spoken};
use crate::evidence::name_of;
use crate::file::FileLog;
use crate::{Failure, FailureKind, Lang, Message, Voice, Watch, cellar};
use fupan_intake::{LayerError, MediaType, check_media, read_exif, read_text};
use fupan_ledger::release::{
    Original, ReadingKind, ReleasedEvidence, ReleasedReading, ReleasedRecord, ReleasedStatement,
    SafeName,
};
use fupan_ledger::{Capture, Run};
use fupan_model::{Evidence, Moment};
use fupan_vault::{Digests, Entry, Exhibit, ObjectError, Objects, Statement, from_hex};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A piece of evidence on its way into a bag.
pub(super) struct Piece {
    pub(super) evidence: Evidence,
    pub(super) sha256: [u8; 32],
    pub(super) sm3: [u8; 32],
    /// Its folder in the bag.
    pub(super) group: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) format: String,
    /// The same in short, as the endings of names say it.
    pub(super) ending: String,
    /// Whether its bytes are there.
    pub(super) kept: bool,
    pub(super) file: PathBuf,
    pub(super) holder: String,
    pub(super) remarks: String,
    /// Leaves about it that are no statements: index, and the body.
    pub(super) acts: Vec<(u64, [u8; 32])>,
    pub(super) records: Vec<ReleasedRecord>,
    pub(super) statements: Vec<ReleasedStatement>,
    /// Leaves of the chunks that it is a run of.
    pub(super) chunks: Vec<u64>,
    /// In a box: most pieces of a great bag have none.
    capture: Option<Box<Capture>>,
}

impl Piece {
    /// Whether no leaf of the log says anything of its bytes but that the case names them.
    pub(super) fn is_bare(&self, logged: &Logged) -> bool {
        !logged.acts.contains_key(&self.sha256) && !logged.captures.contains_key(&self.sha256)
    }

    /// When it was captured: as the device stated it, else as the collector wrote it.
    pub(super) fn captured(&self) -> String {
        let stated = self.capture.as_ref().map(|capture| capture.captured.to_string());
        stated.or_else(|| self.evidence.collected_at.clone()).unwrap_or_default()
    }

    pub(super) fn field(&self, key: &str) -> String {
        self.evidence.fields.get(key).cloned().unwrap_or_default()
    }
}

/// The pieces of a case that have bytes.
///
/// # Errors
/// An original that is missing without an erasure.
pub(super) fn pieces(export: &Export<'_>, logged: &Logged) -> Result<Vec<Piece>, Failure> {
    let exhibits = export.read.parts.iter().filter_map(|part| match &part.now {
        Statement::Evidence(exhibit) => Some(&**exhibit),
        _ => None,
    });
    let (mut pieces, mut taken) = (Vec::with_capacity(export.read.parts.len()), BTreeSet::new());
    for exhibit in exhibits {
        if export.watch.stopped() {
            return Err(Failure::interrupted());
        }
        let Some(sha256) = from_hex(exhibit.evidence.sha256.as_str()) else { continue };
        let captured = logged.captures.get(&sha256);
        let group = match captured {
            Some(captured) => captured.id.to_string(),
            None => SafeName::of(exhibit.evidence.id.as_str()).to_string(),
        };
        let group = free(&group, &mut taken);
        pieces.push(piece(export, exhibit, sha256, group)?);
    }
    Ok(pieces)
}

/// A folder name that is nobody else's, on disks that know no capitals as well.
fn free(group: &str, taken: &mut BTreeSet<String>) -> String {
    let mut found = if group == "log" { format!("_{group}") } else { group.to_owned() };
    let mut number = 1;
    while !taken.insert(found.to_lowercase()) {
        number += 1;
        found = format!("{group}~{number}");
    }
    found
}

fn piece(
    export: &Export<'_>,
    exhibit: &Exhibit,
    sha256: [u8; 32],
    group: String,
) -> Result<Piece, Failure> {
    let evidence = &exhibit.evidence;
    let fault = |error| cellar::failure(export.root, &error);
    let objects = export.vault.objects();
    let kept = objects.has(&sha256).map_err(|error| fault(error.into()))?;
    if !kept && !export.vault.is_erased(&sha256).map_err(fault)? {
        let lost = ObjectError::Absent(evidence.sha256.to_string());
        return Err(fault(lost.into()));
    }
    let file = export.root.join(Objects::place(&sha256));
    let sm3 = match exhibit.sm3.as_deref().and_then(from_hex) {
        Some(sm3) => sm3,
        None if kept => objects.check(&sha256).map_err(|error| fault(error.into()))?.sm3,
        None => [0; 32],
    };
    let name = match name_of(Path::new(&evidence.path)) {
        name if name.is_empty() => evidence.id.to_string(),
        name => name,
    };
    let (format, ending) = if kept { format_of(&file, &name)? } else { Default::default() };
    let parties = &export.read.file.parties;
    let holder = parties.iter().find(|party| Some(&party.id) == evidence.party.as_ref());
    Ok(Piece {
        evidence: evidence.clone(),
        sha256,
        sm3,
        group,
        kind: SafeName::of(evidence.kind.as_str()).to_string(),
        name,
        format,
        ending,
        kept,
        file,
        holder: holder.map(|party| party.name.clone()).unwrap_or_default(),
        remarks: String::new(),
        acts: Vec::new(),
        records: Vec::new(),
        statements: Vec::new(),
        chunks: Vec::new(),
        capture: None,
    })
}

/// Format in full, and as an ending: that of the name where the bytes bear it out.
fn format_of(file: &Path, name: &str) -> Result<(String, String), Failure> {
    let media = File::open(file).and_then(|mut bytes| check_media(name, &mut bytes));
    let media = media.map_err(|error| Failure::read(file, &error))?;
    let declared = media.declared.filter(|_| media.agrees == Some(true));
    let ending = declared.unwrap_or_else(|| media.found.ending().to_owned());
    Ok((media.found.mime().to_owned(), ending.to_uppercase()))
}

/// Adds to each piece what the log holds of it.
///
/// # Errors
/// A body is damaged.
pub(super) fn attach(
    export: &Export<'_>,
    logged: &Logged,
    pieces: &mut [Piece],
) -> Result<(), Failure> {
    let voice = Voice::new(Lang::Zh);
    for piece in pieces {
        piece.acts = logged.acts.get(&piece.sha256).cloned().unwrap_or_default();
        let mut by = None;
        for (index, body) in &piece.acts {
            let bytes = match export.vault.objects().read(body) {
                Ok(bytes) => bytes,
                // Erased: the leaf and its proof say that there was one.
                Err(ObjectError::Absent(_)) => continue,
                Err(error) => return Err(cellar::failure(export.root, &error.into())),
            };
            let entry = Entry::parse(&bytes).map_err(Failure::bug)?;
            by.get_or_insert((entry.author.clone(), entry.at_ms));
            piece.records.push(ReleasedRecord { index: *index, body: bytes });
        }
        piece.chunks = chunks(export, logged, piece)?;
        if let Some(captured) = logged.captures.get(&piece.sha256) {
            piece.kind.clone_from(&captured.capture.kind);
            piece.statements.clone_from(&captured.statements);
            piece.capture = Some(Box::new(captured.capture.clone()));
        }
        if let (Some((author, at_ms)), true) = (by, piece.statements.is_empty()) {
            let said = Message::new("bag-taken-in").text("author", author);
            piece.remarks =
                voice.say(&said.text("time", spoken(&Moment::new(at_ms, BEIJING_S).to_string())));
        }
    }
    Ok(())
}

/// Leaves of the chunks of a piece that is a run of a sensor stream: each is in the log, and once in the run.
fn chunks(export: &Export<'_>, logged: &Logged, piece: &Piece) -> Result<Vec<u64>, Failure> {
    if !piece.kept || logged.chunks.is_empty() {
        return Ok(Vec::new());
    }
    let unreadable = |error| Failure::read(&piece.file, &error);
    let log = FileLog { path: &piece.file, watch: export.watch };
    let mut run = Run::new(log.reader().map_err(unreadable)?);
    let mut leaves = BTreeSet::new();
    loop {
        let unread = |error| Failure::stopped_or(export.watch, || unreadable(error));
        match run.next_chunk().map_err(unread)? {
            None => return Ok(leaves.into_iter().collect()),
            Some(Ok(sealed)) => match logged.chunks.get(&Digests::of(sealed.bytes).sha256) {
                Some(index) if leaves.insert(*index) => {}
                _ => return Ok(Vec::new()),
            },
            // A file of another kind, nearly always at its first bytes.
            Some(Err(_)) => return Ok(Vec::new()),
        }
    }
}

/// The bytes of each piece.
pub(super) fn originals<'a>(watch: &'a dyn Watch, pieces: &[Piece]) -> Vec<Stored<'a>> {
    let stored = |piece: &Piece| Stored {
        file: piece.file.clone(),
        name: piece.name.clone(),
        number: piece.evidence.id.to_string(),
        watch,
    };
    pieces.iter().map(stored).collect()
}

/// What goes into the bag. What people signed and wrote down moves over: it is not held twice.
pub(super) fn released<'a>(
    pieces: &mut [Piece],
    originals: &'a [Stored<'_>],
    category: impl Fn(&Piece) -> String,
) -> Vec<ReleasedEvidence<'a>> {
    let one = |(piece, stored): (&mut Piece, &'a Stored<'_>)| ReleasedEvidence {
        id: piece.group.clone(),
        number: piece.evidence.id.to_string(),
        kind: piece.kind.clone(),
        medium: piece.evidence.medium.clone(),
        category: category(piece),
        name: piece.name.clone(),
        format: piece.format.clone(),
        size: piece.evidence.size,
        sha256: piece.sha256,
        sm3: piece.sm3,
        captured: piece.captured(),
        collectors: piece.evidence.collected_by.clone(),
        witnesses: piece.evidence.witnessed_by.clone(),
        holder: piece.holder.clone(),
        place: piece.field("place"),
        method: piece.field("method"),
        remarks: piece.remarks.clone(),
        original: piece.kept.then_some(stored as &dyn Original),
        statements: std::mem::take(&mut piece.statements),
        records: std::mem::take(&mut piece.records),
    };
    pieces.iter_mut().zip(originals).map(one).collect()
}

/// Sizes of the heads that statements name as the last their devices knew.
pub(super) fn beacons(pieces: &[Piece]) -> impl Iterator<Item = u64> {
    let captures = pieces.iter().filter_map(|piece| piece.capture.as_ref());
    captures.filter_map(|capture| Some(capture.beacon.as_ref()?.size))
}

/// An object of the vault as the original of a piece.
pub(super) struct Stored<'a> {
    file: PathBuf,
    name: String,
    number: String,
    watch: &'a dyn Watch,
}

impl Original for Stored<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        FileLog { path: &self.file, watch: self.watch }.reader()
    }

    fn readings(&self) -> io::Result<Vec<ReleasedReading>> {
        let mut file = File::open(&self.file)?;
        let found = check_media(&self.name, &mut file)?.found;
        let mut readings = Vec::new();
        let mut add = |kind, value: Value| -> io::Result<()> {
            let mut bytes = serde_json::to_vec_pretty(&value)?;
            bytes.push(b'\n');
            readings.push(ReleasedReading { kind, bytes });
            Ok(())
        };
        match read_exif(&mut file, found) {
            Ok(fields) if fields.is_empty() => {}
            Ok(fields) => {
                let field = |one: &fupan_intake::ExifField| {
                    let counted = one.counted.map(|moment| moment.to_string());
                    json!({ "tag": one.tag, "value": one.value, "if-utc": counted })
                };
                let fields: Value = fields.iter().map(field).collect();
                add(ReadingKind::Exif, self.reading(json!({ "fields": fields })))?;
            }
            Err(error) => {
                add(ReadingKind::Exif, self.reading(json!({ "error": error.to_string() })))?;
            }
        }
        if let Some(value) = self.text(&mut file, found) {
            add(ReadingKind::Text, value)?;
        }
        Ok(readings)
    }
}

impl Stored<'_> {
    fn reading(&self, mut value: Value) -> Value {
        if let Value::Object(fields) = &mut value {
            fields.insert("evidence".to_owned(), self.number.clone().into());
            fields.insert("file".to_owned(), self.name.clone().into());
        }
        value
    }

    /// The text layer; `None` for what is text already or has none. A page that holds a picture only
    /// has `"text": null`.
    fn text(&self, file: &mut File, found: MediaType) -> Option<Value> {
        if found.is_text() {
            return None;
        }
        match read_text(file, found) {
            Ok(layer) => {
                let part = |part: &fupan_intake::TextPart| json!({ "at": part.locator, "text": part.text, "unread": part.unread });
                let parts: Value = layer.parts.iter().map(part).collect();
                let without = layer.without_text().count();
                Some(self.reading(json!({ "no-text": without, "parts": parts })))
            }
            Err(LayerError::NotRead(_)) => None,
            Err(error) => Some(self.reading(json!({ "error": error.code() }))),
        }
    }
}

/// That an original in a bag is not what the case says.
pub(super) fn changed(id: &str) -> Failure {
    Failure::new(FailureKind::Integrity, Message::new("bag-changed").text("id", id))
}
