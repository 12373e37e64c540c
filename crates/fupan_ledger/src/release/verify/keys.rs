//! Keys in a bag. None is believed: those of the log and its cosigners must be the ones from outside,
//! those of people must have been enrolled in the log before they signed.

use super::{Check, bytes};
use crate::key::VerifyKey;
use crate::policy::{Policy, Use};
use crate::release::fault::BagFault;
use crate::release::layout::{self, Place};
use crate::release::report::Notice;
use crate::release::seal::fingerprint;
use crate::release::store::{BagSource, FoundKind};

/// Keys of the log that stand in a bag, with their fingerprints: for people to compare with what they
/// were told, never to be trusted.
#[must_use]
pub fn keys_inside(source: &dyn BagSource) -> Vec<(VerifyKey, String)> {
    let found = source.list().unwrap_or_default().into_iter();
    let mut keys: Vec<(VerifyKey, String)> = found
        .filter(|one| matches!(one.kind, FoundKind::File(size) if size < 4096))
        .filter(|one| layout::place(&one.path) == Place::Key { role: "log" })
        .filter_map(|one| read_key(&bytes(source, &one.path).ok()?))
        .map(|key| {
            let print = fingerprint(&key);
            (key, print)
        })
        .collect();
    keys.sort_by(|a, b| a.1.cmp(&b.1));
    keys
}

/// A key and a line break.
fn read_key(bytes: &[u8]) -> Option<VerifyKey> {
    str::from_utf8(bytes).ok()?.strip_suffix('\n')?.parse().ok()
}

impl Check<'_> {
    pub(super) fn keys(&mut self) {
        let found = self.paths(|place| match place {
            Place::Key { role } => Some(role.to_owned()),
            _ => None,
        });
        let logs = self.log_keys();
        for (path, role) in found {
            let Some(bytes) = self.read(&path) else { continue };
            let Some(key) = read_key(&bytes) else {
                self.report.fault(&path, BagFault::ForeignKey);
                continue;
            };
            let cosigners = self.anchors.policy.witnesses();
            let known = match role.as_str() {
                "log" => logs.contains(&key),
                "cosigners" => cosigners.iter().any(|one| *one.key() == key),
                _ => {
                    self.people.push(key);
                    true
                }
            };
            if !known {
                self.report.fault(&path, BagFault::ForeignKey);
            }
        }
        let Some(text) = self.read(layout::POLICY) else { return };
        if Policy::parse(&text, Use::Checkpoints).as_ref() != Ok(&self.anchors.policy) {
            self.report.notice(layout::POLICY, Notice::OtherPolicy);
        }
    }

    /// Collects what the proven leaves say of keys.
    pub(super) fn terms(&mut self) {
        for ((_, index), entry) in &self.leaves {
            let Some(key) = entry.text("key") else { continue };
            let earlier =
                |before: Option<u64>, now: u64| Some(before.map_or(now, |one| one.min(now)));
            match (entry.text("kind"), entry.number("since")) {
                (Some("key-add"), _) => {
                    let term = self.terms.entry(key.to_owned()).or_default();
                    term.enrolled = earlier(term.enrolled, *index);
                }
                (Some("key-revoke"), Some(since)) => {
                    let term = self.terms.entry(key.to_owned()).or_default();
                    term.revoked = earlier(term.revoked, since);
                }
                _ => {}
            }
        }
    }

    /// Why a key did not count when leaf `index` was written, as far as the bag's leaves tell.
    pub(super) fn standing(&self, key: &VerifyKey, index: u64) -> Result<(), BagFault> {
        let name = || key.name().to_owned();
        let term = self.terms.get(&format!("sha256:{}", fingerprint(key)));
        let term = term.filter(|term| term.enrolled.is_some());
        let term = term.ok_or_else(|| BagFault::NotEnrolled(name()))?;
        if term.enrolled.is_some_and(|enrolled| enrolled >= index) {
            return Err(BagFault::EnrolledLater(name()));
        }
        if term.revoked.is_some_and(|since| since <= index) {
            return Err(BagFault::Revoked(name()));
        }
        Ok(())
    }
}
