//! The log's part of the walk.

use std::collections::{BTreeMap, BTreeSet};

use fupan_ledger::{
    Checkpoint, Edge, Hash, Leaf, LeafField, LeafKind, Note, Sm3Edge, Tile, TileKind, VerifyKey,
    decode_bundle, encode_bundle, leaf_hash,
};

use super::VerifyReport;
use super::listed::Listed;
use crate::admission::is_act;
use crate::journal::{
    CHECKPOINTS, COSIGNED, FaultKind, Wal, checkpoint_name, line_name, size_of_checkpoint,
    size_of_line, tile_name,
};
use crate::store::{BlobName, Store, StoreError};

/// What the log names: objects, their SM3 where a leaf states it, and what was erased.
#[derive(Default)]
pub(super) struct Named {
    pub(super) objects: BTreeMap<[u8; 32], Option<[u8; 32]>>,
    pub(super) bodies: BTreeSet<[u8; 32]>,
    pub(super) erased: BTreeSet<[u8; 32]>,
    /// Answers of time stamp authorities, by the size of the head.
    pub(super) anchored: BTreeMap<u64, BTreeSet<[u8; 32]>>,
    /// Heads that are right by themselves.
    heads: Heads,
}

impl Named {
    /// Size of the newest head.
    pub(super) fn newest(&self) -> u64 {
        self.heads.keys().next_back().copied().unwrap_or(0)
    }

    /// Text of the head of that size.
    pub(super) fn text(&self, size: u64) -> Option<String> {
        self.heads.get(&size).map(ToString::to_string)
    }
}

/// Kept checkpoints by size: what each says, if it is right by itself.
type Heads = BTreeMap<u64, Checkpoint>;

pub(super) fn walk(
    store: &Store,
    keys: &[VerifyKey],
    listed: &Listed,
    report: &mut VerifyReport,
) -> Result<Named, StoreError> {
    let head = head(store, keys, report)?;
    let size = head.as_ref().map_or(0, |(_, head)| head.size);
    let mut heads = kept_heads(store, keys, (listed, size), report)?;
    if !heads.contains_key(&0) {
        report.fault(checkpoint_name(0), FaultKind::Missing);
    }
    if let Some((bytes, head)) = head {
        let newest = heads.keys().next_back().copied().unwrap_or(0);
        // A batch on its way keeps its checkpoint before that is the head.
        let on_its_way = |batch: &&Wal| batch.end() == newest;
        if newest > size && !listed.ahead(size).iter().any(on_its_way) {
            report.fault("log/checkpoint", FaultKind::Rollback { newest });
        }
        if store.blobs.read(&checkpoint_name(size))? != Some(bytes) {
            report.fault("log/checkpoint", FaultKind::Differs);
        }
        heads.entry(size).or_insert(head);
    }
    cosigned(store, keys, (listed, &heads), report)?;
    let mut growth = Growth::new(store, report);
    growth.grow(&heads)?;
    growth.go_ahead(listed)?;
    let Growth { mut named, seen, entries, .. } = growth;
    for name in listed.tiles().filter(|name| !seen.contains(*name)) {
        report.fault(name, FaultKind::Stray);
    }
    listed.compare(&entries, report);
    named.heads = heads;
    Ok(named)
}

/// A head signed by every key of the log.
fn signed(bytes: &[u8], keys: &[VerifyKey]) -> Result<Checkpoint, FaultKind> {
    let note = Note::parse(bytes).map_err(|_| FaultKind::Format)?;
    let head = Checkpoint::parse(note.text()).map_err(|_| FaultKind::Format)?;
    if keys.first().is_none_or(|key| key.name() != head.origin) {
        return Err(FaultKind::Origin);
    }
    let said = note.verify(keys).map_err(|error| FaultKind::of_note(&error))?;
    let whole = said.len() == keys.len() && note.signatures().len() == keys.len();
    if whole { Ok(head) } else { Err(FaultKind::Signature) }
}

/// The head and its bytes.
fn head(
    store: &Store,
    keys: &[VerifyKey],
    report: &mut VerifyReport,
) -> Result<Option<(Vec<u8>, Checkpoint)>, StoreError> {
    let Some(bytes) = store.head.load()? else {
        report.fault("log/checkpoint", FaultKind::Missing);
        return Ok(None);
    };
    match signed(&bytes, keys) {
        Ok(head) => Ok(Some((bytes, head))),
        Err(what) => {
            report.fault("log/checkpoint", what);
            Ok(None)
        }
    }
}

