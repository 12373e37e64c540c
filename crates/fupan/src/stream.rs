//! Use case: readings of a sensor stream into the vault of a case, sealed as they come. A chunk is a
//! header signed by the gateway's key and the lines as they were; what is missing, and silence, are
//! entries too. A line that cannot be taken is listed, and the others are not lost.

mod feed;
mod header;
mod keep;
mod line;
mod sealer;

use crate::cellar::Register;
use crate::key::secret;
use crate::place::{CasePlace, locate, no_vault};
use crate::verify::log_key;
use crate::{Actor, Failure, FailureKind, Message, Step, Watch, cellar, chance};
use feed::{Feed, Got};
use fupan_ledger::{SigningKey, Ulid, VerifyKey};
use keep::Keeper;
use line::RowFault;
use sealer::Sealer;
use std::path::{Path, PathBuf};

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

/// Reads, seals and records until the readings end or a person stops it.
///
/// # Errors
/// No vault; a gateway's key that is not on the roll; it cannot be read or written. What was sealed
/// before stays.
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
    let vault = cellar::open(&kept.vault, actor.keys()?, None)?;
    let read = cellar::find(&vault, &kept.vault, kept.case.as_deref())?;
    let register = Register::load(&vault, &kept.vault)?;
    register.rules(&kept.vault)?;
    let (_, head) = vault.head().map_err(|error| cellar::failure(&kept.vault, &error))?;
    may_seal(&register, &key, head.size)?;
    watch.step(Step::Read);
    let (keeper, known) = Keeper::resume(&kept.vault, &vault, (read.case, stream), key)?;
    let sealer = Sealer::new(known, words.interval_ms, words.ahead_ms);
    let added = StreamAdded { stream: stream.to_string(), ..StreamAdded::default() };
    let mut run = Run { feed, keeper, sealer, signer, added };
    watch.writing(true);
    let done = run.run(watch);
    watch.writing(false);
    done?;
    if !run.added.refused.is_empty() {
        run.keeper.refused(author, &run.added.refused)?;
    }
    Ok(run.added)
}

/// Whether a key may seal: it is on the roll and was not revoked.
fn may_seal(register: &Register, key: &SigningKey, size: u64) -> Result<(), Failure> {
    let verify = key.verify_key();
    let found = register.roll.enrolments().iter().find(|one| one.add.key == *verify);
    let refused = |word: &str| {
        let message = Message::new(word).text("name", verify.name()).text("id", verify.id());
        Failure::new(FailureKind::Input, message)
    };
    match found {
        None => Err(refused("stream-key-unknown")),
        Some(one) if one.revoked.is_some_and(|revoked| size >= revoked.since) => {
            Err(refused("stream-key-revoked"))
        }
        Some(_) => Ok(()),
    }
}

/// One run over a feed.
struct Run<'a> {
    feed: Feed,
    keeper: Keeper<'a>,
    sealer: Sealer,
    signer: Option<VerifyKey>,
    added: StreamAdded,
}

impl Run<'_> {
    fn run(&mut self, watch: &dyn Watch) -> Result<(), Failure> {
        let mut row = 0;
        loop {
            if watch.stopped() {
                self.added.stopped = true;
                break;
            }
            let now = chance::now_ms()?;
            let sealed = match self.feed.next(self.sealer.deadline_ms(), now)? {
                Got::End => break,
                Got::Nothing => self.sealer.tick(chance::now_ms()?),
                Got::TooLong => {
                    row += 1;
                    self.refuse(row, RowFault::TooLong, None);
                    Vec::new()
                }
                Got::Line(line) => {
                    row += 1;
                    let received = chance::now_ms()?;
                    let taken = line::read(&line, self.signer.as_ref());
                    let seq = taken.as_ref().ok().map(|reading| reading.seq);
                    match taken.and_then(|reading| self.sealer.take(&reading, received)) {
                        Ok(sealed) => sealed,
                        Err(fault) => {
                            self.refuse(row, fault, seq);
                            Vec::new()
                        }
                    }
                }
            };
            self.keeper.keep(sealed, &mut self.added)?;
        }
        let now = chance::now_ms()?;
        let rest = self.sealer.end(self.feed.is_live().then_some(now));
        self.keeper.keep(rest, &mut self.added)?;
        self.added.next = self.sealer.next();
        Ok(())
    }

    fn refuse(&mut self, row: u64, fault: RowFault, seq: Option<u64>) {
        self.added.refused.push(RowRefused { row, code: fault.code(), seq });
    }
}
