//! Who signs heads. A trait, so that the key can live in another process or device, which signs only
//! what is consistent with what it signed last.

use fupan_ledger::{Checkpoint, KeyError, Scheme, SignatureLine, SigningKey, VerifyKey};
use thiserror::Error;

/// Why a head is not signed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignerError {
    /// The key cannot.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The signer has signed a head that this one does not continue.
    #[error("the signer has signed another head: {0}")]
    Refuses(String),
    /// The signer cannot be reached.
    #[error("the signer cannot be reached: {0}")]
    Away(String),
}

/// Signer (签署者): signs the heads of one log.
pub trait Signer: Send + Sync {
    /// The key that readers check heads with; its name is the log's origin.
    fn verify_key(&self) -> &VerifyKey;

    /// All keys whose lines its heads bear, [`Signer::verify_key`] first.
    fn keys(&self) -> Vec<VerifyKey> {
        vec![self.verify_key().clone()]
    }

    /// Signature lines over the checkpoint, the log's own first.
    ///
    /// # Errors
    /// It cannot, or will not.
    fn sign(&self, checkpoint: &Checkpoint) -> Result<Vec<SignatureLine>, SignerError>;
}

/// Log signer (日志签署密钥): keys in this process.
#[derive(Debug, Clone)]
pub struct LogSigner {
    key: SigningKey,
    sm2: Option<SigningKey>,
}

impl LogSigner {
    /// A signer with the log's Ed25519 key, named as the origin, and an SM2 key of the same name if
    /// heads are to bear one.
    ///
    /// # Errors
    /// Keys of another scheme or name.
    pub fn new(key: SigningKey, sm2: Option<SigningKey>) -> Result<Self, SignerError> {
        let name = key.verify_key().name();
        let right = key.verify_key().scheme() == Scheme::Ed25519
            && sm2.iter().all(|sm2| {
                sm2.verify_key().scheme() == Scheme::Sm2 && sm2.verify_key().name() == name
            });
        if right { Ok(Self { key, sm2 }) } else { Err(KeyError::WrongUse.into()) }
    }

    /// Signature lines over the text of a note that is no head: the seal of a bag.
    ///
    /// # Errors
    /// A key cannot.
    pub fn sign_text(&self, text: &str) -> Result<Vec<SignatureLine>, KeyError> {
        std::iter::once(&self.key).chain(&self.sm2).map(|key| key.sign(text)).collect()
    }
}

impl Signer for LogSigner {
    fn verify_key(&self) -> &VerifyKey {
        self.key.verify_key()
    }

    fn keys(&self) -> Vec<VerifyKey> {
        let all = std::iter::once(&self.key).chain(&self.sm2);
        all.map(|key| key.verify_key().clone()).collect()
    }

    fn sign(&self, checkpoint: &Checkpoint) -> Result<Vec<SignatureLine>, SignerError> {
        let text = checkpoint.to_string();
        let mut lines = vec![self.key.sign(&text)?];
        if let Some(sm2) = &self.sm2 {
            lines.push(sm2.sign(&text)?);
        }
        Ok(lines)
    }
}
