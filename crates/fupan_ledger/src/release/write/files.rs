//! The files of a bag on their way out, with what the manifests need to know of them.

use std::collections::{BTreeMap, BTreeSet};

use super::WriteError;
use crate::bag::{Fixity, Manifest, ManifestKind, PathFault, Payload, check_path};
use crate::release::digests::{self, CopyFault, Digests};
use crate::release::layout::{self, Place};
use crate::release::parts::{Original, ReleasedEvidence};
use crate::release::store::BagSink;

/// Bytes from which on SM3 gets a thread of its own.
const BIG: u64 = 4 << 20;

/// A sink, and what went into it.
pub(super) struct Files<'a> {
    pub(super) sink: &'a mut dyn BagSink,
    sums: BTreeMap<String, Digests>,
    folded: BTreeSet<String>,
}

impl<'a> Files<'a> {
    pub(super) fn new(sink: &'a mut dyn BagSink) -> Self {
        Self { sink, sums: BTreeMap::new(), folded: BTreeSet::new() }
    }

    /// Writes a file that is at hand.
    pub(super) fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.claim(path)?;
        store(self.sink, path, bytes)?;
        self.sums.insert(path.to_owned(), digests::of_bytes(bytes));
        Ok(())
    }

    /// Writes an original, which must be what was stated of it.
    pub(super) fn stream(
        &mut self,
        path: &str,
        one: &ReleasedEvidence<'_>,
        original: &dyn Original,
    ) -> Result<(), WriteError> {
        self.claim(path)?;
        let unreadable = |source| WriteError::Original { evidence: one.id.clone(), source };
        let unwritable = |source| WriteError::Sink { path: path.to_owned(), source };
        let mut reader = original.open().map_err(unreadable)?;
        let sink = &mut *self.sink;
        sink.create(path).map_err(unwritable)?;
        let mut copy = |bytes: &[u8]| sink.append(bytes);
        let found = if one.size < BIG {
            digests::of_stream(&mut reader, &mut copy)
        } else {
            digests::of_big_stream(&mut reader, &mut copy)
        };
        let found = found.map_err(|fault| match fault {
            CopyFault::Read(source) => unreadable(source),
            CopyFault::Write(source) => unwritable(source),
        })?;
        self.sink.finish().map_err(unwritable)?;
        if found != (Digests { sha256: one.sha256, sm3: one.sm3, size: one.size }) {
            return Err(WriteError::Changed(one.id.clone()));
        }
        self.sums.insert(path.to_owned(), found);
        Ok(())
    }

    /// How much stands below `data/`, and its manifests. No payload may be written after it.
    pub(super) fn payload(&self) -> (Payload, [(&'static str, String); 2]) {
        let payload = self.sums.iter().filter(|(path, _)| path.starts_with("data/"));
        let payload = payload.fold(Payload { bytes: 0, files: 0 }, |sum, (_, file)| Payload {
            bytes: sum.bytes + file.size,
            files: sum.files + 1,
        });
        let manifests = [Fixity::Sha256, Fixity::Sm3].map(|fixity| {
            let manifest = self.manifest(ManifestKind::Payload, fixity);
            (manifest.file_name(), manifest.to_string())
        });
        (payload, manifests)
    }

    /// The manifest of a kind over what was written so far.
    pub(super) fn manifest(&self, kind: ManifestKind, fixity: Fixity) -> Manifest {
        let mut manifest = Manifest::new(kind, fixity);
        for (path, file) in &self.sums {
            let sum = match fixity {
                Fixity::Sha256 => file.sha256,
                Fixity::Sm3 => file.sm3,
            };
            // A path of the other side is for the other manifest.
            let _ = manifest.insert(path, sum);
        }
        manifest
    }

    /// Makes sure that a path may be written and was not.
    fn claim(&mut self, path: &str) -> Result<(), WriteError> {
        let refused = |fault| WriteError::Path { path: path.to_owned(), fault };
        check_path(path).map_err(refused)?;
        if layout::place(path) == Place::Unknown {
            return Err(refused(PathFault::Side));
        }
        if !self.folded.insert(path.to_ascii_lowercase()) {
            return Err(WriteError::Twice(path.to_owned()));
        }
        Ok(())
    }
}

/// Writes one whole file.
pub(super) fn store(sink: &mut dyn BagSink, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
    let unwritable = |source| WriteError::Sink { path: path.to_owned(), source };
    sink.create(path)
        .and_then(|()| sink.append(bytes))
        .and_then(|()| sink.finish())
        .map_err(unwritable)
}
