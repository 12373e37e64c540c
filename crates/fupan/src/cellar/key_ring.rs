//! The key ring: a folder outside every vault with one file for each log, named as its origin, that
//! holds the secrets its heads are signed with.

use super::ring_signer::RingSigner;
use crate::{Failure, FailureKind, Message, chance, file};
use fupan_ledger::{Scheme, SigningKey, VerifyKey};
use fupan_vault::{LogSigner, Signer as _};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Endings of the files: the secrets, and the last head signed with them.
const ENDING: &str = "key";
const LAST: &str = "head";

/// Key ring (密钥环).
#[derive(Debug)]
pub(crate) struct KeyRing<'a>(&'a Path);

impl<'a> KeyRing<'a> {
    pub(crate) fn new(folder: &'a Path) -> Self {
        Self(folder)
    }

    /// Draws the keys of a new log, Ed25519 and SM2, and keeps them. Gives them with their file.
    ///
    /// # Errors
    /// The system has no randomness, or the file cannot be written.
    pub(crate) fn draw(&self) -> Result<(RingSigner, PathBuf), Failure> {
        let id: [u8; 16] = chance::random()?;
        let origin: String =
            id.iter().map(|byte| format!("{byte:02x}")).collect::<String>() + ".fupan";
        let first = draw(&origin, Scheme::Ed25519)?;
        let second = draw(&origin, Scheme::Sm2)?;
        let path = self.path(&origin);
        write_secret(&path, &format!("{}\n{}\n", first.secret_string(), second.secret_string()))?;
        let signer = LogSigner::new(first, Some(second)).map_err(Failure::bug)?;
        Ok((self.remembering(signer)?, path))
    }

    /// Whether there is a file of the log whose heads bear lines of these keys.
    pub(crate) fn has(&self, keys: &[VerifyKey]) -> bool {
        keys.first().is_some_and(|key| self.path(key.name()).is_file())
    }

    /// The signer of a log whose heads bear lines of these keys.
    ///
    /// # Errors
    /// The ring has no file of that log, or other keys in it.
    pub(crate) fn signer(&self, keys: &[VerifyKey]) -> Result<RingSigner, Failure> {
        let origin = keys.first().map(VerifyKey::name).unwrap_or_default();
        let path = self.path(origin);
        let refused = |key: &str| {
            let message = Message::new(key).text("path", path.display()).text("origin", origin);
            Failure::new(FailureKind::Input, message)
        };
        if !path.is_file() {
            return Err(refused("vault-key-absent"));
        }
        let text = file::text(&path)?;
        let lines = text.lines().filter(|line| !line.is_empty());
        let secrets: Result<Vec<SigningKey>, _> = lines.map(str::parse).collect();
        let secrets = secrets.map_err(|_| refused("vault-key-broken"))?;
        let same = secrets.iter().map(SigningKey::verify_key).eq(keys.iter());
        let mut secrets = secrets.into_iter();
        match (secrets.next(), secrets.next(), secrets.next()) {
            (Some(first), second, None) if same => {
                let signer = LogSigner::new(first, second);
                self.remembering(signer.map_err(|_| refused("vault-key-broken"))?)
            }
            _ => Err(refused("vault-key-other")),
        }
    }

    fn remembering(&self, keys: LogSigner) -> Result<RingSigner, Failure> {
        let state = self.0.join(format!("{}.{LAST}", keys.verify_key().name()));
        RingSigner::new(keys, state.clone()).map_err(|error| {
            if error.kind() == ErrorKind::InvalidData {
                let message = Message::new("vault-last-broken").text("path", state.display());
                return Failure::new(FailureKind::Input, message);
            }
            Failure::read(&state, &error)
        })
    }

    fn path(&self, origin: &str) -> PathBuf {
        self.0.join(format!("{origin}.{ENDING}"))
    }
}

/// A new key of a scheme.
///
/// # Errors
/// The system has no randomness.
pub(crate) fn draw(name: &str, scheme: Scheme) -> Result<SigningKey, Failure> {
    // A scalar of P-256 or SM2 is refused about once in four thousand million draws.
    for _ in 0..4 {
        if let Ok(key) = SigningKey::from_seed(name, scheme, &chance::random()?) {
            return Ok(key);
        }
    }
    Err(Failure::bug("no key out of four draws"))
}

/// Writes a secret to a new file that, where the system can, only its owner reads.
///
/// # Errors
/// It is there already ([`FailureKind::Conflict`]); it cannot be written.
pub(crate) fn write_secret(path: &Path, text: &str) -> Result<(), Failure> {
    let fault = |error| Failure::write(path, &error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    if path.exists() {
        let message = Message::new("key-file-taken").text("path", path.display());
        return Err(Failure::new(FailureKind::Conflict, message));
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    owner_only(&mut options);
    let mut file = options.open(path).map_err(fault)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(fault)
}

/// The one place of the hall that knows of file modes.
#[cfg(unix)]
fn owner_only(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600);
}

/// Elsewhere a file is its owner's by the rights of their folder.
#[cfg(not(unix))]
fn owner_only(_: &mut OpenOptions) {}
