//! Statements: each named by a leaf that is proven, and signed by those whom the leaf names.

use super::{Check, Stated};
use crate::capture::Capture;
use crate::key::VerifyKey;
use crate::note::Note;
use crate::release::digests::Digests;
use crate::release::entry::Entry;
use crate::release::fault::BagFault;
use crate::release::layout::{self, Place};

/// What a leaf says of a capture that people attested together.
const WITNESSED: &str = "witnessed";

impl Check<'_> {
    pub(super) fn statements(&mut self) {
        let found = self.paths(|place| match place {
            Place::Statement { evidence, index } => Some((evidence.to_owned(), index)),
            _ => None,
        });
        for (path, (evidence, index)) in found {
            self.statement(&path, &evidence, index);
        }
        // A leaf about a statement without the statement.
        let leaves = self.leaves.iter().filter(|(_, entry)| entry.text("stmt").is_some());
        let wanted: Vec<String> = leaves
            .filter(|((group, _), _)| group != layout::LOG_GROUP)
            .map(|((group, index), _)| layout::statement(group, *index))
            .filter(|path| !self.files.contains_key(path))
            .collect();
        wanted.iter().for_each(|path| self.report.fault(path, BagFault::Absent));
        let metas = self.paths(|place| match place {
            Place::Meta { evidence, index } => Some(layout::statement(evidence, index)),
            _ => None,
        });
        for (path, statement) in metas {
            if !self.files.contains_key(&statement) {
                self.report.fault(&path, BagFault::Unexplained);
            }
        }
    }

    fn statement(&mut self, path: &str, evidence: &str, index: u64) {
        let Some(note) = self.note(path) else { return };
        let capture = match Capture::parse(note.text()) {
            Ok(capture) => capture,
            Err(fault) => return self.report.fault(path, BagFault::Malformed(fault)),
        };
        if capture.evidence != evidence {
            self.report.fault(path, BagFault::Statement("evidence"));
        }
        if self.seal.as_ref().is_some_and(|seal| seal.case != capture.case) {
            self.report.fault(path, BagFault::Statement("case"));
        }
        self.meta(&layout::meta(evidence, index), &capture);
        let Some(leaf) = self.leaves.get(&(evidence.to_owned(), index)).cloned() else {
            return self.report.fault(path, BagFault::Unexplained);
        };
        if let Some(digests) = self.digests.get(path).copied() {
            for field in differing(&leaf, &capture, &digests) {
                self.report.fault(path, BagFault::Leaf(field));
            }
        }
        let signers = self.signers(path, &note, &leaf, index);
        let status = leaf.text("status").unwrap_or("cosigned").to_owned();
        let stated = Stated { capture, signers, status };
        self.statements.entry(evidence.to_owned()).or_default().insert(index, stated);
    }

    fn meta(&mut self, path: &str, capture: &Capture) {
        match self.digests.get(path) {
            None => self.report.fault(path, BagFault::Absent),
            Some(found) if found.sha256 == capture.meta => {}
            Some(_) => self.report.fault(path, BagFault::Statement("meta")),
        }
    }

    /// Names of those who signed and whom the log knew by then.
    fn signers(&mut self, path: &str, note: &Note, leaf: &Entry, index: u64) -> Vec<String> {
        let signed: Vec<VerifyKey> = match note.verify(&self.people) {
            Ok(signed) => {
                signed.iter().filter_map(|(at, _)| self.people.get(*at)).cloned().collect()
            }
            Err(error) => {
                self.report.fault(path, BagFault::Signature(error));
                return Vec::new();
            }
        };
        let named = leaf.list("att").unwrap_or_default();
        let missing = named.iter().any(|id| !signed.iter().any(|key| key.id().to_string() == *id));
        let mut standing: Vec<&VerifyKey> = Vec::new();
        for key in &signed {
            match self.standing(key, index) {
                Err(fault) => self.report.fault(path, fault),
                // One key under two names is one signature.
                Ok(()) if standing.iter().any(|one| one.material() == key.material()) => {}
                Ok(()) => standing.push(key),
            }
        }
        let needed = if leaf.text("status") == Some(WITNESSED) { 2 } else { 1 };
        if missing || standing.len() < needed {
            self.report.fault(path, BagFault::FewSignatures);
        }
        standing.into_iter().map(|key| key.name().to_owned()).collect()
    }
}

/// Fields in which a leaf departs from the statement, whose note has these digests.
fn differing(leaf: &Entry, capture: &Capture, note: &Digests) -> Vec<&'static str> {
    let mut fields = Vec::new();
    let mut field = |name, same: bool| {
        if !same {
            fields.push(name);
        }
    };
    field("id", leaf.text("id") == Some(capture.evidence.as_str()));
    field("case", leaf.text("case") == Some(capture.case.as_str()));
    field("stmt", leaf.digest_is("stmt", "sha256", &note.sha256));
    field("stmt_sm3", leaf.digest_is("stmt_sm3", "sm3", &note.sm3));
    if leaf.text("kind") == Some("capture") {
        field("obj", leaf.digest_is("obj", "sha256", &capture.sha256));
        field("obj_sm3", leaf.digest_is("obj_sm3", "sm3", &capture.sm3));
        field("size", leaf.number("size") == Some(capture.size));
    }
    fields
}
