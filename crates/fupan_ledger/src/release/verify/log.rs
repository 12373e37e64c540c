//! The head of the log, the seal over the bag, and the leaves that the bag proves.

use sha2::{Digest as _, Sha256};

use super::Check;
use super::runs::CHUNK;
use crate::checkpoint::Checkpoint;
use crate::malformed::{Malformed, Part};
use crate::note::Note;
use crate::proof_file::{ProofFile, ProofFileError};
use crate::release::entry::Entry;
use crate::release::fault::BagFault;
use crate::release::layout::{self, Place};
use crate::release::seal::BagSeal;
use crate::text;
use crate::tree::{Hash, leaf_hash, verify_consistency, verify_inclusion};

/// What a leaf says of an act with evidence.
pub(super) const CUSTODY: &str = "custody";

impl Check<'_> {
    /// The released head: accepted by the policy, and signed by the outside key.
    pub(super) fn head(&mut self) -> Option<Note> {
        let place = layout::CHECKPOINT;
        let note = self.note(place)?;
        match self.anchors.policy.accept(&note) {
            Err(refusal) => {
                self.report.fault(place, BagFault::Refused(refusal));
                return None;
            }
            Ok(accepted) => {
                if note.verify(std::slice::from_ref(&self.anchors.log_key)).is_err() {
                    self.report.fault(place, BagFault::NotLogKey);
                    return None;
                }
                let witnesses = self.anchors.policy.witnesses();
                self.report.cosigned = accepted
                    .cosigned
                    .iter()
                    .filter_map(|(at, time)| {
                        witnesses.get(*at).map(|one| (one.name().into_owned(), *time))
                    })
                    .collect();
                let head = accepted.checkpoint;
                self.report.size = Some(head.size);
                self.heads.insert(head.size, head.root);
                self.head = Some(head);
            }
        }
        Some(note)
    }

    /// The seal: every line of it by a key of the log, and all it states true.
    pub(super) fn seal(&mut self, head: Option<&Note>) {
        let place = layout::SEAL;
        let Some(note) = self.note(place) else { return };
        let known = self.log_keys();
        for line in note.signatures() {
            if !known.iter().any(|key| key.name() == line.name && key.id() == line.id) {
                self.report.fault(place, BagFault::UnknownSigner(line.name.clone()));
            }
        }
        match note.verify(&known) {
            Err(error) => self.report.fault(place, BagFault::Signature(error)),
            // The given key is the first of those that are known.
            Ok(signed) if !signed.iter().any(|(at, _)| *at == 0) => {
                self.report.fault(place, BagFault::NotLogKey);
            }
            Ok(_) => {}
        }
        let seal = match BagSeal::parse(note.text()) {
            Ok(seal) => seal,
            Err(fault) => {
                self.report.fault(place, BagFault::Malformed(fault));
                return;
            }
        };
        self.report.case = Some(seal.case.clone());
        self.report.origin = Some(seal.origin.clone());
        if seal.payload != self.payload() {
            self.report.fault(place, BagFault::Seal("payload"));
        }
        for (name, said) in
            [("tagmanifest-sha256.txt", seal.sha256), ("tagmanifest-sm3.txt", seal.sm3_manifest)]
        {
            if self.digests.get(name).is_none_or(|found| found.sha256 != said) {
                self.report.fault(name, BagFault::Seal(name));
            }
        }
        let stated = Checkpoint {
            origin: seal.origin.clone(),
            size: seal.size,
            root: seal.root,
            extensions: Vec::new(),
        };
        if head.is_some() && self.head.as_ref() != Some(&stated) {
            self.report.fault(place, BagFault::Seal("tree"));
        }
        self.seal = Some(seal);
    }

    /// Older heads that the released one grew from.
    pub(super) fn consistency(&mut self) {
        let found = self.paths(|place| match place {
            Place::Consistency { old, new } => Some((old, new)),
            _ => None,
        });
        for (path, (old, new)) in found {
            let Some(bytes) = self.read(&path) else { continue };
            let Some(head) = self.head.clone().filter(|head| head.size == new) else {
                self.report.fault(&path, BagFault::OtherHead);
                continue;
            };
            let Some((root, proof)) = hashes(&bytes) else {
                let fault = Malformed::at(1, Part::Base64Hash);
                self.report.fault(&path, BagFault::Malformed(fault));
                continue;
            };
            match verify_consistency((old, &root), (new, &head.root), &proof) {
                Ok(()) => {
                    self.heads.insert(old, root);
                }
                Err(error) => self.report.fault(&path, BagFault::Consistency(error)),
            }
        }
    }

    /// Every leaf with its proof.
    pub(super) fn leaves(&mut self, head: Option<&Note>) {
        let entries = self.paths(|place| match place {
            Place::Entry { group, index } => Some((group.to_owned(), index)),
            _ => None,
        });
        for (path, (group, index)) in entries {
            let proof = layout::proof(&group, index);
            let (Some(entry), Some(file)) = (self.read(&path), self.proof(&proof)) else {
                continue;
            };
            if file.index != index {
                self.report.fault(&proof, BagFault::Index);
                continue;
            }
            if !self.proven(&proof, &leaf_hash(&entry), &file, head) {
                continue;
            }
            self.report.leaves += 1;
            let Some(entry) = Entry::read(&entry) else {
                self.report.fault(&path, BagFault::Entry);
                continue;
            };
            let about = match entry.text("kind") {
                _ if group == layout::LOG_GROUP => None,
                // The id of an act is its own, and a chunk has none; the object says what it is about.
                Some(CUSTODY | CHUNK) => {
                    let case = self.seal.as_ref().map(|seal| seal.case.as_str());
                    (entry.text("case") != case).then_some("case")
                }
                _ => (entry.text("id") != Some(group.as_str())).then_some("id"),
            };
            if let Some(field) = about {
                self.report.fault(&path, BagFault::Leaf(field));
            }
            self.leaves.insert((group, index), entry);
        }
        let proofs = self.paths(|place| match place {
            Place::Proof { group, index } => Some(layout::entry(group, index)),
            _ => None,
        });
        for (_, entry) in proofs {
            if !self.files.contains_key(&entry) {
                self.report.fault(&entry, BagFault::Absent);
            }
        }
    }

    fn proof(&mut self, path: &str) -> Option<ProofFile> {
        let bytes = self.read(path)?;
        match ProofFile::parse(&bytes) {
            Ok(proof) => Some(proof),
            Err(fault) => {
                self.report.fault(path, BagFault::Malformed(fault));
                None
            }
        }
    }

    /// Whether the proof leads from the leaf to the released head, or to one tied to it.
    fn proven(&mut self, place: &str, leaf: &Hash, file: &ProofFile, head: Option<&Note>) -> bool {
        let checkpoint = if Some(&file.checkpoint) == head {
            // Accepted already.
            self.head.clone()
        } else {
            match self.anchors.policy.accept(&file.checkpoint) {
                Ok(accepted) => Some(accepted.checkpoint),
                Err(refusal) => {
                    let error = ProofFileError::Refused(refusal);
                    self.report.fault(place, BagFault::Proof(error));
                    return false;
                }
            }
        };
        let Some(checkpoint) = checkpoint else { return false };
        let same_log = self.head.as_ref().is_some_and(|head| head.origin == checkpoint.origin);
        if !same_log || self.heads.get(&checkpoint.size) != Some(&checkpoint.root) {
            self.report.fault(place, BagFault::OtherHead);
            return false;
        }
        let (size, root) = (checkpoint.size, checkpoint.root);
        match verify_inclusion(leaf, file.index, size, &file.path, &root) {
            Ok(()) => true,
            Err(error) => {
                self.report.fault(place, BagFault::Proof(ProofFileError::Proof(error)));
                false
            }
        }
    }

    /// SHA-256 of the text of a head of `size` leaves, and the text, where the bag ties it.
    pub(super) fn head_text(&self, size: u64) -> Option<(String, [u8; 32])> {
        let head = self.head.as_ref()?;
        let text = if size == head.size {
            head.to_string()
        } else {
            let root = *self.heads.get(&size)?;
            let origin = head.origin.clone();
            Checkpoint { origin, size, root, extensions: Vec::new() }.to_string()
        };
        let digest = Sha256::digest(&text).into();
        Some((text, digest))
    }
}

/// A root and a proof, a hash a line.
fn hashes(bytes: &[u8]) -> Option<(Hash, Vec<Hash>)> {
    let text = str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
    let mut hashes = text.split('\n').map(|line| text::base64_hash(line).map(Hash));
    Some((hashes.next()??, hashes.collect::<Option<_>>()?))
}
