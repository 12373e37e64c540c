//! Keys that sign. The randomness of a key is an argument; signing itself takes none (RFC 8032,
//! RFC 6979), so the same key and text give the same line.

use std::fmt;

use ed25519_dalek as ed25519;
use ed25519_dalek::Signer as _;
use p256::ecdsa as p256dsa;
use sm2::dsa as sm2dsa;

use super::algorithm::SM2_IDENTITY;
use super::{KeyError, Scheme, VerifyKey, cosigned_message};
use crate::checkpoint::Checkpoint;
use crate::note::SignatureLine;

/// Signing key (签名密钥). It never shows its secret but in [`SigningKey::secret_string`].
#[derive(Clone)]
pub struct SigningKey {
    verify: VerifyKey,
    secret: Secret,
}

#[derive(Clone)]
enum Secret {
    Ed25519(Box<ed25519::SigningKey>),
    EcdsaP256(Box<p256dsa::SigningKey>),
    Sm2(Box<sm2dsa::SigningKey>),
}

impl SigningKey {
    /// A key from 32 bytes, which must come from a good source of randomness and be kept secret.
    ///
    /// # Errors
    /// A name that is none; bytes that are no scalar of the curve (draw others: of P-256 and SM2
    /// about one in four thousand million is refused).
    pub fn from_seed(name: &str, scheme: Scheme, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = match scheme {
            Scheme::Ed25519 | Scheme::Cosignature => {
                Secret::Ed25519(Box::new(ed25519::SigningKey::from_bytes(seed)))
            }
            Scheme::EcdsaP256 => {
                let key = p256dsa::SigningKey::from_slice(seed).map_err(|_| KeyError::Material)?;
                Secret::EcdsaP256(Box::new(key))
            }
            Scheme::Sm2 => {
                let key = sm2dsa::SigningKey::from_slice(SM2_IDENTITY, seed)
                    .map_err(|_| KeyError::Material)?;
                Secret::Sm2(Box::new(key))
            }
        };
        let public = match &secret {
            Secret::Ed25519(key) => key.verifying_key().to_bytes().to_vec(),
            Secret::EcdsaP256(key) => super::Public::EcdsaP256(*key.verifying_key()).bytes(),
            Secret::Sm2(key) => key.verifying_key().to_sec1_bytes().to_vec(),
        };
        Ok(Self { verify: VerifyKey::new(name, scheme, &public)?, secret })
    }

    /// The key that checks what this one signs.
    #[must_use]
    pub fn verify_key(&self) -> &VerifyKey {
        &self.verify
    }

    /// The 32 secret bytes.
    pub(crate) fn seed(&self) -> [u8; 32] {
        match &self.secret {
            Secret::Ed25519(key) => key.to_bytes(),
            Secret::EcdsaP256(key) => key.to_bytes().into(),
            Secret::Sm2(key) => key.to_bytes().into(),
        }
    }

    /// Signs the text of a note.
    ///
    /// # Errors
    /// A cosigner's key, which signs only through [`SigningKey::cosign`].
    pub fn sign(&self, text: &str) -> Result<SignatureLine, KeyError> {
        if self.verify.scheme() == Scheme::Cosignature {
            return Err(KeyError::WrongUse);
        }
        Ok(self.line(self.raw(text.as_bytes())?))
    }

    /// Cosigns a checkpoint at `time_s` seconds since 1970. Whether it is consistent with those
    /// cosigned before is the caller's to check.
    ///
    /// # Errors
    /// A key that is no cosigner's; a time past 2^63 - 1.
    pub fn cosign(&self, checkpoint: &Checkpoint, time_s: u64) -> Result<SignatureLine, KeyError> {
        if self.verify.scheme() != Scheme::Cosignature || i64::try_from(time_s).is_err() {
            return Err(KeyError::WrongUse);
        }
        let message = cosigned_message(&checkpoint.to_string(), time_s);
        let mut signature = time_s.to_be_bytes().to_vec();
        signature.extend(self.raw(message.as_bytes())?);
        Ok(self.line(signature))
    }

    fn line(&self, signature: Vec<u8>) -> SignatureLine {
        SignatureLine { name: self.verify.name.clone(), id: self.verify.id, signature }
    }

    fn raw(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        Ok(match &self.secret {
            Secret::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
            Secret::EcdsaP256(key) => {
                let signature: p256dsa::Signature =
                    key.try_sign(message).map_err(|_| KeyError::Material)?;
                signature.normalize_s().to_der().as_bytes().to_vec()
            }
            Secret::Sm2(key) => {
                let signature: sm2dsa::Signature =
                    key.try_sign(message).map_err(|_| KeyError::Material)?;
                signature.to_der().as_bytes().to_vec()
            }
        })
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("verify", &self.verify).finish_non_exhaustive()
    }
}
