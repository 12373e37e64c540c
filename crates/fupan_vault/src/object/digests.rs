//! Both digests of a stream in one pass. SM3 is six times slower than SHA-256 where the processor helps
//! with the latter, so it runs on a thread of its own; buffers go round between the two.

use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::{CHUNK, ChunkList, ObjectError};

/// Bytes of a buffer.
const BUFFER: usize = 256 << 10;
/// Buffers on their way to the second thread.
const AHEAD: usize = 8;

/// Digests (双摘要): both digests of some bytes, and their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256: the address.
    pub sha256: [u8; 32],
    /// SM3 (GB/T 32905).
    pub sm3: [u8; 32],
    /// Number of bytes.
    pub size: u64,
}

impl Digests {
    /// Of bytes in memory.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { sha256: sha256_of(bytes), sm3: Sm3::digest(bytes).into(), size: bytes.len() as u64 }
    }
}

/// What a pass found.
pub(crate) struct Taken {
    pub(crate) digests: Digests,
    /// Where there is more than one chunk.
    pub(crate) chunks: Option<ChunkList>,
}

/// One pass over a stream: SHA-256 of the whole and of each chunk here, SM3 on another thread.
pub(super) struct Pass<'a, W: Write + ?Sized> {
    sink: &'a mut W,
    whole: Sha256,
    chunk: Sha256,
    in_chunk: u64,
    chunks: Vec<[u8; 32]>,
    size: u64,
}

impl<'a, W: Write + ?Sized> Pass<'a, W> {
    pub(super) fn run(mut source: impl Read, sink: &'a mut W) -> Result<Taken, ObjectError> {
        let mut pass = Self {
            sink,
            whole: Sha256::new(),
            chunk: Sha256::new(),
            in_chunk: 0,
            chunks: Vec::new(),
            size: 0,
        };
        let mut buffer = vec![0; BUFFER];
        let count = fill(&mut source, &mut buffer)?;
        buffer.truncate(count);
        let sm3 = if count < BUFFER {
            // All of it: not worth a thread.
            pass.take(&buffer)?;
            Sm3::digest(&buffer).into()
        } else {
            pass.run_beside(&mut source, buffer)?
        };
        Ok(pass.end(sm3))
    }

    fn run_beside(
        &mut self,
        source: &mut impl Read,
        first: Vec<u8>,
    ) -> Result<[u8; 32], ObjectError> {
        let (to, from) = sync_channel::<Arc<Vec<u8>>>(AHEAD);
        let (back, free) = sync_channel::<Vec<u8>>(AHEAD + 2);
        thread::scope(|scope| {
            let beside = scope.spawn(move || sm3_of(&from, &back));
            let done = self.feed(source, first, to, &free);
            let sm3 = beside.join().map_err(|_| ObjectError::Source(io::ErrorKind::Other));
            done?;
            sm3
        })
    }

    fn feed(
        &mut self,
        source: &mut impl Read,
        first: Vec<u8>,
        to: SyncSender<Arc<Vec<u8>>>,
        free: &Receiver<Vec<u8>>,
    ) -> Result<(), ObjectError> {
        let mut buffer = first;
        while !buffer.is_empty() {
            let shared = Arc::new(buffer);
            // The other thread ends only when this sender is dropped.
            drop(to.send(shared.clone()));
            self.take(&shared)?;
            drop(shared);
            buffer = free.try_recv().unwrap_or_default();
            buffer.resize(BUFFER, 0);
            let count = fill(source, &mut buffer)?;
            buffer.truncate(count);
        }
        // The end for the other thread.
        drop(to);
        Ok(())
    }

    fn take(&mut self, mut bytes: &[u8]) -> Result<(), ObjectError> {
        self.sink.write_all(bytes).map_err(|error| {
            crate::store::StoreError::new(crate::store::Doing::Write, "staging", &error)
        })?;
        self.size += bytes.len() as u64;
        self.whole.update(bytes);
        while !bytes.is_empty() {
            if self.in_chunk == CHUNK {
                self.cut();
            }
            let room = usize::try_from(CHUNK - self.in_chunk).unwrap_or(usize::MAX);
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.chunk.update(now);
            self.in_chunk += now.len() as u64;
            bytes = later;
        }
        Ok(())
    }

    fn cut(&mut self) {
        self.chunks.push(std::mem::take(&mut self.chunk).finalize().into());
        self.in_chunk = 0;
    }

    fn end(mut self, sm3: [u8; 32]) -> Taken {
        let chunks = (!self.chunks.is_empty()).then(|| {
            self.cut();
            ChunkList { size: self.size, sha256: std::mem::take(&mut self.chunks) }
        });
        let digests = Digests { sha256: self.whole.finalize().into(), sm3, size: self.size };
        Taken { digests, chunks }
    }
}

fn sm3_of(from: &Receiver<Arc<Vec<u8>>>, back: &SyncSender<Vec<u8>>) -> [u8; 32] {
    let mut hash = Sm3::new();
    while let Ok(bytes) = from.recv() {
        hash.update(bytes.as_slice());
        // Whoever is last to let go of a buffer gives it back; a lost one is made anew.
        if let Some(buffer) = Arc::into_inner(bytes) {
            drop(back.try_send(buffer));
        }
    }
    hash.finalize().into()
}

/// Fills a buffer as far as there are bytes.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> Result<usize, ObjectError> {
    let mut filled = 0;
    while let Some(room) = buffer.get_mut(filled..).filter(|room| !room.is_empty()) {
        match source.read(room) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(ObjectError::Source(error.kind())),
        }
    }
    Ok(filled)
}

pub(crate) fn sha256_of(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A digest in 64 small hexadecimal digits.
#[must_use]
pub fn hex_of(digest: &[u8; 32]) -> String {
    let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let mut text = String::with_capacity(64);
    text.extend(halves.filter_map(|half| char::from_digit(u32::from(half), 16)));
    text
}

/// A digest from 64 small hexadecimal digits.
#[must_use]
pub fn from_hex(text: &str) -> Option<[u8; 32]> {
    let small = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !small || text.len() != 64 {
        return None;
    }
    let mut digest = [0; 32];
    for (at, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(digest)
}
