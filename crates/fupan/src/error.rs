//! What can go wrong in a use case: a kind that decides the exit code, and messages that a voice
//! puts into words.

use crate::{Message, Watch};
use std::io;
use std::path::Path;

/// Kind of failure (失败种类): what a door needs to know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// Bad input or usage; the messages say how to mend it.
    Input,
    /// The named case, file or id is absent.
    Missing,
    /// Something newer is in the way.
    Conflict,
    /// Evidence is not what it was: stops everything, never retried.
    Integrity,
    /// A bug of ours.
    Internal,
    /// Cannot read or write.
    Io,
    /// A person stopped it.
    Interrupted,
}

impl FailureKind {
    /// The exit code of the command.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Input => 2,
            Self::Missing => 3,
            Self::Conflict => 4,
            Self::Integrity => 5,
            Self::Internal => 70,
            Self::Io => 74,
            Self::Interrupted => 130,
        }
    }
}

/// Failure (失败): why a use case did not do what was asked; every fault of its input at once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind:?}: {}", messages.iter().map(Message::to_string).collect::<Vec<_>>().join("; "))]
pub struct Failure {
    /// Its kind.
    pub kind: FailureKind,
    /// What to tell people, at least one message.
    pub messages: Vec<Message>,
}

impl Failure {
    /// A failure with one message.
    pub fn new(kind: FailureKind, message: Message) -> Self {
        Self { kind, messages: vec![message] }
    }

    /// Bad input with all its faults.
    pub fn input(messages: Vec<Message>) -> Self {
        Self { kind: FailureKind::Input, messages }
    }

    /// A bug: something that no input should bring about.
    pub fn bug(detail: impl ToString) -> Self {
        Self::new(FailureKind::Internal, Message::new("bug").text("detail", detail))
    }

    /// The person at the keyboard stopped it.
    pub fn interrupted() -> Self {
        Self::new(FailureKind::Interrupted, Message::new("interrupted"))
    }

    /// What went wrong while a person may have stopped it: that comes first.
    pub(crate) fn stopped_or(watch: &dyn Watch, failure: impl FnOnce() -> Self) -> Self {
        if watch.stopped() { Self::interrupted() } else { failure() }
    }

    /// A path that could not be read: absent, or unreadable.
    pub fn read(path: &Path, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound {
            Self::absent(path)
        } else {
            Self::new(FailureKind::Io, io_message("cannot-read", path, error))
        }
    }

    /// A path that should be there and is not.
    pub fn absent(path: &Path) -> Self {
        let message = Message::new("path-absent").text("path", path.display());
        Self::new(FailureKind::Missing, message)
    }

    /// A path that could not be written.
    pub fn write(path: &Path, error: &io::Error) -> Self {
        Self::new(FailureKind::Io, io_message("cannot-write", path, error))
    }
}

fn io_message(key: &'static str, path: &Path, error: &io::Error) -> Message {
    let reason = match error.kind() {
        io::ErrorKind::PermissionDenied => "denied",
        io::ErrorKind::StorageFull => "full",
        io::ErrorKind::IsADirectory => "directory",
        io::ErrorKind::NotADirectory => "not-directory",
        io::ErrorKind::ReadOnlyFilesystem => "read-only",
        _ => "other",
    };
    Message::new(key).text("path", path.display()).text("reason", reason).text("detail", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_are_those_of_the_design() {
        let all = [
            (FailureKind::Input, 2),
            (FailureKind::Missing, 3),
            (FailureKind::Conflict, 4),
            (FailureKind::Integrity, 5),
            (FailureKind::Internal, 70),
            (FailureKind::Io, 74),
            (FailureKind::Interrupted, 130),
        ];
        for (kind, code) in all {
            assert_eq!(kind.exit_code(), code);
        }
    }

    #[test]
    fn what_is_absent_is_missing_and_what_is_locked_is_unreadable() {
        let of = |kind: io::ErrorKind| Failure::read(Path::new("x"), &kind.into()).kind;
        assert_eq!(of(io::ErrorKind::NotFound), FailureKind::Missing);
        assert_eq!(of(io::ErrorKind::PermissionDenied), FailureKind::Io);
    }
}
