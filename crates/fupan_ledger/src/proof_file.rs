//! Proof files (C2SP tlog-proof, version 1): one leaf's proof with the checkpoint it leads to, to be
//! checked without asking anybody.

use std::fmt;

use thiserror::Error;

use crate::checkpoint::Checkpoint;
use crate::malformed::{Malformed, Part};
use crate::note::Note;
use crate::policy::{Accepted, Policy, Refusal};
use crate::text;
use crate::tree::{Hash, ProofError, verify_inclusion};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// Proof file (存证证明): index, path and signed checkpoint. Printing gives the bytes read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    /// Bytes that nobody signed; never to be trusted by themselves. We write none.
    pub extra: Option<Vec<u8>>,
    /// Index of the leaf, from 0.
    pub index: u64,
    /// Siblings from the leaf upward.
    pub path: Vec<Hash>,
    /// The checkpoint with its signatures.
    pub checkpoint: Note,
}

/// Why a proof file does not prove.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProofFileError {
    /// The policy does not accept the checkpoint.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The path does not lead from the leaf to the checkpoint's root.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl ProofFile {
    /// Reads a proof file.
    ///
    /// # Errors
    /// The first line that is not as it must be.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let whole = str::from_utf8(bytes).map_err(|_| Malformed::at(1, Part::PlainText))?;
        let (head, note) = whole
            .split_once("\n\n")
            .ok_or(Malformed::at(whole.split('\n').count(), Part::Separator))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(Malformed::at(1, Part::Header));
        }
        let mut at = 2;
        let mut extra = None;
        if let Some(bytes) = lines.peek().and_then(|line| line.strip_prefix("extra ")) {
            extra = Some(text::base64(bytes).ok_or(Malformed::at(at, Part::Base64))?);
            lines.next();
            at += 1;
        }
        let index = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .ok_or(Malformed::at(at, Part::Field("index")))?;
        let index = text::decimal(index).ok_or(Malformed::at(at, Part::Number))?;
        let mut path = Vec::new();
        for line in lines {
            at += 1;
            let hash = text::base64_hash(line).ok_or(Malformed::at(at, Part::Base64Hash))?;
            path.push(Hash(hash));
        }
        let shift = |fault: Malformed| Malformed::at(fault.line + at + 1, fault.part);
        let checkpoint = Note::parse(note.as_bytes()).map_err(shift)?;
        Checkpoint::parse(checkpoint.text()).map_err(shift)?;
        Ok(Self { extra, index, path, checkpoint })
    }

    /// Checks that the log holds the leaf with this hash, as far as the policy's logs and witnesses
    /// are to be trusted.
    ///
    /// # Errors
    /// The policy refuses the checkpoint, or the path does not lead to it.
    pub fn verify(&self, leaf: &Hash, policy: &Policy) -> Result<Accepted, ProofFileError> {
        let accepted = policy.accept(&self.checkpoint)?;
        let head = &accepted.checkpoint;
        verify_inclusion(leaf, self.index, head.size, &self.path, &head.root)?;
        Ok(accepted)
    }
}

impl fmt::Display for ProofFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", text::to_base64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
