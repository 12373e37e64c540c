//! Blocks of a text read by several threads and taken in order: the same result with any number of
//! threads. Where a cell turns out to go on in the next block, that one is read again with it.

use super::part::{Part, Reading};
use crate::table::Log;
use crate::table::blocks::{Block, Blocks};
use crate::table::piece::Plain;
use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// How large a block is about to be, in bytes.
pub(super) const BLOCK: usize = 1 << 19;
/// How many bytes may be under way; one block always may.
const UNDER_WAY: usize = 1 << 24;

/// What takes parts, in the order of the text.
pub(super) trait Taker {
    /// What ends the taking.
    type Stop: From<io::Error>;
    /// Takes a part; `lines` stand before it, and before it came `before`.
    fn part(&mut self, part: &Part, lines: u64, before: Option<&Part>) -> Result<(), Self::Stop>;
    /// Takes a line that is too long, of which the beginning is given.
    fn long(&mut self, line: u64, start: &[u8]);
}

/// Threads and the size of blocks (线程设置).
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    pub(super) threads: usize,
    pub(super) block: usize,
}

/// A block on its way.
struct Job {
    block: Block,
    part: Part,
    last: bool,
}

/// The order of parts.
struct Order<'t, T> {
    taker: &'t mut T,
    reading: &'t Reading<'t>,
    lines: u64,
    /// Bytes of lines that were left for the next block.
    rest: Vec<u8>,
    before: Option<Part>,
    spare: Vec<Part>,
}

/// Reads the rows of a text.
///
/// # Errors
/// The bytes cannot be read, or the taker stops.
pub(super) fn feed<T: Taker>(
    log: &dyn Log,
    plain: &Plain,
    reading: &Reading<'_>,
    spread: Spread,
    taker: &mut T,
) -> Result<(), T::Stop> {
    let mut blocks = Blocks::new(log.open()?, spread.block);
    blocks.skip(plain.mark(), plain.skip)?;
    let mut order = Order {
        taker,
        reading,
        lines: plain.skip,
        rest: Vec::new(),
        before: None,
        spare: Vec::new(),
    };
    if spread.threads > 1 {
        return side_by_side(&mut blocks, &mut order, spread.threads);
    }
    loop {
        let mut job = order.next(&mut blocks)?;
        let over = job.block == Block::End;
        job.read(reading);
        order.take(job)?;
        if over {
            return Ok(());
        }
    }
}

type Done = thread::Result<(u64, Job)>;

fn side_by_side<T: Taker>(
    blocks: &mut Blocks<'_>,
    order: &mut Order<'_, T>,
    threads: usize,
) -> Result<(), T::Stop> {
    let reading = order.reading;
    let (give, jobs) = channel::<(u64, Job)>();
    let (hand_in, done) = channel::<Done>();
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        // Dropped before the threads are waited for, whatever happens: they end when it is gone.
        let give = give;
        for _ in 0..threads {
            let hand_in = hand_in.clone();
            let jobs = &jobs;
            scope.spawn(move || work(reading, jobs, &hand_in));
        }
        drop(hand_in);
        conduct(blocks, order, threads * 2 + 2, &give, &done)
    })
}

/// Hands out blocks and takes them in order.
fn conduct<T: Taker>(
    blocks: &mut Blocks<'_>,
    order: &mut Order<'_, T>,
    most: usize,
    give: &Sender<(u64, Job)>,
    done: &Receiver<Done>,
) -> Result<(), T::Stop> {
    let (mut given, mut wanted, mut bytes, mut over) = (0_u64, 0_u64, 0_usize, false);
    let mut waiting: BTreeMap<u64, Job> = BTreeMap::new();
    let gone = || io::Error::other("a reading thread ended");
    loop {
        let free = |given: u64, bytes: usize| {
            given == wanted || (given - wanted < most as u64 && bytes < UNDER_WAY)
        };
        while !over && free(given, bytes) {
            let job = order.next(blocks)?;
            over = job.block == Block::End;
            bytes += job.part.piece.bytes.len();
            if job.block == Block::Lines {
                give.send((given, job)).map_err(|_| gone())?;
            } else {
                waiting.insert(given, job);
            }
            given += 1;
        }
        if let Some(job) = waiting.remove(&wanted) {
            let last = job.block == Block::End;
            bytes = bytes.saturating_sub(job.part.piece.bytes.len());
            wanted += 1;
            order.take(job)?;
            if last {
                return Ok(());
            }
            continue;
        }
        match done.recv().map_err(|_| gone())? {
            Ok((at, job)) => waiting.insert(at, job),
            Err(panic) => resume_unwind(panic),
        };
    }
}

/// What a thread does until there is no more to do.
fn work(reading: &Reading<'_>, jobs: &Mutex<Receiver<(u64, Job)>>, hand_in: &Sender<Done>) {
    loop {
        let next = jobs.lock().map(|jobs| jobs.recv());
        let Ok(Ok((at, mut job))) = next else { return };
        let done = catch_unwind(AssertUnwindSafe(|| {
            job.read(reading);
            (at, job)
        }));
        if hand_in.send(done).is_err() {
            return;
        }
    }
}

impl Job {
    fn read(&mut self, reading: &Reading<'_>) {
        if self.block == Block::Lines {
            reading.read(&mut self.part, self.last);
        }
    }
}

impl<T: Taker> Order<'_, T> {
    /// The next block.
    fn next(&mut self, blocks: &mut Blocks<'_>) -> io::Result<Job> {
        let mut part = self.spare.pop().unwrap_or_default();
        let block = blocks.next(&mut part.piece.bytes)?;
        Ok(Job { block, part, last: blocks.is_over() })
    }

    fn take(&mut self, mut job: Job) -> Result<(), T::Stop> {
        match job.block {
            Block::Lines => {
                if !self.rest.is_empty() {
                    let mut bytes = std::mem::take(&mut self.rest);
                    bytes.append(&mut job.part.piece.bytes);
                    job.part.piece.bytes = bytes;
                    job.read(self.reading);
                }
                self.pass(job.part)
            }
            Block::Long => {
                self.flush()?;
                self.lines += 1;
                self.taker.long(self.lines, &job.part.piece.bytes);
                self.spare.push(job.part);
                Ok(())
            }
            Block::End => self.flush(),
        }
    }

    /// Lines that were left are what they are, now that nothing follows that could belong to them.
    fn flush(&mut self) -> Result<(), T::Stop> {
        if self.rest.is_empty() {
            return Ok(());
        }
        let mut part = self.spare.pop().unwrap_or_default();
        part.piece.bytes = std::mem::take(&mut self.rest);
        self.reading.read(&mut part, true);
        self.pass(part)
    }

    fn pass(&mut self, part: Part) -> Result<(), T::Stop> {
        self.taker.part(&part, self.lines, self.before.as_ref())?;
        self.lines += part.piece.lines;
        let left = part.piece.bytes.get(part.piece.left_at()..).unwrap_or_default();
        self.rest.extend_from_slice(left);
        self.spare.extend(self.before.replace(part));
        Ok(())
    }
}
