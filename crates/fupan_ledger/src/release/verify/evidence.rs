//! Originals against their statements, and the list against both.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Stated};
use crate::release::fault::BagFault;
use crate::release::layout::{self, Place};
use crate::release::list;
use crate::release::report::{EvidenceReport, Notice};
use crate::text;

impl Check<'_> {
    /// Every original is what its statements say; every statement's evidence is reported.
    pub(super) fn originals(&mut self) {
        let found = self.paths(|place| match place {
            Place::Original { kind, evidence, .. } => Some((kind.to_owned(), evidence.to_owned())),
            _ => None,
        });
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for (path, (kind, evidence)) in &found {
            let digests = self.digests.get(path).copied();
            if !self.statements.contains_key(evidence) {
                let known = digests.is_none_or(|found| self.is_recorded(evidence, &found.sha256));
                if !known || !seen.insert(evidence.clone()) {
                    self.report.fault(path, BagFault::Unexplained);
                }
                continue;
            }
            let Some(stated) =
                self.statements.get(evidence).filter(|_| seen.insert(evidence.clone()))
            else {
                self.report.fault(path, BagFault::Unexplained);
                continue;
            };
            let Some(digests) = digests else { continue };
            for one in stated.values().map(|stated| &stated.capture) {
                let mut field = |name, same: bool| {
                    if !same {
                        self.report.fault(path, BagFault::Statement(name));
                    }
                };
                field("kind", one.kind == *kind);
                field("sha256", one.sha256 == digests.sha256);
                field("sm3", one.sm3 == digests.sm3);
                field("size", one.size == digests.size);
            }
        }
        let found: BTreeMap<String, String> =
            found.into_iter().rev().map(|(path, (_, evidence))| (evidence, path)).collect();
        self.report_recorded(&found);
        for (id, stated) in &self.statements {
            let path = found.get(id).cloned();
            let place = layout::statement(id, stated.keys().next().copied().unwrap_or(0));
            if path.is_none() {
                self.report.notice(&place, Notice::Withheld);
            }
            let Some(last) = stated.values().next_back() else { continue };
            let witnessed = |one: &Stated| matches!(one.status.as_str(), "witnessed" | "cosigned");
            if !stated.values().any(witnessed) {
                self.report.notice(&place, Notice::Unwitnessed);
            }
            self.report.evidence.push(EvidenceReport {
                id: id.clone(),
                path,
                captured: Some(last.capture.captured),
                signers: last.signers.clone(),
                status: last.status.clone(),
            });
        }
    }

    /// The list names all evidence, and says of it what the statements say.
    pub(super) fn listed(&mut self) {
        let path = layout::list();
        let Some(bytes) = self.read(&path) else { return };
        let rows = match list::read(&bytes) {
            Ok(rows) => rows,
            Err(line) => return self.report.fault(&path, BagFault::List(line)),
        };
        let mut named: BTreeSet<&str> = BTreeSet::new();
        let evidence = self.report.evidence.iter();
        let paths: BTreeMap<String, String> =
            evidence.map(|one| (one.id.clone(), one.path.clone().unwrap_or_default())).collect();
        for (line, row) in (2..).zip(&rows) {
            let stands = paths.get(&row.evidence);
            let same = match self.statements.get(&row.evidence) {
                Some(stated) => stated.values().all(|one| {
                    one.capture.size.to_string() == row.size
                        && text::to_hex(&one.capture.sha256) == row.sha256
                        && text::to_hex(&one.capture.sm3) == row.sm3
                }),
                None => self.row_is_recorded(row),
            };
            let same = same && stands == Some(&row.path);
            if !same || !named.insert(&row.evidence) {
                self.report.fault(&path, BagFault::List(line));
            }
        }
        let unlisted = self.recorded.iter().filter(|(id, _)| !named.contains(id.as_str()));
        let unlisted = unlisted.map(|(id, (_, index))| layout::entry(id, *index));
        let missing: Vec<String> = self
            .statements
            .iter()
            .filter(|(id, _)| !named.contains(id.as_str()))
            .filter_map(|(id, stated)| Some(layout::statement(id, *stated.keys().next()?)))
            .chain(unlisted)
            .collect();
        missing.iter().for_each(|place| self.report.fault(place, BagFault::NotListed));
    }

    /// Whether a row says of evidence without statements what the leaf says, and the original where it
    /// is in the bag. Of a withheld one only the seal vouches for size and SM3.
    fn row_is_recorded(&self, row: &list::Row) -> bool {
        let Some((object, _)) = self.recorded.get(&row.evidence) else { return false };
        let original = self.digests.get(&row.path).is_none_or(|found| {
            found.size.to_string() == row.size
                && text::to_hex(&found.sha256) == row.sha256
                && text::to_hex(&found.sm3) == row.sm3
        });
        original && *object == format!("sha256:{}", row.sha256)
    }
}
