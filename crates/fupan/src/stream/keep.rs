//! Writes what is sealed: objects, then leaves. What cannot be written yet, because another program
//! has the vault, waits in memory, up to a bound at which no more is read.

use super::desk::{Desk, HOLD, Had};
use super::header::object;
use super::past::{self, Past};
use super::sealer::{Known, Open, Sealed};
use super::{RowRefused, StreamAdded};
use crate::carry::custody;
use crate::{Failure, FailureKind, Message, Watch, cellar, chance};
use fupan_ledger::{Leaf, LeafField, LeafKind, LeafValue, SigningKey, Ulid};
use fupan_vault::{Custody, Deed, Digests, Vault, hex_of};
use std::collections::VecDeque;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Bytes of lines that wait in memory at most, but for what is open.
const WAITING: usize = 16 << 20;
/// After how long a busy vault is told of: as long as others who write wait.
const TELL: Duration = Duration::from_secs(5);
/// How often the vault is asked for when nothing more comes.
const AGAIN: Duration = Duration::from_millis(50);

/// Keeps a stream.
pub(super) struct Keeper {
    desk: Desk,
    past: Past,
    case: Ulid,
    stream: Ulid,
    key: SigningKey,
    /// Leaf and object of the last chunk.
    prev: Option<(u64, [u8; 32])>,
    waiting: VecDeque<Sealed>,
    bytes: usize,
    /// Numbers below are in the log.
    kept: u64,
    /// Since when the vault is busy, and whether that was told.
    busy: Option<(Instant, bool)>,
    tell: Duration,
}

impl Keeper {
    /// Finds where a stream is: its last chunk, or the last one with a new reading, says where it goes
    /// on. `begun`: there may be chunks of it.
    ///
    /// # Errors
    /// The log cannot be read; the stream is another case's.
    pub(super) fn resume(
        desk: Desk,
        vault: &Vault,
        (case, stream, begun): (Ulid, Ulid, bool),
        key: SigningKey,
    ) -> Result<(Self, Known), Failure> {
        let root = desk.root();
        let fault = |error| cellar::failure(root, &error);
        let ours = |leaf: &Leaf| leaf.get_ulid(LeafField::Stream) == Some(stream);
        // The number of a new stream was just drawn: nobody else's can be it.
        let last =
            if begun { vault.last_leaf(LeafKind::Chunk, ours).map_err(fault)? } else { None };
        if last.as_ref().is_some_and(|(_, leaf)| leaf.get_ulid(LeafField::Case) != Some(case)) {
            let message = Message::new("stream-other-case").text("stream", stream);
            return Err(Failure::new(FailureKind::Input, message));
        }
        let mut known = Known::default();
        let mut at = last.clone();
        while let Some((index, leaf)) = at {
            let numbers = past::numbers(&leaf).unwrap_or_default();
            known.next = known.next.max(numbers.end);
            // A chunk of repetitions alone has their times, not those of the stream.
            if !numbers.is_empty() {
                known.last_ms = leaf.get_number(LeafField::Last);
                break;
            }
            let prev = leaf.get_number(LeafField::Prev).map(i64::unsigned_abs);
            let prev = prev.filter(|prev| *prev < index);
            let log = vault.log();
            at = match prev {
                Some(prev) => {
                    let leaf = log.leaf(prev, desk.size()).map_err(|e| fault(e.into()))?;
                    Some((prev, leaf))
                }
                None => None,
            };
        }
        let prev = last.and_then(|(index, leaf)| Some((index, leaf.get_digest(LeafField::Obj)?)));
        let mut past = Past::new(root, (case, stream));
        past.grown(prev.map(|(index, _)| index), desk.size());
        let (waiting, kept) = (VecDeque::new(), known.next);
        let keeper = Self {
            desk,
            past,
            case,
            stream,
            key,
            prev,
            waiting,
            bytes: 0,
            kept,
            busy: None,
            tell: TELL,
        };
        Ok((keeper, known))
    }

    /// Digest of the line that has a number of which the log knows.
    ///
    /// # Errors
    /// Its chunk cannot be read.
    pub(super) fn past(&mut self, number: u64) -> Result<Option<[u8; 32]>, Failure> {
        self.past.digest(number)
    }

    /// Numbers below are in the log.
    pub(super) fn kept(&self) -> u64 {
        self.kept
    }

    /// Takes what is to be written, in its order.
    pub(super) fn add(&mut self, sealed: Vec<Sealed>) {
        self.bytes += sealed.iter().map(weight).sum::<usize>();
        self.waiting.extend(sealed);
    }

    /// Whether so much waits that no more should be read.
    pub(super) fn is_full(&self) -> bool {
        self.bytes >= WAITING
    }

    /// Lines that wait.
    pub(super) fn lines(&self) -> u64 {
        let lines = |one: &Sealed| if let Sealed::Chunk(open) = one { open.lines } else { 0 };
        self.waiting.iter().map(lines).sum()
    }