fn kept_heads(
    store: &Store,
    keys: &[VerifyKey],
    (listed, size): (&Listed, u64),
    report: &mut VerifyReport,
) -> Result<Heads, StoreError> {
    let mut heads = Heads::new();
    for name in listed.under(size, store, CHECKPOINTS, size_of_checkpoint)? {
        let Some(size) = size_of_checkpoint(&name) else {
            report.fault(&name, FaultKind::Stray);
            continue;
        };
        let Some(bytes) = report.read(store, &name)? else { continue };
        match signed(&bytes, keys) {
            Ok(head) if head.size == size => drop(heads.insert(size, head)),
            Ok(_) => report.fault(&name, FaultKind::Differs),
            Err(what) => report.fault(&name, what),
        }
    }
    Ok(heads)
}

fn cosigned(
    store: &Store,
    keys: &[VerifyKey],
    (listed, heads): (&Listed, &Heads),
    report: &mut VerifyReport,
) -> Result<(), StoreError> {
    let newest = heads.keys().next_back().copied().unwrap_or(0);
    for name in listed.under(newest, store, COSIGNED, size_of_line)? {
        let Some(size) = size_of_line(&name) else {
            report.fault(&name, FaultKind::Stray);
            continue;
        };
        let Some(bytes) = report.read(store, &name)? else { continue };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let whole = heads.get(&size).map(|head| format!("{head}\n{text}"));
        if line_name(size, &text) != name || text.as_bytes() != bytes {
            report.fault(&name, FaultKind::Differs);
        } else if whole.is_none_or(|whole| Note::parse(whole.as_bytes()).is_err()) {
            report.fault(&name, FaultKind::Format);
        } else if keys.iter().any(|key| text.starts_with(&format!("\u{2014} {} ", key.name()))) {
            report.fault(&name, FaultKind::Stray);
        }
    }
    Ok(())
}

/// The tree, grown anew.
struct Growth<'a> {
    store: &'a Store,
    report: &'a mut VerifyReport,
    edge: Edge,
    /// The same leaves under SM3, to which the log's leaves of its roots are held.
    sm3: Sm3Edge,
    tail: Vec<Vec<u8>>,
    named: Named,
    seen: BTreeSet<BlobName>,
    /// Hash of each entry, to compare batches that were not cleared away.
    entries: Vec<Hash>,
    /// No head covers what comes now: it may be there or not yet.
    ahead: bool,
}

impl<'a> Growth<'a> {
    fn new(store: &'a Store, report: &'a mut VerifyReport) -> Self {
        Self {
            store,
            report,
            edge: Edge::default(),
            sm3: Sm3Edge::default(),
            tail: Vec::new(),
            named: Named::default(),
            seen: BTreeSet::new(),
            entries: Vec::new(),
            ahead: false,
        }
    }

    /// Grows from checkpoint to checkpoint.
    fn grow(&mut self, heads: &Heads) -> Result<(), StoreError> {
        let last = heads.keys().next_back().copied().unwrap_or(0);
        for (size, head) in heads {
            let Some(entries) = self.entries_up_to(*size, last)? else { break };
            let hashes: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
            for (index, entry) in (self.edge.size()..).zip(&entries) {
                self.leaf(index, entry);
                self.sm3.push(entry);
            }
            self.bundles(&entries)?;
            let grown = self.edge.append(&hashes).unwrap_or_default();
            for tile in grown {
                self.compare(&tile_name(tile.tile), &tile.bytes)?;
            }
            self.entries.extend(hashes);
            self.report.entries = *size;
            if self.edge.root() == head.root {
                self.report.checkpoints += 1;
            } else {
                self.report.fault(checkpoint_name(*size), FaultKind::Root);
            }
        }
        Ok(())
    }

    /// Goes on with batches that no head covers yet: as far as their bundles and tiles are there, they are these.
    fn go_ahead(&mut self, listed: &Listed) -> Result<(), StoreError> {
        self.ahead = true;
        for batch in listed.ahead(self.edge.size()) {
            let known = self.edge.size().saturating_sub(batch.from);
            let known = usize::try_from(known).unwrap_or(usize::MAX);
            let entries = batch.entries.get(known..).unwrap_or_default();
            self.bundles(entries)?;
            let hashes: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
            for tile in self.edge.append(&hashes).unwrap_or_default() {
                self.compare(&tile_name(tile.tile), &tile.bytes)?;
            }
        }
        Ok(())
    }

