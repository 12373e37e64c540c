//! Who states something in a case, and upon what.

use crate::{Failure, FailureKind, Message};
use std::path::{Path, PathBuf};

/// Actor (行为人): who states something in a case that lives in a vault, which version of the case they
/// had before them, and where the keys are that sign for them. A plain case folder asks for none of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub author: Option<String>,
    /// The version of the case they had seen; `None`: the present one.
    pub expected: Option<u64>,
    /// The folder with the keys of logs.
    pub keys: Option<PathBuf>,
}

impl Actor {
    /// The name that goes into the entry.
    ///
    /// # Errors
    /// None was given.
    pub(crate) fn author(&self) -> Result<&str, Failure> {
        let author = self.author.as_deref().map(str::trim).filter(|author| !author.is_empty());
        author.ok_or_else(|| Failure::new(FailureKind::Input, Message::new("vault-no-author")))
    }

    /// The folder with the keys.
    ///
    /// # Errors
    /// None was given.
    pub(crate) fn keys(&self) -> Result<&Path, Failure> {
        let none = || Failure::new(FailureKind::Input, Message::new("vault-no-keys"));
        self.keys.as_deref().ok_or_else(none)
    }
}
