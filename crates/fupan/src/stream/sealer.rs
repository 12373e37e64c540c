//! What is sealed when. Pure: times come as arguments, so that ten quiet seconds need no waiting.

use super::line::{Reading, RowFault};
use fupan_vault::Digests;
use serde_json::Number;
use std::collections::BTreeMap;

/// Milliseconds of device time, or of receipt, after which a chunk is sealed.
pub(super) const SEAL_MS: i64 = 10_000;
/// Readings at which it is.
const SEAL_READINGS: u64 = 1000;
/// Bytes at which it is.
const SEAL_BYTES: usize = 256 << 10;
/// Numbers whose readings are still known here after they are in the log.
const RECENT: u64 = 1000;

/// Lines that are sealed together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Open {
    pub(super) seq: u64,
    pub(super) first_ms: i64,
    pub(super) last_ms: i64,
    pub(super) count: u64,
    pub(super) lines: u64,
    pub(super) ranges: BTreeMap<String, (Number, Number)>,
    pub(super) payload: String,
    began_ms: i64,
}

/// What is written down.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sealed {
    Chunk(Open),
    Gap { seq: u64, count: u64 },
    Silence { first_ms: i64, last_ms: i64 },
}

/// What is known of a stream from before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) next: u64,
    pub(super) last_ms: Option<i64>,
}

/// Decides.
#[derive(Debug)]
pub(super) struct Sealer {
    known: Known,
    /// Digests of lines by number, from `floor` on. What is below is known from the log alone.
    seen: BTreeMap<u64, [u8; 32]>,
    floor: u64,
    interval_ms: i64,
    ahead_ms: i64,
    open: Option<Open>,
    received_ms: Option<i64>,
}

impl Sealer {
    pub(super) fn new(known: Known, interval_ms: u64, ahead_ms: u64) -> Self {
        let ms = |ms| i64::try_from(ms).unwrap_or(i64::MAX);
        let (interval_ms, ahead_ms) = (ms(interval_ms), ms(ahead_ms));
        let (seen, floor) = (BTreeMap::new(), known.next);
        Self { known, seen, floor, interval_ms, ahead_ms, open: None, received_ms: None }
    }

    /// The next number of the stream.
    pub(super) fn next(&self) -> u64 {
        self.known.next
    }

    /// When what is open is sealed at the latest, by the time of receipt.
    pub(super) fn deadline_ms(&self) -> Option<i64> {
        self.open.as_ref().map(|open| open.began_ms.saturating_add(SEAL_MS))
    }

    /// Whether only the log knows which reading has the number, if any has.
    pub(super) fn is_past(&self, number: u64) -> bool {
        number < self.floor
    }

    /// Numbers below this one are in the log: most of them are forgotten here.
    pub(super) fn kept(&mut self, below: u64) {
        let floor = below.min(self.known.next).saturating_sub(RECENT);
        if floor > self.floor {
            self.floor = floor;
            self.seen = self.seen.split_off(&floor);
        }
    }

