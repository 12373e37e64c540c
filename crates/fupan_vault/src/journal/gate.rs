//! The gate: what is asked before a leaf is let into the log.

use fupan_ledger::Leaf;

use super::Refused;

/// What becomes of a leaf that is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admitted {
    /// It is appended as it came.
    New,
    /// It is appended, with fields that the gate set.
    Amended,
    /// The same is in the log already, at this index: the sender asks a second time.
    Known(u64),
}

/// Gate (准入): decides, in the order of the log, whether a leaf fits what is in it. It fills in what
/// only that order tells: the predecessor.
pub trait Gate: Send {
    /// Lets a leaf in that would stand at `index`.
    ///
    /// # Errors
    /// Why it does not fit.
    fn admit(&mut self, index: u64, leaf: &mut Leaf) -> Result<Admitted, Refused>;

    /// A leaf that the log itself puts before the next, at this size of it.
    fn lead(&self, _size: u64) -> Option<Leaf> {
        None
    }

    /// Hears what is appended, while it is brought into the tiles. If that fails, the gate is asked no more.
    fn appending(&mut self, _entries: &[Vec<u8>]) {}
}

/// Open gate (不设限): lets everything in.
#[derive(Debug, Clone, Copy)]
pub struct Open;

impl Gate for Open {
    fn admit(&mut self, _: u64, _: &mut Leaf) -> Result<Admitted, Refused> {
        Ok(Admitted::New)
    }
}
