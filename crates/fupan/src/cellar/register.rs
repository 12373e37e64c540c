//! Who may attest: rules, roll and earlier statements, as the log of a vault says them. Whoever has the
//! log comes to the same. What does not fit the rules that held when it was written counts for nothing.

use super::failure;
use crate::{Failure, FailureKind, Message};
use fupan_ledger::{
    AttestRules, History, Leaf, LeafField, LeafKind, Note, Roll, SignedCapture, VerifyKey,
};
use fupan_vault::Vault;
use std::path::Path;

/// Register (见证名册): what the log says of keys, rules and captures.
#[derive(Debug, Default)]
pub(crate) struct Register {
    /// The rules in force, and the SHA-256 of their object.
    rules: Option<(AttestRules, [u8; 32])>,
    /// Leaf of the last policy.
    pub(crate) rules_at: Option<u64>,
    /// Whose key is whose.
    pub(crate) roll: Roll,
    /// What devices stated.
    pub(crate) history: History,
    /// Captures and later signatures.
    pub(crate) captures: Vec<Captured>,
    /// Leaves that say something the rules of their time do not allow.
    pub(crate) void: Vec<u64>,
}

/// A capture that is in the log, or a signature that came after it.
#[derive(Debug)]
pub(crate) struct Captured {
    pub(crate) index: u64,
    pub(crate) leaf: Leaf,
    pub(crate) note: Note,
    pub(crate) signed: Option<SignedCapture>,
}

impl Register {
    /// Reads it.
    ///
    /// # Errors
    /// The log or an object cannot be read.
    pub(crate) fn load(vault: &Vault, root: &Path) -> Result<Self, Failure> {
        let kinds = [
            LeafKind::KeyAdd,
            LeafKind::KeyRevoke,
            LeafKind::Policy,
            LeafKind::Capture,
            LeafKind::Cosign,
        ];
        let leaves = vault.leaves(&kinds).map_err(|error| failure(root, &error))?;
        let mut register = Self::default();
        let mut captures = Vec::new();
        for (index, leaf) in leaves {
            let field = match leaf.kind() {
                LeafKind::Policy => LeafField::Policy,
                LeafKind::Capture | LeafKind::Cosign => LeafField::Stmt,
                _ => LeafField::Body,
            };
            let Some(digest) = leaf.get_digest(field) else {
                register.void.push(index);
                continue;
            };
            let read = vault.objects().read(&digest);
            let bytes = read.map_err(|error| failure(root, &error.into()))?;
            match leaf.kind() {
                LeafKind::Capture | LeafKind::Cosign => match Note::parse(&bytes) {
                    Ok(note) => captures.push((index, leaf, note)),
                    Err(_) => register.void.push(index),
                },
                kind => register.take(kind, index, &bytes, digest),
            }
        }
        // Keys that were enrolled later may have signed later: the whole roll reads all statements.
        for (index, leaf, note) in captures {
            let signed = SignedCapture::open(&note, &register.roll).ok();
            if let Some(device) = signed.as_ref().and_then(SignedCapture::device) {
                let capture = signed.as_ref().map(SignedCapture::capture);
                capture.iter().for_each(|c| register.history.record(&device.add.key, c));
            }
            register.captures.push(Captured { index, leaf, note, signed });
        }
        Ok(register)
    }

    fn take(&mut self, kind: LeafKind, index: u64, bytes: &[u8], digest: [u8; 32]) {
        let fits = match kind {
            LeafKind::Policy => {
                match rules_of(bytes, self.rules.as_ref().map(|(rules, _)| rules)) {
                    Ok(rules) => {
                        self.rules = Some((rules, digest));
                        self.rules_at = Some(index);
                        true
                    }
                    Err(_) => false,
                }
            }
            kind => match (Note::parse(bytes), &self.rules) {
                (Ok(note), Some((rules, _))) if kind == LeafKind::KeyAdd => {
                    self.roll.enrol(&note, index, rules).is_ok()
                }
                (Ok(note), Some((rules, _))) => self.roll.revoke(&note, index, rules).is_ok(),
                _ => false,
            },
        };
        if !fits {
            self.void.push(index);
        }
    }

    /// The rules in force, and the SHA-256 of their object.
    ///
    /// # Errors
    /// The vault has none yet.
    pub(crate) fn rules(&self, root: &Path) -> Result<&(AttestRules, [u8; 32]), Failure> {
        let none = || {
            let message = Message::new("key-no-rules").text("path", root.display());
            Failure::new(FailureKind::Input, message)
        };
        self.rules.as_ref().ok_or_else(none)
    }

    /// The rules in force, if there are any.
    pub(crate) fn rules_now(&self) -> Option<&AttestRules> {
        self.rules.as_ref().map(|(rules, _)| rules)
    }
}

/// Rules out of a file: as they are, or as the text of a note. Rules that follow others need the
/// signatures of two organisations of those others, neither above the other.
///
/// # Errors
/// Every line that is refused; approvals that are missing.
pub(crate) fn rules_of(bytes: &[u8], now: Option<&AttestRules>) -> Result<AttestRules, Failure> {
    let note =
        Note::parse(bytes).ok().filter(|note| AttestRules::parse(note.text().as_bytes()).is_ok());
    let text = note.as_ref().map_or(bytes, |note| note.text().as_bytes());
    let rules = AttestRules::parse(text).map_err(|errors| {
        let said = errors.iter().map(|error| {
            let message = Message::new("key-bad-rules").count("line", error.line);
            message.text("detail", &error.fault)
        });
        Failure::input(said.collect())
    })?;
    let Some(now) = now else { return Ok(rules) };
    let approved = note.as_ref().is_some_and(|note| two_approve(note, now));
    if approved {
        Ok(rules)
    } else {
        Err(Failure::new(FailureKind::Input, Message::new("key-rules-not-approved")))
    }
}

fn two_approve(note: &Note, rules: &AttestRules) -> bool {
    let admins: Vec<(&str, &VerifyKey)> = rules
        .organisations()
        .flat_map(|(name, found)| found.admins.iter().map(move |key| (name, key)))
        .collect();
    let keys: Vec<VerifyKey> = admins.iter().map(|(_, key)| (*key).clone()).collect();
    let Ok(signed) = note.verify(&keys) else { return false };
    let of: Vec<&str> =
        signed.iter().filter_map(|(at, _)| admins.get(*at)).map(|(name, _)| *name).collect();
    of.iter().any(|a| of.iter().any(|b| a != b && !rules.related(a, b)))
}