    /// Writes what waits, if the vault can be had now, and lets the vault go.
    ///
    /// # Errors
    /// It cannot be written; the stream must not go on.
    pub(super) fn keep(
        &mut self,
        added: &mut StreamAdded,
        watch: &dyn Watch,
    ) -> Result<(), Failure> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let vault = match self.desk.open()? {
            Had::Vault(vault) => *vault,
            Had::Left => return Ok(()),
            Had::Busy => {
                let (since, told) = self.busy.unwrap_or((Instant::now(), false));
                let tell = !told && since.elapsed() >= self.tell;
                if tell {
                    watch.busy(self.lines());
                }
                self.busy = Some((since, told || tell));
                return Ok(());
            }
        };
        self.busy = None;
        let began = Instant::now();
        while let Some(one) = self.waiting.pop_front() {
            if let Err(failure) = self.write(&vault, &one, added) {
                self.waiting.push_front(one);
                return Err(failure);
            }
            self.bytes = self.bytes.saturating_sub(weight(&one));
            if began.elapsed() >= HOLD {
                break;
            }
        }
        self.desk.leave(vault)?;
        self.past.grown(self.prev.map(|(index, _)| index), self.desk.size());
        Ok(())
    }

    /// Writes all that waits; nothing more comes. `patience`: for how long another may have the vault.
    ///
    /// # Errors
    /// As [`Keeper::keep`]; another has it for longer.
    pub(super) fn finish(
        &mut self,
        patience: Duration,
        added: &mut StreamAdded,
        watch: &dyn Watch,
    ) -> Result<(), Failure> {
        let (mut since, mut left) = (Instant::now(), self.waiting.len());
        loop {
            self.keep(added, watch)?;
            if self.waiting.is_empty() {
                return Ok(());
            }
            if self.waiting.len() < left {
                (since, left) = (Instant::now(), self.waiting.len());
            }
            if since.elapsed() >= patience {
                let message = Message::new("vault-busy").text("path", self.desk.root().display());
                return Err(Failure::new(FailureKind::Io, message));
            }
            thread::sleep(AGAIN);
        }
    }

    fn write(
        &mut self,
        vault: &Vault,
        one: &Sealed,
        added: &mut StreamAdded,
    ) -> Result<(), Failure> {
        let leaf = match one {
            Sealed::Chunk(open) => self.sealed(vault, open)?,
            Sealed::Gap { seq, count } => self
                .leaf(LeafKind::Gap)
                .number(LeafField::Seq, number(*seq))
                .number(LeafField::Count, number(*count)),
            Sealed::Silence { first_ms, last_ms } => self
                .leaf(LeafKind::Silence)
                .number(LeafField::First, *first_ms)
                .number(LeafField::Last, *last_ms),
        };
        let object = leaf.get_digest(LeafField::Obj);
        let at_ms = chance::now_ms()?;
        let receipt = vault.append(leaf.number(LeafField::At, at_ms), at_ms);
        let index = receipt.map_err(|error| cellar::failure(self.desk.root(), &error))?.index;
        added.leaf = Some(index);
        match one {
            Sealed::Chunk(open) => {
                self.prev = object.map(|object| (index, object));
                self.kept = self.kept.max(open.seq.saturating_add(open.count));
                added.chunks += 1;
                added.readings += open.count;
                added.repeated += open.lines - open.count;
            }
            Sealed::Gap { .. } => added.gaps += 1,
            Sealed::Silence { .. } => added.silences += 1,
        }
        Ok(())
    }

    fn leaf(&self, kind: LeafKind) -> Leaf {
        Leaf::new(kind)
            .with(LeafField::Case, LeafValue::Ulid(self.case))
            .with(LeafField::Stream, LeafValue::Ulid(self.stream))
    }

    fn sealed(&self, vault: &Vault, open: &Open) -> Result<Leaf, Failure> {
        let prev = self.prev.map(|(_, object)| object);
        let bytes = object(open, (self.case, self.stream), prev, &self.key)?;
        let kept = vault.objects().put_bytes(&bytes);
        let kept = kept.map_err(|error| cellar::failure(self.desk.root(), &error.into()))?.digests;
        let key = Digests::of(self.key.verify_key().to_string().as_bytes()).sha256;
        let mut leaf = self
            .leaf(LeafKind::Chunk)
            .with(LeafField::Obj, LeafValue::Sha256(kept.sha256))
            .with(LeafField::ObjSm3, LeafValue::Sm3(kept.sm3))
            .with(LeafField::Key, LeafValue::Sha256(key))
            .number(LeafField::Seq, number(open.seq))
            .number(LeafField::Count, number(open.count))
            .number(LeafField::First, open.first_ms)
            .number(LeafField::Last, open.last_ms)
            .number(LeafField::Size, number(kept.size));
        if let Some((index, _)) = self.prev {
            leaf.set(LeafField::Prev, LeafValue::Number(number(index)));
        }
        Ok(leaf)
    }
}

/// Notes which lines were not taken: their list is an object, the entry names it.
///
/// # Errors
/// It cannot be written.
pub(super) fn refused(
    (root, vault): (&Path, &Vault),
    (case, stream): (Ulid, Ulid),
    author: &str,
    rows: &[RowRefused],
) -> Result<(), Failure> {
    let lines = rows.iter().map(|row| {
        let seq = row.seq.map(|seq| format!(" {seq}")).unwrap_or_default();
        format!("{} {}{seq}\n", row.row, row.code)
    });
    let list: String = lines.collect();
    let kept = vault.objects().put_bytes(list.as_bytes());
    let kept = kept.map_err(|error| cellar::failure(root, &error.into()))?;
    let mut codes: Vec<&str> = rows.iter().map(|row| row.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let note = format!("stream {stream}: {} lines: {}", rows.len(), codes.join(" "));
    let refused = Custody {
        deed: Deed::Refused,
        evidence: String::new(),
        object: Some(hex_of(&kept.digests.sha256)),
        from: None,
        to: None,
        note,
    };
    custody(root, vault, case, author, &refused).map(|_| ())
}

/// What it takes of memory, about.
fn weight(sealed: &Sealed) -> usize {
    match sealed {
        Sealed::Chunk(open) => open.payload.len() + 256,
        Sealed::Gap { .. } | Sealed::Silence { .. } => 64,
    }
}

/// Numbers of streams are below 2^53.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
