//! What reading one document may cost. The limits lie far above real documents; what needs more
//! was made to be more.

use super::LayerError;

/// Largest file that is read, in bytes.
pub const MOST_FILE: u64 = 256 << 20;
/// What all parts of a document together may unpack to, in bytes.
pub const MOST_UNPACKED: u64 = 256 << 20;
/// How many tokens are read of one document.
pub const MOST_STEPS: u64 = 30_000_000;
/// How much text one document may give, in bytes.
pub const MOST_TEXT: u64 = 64 << 20;
/// How many pages, rows or paragraphs one document may give.
pub const MOST_PAGES: u64 = 1_000_000;

/// Budget (读取限额): what is left of the limits.
pub(super) struct Budget {
    unpacked: u64,
    steps: u64,
    text: u64,
    pages: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { unpacked: MOST_UNPACKED, steps: MOST_STEPS, text: MOST_TEXT, pages: MOST_PAGES }
    }
}

impl Budget {
    /// Unpacked bytes that are left.
    pub(super) fn room(&self) -> u64 {
        self.unpacked
    }

    pub(super) fn unpacked(&mut self, bytes: usize) -> Result<(), LayerError> {
        spend(&mut self.unpacked, bytes as u64, MOST_UNPACKED, "unpacked")
    }

    pub(super) fn step(&mut self) -> Result<(), LayerError> {
        self.steps(1)
    }

    pub(super) fn steps(&mut self, count: u64) -> Result<(), LayerError> {
        spend(&mut self.steps, count, MOST_STEPS, "steps")
    }

    pub(super) fn text(&mut self, bytes: usize) -> Result<(), LayerError> {
        spend(&mut self.text, bytes as u64, MOST_TEXT, "text")
    }

    pub(super) fn page(&mut self) -> Result<(), LayerError> {
        spend(&mut self.pages, 1, MOST_PAGES, "pages")
    }
}

fn spend(left: &mut u64, cost: u64, limit: u64, what: &'static str) -> Result<(), LayerError> {
    match left.checked_sub(cost) {
        Some(rest) => {
            *left = rest;
            Ok(())
        }
        None => Err(LayerError::TooMuch { limit, what }),
    }
}
