//! Checkpoints (C2SP tlog-checkpoint): the head of a log as three lines of text.

use std::fmt;

use crate::malformed::{Malformed, Part};
use crate::text;
use crate::tree::Hash;

/// Checkpoint (检查点): which log, how many leaves, which root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log, never empty.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// Root of the tree (RFC 6962 §2.1).
    pub root: Hash,
    /// Further lines, none empty. We write none; those of other logs are kept.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// Reads the text of a note as a checkpoint.
    ///
    /// # Errors
    /// The first line that is not as it must be. Sizes end at 2^63 - 1.
    pub fn parse(note_text: &str) -> Result<Self, Malformed> {
        let count = note_text.lines().count();
        let body =
            note_text.strip_suffix('\n').ok_or(Malformed::at(count.max(1), Part::FinalBreak))?;
        let mut lines = body.split('\n');
        let origin = lines.next().filter(|line| !line.is_empty());
        let origin = origin.ok_or(Malformed::at(1, Part::Origin))?.to_owned();
        let size = lines.next().and_then(text::decimal).filter(|size| i64::try_from(*size).is_ok());
        let size = size.ok_or(Malformed::at(2, Part::Number))?;
        let root = lines.next().and_then(text::base64_hash);
        let root = Hash(root.ok_or(Malformed::at(3, Part::Base64Hash))?);
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if let Some(at) = extensions.iter().position(String::is_empty) {
            return Err(Malformed::at(4 + at, Part::NotEmpty));
        }
        Ok(Self { origin, size, root, extensions })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, text::to_base64(&self.root.0))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
