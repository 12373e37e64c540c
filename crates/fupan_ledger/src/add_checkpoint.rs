//! What a log asks of a cosigner (C2SP tlog-witness, `add-checkpoint`): the size that the cosigner has
//! seen, a proof from it, and the new signed checkpoint.

use std::fmt;

use crate::checkpoint::Checkpoint;
use crate::malformed::{Malformed, Part};
use crate::note::Note;
use crate::text;
use crate::tree::Hash;

/// Lines of proof that a request has at most.
const MAX_PROOF: usize = 63;

/// Add checkpoint (背书请求): a request for a cosignature. Printing gives the bytes read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// Size of the tree that the cosigner signed last, as far as the log knows.
    pub old: u64,
    /// Consistency proof from there.
    pub proof: Vec<Hash>,
    /// The new checkpoint, signed by its log.
    pub note: Note,
}

impl AddCheckpoint {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// The first line that is not as it must be.
    pub fn parse(bytes: &[u8]) -> Result<(Self, Checkpoint), Malformed> {
        let whole = str::from_utf8(bytes).map_err(|_| Malformed::at(1, Part::PlainText))?;
        let (head, note) = whole
            .split_once("\n\n")
            .ok_or(Malformed::at(whole.split('\n').count(), Part::Separator))?;
        let mut lines = head.split('\n');
        let old = lines
            .next()
            .and_then(|line| line.strip_prefix("old "))
            .ok_or(Malformed::at(1, Part::Field("old")))?;
        let old = text::decimal(old).ok_or(Malformed::at(1, Part::Number))?;
        let mut proof = Vec::new();
        for (at, line) in (2..).zip(lines) {
            if proof.len() == MAX_PROOF {
                return Err(Malformed::at(at, Part::Separator));
            }
            let hash = text::base64_hash(line).ok_or(Malformed::at(at, Part::Base64Hash))?;
            proof.push(Hash(hash));
        }
        let before = proof.len() + 2;
        let shift = |fault: Malformed| Malformed::at(fault.line + before, fault.part);
        let note = Note::parse(note.as_bytes()).map_err(shift)?;
        let checkpoint = Checkpoint::parse(note.text()).map_err(shift)?;
        Ok((Self { old, proof, note }, checkpoint))
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}
