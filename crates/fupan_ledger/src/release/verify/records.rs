//! Evidence that nobody stated a capture of: what is proven of it is that its digest stood in the log
//! when somebody wrote down that they had it. Never taken for witnessed.

use super::Check;
use super::log::CUSTODY;
use crate::release::fault::BagFault;
use crate::release::layout::{self, Place};
use crate::release::report::{EvidenceReport, Notice};
use crate::text;
use std::collections::BTreeMap;

/// What the report says of how such evidence is attested.
const RECORDED: &str = "recorded";

impl Check<'_> {
    /// Acts with evidence: each names the same bytes, and its words are those that the leaf names.
    pub(super) fn records(&mut self) {
        let mut objects: BTreeMap<String, (String, u64)> = BTreeMap::new();
        let mut faults = Vec::new();
        for ((group, index), leaf) in &self.leaves {
            let act = group != layout::LOG_GROUP && leaf.text("kind") == Some(CUSTODY);
            let Some(object) = leaf.text("obj").filter(|_| act) else { continue };
            let stated = self.statements.get(group).and_then(|all| all.values().next());
            let wanted = match stated {
                Some(stated) => format!("sha256:{}", text::to_hex(&stated.capture.sha256)),
                None => objects
                    .entry(group.clone())
                    .or_insert_with(|| (object.to_owned(), *index))
                    .0
                    .clone(),
            };
            if wanted != object {
                faults.push((layout::entry(group, *index), BagFault::Leaf("obj")));
            }
        }
        self.recorded = objects;
        let found = self.paths(|place| match place {
            Place::Record { evidence, index } => Some((evidence.to_owned(), index)),
            _ => None,
        });
        for (path, key) in found {
            let leaf = self.leaves.get(&key).filter(|leaf| leaf.text("kind") == Some(CUSTODY));
            let Some(leaf) = leaf else {
                faults.push((path, BagFault::Unexplained));
                continue;
            };
            let same = self.digests.get(&path).is_some_and(|found| {
                leaf.digest_is("body", "sha256", &found.sha256)
                    && leaf.digest_is("body_sm3", "sm3", &found.sm3)
            });
            if !same {
                faults.push((path, BagFault::Leaf("body")));
            }
        }
        let known = |evidence: &str| {
            self.statements.contains_key(evidence) || self.recorded.contains_key(evidence)
        };
        let readings = self.paths(|place| match place {
            Place::Reading { evidence } => Some(evidence.to_owned()),
            _ => None,
        });
        let stray = readings.into_iter().filter(|(_, evidence)| !known(evidence));
        faults.extend(stray.map(|(path, _)| (path, BagFault::Unexplained)));
        faults.into_iter().for_each(|(path, fault)| self.report.fault(&path, fault));
    }

    /// Whether an original is the bytes that a leaf names.
    pub(super) fn is_recorded(&self, evidence: &str, sha256: &[u8; 32]) -> bool {
        let named = self.recorded.get(evidence);
        named.is_some_and(|(object, _)| *object == format!("sha256:{}", text::to_hex(sha256)))
    }

    /// Tells of all such evidence. `found`: paths of originals by evidence.
    pub(super) fn report_recorded(&mut self, found: &BTreeMap<String, String>) {
        for (id, (_, index)) in &self.recorded {
            let place = layout::entry(id, *index);
            let path = found.get(id).cloned();
            if path.is_none() {
                self.report.notices.push((place.clone(), Notice::Withheld));
            }
            self.report.notices.push((place, Notice::Recorded));
            self.report.evidence.push(EvidenceReport {
                id: id.clone(),
                path,
                captured: None,
                signers: Vec::new(),
                status: RECORDED.to_owned(),
            });
        }
    }
}
