//! A run, chunk after chunk; memory does not grow with its length.

use std::io::{self, Read};

use super::{Chunk, ChunkFault, LONGEST, SealedChunk};

/// Bytes that are read at a time.
const STEP: usize = 64 << 10;

/// Run (连续段): the chunks of some bytes.
#[derive(Debug)]
pub struct Run<R> {
    from: R,
    buffer: Vec<u8>,
    /// Bytes of the chunk that was handed out last.
    spent: usize,
    ended: bool,
}

impl<R: Read> Run<R> {
    /// A run that is read as its chunks are asked for.
    pub fn new(from: R) -> Self {
        Self { from, buffer: Vec::new(), spent: 0, ended: false }
    }

    /// The next chunk; `None`: the run is at its end.
    ///
    /// # Errors
    /// The bytes cannot be read, or are no chunk.
    pub fn next_chunk(&mut self) -> io::Result<Option<Result<SealedChunk<'_>, ChunkFault>>> {
        self.buffer.drain(..self.spent);
        self.spent = 0;
        loop {
            match Chunk::extent(&self.buffer) {
                Ok((_, _, lines)) => self.spent = lines.end,
                Err(ChunkFault::Short) if !self.ended => {
                    self.fill()?;
                    continue;
                }
                Err(_) if self.buffer.is_empty() => return Ok(None),
                Err(fault) => return Ok(Some(Err(fault))),
            }
            return Ok(Some(Chunk::open(&self.buffer)));
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let wanted = (self.buffer.len() + STEP).min(LONGEST);
        let room = u64::try_from(wanted - self.buffer.len()).unwrap_or(u64::MAX);
        let count = self.from.by_ref().take(room).read_to_end(&mut self.buffer)?;
        self.ended = count == 0;
        Ok(())
    }
}
