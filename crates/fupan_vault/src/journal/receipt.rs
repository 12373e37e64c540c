//! Receipts: what a sender takes home. It can be checked with nothing but the log's key.

use fupan_ledger::{Policy, ProofFile};

/// Standing (回执效力): who has vouched for the head that a receipt leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The log alone.
    LogSigned,
    /// The cosigners that the policy asks for.
    Quorum,
}

/// Receipt (回执): proof that an entry is in the log, given only after it is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Index of the leaf.
    pub index: u64,
    /// Its bytes.
    pub leaf: Vec<u8>,
    /// Proof file (C2SP tlog-proof) up to a signed head.
    pub proof: ProofFile,
    /// When the act was handed to the vault, in milliseconds since 1970, as the hall said.
    pub received_ms: i64,
    /// Who has vouched for the head.
    pub standing: Standing,
}

impl Receipt {
    /// Checks the receipt against a policy: signed by its log, cosigned by its quorum, the leaf in it.
    ///
    /// # Errors
    /// Why it does not hold.
    pub fn check(&self, policy: &Policy) -> Result<(), fupan_ledger::ProofFileError> {
        self.proof.verify(&fupan_ledger::leaf_hash(&self.leaf), policy).map(|_| ())
    }
}

/// The standing of a head under a policy with a quorum.
pub(super) fn standing(note: &fupan_ledger::Note, policy: Option<&Policy>) -> Standing {
    let quorum = policy.filter(|policy| policy.quorum().is_some());
    if quorum.is_some_and(|policy| policy.accept(note).is_ok()) {
        Standing::Quorum
    } else {
        Standing::LogSigned
    }
}
