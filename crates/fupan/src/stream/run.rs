//! One run over a feed: lines are taken, sealed and written, until there are no more or a person stops
//! it. What cannot be written meanwhile waits; what waits too long keeps further lines where they are.

use super::feed::{AHEAD, Feed, Got};
use super::keep::Keeper;
use super::line::{self, RowFault};
use super::sealer::{Sealed, Sealer};
use super::{RowRefused, StreamAdded};
use crate::{Failure, Message, Watch, chance};
use fupan_ledger::VerifyKey;
use std::thread;
use std::time::Duration;

/// How often a quiet input looks whether a person wishes to stop, and a busy vault is asked for.
const LOOK: Duration = Duration::from_millis(250);
/// For how long another program may have the vault when the readings end.
const PATIENCE: Duration = Duration::from_secs(60);

/// One run.
pub(super) struct Run {
    pub(super) feed: Feed,
    pub(super) keeper: Keeper,
    pub(super) sealer: Sealer,
    pub(super) signer: Option<VerifyKey>,
    pub(super) added: StreamAdded,
    /// Lines that came.
    pub(super) row: u64,
}

impl Run {
    /// Runs it.
    ///
    /// # Errors
    /// It cannot be read or written; the stream must not go on. The last message says from which
    /// number on nothing is sealed.
    pub(super) fn run(&mut self, watch: &dyn Watch) -> Result<(), Failure> {
        self.all(watch).map_err(|mut failure| {
            let message = Message::new("stream-unsealed").text("from", self.keeper.kept());
            failure.messages.push(message.text("stream", &self.added.stream));
            failure
        })
    }

    fn all(&mut self, watch: &dyn Watch) -> Result<(), Failure> {
        let read = loop {
            if watch.stopped() {
                self.added.stopped = true;
                break self.rest();
            }
            match self.turn(watch)? {
                Turn::On => {}
                Turn::End => break Ok(()),
                Turn::Cut(failure) => break Err(failure),
            }
        };
        let now = chance::now_ms()?;
        let rest = self.sealer.end(self.feed.is_live().then_some(now));
        self.keeper.add(rest);
        self.keeper.finish(PATIENCE, &mut self.added, watch)?;
        self.added.next = self.sealer.next();
        read
    }

    /// Takes what comes next, or nothing, and writes what can be written.
    pub(super) fn turn(&mut self, watch: &dyn Watch) -> Result<Turn, Failure> {
        let got = if self.keeper.is_full() {
            // Further lines wait where they come from, and their sender with them.
            thread::sleep(LOOK);
            Got::Nothing
        } else {
            match self.feed.next(self.wait()?) {
                Ok(got) => got,
                Err(failure) => return Ok(Turn::Cut(failure)),
            }
        };
        let sealed = match got {
            Got::End => return Ok(Turn::End),
            // What a file holds was measured before: when it is read says nothing.
            Got::Nothing if !self.feed.is_live() => Vec::new(),
            Got::Nothing => self.sealer.tick(chance::now_ms()?),
            got => self.take(got)?,
        };
        self.keeper.add(sealed);
        self.keeper.keep(&mut self.added, watch)?;
        self.sealer.kept(self.keeper.kept());
        Ok(Turn::On)
    }

    /// Takes what had come before a person stopped it.
    fn rest(&mut self) -> Result<(), Failure> {
        for _ in 0..=AHEAD {
            match self.feed.next(Duration::ZERO)? {
                Got::End | Got::Nothing => break,
                got => {
                    let sealed = self.take(got)?;
                    self.keeper.add(sealed);
                }
            }
        }
        Ok(())
    }

    /// Until what is open must be sealed.
    fn wait(&self) -> Result<Duration, Failure> {
        let Some(deadline) = self.sealer.deadline_ms().filter(|_| self.feed.is_live()) else {
            return Ok(LOOK);
        };
        let left = deadline.saturating_sub(chance::now_ms()?);
        Ok(LOOK.min(Duration::from_millis(u64::try_from(left).unwrap_or(0))))
    }

    fn take(&mut self, got: Got) -> Result<Vec<Sealed>, Failure> {
        self.row += 1;
        let Got::Line(line) = got else { return Ok(self.refuse(RowFault::TooLong, None)) };
        let received = chance::now_ms()?;
        let reading = match line::read(&line, self.signer.as_ref()) {
            Ok(reading) => reading,
            Err(fault) => return Ok(self.refuse(fault, None)),
        };
        let past =
            if self.sealer.is_past(reading.seq) { self.keeper.past(reading.seq)? } else { None };
        match self.sealer.take(&reading, past, received) {
            Ok(sealed) => Ok(sealed),
            Err(fault) => Ok(self.refuse(fault, Some(reading.seq))),
        }
    }

    fn refuse(&mut self, fault: RowFault, seq: Option<u64>) -> Vec<Sealed> {
        self.added.refused.push(RowRefused { row: self.row, code: fault.code(), seq });
        Vec::new()
    }
}

/// What came of a turn.
pub(super) enum Turn {
    On,
    End,
    /// The feed broke off.
    Cut(Failure),
}
