//! What the log holds about a case: one walk over it, then the leaves of a bag with their proofs.

use super::{Export, Piece};
use crate::{Failure, Message, cellar};
use fupan_ledger::release::{ReleasedLeaf, ReleasedStatement};
use fupan_ledger::{Capture, KeyAdd, Leaf, LeafField, LeafKind, Note, ProofFile, Ulid, VerifyKey};
use fupan_vault::{JournalError, VaultError};
use std::collections::BTreeMap;

/// Leaves whose proofs are made together: they share most of their hashes.
const TOGETHER: usize = 4096;

/// What is in the log.
#[derive(Default)]
pub(super) struct Logged {
    /// Acts with an object, by its digest: index and digest of the act's body.
    pub(super) acts: BTreeMap<[u8; 32], Vec<(u64, [u8; 32])>>,
    /// Captures and their late cosignatures by the object that was captured.
    pub(super) captures: BTreeMap<[u8; 32], Captured>,
    /// Indices of leaves about keys, and of exports of the whole case.
    general: Vec<u64>,
    /// Bytes of every leaf named here.
    entries: BTreeMap<u64, Vec<u8>>,
    /// Chunks of sensor streams by their object.
    pub(super) chunks: BTreeMap<[u8; 32], u64>,
    /// Keys that the log enrolled.
    pub(super) people: Vec<VerifyKey>,
    /// Index of the last leaf that a bag of the case needs.
    pub(super) last: u64,
}

/// A capture of the log.
#[derive(Clone)]
pub(super) struct Captured {
    /// The evidence that its statement names.
    pub(super) id: Ulid,
    /// The statements.
    pub(super) statements: Vec<ReleasedStatement>,
    /// What the first of them says.
    pub(super) capture: Capture,
}

impl Logged {
    /// Walks the log.
    ///
    /// # Errors
    /// The log or a statement cannot be read.
    pub(super) fn read(export: &Export<'_>) -> Result<Self, Failure> {
        let fault = |error: VaultError| cellar::failure(export.root, &error);
        let (_, head) = export.vault.head().map_err(fault)?;
        let mut logged = Self::default();
        let mut stated: Vec<(u64, Leaf)> = Vec::new();
        let walk = export.vault.log().entries((0, head.size), head.size, |index, bytes| {
            let leaf = Leaf::parse(bytes).map_err(JournalError::from)?;
            logged.note(export.read.case, index, bytes, leaf, &mut stated);
            Ok::<(), JournalError>(())
        });
        walk.map_err(|error| fault(error.into()))?;
        for (index, leaf) in stated {
            logged.statement(export, index, &leaf)?;
        }
        logged.enrolled(export)?;
        logged.last = logged.entries.keys().next_back().copied().unwrap_or_default();
        Ok(logged)
    }

    fn note(
        &mut self,
        case: Ulid,
        index: u64,
        bytes: &[u8],
        leaf: Leaf,
        stated: &mut Vec<(u64, Leaf)>,
    ) {
        let own = leaf.get_ulid(LeafField::Case) == Some(case);
        match leaf.kind() {
            LeafKind::KeyAdd | LeafKind::KeyRevoke => self.general.push(index),
            LeafKind::Custody if own => {
                let body = leaf.get_digest(LeafField::Body).unwrap_or_default();
                match leaf.get_digest(LeafField::Obj) {
                    Some(object) => self.acts.entry(object).or_default().push((index, body)),
                    None => self.general.push(index),
                }
            }
            LeafKind::Capture | LeafKind::Cosign if own => stated.push((index, leaf)),
            LeafKind::Chunk if own => {
                // Its leaf is fetched where a piece of evidence holds it.
                self.chunks.extend(leaf.get_digest(LeafField::Obj).map(|object| (object, index)));
                return;
            }
            _ => return,
        }
        self.entries.insert(index, bytes.to_vec());
    }

