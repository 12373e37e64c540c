//! Which reading has an old number. Chunks are read where they stand, one at a time and only when an old
//! number comes: what is held does not grow with the stream. It reads beside whoever writes, because
//! what it reads never changes.

use super::line;
use crate::{Failure, FailureKind, Message, cellar};
use fupan_ledger::{Chunk, Leaf, LeafField, LeafKind, Ulid};
use fupan_vault::{Digests, LogReader, ObjectError, Objects, Store};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Places of chunks that are remembered from looking, so that a long repetition is no long search.
const MARKS: usize = 1024;

/// What a stream said before.
pub(super) struct Past {
    root: PathBuf,
    log: LogReader,
    objects: Objects,
    case: Ulid,
    stream: Ulid,
    /// Entries of the log that may be read, and the leaf of the stream's last chunk among them.
    size: u64,
    last: Option<u64>,
    /// Leaves of chunks that were passed last, by their first number, without a hole between.
    marks: BTreeMap<u64, u64>,
    /// How many of them are kept.
    most: usize,
    near: Option<Near>,
}

/// The chunk that was read last.
struct Near {
    numbers: Range<u64>,
    digests: BTreeMap<u64, [u8; 32]>,
}

/// What a chunk's leaf says.
struct Place {
    numbers: Range<u64>,
    object: [u8; 32],
    prev: Option<u64>,
}

impl Past {
    pub(super) fn new(root: &Path, ids: (Ulid, Ulid)) -> Self {
        Self::over(root, &cellar::reading(root), ids)
    }

    fn over(root: &Path, store: &Store, (case, stream): (Ulid, Ulid)) -> Self {
        Self {
            root: root.to_owned(),
            log: LogReader::new(store.blobs.clone()),
            objects: Objects::new(store.blobs.clone()),
            case,
            stream,
            size: 0,
            last: None,
            marks: BTreeMap::new(),
            most: MARKS,
            near: None,
        }
    }

    /// From now on the stream's last chunk is the leaf `last` of a log of `size` entries.
    pub(super) fn grown(&mut self, last: Option<u64>, size: u64) {
        (self.last, self.size) = (last, size);
    }

    /// Digest of the line that has the number; `None`: none has, or its chunk was erased, so that
    /// nobody can say.
    ///
    /// # Errors
    /// A chunk cannot be read, or is not as it was.
    pub(super) fn digest(&mut self, number: u64) -> Result<Option<[u8; 32]>, Failure> {
        if self.near.as_ref().is_none_or(|near| !near.numbers.contains(&number)) {
            let Some(place) = self.find(number)? else { return Ok(None) };
            self.near = Some(self.read(&place)?);
        }
        Ok(self.near.as_ref().and_then(|near| near.digests.get(&number).copied()))
    }

    /// The chunk that the number is in: from one behind it, from each to the one before.
    fn find(&mut self, number: u64) -> Result<Option<Place>, Failure> {
        let behind = self.marks.range(number.saturating_add(1)..).next();
        let mut at = match behind {
            Some((_, leaf)) => Some(*leaf),
            None => {
                self.marks.clear();
                self.last
            }
        };
        while let Some(index) = at {
            let place = self.place(index)?;
            let new = !place.numbers.is_empty();
            if new && place.numbers.start <= number {
                return Ok(place.numbers.contains(&number).then_some(place));
            }
            if new {
                self.marks.insert(place.numbers.start, index);
                if self.marks.len() > self.most {
                    self.marks.pop_last();
                }
            }
            at = place.prev;
        }
        Ok(None)
    }

    fn place(&self, index: u64) -> Result<Place, Failure> {
        let leaf = self.log.leaf(index, self.size);
        let leaf = leaf.map_err(|error| cellar::failure(&self.root, &error.into()))?;
        let ours = leaf.kind() == LeafKind::Chunk
            && leaf.get_ulid(LeafField::Stream) == Some(self.stream)
            && leaf.get_ulid(LeafField::Case) == Some(self.case);
        let place = numbers(&leaf).zip(leaf.get_digest(LeafField::Obj)).filter(|_| ours);
        let prev = leaf.get_number(LeafField::Prev).map(i64::unsigned_abs);
        match place {
            Some((numbers, object)) if prev.is_none_or(|prev| prev < index) => {
                Ok(Place { numbers, object, prev })
            }
            _ => Err(self.broken(format!("entry {index}"))),
        }
    }

    fn read(&self, place: &Place) -> Result<Near, Failure> {
        let mut digests = BTreeMap::new();
        match self.objects.read(&place.object) {
            Ok(bytes) => {
                let sealed = Chunk::open(&bytes).ok();
                let sealed = sealed.filter(|sealed| sealed.bytes.len() == bytes.len());
                let Some(lines) = sealed.map(|sealed| sealed.lines) else {
                    return Err(self.broken(Objects::place(&place.object)));
                };
                // Who signed each line was seen to when it came; a signed one is read by its payload.
                for raw in lines.lines() {
                    let Some(seq) = line::number(raw) else { continue };
                    if place.numbers.contains(&seq) {
                        digests.entry(seq).or_insert_with(|| Digests::of(raw.as_bytes()).sha256);
                    }
                }
            }
            Err(ObjectError::Absent(_)) => {}
            Err(error) => return Err(cellar::failure(&self.root, &error.into())),
        }
        Ok(Near { numbers: place.numbers.clone(), digests })
    }

    fn broken(&self, place: String) -> Failure {
        let message = Message::new("stream-broken").text("path", self.root.display());
        Failure::new(FailureKind::Integrity, message.text("place", place))
    }
}

/// Numbers that are new in a chunk. A chunk of repetitions alone has none.
pub(super) fn numbers(leaf: &Leaf) -> Option<Range<u64>> {
    let number = |field| leaf.get_number(field).and_then(|value| u64::try_from(value).ok());
    let (seq, count) = (number(LeafField::Seq)?, number(LeafField::Count)?);
    Some(seq..seq.saturating_add(count))
}

#[cfg(test)]
mod tests;
