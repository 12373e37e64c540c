//! Both digests of a stream in one pass. SM3 takes five times as long as SHA-256, so for big streams
//! it runs on a thread of its own while this one reads.

use std::io::{self, Read};
use std::sync::mpsc::sync_channel;
use std::thread;

use sha2::{Digest as _, Sha256};
use sm3::Sm3;

/// Bytes read at a time.
const BLOCK: usize = 256 * 1024;
/// Blocks in flight between the threads; memory stays at this many.
const BLOCKS: usize = 4;

/// Both digests of some bytes, and their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digests {
    pub(super) sha256: [u8; 32],
    pub(super) sm3: [u8; 32],
    pub(super) size: u64,
}

/// On which side a copy failed.
#[derive(Debug)]
pub(super) enum CopyFault {
    Read(io::Error),
    Write(io::Error),
}

/// What takes the bytes that were read.
pub(super) type Copy<'a> = &'a mut dyn FnMut(&[u8]) -> io::Result<()>;

/// Digests of bytes that are at hand.
pub(super) fn of_bytes(bytes: &[u8]) -> Digests {
    let (sha256, sm3) = (Sha256::digest(bytes).into(), Sm3::digest(bytes).into());
    Digests { sha256, sm3, size: bytes.len() as u64 }
}

/// Reads to the end, hands on what is read, and hashes it.
pub(super) fn of_stream(reader: &mut dyn Read, copy: Copy<'_>) -> Result<Digests, CopyFault> {
    let (mut sha256, mut sm3, mut size) = (Sha256::new(), Sm3::new(), 0);
    let mut block = vec![0; BLOCK];
    loop {
        let count = fill(reader, &mut block).map_err(CopyFault::Read)?;
        let Some(bytes) = block.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
        sha256.update(bytes);
        sm3.update(bytes);
        copy(bytes).map_err(CopyFault::Write)?;
        size += count as u64;
    }
    Ok(Digests { sha256: sha256.finalize().into(), sm3: sm3.finalize().into(), size })
}

/// As [`of_stream`], with SM3 on a thread of its own.
pub(super) fn of_big_stream(reader: &mut dyn Read, copy: Copy<'_>) -> Result<Digests, CopyFault> {
    thread::scope(|scope| {
        let (full, filled) = sync_channel::<Vec<u8>>(BLOCKS);
        let (empty, emptied) = sync_channel::<Vec<u8>>(BLOCKS);
        let second = scope.spawn(move || {
            let mut sm3 = Sm3::new();
            while let Ok(block) = filled.recv() {
                sm3.update(&block);
                // The reader may be gone already; then nobody needs the block.
                let _ = empty.try_send(block);
            }
            sm3.finalize().into()
        });
        let (mut sha256, mut size, mut made) = (Sha256::new(), 0, 0);
        loop {
            let mut block = if made < BLOCKS {
                made += 1;
                Vec::new()
            } else {
                emptied.recv().unwrap_or_default()
            };
            block.resize(BLOCK, 0);
            let count = fill(reader, &mut block).map_err(CopyFault::Read)?;
            block.truncate(count);
            if block.is_empty() {
                break;
            }
            sha256.update(&block);
            copy(&block).map_err(CopyFault::Write)?;
            size += count as u64;
            if full.send(block).is_err() {
                break;
            }
        }
        drop(full);
        let sm3 = second.join().map_err(|_| CopyFault::Read(io::ErrorKind::Other.into()))?;
        Ok(Digests { sha256: sha256.finalize().into(), sm3, size })
    })
}

/// Reads until the block is full or the stream ends.
fn fill(reader: &mut dyn Read, block: &mut [u8]) -> io::Result<usize> {
    let mut count = 0;
    while let Some(rest) = block.get_mut(count..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}