    /// The entries from the present size up to `size`, from the fullest bundle there is.
    fn entries_up_to(&mut self, size: u64, last: u64) -> Result<Option<Vec<Vec<u8>>>, StoreError> {
        let mut entries = Vec::new();
        let mut at = self.edge.size();
        while at < size {
            let bundle = at / 256;
            let first = bundle * 256;
            let Some(found) = self.bundle(bundle, last)? else { return Ok(None) };
            let from = usize::try_from(at - first).unwrap_or(0);
            let to = usize::try_from((size - first).min(256)).unwrap_or(0);
            let Some(part) = found.get(from..to) else {
                self.report.fault(format!("entries {at} to {size}"), FaultKind::Missing);
                return Ok(None);
            };
            entries.extend_from_slice(part);
            at = first + to as u64;
        }
        Ok(Some(entries))
    }

    fn bundle(&mut self, bundle: u64, last: u64) -> Result<Option<Vec<Vec<u8>>>, StoreError> {
        let width = u16::try_from((last - bundle * 256).min(256)).unwrap_or(256);
        let Ok(tile) = Tile::new(TileKind::Entries, bundle, width) else { return Ok(None) };
        let name = tile_name(tile);
        let Some(bytes) = self.report.read(self.store, &name)? else {
            self.report.fault(&name, FaultKind::Missing);
            return Ok(None);
        };
        match decode_bundle(&bytes, width) {
            Ok(entries) => Ok(Some(entries.into_iter().map(<[u8]>::to_vec).collect())),
            Err(_) => {
                self.report.fault(&name, FaultKind::Format);
                Ok(None)
            }
        }
    }

    /// Every bundle that a batch of these entries must have written.
    fn bundles(&mut self, entries: &[Vec<u8>]) -> Result<(), StoreError> {
        let mut index = self.edge.size() / 256;
        let mut tail = std::mem::take(&mut self.tail);
        for (at, entry) in entries.iter().enumerate() {
            tail.push(entry.clone());
            if tail.len() == 256 || at + 1 == entries.len() {
                let width = u16::try_from(tail.len()).unwrap_or(256);
                if let (Ok(tile), Ok(bytes)) =
                    (Tile::new(TileKind::Entries, index, width), encode_bundle(&tail))
                {
                    self.compare(&tile_name(tile), &bytes)?;
                }
                if tail.len() == 256 {
                    tail.clear();
                    index += 1;
                }
            }
        }
        self.tail = tail;
        Ok(())
    }

    fn compare(&mut self, name: &BlobName, bytes: &[u8]) -> Result<(), StoreError> {
        self.seen.insert(name.clone());
        match self.report.read(self.store, name)? {
            Some(found) if found == bytes => self.report.tiles += 1,
            Some(_) => self.report.fault(name, FaultKind::Differs),
            None if self.ahead => {}
            None => self.report.fault(name, FaultKind::Missing),
        }
        Ok(())
    }

    fn leaf(&mut self, index: u64, bytes: &[u8]) {
        let Ok(leaf) = Leaf::parse(bytes) else {
            self.report.fault(format!("entry {index}"), FaultKind::Format);
            return;
        };
        let digest = |field| leaf.get_digest(field);
        for (object, sm3) in [
            (LeafField::Obj, Some(LeafField::ObjSm3)),
            (LeafField::Stmt, Some(LeafField::StmtSm3)),
            (LeafField::Body, Some(LeafField::BodySm3)),
            (LeafField::Chunks, None),
            (LeafField::Policy, None),
        ] {
            // A capture may be on record before its bytes are here, or without them for ever.
            let awaited = leaf.kind() == LeafKind::Capture && digest_of_bytes(object);
            if awaited && leaf.get(LeafField::Complete).is_none() {
                continue;
            }
            let Some(object) = digest(object) else { continue };
            let known = self.named.objects.entry(object).or_default();
            *known = known.or(sm3.and_then(digest));
        }
        if is_act(leaf.kind()) {
            self.named.bodies.extend(digest(LeafField::Body));
        }
        if leaf.kind() == LeafKind::Erase {
            self.named.erased.extend(digest(LeafField::Obj));
        }
        if leaf.kind() == LeafKind::Sm3Root {
            let tree = leaf.get_number(LeafField::Tree).map(i64::unsigned_abs);
            let right = tree == Some(index) && digest(LeafField::Root) == Some(self.sm3.root());
            if !right {
                self.report.fault(format!("entry {index}"), FaultKind::Root);
            }
        }
        if leaf.kind() == LeafKind::Anchor {
            let size = leaf.get_number(LeafField::Tree).map_or(0, i64::unsigned_abs);
            self.named.anchored.entry(size).or_default().extend(digest(LeafField::Obj));
        }
    }
}

/// Whether a field names the evidence itself, or its list of chunks.
fn digest_of_bytes(field: LeafField) -> bool {
    matches!(field, LeafField::Obj | LeafField::Chunks)
}
