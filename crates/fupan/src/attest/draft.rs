//! Use case: the statement of who captures: which bytes, when, on which device, after which head of
//! the log. Signed by the device's key; a second person signs it with another.

use super::chain;
use super::signings::{self, ClockWords};
use crate::evidence::name_of;
use crate::file::FileLog;
use crate::key::secret;
use crate::output::{Output, replace_all};
use crate::place::{CasePlace, locate, no_vault};
use crate::{Failure, FailureKind, Message, Step, Watch, book, case, cellar, chance, file};
use fupan_ledger::{Beacon, Capture, Checkpoint, Note, Timestamp, Ulid};
use fupan_vault::{Digests, Stored, hex_of};
use std::path::{Path, PathBuf};

/// Capture words (采集说明): what a person says of what they capture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptureWords {
    /// Number of the case in its vault, or the case itself, whose head is then the beacon.
    pub case: String,
    /// Kind of evidence; electronic data where none is given.
    pub kind: Option<String>,
    /// Medium: `data`, `image`, `video`, `audio`, `paper`, `object`.
    pub medium: String,
    /// File with the key of the device.
    pub key: PathBuf,
    /// A head of the log that the device had checked.
    pub beacon: Option<PathBuf>,
    /// When, by the device's clock; `None`: now.
    pub captured: Option<String>,
    /// What the device knows of the server's clock.
    pub clock: ClockWords,
    /// Where.
    pub place: Option<String>,
    /// Remarks.
    pub remarks: Option<String>,
}

/// Drafted (采集声明起草结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    /// Statement, what it says of place and remarks, and when it was signed.
    pub files: Vec<PathBuf>,
    /// Number of the evidence: a ULID.
    pub evidence: String,
    /// Number of the statement on this device.
    pub seq: u64,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// SM3 of the bytes.
    pub sm3: String,
    /// Size of the log whose head it names.
    pub beacon: Option<u64>,
}

/// Drafts and signs the statement over `path`, and writes it to `out`.
///
/// # Errors
/// The file, the key, the case or the head cannot be read; words that are none.
pub fn draft_capture(
    path: &Path,
    words: &CaptureWords,
    out: &Path,
    watch: &dyn Watch,
) -> Result<Drafted, Failure> {
    watch.step(Step::Read);
    let (case, head) = case_of(&words.case)?;
    let beacon = match &words.beacon {
        Some(path) => Some(beacon(path)?),
        None => head,
    };
    let key = secret(&words.key)?;
    let sync = words.clock.sync()?;
    let now = chance::now_ms()?;
    let captured = match words.captured.as_deref() {
        Some(text) => text.parse().map(|at: Timestamp| at.as_millisecond()).map_err(|_| {
            Failure::new(FailureKind::Input, Message::new("attest-captured").text("found", text))
        })?,
        None => now,
    };
    let measured = measure(path, watch)?;
    let meta = serde_json::json!({
        "place": words.place, "remarks": words.remarks, "salt": hex16(chance::random()?),
    });
    let meta = serde_json::to_vec(&meta).map_err(Failure::bug)?;
    let last = chain::last(&words.key)?;
    let capture = Capture {
        evidence: chance::ulid(now)?.to_string(),
        case: case.to_string(),
        kind: match &words.kind {
            Some(kind) => kind.clone(),
            None => case::defaults(&book::shipped()?)?.file_evidence_kind.to_string(),
        },
        medium: words.medium.clone(),
        sha256: measured.digests.sha256,
        sm3: measured.digests.sm3,
        size: measured.digests.size,
        chunks: measured.chunks.map(|list| list.sha256),
        captured: Timestamp::from_millisecond(captured).map_err(Failure::bug)?,
        mono_ms: words.clock.mono(),
        clock: sync,
        device: key.verify_key().id(),
        seq: last.map_or(0, |(seq, _)| seq.saturating_add(1)),
        prev: last.map(|(_, digest)| digest),
        beacon,
        meta: Digests::of(&meta).sha256,
        nonce: chance::random()?,
    };
    let text = capture.to_string();
    if Capture::parse(&text).as_ref() != Ok(&capture) {
        let message = Message::new("attest-words").text("kind", &capture.kind);
        let message = message.text("medium", &capture.medium);
        return Err(Failure::new(FailureKind::Input, message));
    }
    let mut note = Note::new(&text).map_err(Failure::bug)?;
    note.sign(&key).map_err(Failure::bug)?;
    chain::note(&words.key, (capture.seq, capture.digest()), watch)?;
    let signed = signings::line(key.verify_key(), now, sync);
    let files = write(out, &note, [("meta.json", meta), ("signed", signed.into_bytes())], watch)?;
    Ok(Drafted {
        files,
        evidence: capture.evidence,
        seq: capture.seq,
        sha256: hex_of(&capture.sha256),
        sm3: hex_of(&capture.sm3),
        beacon: beacon.map(|beacon| beacon.size),
    })
}

/// What a file comes to.
pub(crate) fn measure(path: &Path, watch: &dyn Watch) -> Result<Stored, Failure> {
    let log = FileLog { path, watch };
    log.check()?;
    let reader = log.reader().map_err(|error| Failure::read(path, &error))?;
    fupan_vault::measure(reader)
        .map_err(|error| Failure::stopped_or(watch, || cellar::failure(path, &error.into())))
}

/// Writes a statement and what goes beside it.
pub(super) fn write<const N: usize>(
    out: &Path,
    note: &Note,
    beside: [(&str, Vec<u8>); N],
    watch: &dyn Watch,
) -> Result<Vec<PathBuf>, Failure> {
    let name = name_of(out);
    let mut outputs = vec![Output::new(name.clone(), note.to_string().into_bytes())];
    outputs.extend(
        beside.into_iter().map(|(ending, bytes)| Output::new(format!("{name}.{ending}"), bytes)),
    );
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    replace_all(folder.unwrap_or(Path::new(".")), &outputs, watch)
}

/// The number of the case, and the head of its vault where that is at hand.
fn case_of(given: &str) -> Result<(Ulid, Option<Beacon>), Failure> {
    if let Ok(case) = given.parse() {
        return Ok((case, None));
    }
    let path = Path::new(given);
    let CasePlace::Kept(kept) = locate(path) else { return Err(no_vault(path)) };
    let vault = cellar::open_to_read(&kept.vault)?;
    let read = cellar::find(&vault, &kept.vault, kept.case.as_deref())?;
    let (_, head) = vault.head().map_err(|error| cellar::failure(&kept.vault, &error))?;
    Ok((read.case, Some(Beacon { size: head.size, root: head.root })))
}

fn beacon(path: &Path) -> Result<Beacon, Failure> {
    let bytes = file::bytes(path)?;
    let head = Note::parse(&bytes).ok().and_then(|note| Checkpoint::parse(note.text()).ok());
    let head = head.ok_or_else(|| {
        let message = Message::new("attest-beacon").text("path", path.display());
        Failure::new(FailureKind::Input, message)
    })?;
    Ok(Beacon { size: head.size, root: head.root })
}

fn hex16(bytes: [u8; 16]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
