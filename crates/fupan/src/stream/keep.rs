//! Writes what is sealed: objects, then leaves; and reads a stream up to where it is.

use super::header::{object, split};
use super::sealer::{Known, Open, Sealed};
use super::{RowRefused, StreamAdded, line};
use crate::carry::custody;
use crate::{Failure, FailureKind, Message, cellar, chance};
use fupan_ledger::{Leaf, LeafField, LeafKind, LeafValue, SigningKey, Ulid};
use fupan_vault::{Custody, Deed, Digests, Vault, hex_of};
use std::path::Path;

/// Keeps a stream.
pub(super) struct Keeper<'a> {
    root: &'a Path,
    vault: &'a Vault,
    case: Ulid,
    stream: Ulid,
    key: SigningKey,
    /// Leaf and object of the last chunk.
    prev: Option<(u64, [u8; 32])>,
}

impl<'a> Keeper<'a> {
    /// Reads a stream up to where it is.
    ///
    /// # Errors
    /// A chunk cannot be read; the stream is another case's.
    pub(super) fn resume(
        root: &'a Path,
        vault: &'a Vault,
        (case, stream): (Ulid, Ulid),
        key: SigningKey,
    ) -> Result<(Self, Known), Failure> {
        let leaves = vault.leaves(&[LeafKind::Chunk, LeafKind::Gap, LeafKind::Silence]);
        let leaves = leaves.map_err(|error| cellar::failure(root, &error))?;
        let mut keeper = Self { root, vault, case, stream, key, prev: None };
        let mut known = Known::default();
        for (index, leaf) in leaves {
            if leaf.get_ulid(LeafField::Stream) != Some(stream) {
                continue;
            }
            if leaf.get_ulid(LeafField::Case) != Some(case) {
                let message = Message::new("stream-other-case").text("stream", stream);
                return Err(Failure::new(FailureKind::Input, message));
            }
            if let (LeafKind::Chunk, Some(digest)) = (leaf.kind(), leaf.get_digest(LeafField::Obj))
            {
                keeper.prev = Some((index, digest));
                keeper.chunk(&leaf, &digest, &mut known)?;
            }
        }
        Ok((keeper, known))
    }

    fn chunk(&self, leaf: &Leaf, digest: &[u8; 32], known: &mut Known) -> Result<(), Failure> {
        let read = self.vault.objects().read(digest);
        let bytes = read.map_err(|error| cellar::failure(self.root, &error.into()))?;
        let lines = split(&bytes).map(|(_, payload)| payload.to_owned()).unwrap_or_default();
        for raw in lines.lines() {
            // Who signed each line was seen to when it came; a signed one is read by its payload.
            let Some(seq) = line::number(raw) else { continue };
            known.seen.entry(seq).or_insert_with(|| Digests::of(raw.as_bytes()).sha256);
            known.next = known.next.max(seq.saturating_add(1));
        }
        let last = leaf.get_number(LeafField::Last);
        known.last_ms = known.last_ms.max(last);
        Ok(())
    }

    /// Writes what is sealed, in its order.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn keep(
        &mut self,
        sealed: Vec<Sealed>,
        added: &mut StreamAdded,
    ) -> Result<(), Failure> {
        for one in sealed {
            let at_ms = chance::now_ms()?;
            let leaf = match one {
                Sealed::Chunk(open) => {
                    added.chunks += 1;
                    added.readings += open.count;
                    added.repeated += open.lines - open.count;
                    self.sealed(&open)?
                }
                Sealed::Gap { seq, count } => {
                    added.gaps += 1;
                    self.leaf(LeafKind::Gap)
                        .number(LeafField::Seq, number(seq))
                        .number(LeafField::Count, number(count))
                }
                Sealed::Silence { first_ms, last_ms } => {
                    added.silences += 1;
                    self.leaf(LeafKind::Silence)
                        .number(LeafField::First, first_ms)
                        .number(LeafField::Last, last_ms)
                }
            };
            let object = leaf.get_digest(LeafField::Obj);
            let leaf = leaf.number(LeafField::At, at_ms);
            let receipt = self.vault.append(leaf, at_ms);
            let index = receipt.map_err(|error| cellar::failure(self.root, &error))?.index;
            added.leaf = Some(index);
            if let Some(object) = object {
                self.prev = Some((index, object));
            }
        }
        Ok(())
    }

    fn leaf(&self, kind: LeafKind) -> Leaf {
        Leaf::new(kind)
            .with(LeafField::Case, LeafValue::Ulid(self.case))
            .with(LeafField::Stream, LeafValue::Ulid(self.stream))
    }

    fn sealed(&self, open: &Open) -> Result<Leaf, Failure> {
        let prev = self.prev.map(|(_, object)| object);
        let bytes = object(open, (self.case, self.stream), prev, &self.key)?;
        let kept = self.vault.objects().put_bytes(&bytes);
        let kept = kept.map_err(|error| cellar::failure(self.root, &error.into()))?.digests;
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

    /// Notes which lines were not taken: their list is an object, the entry names it.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn refused(&self, author: &str, rows: &[RowRefused]) -> Result<(), Failure> {
        let lines = rows.iter().map(|row| {
            let seq = row.seq.map(|seq| format!(" {seq}")).unwrap_or_default();
            format!("{} {}{seq}\n", row.row, row.code)
        });
        let list: String = lines.collect();
        let kept = self.vault.objects().put_bytes(list.as_bytes());
        let kept = kept.map_err(|error| cellar::failure(self.root, &error.into()))?;
        let mut codes: Vec<&str> = rows.iter().map(|row| row.code).collect();
        codes.sort_unstable();
        codes.dedup();
        let note = format!("stream {}: {} lines: {}", self.stream, rows.len(), codes.join(" "));
        let refused = Custody {
            deed: Deed::Refused,
            evidence: String::new(),
            object: Some(hex_of(&kept.digests.sha256)),
            from: None,
            to: None,
            note,
        };
        custody(self.root, self.vault, self.case, author, &refused).map(|_| ())
    }
}

/// Numbers of streams are below 2^53.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
