//! Cosignatures of organisations over heads. They come after the log's own signature, from outside, and
//! are kept beside the head; a receipt made later rests on them.

use fupan_ledger::{Checkpoint, Hash, Note, SignatureLine};

use super::places::{COSIGNED, cosigned_folder};
use super::{Journal, JournalError, LogReader, Standing, checkpoint_name, size_of_checkpoint};
use crate::journal::receipt::standing;
use crate::object::{hex_of, sha256_of};
use crate::store::{BlobName, Blobs};

/// What cosigners are asked for: a head, and proofs that it continues what they saw last.
#[derive(Debug)]
pub struct CosignAsk<'a> {
    /// The signed head.
    pub note: &'a Note,
    /// What it says.
    pub checkpoint: &'a Checkpoint,
    reader: &'a LogReader,
}

impl CosignAsk<'_> {
    /// Proof that the head continues the tree of `old` leaves.
    ///
    /// # Errors
    /// `old` is larger than the head, or a tile cannot be read.
    pub fn consistency(&self, old: u64) -> Result<Vec<Hash>, JournalError> {
        self.reader.consistency(old, self.checkpoint.size)
    }
}

/// Cosigners (背书机构): asks organisations for their signature over a head. Whoever implements it does
/// the network; one that cannot be reached is simply not among the answers.
pub trait Cosigners {
    /// Signature lines that were given.
    fn cosign(&self, ask: &CosignAsk<'_>) -> Vec<SignatureLine>;
}

impl Journal {
    /// Has the newest head cosigned and keeps what comes. Lines that the policy knows and that do not
    /// verify are left out. Meant for a thread of its own: it waits for the cosigners.
    ///
    /// # Errors
    /// The lines cannot be kept.
    pub fn cosign(&self, cosigners: &dyn Cosigners) -> Result<Standing, JournalError> {
        let note = self.head();
        let checkpoint = Checkpoint::parse(note.text())?;
        let ask = CosignAsk { note: &note, checkpoint: &checkpoint, reader: self.reader() };
        let witnesses = self.policy.iter().flat_map(|policy| policy.witnesses());
        let keys: Vec<_> = witnesses.map(|witness| witness.key().clone()).collect();
        for line in cosigners.cosign(&ask) {
            let mut known = keys.iter().filter(|k| k.name() == line.name && k.id() == line.id);
            if known.any(|key| key.verify(note.text(), &line.signature).is_some()) {
                let text = format!("{line}\n");
                let name = line_name(checkpoint.size, &text);
                self.store.blobs.create(&name, text.as_bytes())?;
            }
        }
        let whole = with_cosignatures(&*self.store.blobs, note)?;
        Ok(standing(&whole, self.policy.as_ref()))
    }

    /// The newest head over `index` that has the quorum; without one, the newest.
    pub(super) fn best_head(&self, index: u64) -> Result<Note, JournalError> {
        let head = self.head();
        if self.policy.as_ref().is_none_or(|policy| policy.quorum().is_none()) {
            return Ok(head);
        }
        let folders = self.store.blobs.list(COSIGNED)?.names;
        let mut sizes: Vec<u64> = folders.iter().filter_map(size_of_line).collect();
        sizes.sort_unstable();
        sizes.dedup();
        for size in sizes.into_iter().rev().filter(|size| *size > index) {
            let Some(bytes) = self.store.blobs.read(&checkpoint_name(size))? else { continue };
            let whole = with_cosignatures(&*self.store.blobs, Note::parse(&bytes)?)?;
            if standing(&whole, self.policy.as_ref()) == Standing::Quorum {
                return Ok(whole);
            }
        }
        Ok(head)
    }
}

/// Heads over which cosignatures are kept, each with them, the smallest first.
pub(crate) fn cosigned_heads(blobs: &dyn Blobs) -> Result<Vec<Note>, JournalError> {
    let mut sizes: Vec<u64> = blobs.list(COSIGNED)?.names.iter().filter_map(size_of_line).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let mut heads = Vec::with_capacity(sizes.len());
    for size in sizes {
        if let Some(bytes) = blobs.read(&checkpoint_name(size))? {
            heads.push(with_cosignatures(blobs, Note::parse(&bytes)?)?);
        }
    }
    Ok(heads)
}

/// Place of a signature line over the head of that size.
pub(crate) fn line_name(size: u64, text: &str) -> BlobName {
    let digest = hex_of(&sha256_of(text.as_bytes()));
    BlobName::made(format!("{}/{digest}", cosigned_folder(size)))
}

/// Size of the head that a kept signature line is over.
pub(crate) fn size_of_line(name: &BlobName) -> Option<u64> {
    let (size, digest) =
        name.as_str().strip_prefix(COSIGNED)?.strip_prefix('/')?.split_once('/')?;
    let plain: BlobName = checkpoint_name(size.parse().ok()?);
    size_of_checkpoint(&plain).filter(|size| {
        digest.len() == 64 && name.as_str() == format!("{}/{digest}", cosigned_folder(*size))
    })
}

/// A head with all cosignatures that are kept beside it.
pub(crate) fn with_cosignatures(blobs: &dyn Blobs, mut note: Note) -> Result<Note, JournalError> {
    let size = Checkpoint::parse(note.text())?.size;
    for name in blobs.list(&cosigned_folder(size))?.names {
        let line = blobs.read(&name)?.unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        // A line is read as the last of a note.
        let whole = Note::parse(format!("{note}{line}").as_bytes())?;
        note = whole;
    }
    Ok(note)
}
