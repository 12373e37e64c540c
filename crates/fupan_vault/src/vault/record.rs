//! Records acts: body first, then the leaf, then the receipt.

use fupan_ledger::{Leaf, LeafField, LeafKind, LeafValue, Ulid};

use super::{Vault, VaultError};
use crate::entry::{Act, Custody, Entry, Made};
use crate::journal::{JournalError, Receipt};
use crate::object::{Declared, Digests, from_hex};
use std::sync::PoisonError;

/// Recorded (入账结果): an act that is in the log for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Proof of it.
    pub receipt: Receipt,
    /// Version of the case after it; `None`: the act states nothing.
    pub version: Option<u64>,
    /// Digests of its body.
    pub body: Digests,
}

impl Vault {
    /// Records an act. What states something must name the version of the case that its author had
    /// seen; when another came first, nothing is written and both versions are told. The same id with
    /// the same body a second time gives the receipt of the first.
    ///
    /// # Errors
    /// It does not fit the case or the log, must be kept, or cannot be written.
    pub fn record(
        &self,
        made: &Made,
        expected: Option<u64>,
        act: Act,
    ) -> Result<Recorded, VaultError> {
        let states = matches!(act, Act::State(_) | Act::Correct(_));
        let expected = if states { Some(expected.unwrap_or(0)) } else { None };
        let entry = Entry::new(made, expected, act);
        match &entry.act {
            Act::State(_) | Act::Correct(_) | Act::Custody(_) => {
                let _others_may = self.keeping.read().unwrap_or_else(PoisonError::into_inner);
                self.write(made, &entry)
            }
            Act::Hold(_) => {
                let _alone = self.keeping.write().unwrap_or_else(PoisonError::into_inner);
                self.write(made, &entry)
            }
            Act::Erase(erasure) => {
                let _alone = self.keeping.write().unwrap_or_else(PoisonError::into_inner);
                let object = digest(&erasure.object)?;
                if self.act_at(made.id)?.is_none() {
                    self.may_erase(made.case, &object)?;
                }
                let recorded = self.write(made, &entry)?;
                self.objects.erase(&object)?;
                Ok(recorded)
            }
        }
    }

    /// Records what was done with several pieces of evidence, durable together. One that does not fit does not
    /// keep the others out.
    ///
    /// # Errors
    /// As [`Vault::record`]: the first that does not fit.
    pub fn record_custody(&self, acts: Vec<(Made, Custody)>) -> Result<Vec<Recorded>, VaultError> {
        let _others_may = self.keeping.read().unwrap_or_else(PoisonError::into_inner);
        let (mut bodies, mut leaves) = (Vec::new(), Vec::new());
        let mut at_ms = 0;
        for (made, custody) in acts {
            let entry = Entry::new(&made, None, Act::Custody(custody));
            let bytes = body_of(&entry)?;
            leaves.push(self.leaf(&made, &entry, &Digests::of(&bytes))?);
            bodies.push(bytes);
            at_ms = made.at_ms;
        }
        let objects: Vec<_> =
            bodies.iter().map(|bytes| (bytes.as_slice(), Declared::default())).collect();
        let bodies = self.objects.put_all(&objects)?;
        let receipts = self.journal()?.submit_all(leaves, at_ms)?;
        let recorded = receipts.into_iter().zip(bodies).map(|(receipt, body)| {
            Ok(Recorded { receipt: receipt?, version: None, body: body.digests })
        });
        recorded.collect()
    }

    /// Appends a leaf that is not an act of a person: a capture, a chunk, a key, a policy.
    ///
    /// # Errors
    /// It does not fit, or cannot be written.
    pub fn append(&self, leaf: Leaf, received_ms: i64) -> Result<Receipt, VaultError> {
        Ok(self.journal()?.submit(leaf, received_ms)?)
    }

    fn write(&self, made: &Made, entry: &Entry) -> Result<Recorded, VaultError> {
        let journal = self.journal()?;
        if let Some(expected) = entry.expected {
            self.check_fold(made.case, expected, entry)?;
        }
        let bytes = body_of(entry)?;
        let leaf = self.leaf(made, entry, &Digests::of(&bytes))?;
        leaf.encode().map_err(JournalError::from)?;
        let body = self.objects.put_bytes(&bytes)?.digests;
        let receipt = journal.submit(leaf, made.at_ms)?;
        let version = entry.expected.map(|expected| expected + 1);
        if let Some(version) = version {
            self.note_fold(made.case, version, entry);
        }
        Ok(Recorded { receipt, version, body })
    }

    /// The leaf of an act.
    fn leaf(&self, made: &Made, entry: &Entry, body: &Digests) -> Result<Leaf, VaultError> {
        let object = |text: &Option<String>| text.as_deref().map(digest).transpose();
        let (kind, object) = match &entry.act {
            Act::State(_) => (LeafKind::Entry, None),
            Act::Correct(_) => (LeafKind::Correction, None),
            Act::Custody(custody) => (LeafKind::Custody, object(&custody.object)?),
            Act::Hold(hold) => (LeafKind::LegalHold, object(&hold.object)?),
            Act::Erase(erasure) => (LeafKind::Erase, Some(digest(&erasure.object)?)),
        };
        let mut leaf = Leaf::new(kind)
            .with(LeafField::Case, LeafValue::Ulid(made.case))
            .with(LeafField::Id, LeafValue::Ulid(made.id))
            .with(LeafField::Body, LeafValue::Sha256(body.sha256))
            .with(LeafField::BodySm3, LeafValue::Sm3(body.sm3))
            .number(LeafField::At, made.at_ms);
        if let Some(object) = object {
            leaf.set(LeafField::Obj, LeafValue::Sha256(object));
        }
        if let Act::Custody(custody) = &entry.act {
            leaf.set(LeafField::Deed, LeafValue::Word(custody.deed.word()));
        }
        if let Some(expected) = entry.expected {
            let version = i64::try_from(expected.saturating_add(1)).unwrap_or(i64::MAX);
            leaf.set(LeafField::Ver, LeafValue::Number(version));
        }
        if let Act::Correct(correction) = &entry.act {
            let of: Option<Ulid> = correction.of.parse().ok();
            let of = of.map(|of| self.act_at(of)).transpose()?.flatten();
            let of = of.ok_or(crate::entry::FoldError::NoSuch {
                of: correction.of.clone(),
                part: correction.part,
            })?;
            leaf.set(LeafField::Of, LeafValue::Number(i64::try_from(of).unwrap_or(i64::MAX)));
        }
        Ok(leaf)
    }
}

fn body_of(entry: &Entry) -> Result<Vec<u8>, VaultError> {
    entry.encode().map_err(|error| VaultError::Form(error.to_string()))
}

/// A digest as acts spell it.
pub(super) fn digest(text: &str) -> Result<[u8; 32], VaultError> {
    from_hex(text).ok_or_else(|| VaultError::NoDigest(text.to_owned()))
}
