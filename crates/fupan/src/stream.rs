//! Use case: readings of a sensor stream into the vault of a case, sealed as they come. A chunk is a
//! header signed by the gateway's key and the lines as they were; what is missing, and silence, are
//! entries too. A line that cannot be taken is listed, and the others are not lost.

mod desk;
mod feed;
mod header;
mod keep;
mod line;
mod past;
mod run;
mod sealer;
mod take;

use crate::key::secret;
use crate::place::{CasePlace, locate, no_vault};
use crate::verify::log_key;
use crate::{Actor, Failure, FailureKind, Message, Step, Watch, cellar, chance};
use desk::Desk;
use feed::Feed;
use fupan_ledger::Ulid;
use keep::Keeper;
use run::Run;
use sealer::Sealer;
use std::path::{Path, PathBuf};
pub use take::{RunTaken, RunWords, take_run};

/// Stream words (数据流说明): which stream, and who seals it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamWords {
    /// Number of the stream, a ULID; `None`: a new one.
    pub stream: Option<String>,
    /// File with the readings, one JSON object a line; `None`: standard input, as they come.
    pub file: Option<PathBuf>,
    /// File with the key of the gateway, which seals.
    pub key: PathBuf,
    /// The key that each line must be signed by, or a file with it; `None`: lines are not signed.
    pub signer: Option<String>,
    /// Milliseconds between two readings, as they should be.
    pub interval_ms: u64,
    /// Milliseconds by which a device's clock may run ahead of this machine's.
    pub ahead_ms: u64,
}

/// Stream added (数据流入库结果).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamAdded {
    /// Number of the stream: a ULID.
    pub stream: String,
    /// Chunks sealed.
    pub chunks: u64,
    /// Readings in them.
    pub readings: u64,
    /// Lines in them that repeat a reading.
    pub repeated: u64,
    /// Gaps in the numbers, and silences.
    pub gaps: u64,
    /// Silences.
    pub silences: u64,
    /// Lines that were not taken.
    pub refused: Vec<RowRefused>,
    /// The next number of the stream.
    pub next: u64,
    /// Last leaf that was written.
    pub leaf: Option<u64>,
    /// A person stopped it; what was there is sealed.
    pub stopped: bool,
}

/// Row refused (拒收行): a line that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRefused {
    /// Its number in what was read, from 1.
    pub row: u64,
    /// Why, as a stable word.
    pub code: &'static str,
    /// The reading's number, where it had one.
    pub seq: Option<u64>,
}

/// Reads, seals and records until the readings end or a person stops it. The vault is had only while
/// something is written; at all other times others may write to it.
///
/// # Errors
/// No vault; a gateway's key that is not on the roll, or no longer; another process went on with the
/// stream; it cannot be read or written. What was sealed before stays.
pub fn add_stream(
    case: &Path,
    words: &StreamWords,
    actor: &Actor,
    watch: &dyn Watch,
) -> Result<StreamAdded, Failure> {
    let CasePlace::Kept(kept) = locate(case) else { return Err(no_vault(case)) };
    let author = actor.author()?;
    let input = |message: Message| Failure::new(FailureKind::Input, message);
    let stream = match &words.stream {
        None => chance::ulid(chance::now_ms()?)?,
        Some(text) => text
            .parse::<Ulid>()
            .map_err(|_| input(Message::new("stream-id").text("found", text)))?,
    };
    let key = secret(&words.key)?;
    let signer = words.signer.as_deref().map(log_key).transpose()?;
    let feed = Feed::open(words.file.as_deref())?;
    let (root, keys) = (&kept.vault, actor.keys()?);
    let vault = cellar::open(root, keys, None)?;
    let read = cellar::find(&vault, root, kept.case.as_deref())?;
    let desk = Desk::new((root, keys), &vault, (read.case, stream), &key)?;
    watch.step(Step::Read);
    let begun = words.stream.is_some();
    let (keeper, known) = Keeper::resume(desk, &vault, (read.case, stream, begun), key)?;
    drop(vault);
    let sealer = Sealer::new(known, words.interval_ms, words.ahead_ms);
    let added = StreamAdded { stream: stream.to_string(), ..StreamAdded::default() };
    let mut run = Run { feed, keeper, sealer, signer, added, row: 0 };
    watch.writing(true);
    let done = run.run(watch);
    let noted = note((root, keys), (read.case, stream), author, &run.added.refused);
    watch.writing(false);
    done?;
    noted?;
    Ok(run.added)
}

/// Notes which lines were not taken, also of a run that failed.
fn note(
    (root, keys): (&Path, &Path),
    ids: (Ulid, Ulid),
    author: &str,
    rows: &[RowRefused],
) -> Result<(), Failure> {
    if rows.is_empty() {
        return Ok(());
    }
    let vault = cellar::open(root, keys, None)?;
    keep::refused((root, &vault), ids, author, rows)
}
