//! A signer that remembers. Beside the secrets of a log the ring keeps the last head that was signed with
//! them; another head of that size, or a smaller one, is not signed, and a vault that does not continue
//! it is not opened for writing. So a vault that was put back to an older state is seen by the person who
//! writes to it, with no cosigner.

use fupan_ledger::{Checkpoint, KeyError, SignatureLine, VerifyKey};
use fupan_vault::{LogSigner, Signer, SignerError};
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Ring signer (有记忆的签署者).
pub(crate) struct RingSigner {
    keys: LogSigner,
    /// The file with the last head.
    state: PathBuf,
    last: Mutex<Option<Checkpoint>>,
}

impl RingSigner {
    /// A signer whose last head stands in the file `state`, which may be absent.
    ///
    /// # Errors
    /// The file cannot be read; what is in it is no head of this log (kind `InvalidData`).
    pub(crate) fn new(keys: LogSigner, state: PathBuf) -> io::Result<Self> {
        let last = match fs::read_to_string(&state) {
            Ok(text) => {
                let read = Checkpoint::parse(&text).ok();
                let ours = read.filter(|head| head.origin == keys.verify_key().name());
                Some(ours.ok_or(io::ErrorKind::InvalidData)?)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(Self { keys, state, last: Mutex::new(last) })
    }

    /// The last head that was signed.
    pub(crate) fn last(&self) -> Option<Checkpoint> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Signature lines over the text of a note that is no head.
    ///
    /// # Errors
    /// A key cannot.
    pub(crate) fn sign_text(&self, text: &str) -> Result<Vec<SignatureLine>, KeyError> {
        self.keys.sign_text(text)
    }

    fn remember(&self, head: &Checkpoint) -> io::Result<()> {
        let draft = self.state.with_extension("part");
        fs::write(&draft, head.to_string())?;
        fs::rename(draft, &self.state)
    }
}

impl Signer for RingSigner {
    fn verify_key(&self) -> &VerifyKey {
        self.keys.verify_key()
    }

    fn keys(&self) -> Vec<VerifyKey> {
        self.keys.keys()
    }

    fn sign(&self, checkpoint: &Checkpoint) -> Result<Vec<SignatureLine>, SignerError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = last.as_ref() {
            let smaller = checkpoint.size < last.size;
            if smaller || checkpoint.size == last.size && checkpoint.root != last.root {
                return Err(SignerError::Refuses(format!("{} > {}", last.size, checkpoint.size)));
            }
        }
        let lines = self.keys.sign(checkpoint)?;
        // The head is durable in the vault before it is published, so that nothing is lost where this
        // file falls behind in a power cut.
        self.remember(checkpoint).map_err(|error| SignerError::Away(error.to_string()))?;
        *last = Some(checkpoint.clone());
        Ok(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fupan_ledger::{Hash, Scheme, SigningKey};

    #[test]
    fn a_smaller_or_another_head_is_not_signed_even_after_a_restart() {
        let folder = std::env::temp_dir().join(format!("fupan-ring-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let state = folder.join("log.head");
        let key = || SigningKey::from_seed("a.fupan", Scheme::Ed25519, &[1; 32]).unwrap();
        let signer =
            || RingSigner::new(LogSigner::new(key(), None).unwrap(), state.clone()).unwrap();
        let head = |size, byte| Checkpoint {
            origin: "a.fupan".to_owned(),
            size,
            root: Hash([byte; 32]),
            extensions: Vec::new(),
        };
        assert!(signer().sign(&head(5, 1)).is_ok());
        for (size, byte, signed) in [(5, 1, true), (5, 2, false), (4, 1, false), (6, 3, true)] {
            assert_eq!(signer().sign(&head(size, byte)).is_ok(), signed, "{size} {byte}");
        }
        assert_eq!(signer().last().map(|head| head.size), Some(6));
        fs::write(&state, "b.fupan\n9\n").unwrap();
        assert!(RingSigner::new(LogSigner::new(key(), None).unwrap(), state.clone()).is_err());
        fs::remove_dir_all(&folder).unwrap();
    }
}