    /// The statement of a leaf, and what it names as its meta.
    fn statement(&mut self, export: &Export<'_>, index: u64, leaf: &Leaf) -> Result<(), Failure> {
        let bytes = object(export, leaf.get_digest(LeafField::Stmt), index)?;
        let broken = || broken(export, index);
        let note = Note::parse(&bytes).map_err(|_| broken())?;
        let capture = Capture::parse(note.text()).map_err(|_| broken())?;
        let id: Ulid = capture.evidence.parse().map_err(|_| broken())?;
        let meta = object(export, Some(capture.meta), index)?;
        let statement = ReleasedStatement { index, note, meta };
        let one = self.captures.entry(capture.sha256);
        let one = one.or_insert_with(|| Captured { id, statements: Vec::new(), capture });
        // The same bytes captured as two pieces of evidence: the first stands for both.
        if one.id == id {
            one.statements.push(statement);
        }
        Ok(())
    }

    /// The keys that leaves enrol, out of the statements they name.
    fn enrolled(&mut self, export: &Export<'_>) -> Result<(), Failure> {
        for index in &self.general {
            let leaf = self.entries.get(index).and_then(|bytes| Leaf::parse(bytes).ok());
            let body = leaf
                .filter(|leaf| leaf.kind() == LeafKind::KeyAdd)
                .and_then(|leaf| leaf.get_digest(LeafField::Body));
            let Some(body) = body else { continue };
            let bytes = object(export, Some(body), *index)?;
            let note = Note::parse(&bytes).map_err(|_| broken(export, *index))?;
            let add = KeyAdd::parse(note.text()).map_err(|_| broken(export, *index))?;
            if !self.people.contains(&add.key) {
                self.people.push(add.key);
            }
        }
        Ok(())
    }

    /// The leaves of a log of this size that a bag holds, each with the evidence it is about.
    pub(super) fn wanted(&self, pieces: &[Piece], size: u64) -> Vec<(Option<String>, u64)> {
        let about = pieces.iter().flat_map(|piece| {
            let acts = piece.acts.iter().map(|(index, _)| *index);
            let stated = piece.statements.iter().map(|statement| statement.index);
            let chunks = piece.chunks.iter().copied();
            acts.chain(stated).chain(chunks).map(|index| (Some(piece.group.clone()), index))
        });
        let general = self.general.iter().map(|index| (None, *index));
        about.chain(general).filter(|(_, index)| *index < size).collect()
    }

    /// These leaves with their proofs to the released head.
    ///
    /// # Errors
    /// A tile cannot be read.
    pub(super) fn leaves(
        &self,
        export: &Export<'_>,
        wanted: &[(Option<String>, u64)],
        checkpoint: &Note,
        size: u64,
    ) -> Result<Vec<ReleasedLeaf>, Failure> {
        let mut leaves = Vec::with_capacity(wanted.len());
        for some in wanted.chunks(TOGETHER) {
            if export.watch.stopped() {
                return Err(Failure::interrupted());
            }
            let mut indices: Vec<u64> = some.iter().map(|(_, index)| *index).collect();
            indices.sort_unstable();
            indices.dedup();
            let paths = export.vault.log().inclusions(&indices, size);
            let paths = paths.map_err(|error| cellar::failure(export.root, &error.into()))?;
            for (evidence, index) in some {
                let at = indices.binary_search(index).map_err(Failure::bug)?;
                let path = paths.get(at).cloned().ok_or_else(|| Failure::bug("no proof"))?;
                let entry = match self.entries.get(index) {
                    Some(entry) => entry.clone(),
                    None => {
                        let entry = export.vault.log().entry(*index, size);
                        entry.map_err(|error| cellar::failure(export.root, &error.into()))?
                    }
                };
                let checkpoint = checkpoint.clone();
                let proof = ProofFile { extra: None, index: *index, path, checkpoint };
                leaves.push(ReleasedLeaf { evidence: evidence.clone(), entry, proof });
            }
        }
        Ok(leaves)
    }
}

/// An object that a leaf names and a bag cannot do without.
fn object(export: &Export<'_>, digest: Option<[u8; 32]>, index: u64) -> Result<Vec<u8>, Failure> {
    let digest = digest.ok_or_else(|| broken(export, index))?;
    let read = export.vault.objects().read(&digest);
    read.map_err(|error| cellar::failure(export.root, &error.into()))
}

fn broken(export: &Export<'_>, index: u64) -> Failure {
    let message = Message::new("bag-statement").text("path", export.root.display());
    Failure::new(crate::FailureKind::Integrity, message.text("index", index))
}
