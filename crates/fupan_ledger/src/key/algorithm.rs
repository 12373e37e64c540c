//! The three curves behind the schemes: reading a public key, verifying a message.

use ed25519_dalek as ed25519;
use p256::ecdsa as p256dsa;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use sm2::dsa as sm2dsa;
use sm2::dsa::signature::Verifier as _;

use super::Scheme;

/// Identity of a signer in SM2 when none is agreed (GM/T 0009).
pub(crate) const SM2_IDENTITY: &str = "1234567812345678";

/// SPKI of a P-256 key up to its 65-byte point (RFC 5480 §2).
const P256_SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// A public key.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Public {
    Ed25519(ed25519::VerifyingKey),
    Cosignature(ed25519::VerifyingKey),
    EcdsaP256(p256dsa::VerifyingKey),
    Sm2(Box<[u8; 65]>),
}

impl Public {
    /// Reads a key; `None` where the bytes are none. Points of small order are refused: anything
    /// verifies under them.
    pub(crate) fn read(scheme: Scheme, bytes: &[u8]) -> Option<Self> {
        match scheme {
            Scheme::Ed25519 => ed25519_key(bytes).map(Self::Ed25519),
            Scheme::Cosignature => ed25519_key(bytes).map(Self::Cosignature),
            Scheme::EcdsaP256 => {
                let point = bytes.strip_prefix(P256_SPKI.as_slice())?;
                uncompressed(point)?;
                p256dsa::VerifyingKey::from_sec1_bytes(point).ok().map(Self::EcdsaP256)
            }
            Scheme::Sm2 => {
                let point = uncompressed(bytes)?;
                sm2_key(&point)?;
                Some(Self::Sm2(Box::new(point)))
            }
        }
    }

    pub(crate) fn scheme(&self) -> Scheme {
        match self {
            Self::Ed25519(_) => Scheme::Ed25519,
            Self::Cosignature(_) => Scheme::Cosignature,
            Self::EcdsaP256(_) => Scheme::EcdsaP256,
            Self::Sm2(_) => Scheme::Sm2,
        }
    }

    /// The key as [`Public::read`] takes it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(key) | Self::Cosignature(key) => key.to_bytes().to_vec(),
            Self::EcdsaP256(key) => {
                let mut bytes = P256_SPKI.to_vec();
                bytes.extend_from_slice(key.to_sec1_point(false).as_bytes());
                bytes
            }
            Self::Sm2(point) => point.to_vec(),
        }
    }

    /// Whether the signature is one of this key over the message, in its one accepted spelling:
    /// strict Ed25519, ECDSA as DER with low S, SM2 as DER.
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.verified(message, signature).is_some()
    }

    fn verified(&self, message: &[u8], signature: &[u8]) -> Option<()> {
        match self {
            Self::Ed25519(key) | Self::Cosignature(key) => {
                let signature = ed25519::Signature::from_slice(signature).ok()?;
                key.verify_strict(message, &signature).ok()
            }
            Self::EcdsaP256(key) => {
                let signature = p256dsa::Signature::from_der(signature).ok()?;
                if signature.normalize_s() != signature {
                    return None;
                }
                key.verify_prehash(&Sha256::digest(message), &signature).ok()
            }
            Self::Sm2(point) => {
                let signature = sm2dsa::Signature::from_der(signature).ok()?;
                sm2_key(point)?.verify(message, &signature).ok()
            }
        }
    }
}

/// The hash below an ECDSA signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EcdsaDigest {
    Sha256,
    Sha384,
    Sha512,
}

/// Whether `signature` (DER, S high or low, as other programs write it) is one over the message by
/// the key at `point` (SEC1). For the signatures of certificates and time stamps, not of notes.
pub(crate) fn ecdsa_p256_verify(
    point: &[u8],
    digest: EcdsaDigest,
    message: &[u8],
    signature: &[u8],
) -> bool {
    let Ok(key) = p256dsa::VerifyingKey::from_sec1_bytes(point) else { return false };
    let Ok(signature) = p256dsa::Signature::from_der(signature) else { return false };
    let hash: Vec<u8> = match digest {
        EcdsaDigest::Sha256 => Sha256::digest(message).to_vec(),
        EcdsaDigest::Sha384 => Sha384::digest(message).to_vec(),
        EcdsaDigest::Sha512 => Sha512::digest(message).to_vec(),
    };
    key.verify_prehash(&hash, &signature).is_ok()
}

fn ed25519_key(bytes: &[u8]) -> Option<ed25519::VerifyingKey> {
    let key = ed25519::VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()?;
    // A point has one encoding here, so that one key cannot stand as two.
    let canonical = key.to_edwards().compress().to_bytes() == bytes;
    (canonical && !key.is_weak()).then_some(key)
}

fn uncompressed(bytes: &[u8]) -> Option<[u8; 65]> {
    let point: [u8; 65] = bytes.try_into().ok()?;
    (point.first() == Some(&4)).then_some(point)
}

fn sm2_key(point: &[u8; 65]) -> Option<sm2dsa::VerifyingKey> {
    sm2dsa::VerifyingKey::from_sec1_bytes(SM2_IDENTITY, point).ok()
}
