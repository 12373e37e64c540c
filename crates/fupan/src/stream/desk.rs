//! The vault, had only while something is written to it. Whenever it is had again, what a stream stands
//! on is looked at anew: its case, its key, and that nobody else went on with it.

use crate::cellar::{self, Register};
use crate::{Failure, FailureKind, Message};
use fupan_ledger::{LeafField, LeafKind, SigningKey, Ulid, VerifyKey};
use fupan_vault::Vault;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// For how long the vault is had at a stretch. Others who write wait for five seconds.
pub(super) const HOLD: Duration = Duration::from_secs(1);
/// For how long it is left to others then. They ask ten times a second.
const REST: Duration = Duration::from_millis(250);
/// After how long it is asked for again, where another has it.
const AGAIN: Duration = Duration::from_millis(100);

/// Where a stream is written.
pub(super) struct Desk {
    root: PathBuf,
    keys: PathBuf,
    case: Ulid,
    stream: Ulid,
    key: VerifyKey,
    /// Entries of the log that are known here.
    size: u64,
    /// From which entry on the key is revoked.
    revoked: Option<u64>,
    not_before: Option<Instant>,
}

impl Desk {
    /// A desk over a vault that was just opened: the key may seal.
    ///
    /// # Errors
    /// A key that is not on the roll, or no longer.
    pub(super) fn new(
        (root, keys): (&Path, &Path),
        vault: &Vault,
        (case, stream): (Ulid, Ulid),
        key: &SigningKey,
    ) -> Result<Self, Failure> {
        let (root, keys, key) = (root.to_owned(), keys.to_owned(), key.verify_key().clone());
        let mut desk =
            Self { root, keys, case, stream, key, size: 0, revoked: None, not_before: None };
        desk.size = desk.size_of(vault)?;
        let register = Register::load(vault, &desk.root)?;
        register.rules(&desk.root)?;
        desk.revoked = desk.revoked_in(&register)?;
        if desk.is_revoked(desk.size) {
            return Err(desk.about_key(FailureKind::Input, "stream-key-revoked"));
        }
        Ok(desk)
    }

    /// Where the vault is.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Entries of the log that are known here.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The vault; `None`: another program writes to it, or it is left to others for a moment.
    ///
    /// # Errors
    /// It cannot be opened; the stream must not go on.
    pub(super) fn open(&mut self) -> Result<Had, Failure> {
        let now = Instant::now();
        if self.not_before.is_some_and(|then| now < then) {
            return Ok(Had::Left);
        }
        match cellar::open_now(&self.root, &self.keys)? {
            None => {
                self.not_before = now.checked_add(AGAIN);
                Ok(Had::Busy)
            }
            Some(vault) => {
                self.look(&vault)?;
                Ok(Had::Vault(Box::new(vault)))
            }
        }
    }

    /// Lets the vault go.
    ///
    /// # Errors
    /// Its head cannot be read.
    pub(super) fn leave(&mut self, vault: Vault) -> Result<(), Failure> {
        self.size = self.size_of(&vault)?;
        drop(vault);
        self.not_before = Instant::now().checked_add(REST);
        Ok(())
    }

    /// What came since the vault was let go must leave the stream its case, its key and its end.
    fn look(&mut self, vault: &Vault) -> Result<(), Failure> {
        let fault = |error| cellar::failure(&self.root, &error);
        let cases = vault.cases().map_err(fault)?;
        if !cases.iter().any(|(case, _)| *case == self.case) {
            let message = Message::new("stream-case-gone").text("path", self.root.display());
            return Err(Failure::new(FailureKind::Conflict, message.text("case", self.case)));
        }
        let keys = [LeafKind::KeyAdd, LeafKind::KeyRevoke, LeafKind::Policy];
        let mine = [LeafKind::Chunk, LeafKind::Gap, LeafKind::Silence];
        let others = vault.leaves_from(&mine, self.size).map_err(fault)?;
        let other =
            others.iter().find(|(_, leaf)| leaf.get_ulid(LeafField::Stream) == Some(self.stream));
        if let Some((index, _)) = other {
            let message = Message::new("stream-continued").text("path", self.root.display());
            let message = message.text("stream", self.stream).text("index", index);
            return Err(Failure::new(FailureKind::Conflict, message));
        }
        if !vault.leaves_from(&keys, self.size).map_err(fault)?.is_empty() {
            self.revoked = self.revoked_in(&Register::load(vault, &self.root)?)?;
        }
        if self.is_revoked(self.size_of(vault)?) {
            return Err(self.about_key(FailureKind::Conflict, "stream-key-revoked-meanwhile"));
        }
        Ok(())
    }

    fn size_of(&self, vault: &Vault) -> Result<u64, Failure> {
        let head = vault.head().map_err(|error| cellar::failure(&self.root, &error))?;
        Ok(head.1.size)
    }

    fn revoked_in(&self, register: &Register) -> Result<Option<u64>, Failure> {
        let found = register.roll.enrolments().iter().find(|one| one.add.key == self.key);
        let unknown = || self.about_key(FailureKind::Input, "stream-key-unknown");
        Ok(found.ok_or_else(unknown)?.revoked.map(|revoked| revoked.since))
    }

    fn is_revoked(&self, size: u64) -> bool {
        self.revoked.is_some_and(|since| size >= since)
    }

    fn about_key(&self, kind: FailureKind, word: &str) -> Failure {
        let message = Message::new(word).text("path", self.root.display());
        Failure::new(kind, message.text("name", self.key.name()).text("id", self.key.id()))
    }
}

/// What came of asking for the vault.
pub(super) enum Had {
    Vault(Box<Vault>),
    Busy,
    Left,
}

#[cfg(test)]
impl Desk {
    /// A desk over a vault that nothing was looked up in.
    pub(super) fn idle(root: &Path, ids: (Ulid, Ulid), key: &SigningKey) -> Self {
        Self {
            root: root.to_owned(),
            keys: root.to_owned(),
            case: ids.0,
            stream: ids.1,
            key: key.verify_key().clone(),
            size: 0,
            revoked: None,
            not_before: None,
        }
    }
}
