//! What a door may hear of a long use case, and how it may stop one.

/// Step (步骤): where a use case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Reading the case and its evidence.
    Read,
    /// Judging.
    Judge,
    /// Wording and drawing one report.
    Render,
    /// Writing.
    Write,
    /// Checking what is sealed.
    Verify,
    /// Waiting for the answer of others.
    Ask,
}

impl Step {
    /// Its word in `locales/`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Read => "step-read",
            Self::Judge => "step-judge",
            Self::Render => "step-render",
            Self::Write => "step-write",
            Self::Verify => "step-verify",
            Self::Ask => "step-ask",
        }
    }
}

/// Watch (进度与中断): the door's side of a running use case.
pub trait Watch {
    /// A step begins.
    fn step(&self, step: Step);
    /// So many bytes of a long file were read. Files that are read more than once begin anew.
    fn read(&self, _done: u64, _total: u64) {}
    /// Whether files are being written: between `true` and `false` a door that is told to stop
    /// waits for the hall to leave things whole; at any other time nothing is on disk.
    fn writing(&self, on: bool);
    /// Another program has the vault for longer; so many lines wait in memory. Told once each time.
    fn busy(&self, _lines: u64) {}
    /// Whether a person asked to stop.
    fn stopped(&self) -> bool;
}

/// A watch that hears nothing and never stops.
pub struct Unwatched;

impl Watch for Unwatched {
    fn step(&self, _: Step) {}
    fn writing(&self, _: bool) {}
    fn stopped(&self) -> bool {
        false
    }
}