    /// Takes a reading; gives what is sealed by that. `past`: the digest of the line that has its
    /// number in the log, where the number is one of the past.
    pub(super) fn take(
        &mut self,
        reading: &Reading,
        past: Option<[u8; 32]>,
        received_ms: i64,
    ) -> Result<Vec<Sealed>, RowFault> {
        let digest = Digests::of(reading.raw.as_bytes()).sha256;
        let mut sealed = Vec::new();
        if reading.seq < self.known.next {
            let seen = self.seen.get(&reading.seq).copied().or(past);
            return match seen {
                Some(seen) if seen == digest => {
                    self.received_ms = Some(received_ms);
                    self.before(reading, received_ms, &mut sealed);
                    self.add(reading, received_ms, false);
                    Ok(sealed)
                }
                Some(_) => Err(RowFault::SeqReused),
                None => Err(RowFault::OutOfOrder),
            };
        }
        if self.known.last_ms.is_some_and(|last| reading.at_ms < last) {
            return Err(RowFault::ClockBackward);
        }
        if reading.at_ms > received_ms.saturating_add(self.ahead_ms) {
            return Err(RowFault::ClockAhead);
        }
        let missing = reading.seq - self.known.next;
        let first = self.known.last_ms.is_none();
        let quiet = self.known.last_ms.filter(|last| self.is_silence(*last, reading.at_ms));
        if (missing > 0 && !first) || quiet.is_some() {
            // A chunk holds numbers and times without a hole.
            sealed.extend(self.open.take().map(Sealed::Chunk));
        }
        if missing > 0 && !first {
            sealed.push(Sealed::Gap { seq: self.known.next, count: missing });
        }
        sealed.extend(quiet.map(|last| Sealed::Silence { first_ms: last, last_ms: reading.at_ms }));
        self.before(reading, received_ms, &mut sealed);
        self.seen.insert(reading.seq, digest);
        self.known.next = reading.seq.saturating_add(1);
        self.known.last_ms = Some(reading.at_ms);
        self.received_ms = Some(received_ms);
        self.add(reading, received_ms, true);
        Ok(sealed)
    }

    /// Seals what is open for too long by the time of receipt.
    pub(super) fn tick(&mut self, now_ms: i64) -> Vec<Sealed> {
        match self.deadline_ms() {
            Some(deadline) if now_ms >= deadline => {
                self.open.take().map(Sealed::Chunk).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Seals what is there. `now_ms`: when a live input ended; it may have been silent before.
    pub(super) fn end(&mut self, now_ms: Option<i64>) -> Vec<Sealed> {
        let mut sealed: Vec<Sealed> = self.open.take().map(Sealed::Chunk).into_iter().collect();
        let silent =
            now_ms.zip(self.received_ms).filter(|(now, came)| self.is_silence(*came, *now));
        if let (Some((now, came)), Some(last)) = (silent, self.known.last_ms) {
            // In the device's time: as long as nothing was received.
            let last_ms = last.saturating_add(now.saturating_sub(came));
            sealed.push(Sealed::Silence { first_ms: last, last_ms });
        }
        sealed
    }

    fn is_silence(&self, from_ms: i64, to_ms: i64) -> bool {
        to_ms.saturating_sub(from_ms) > self.interval_ms.saturating_mul(2)
    }

    /// Seals what is open, where the line does not fit into it.
    fn before(&mut self, reading: &Reading, received_ms: i64, sealed: &mut Vec<Sealed>) {
        let full = self.open.as_ref().is_some_and(|open| {
            reading.at_ms.saturating_sub(open.first_ms) >= SEAL_MS
                || received_ms.saturating_sub(open.began_ms) >= SEAL_MS
                || open.lines >= SEAL_READINGS
                || open.payload.len() + reading.raw.len() + 1 > SEAL_BYTES
        });
        if full {
            sealed.extend(self.open.take().map(Sealed::Chunk));
        }
    }

    fn add(&mut self, reading: &Reading, received_ms: i64, new: bool) {
        let next = self.known.next;
        let open = self.open.get_or_insert_with(|| Open {
            seq: if new { reading.seq } else { next },
            first_ms: reading.at_ms,
            last_ms: reading.at_ms,
            count: 0,
            lines: 0,
            ranges: BTreeMap::new(),
            payload: String::new(),
            began_ms: received_ms,
        });
        open.lines += 1;
        open.payload.push_str(&reading.raw);
        open.payload.push('\n');
        if !new {
            return;
        }
        open.count += 1;
        open.last_ms = reading.at_ms;
        for (name, value) in &reading.values {
            let range =
                open.ranges.entry(name.clone()).or_insert_with(|| (value.clone(), value.clone()));
            if less(value, &range.0) {
                range.0 = value.clone();
            }
            if less(&range.1, value) {
                range.1 = value.clone();
            }
        }
    }
}

fn less(a: &Number, b: &Number) -> bool {
    a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| a < b)
}

#[cfg(test)]
mod tests;
