//! Keys that sign notes, and their strings (C2SP signed-note, "Verifier keys").

mod algorithm;
mod signing;
mod string;

use std::fmt;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::checkpoint::Checkpoint;
use algorithm::Public;

pub(crate) use algorithm::{EcdsaDigest, ecdsa_p256_verify};
pub use signing::SigningKey;

/// Scheme (签名方案): how a key signs the text of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// Type `0x01`: Ed25519 (RFC 8032) over the text.
    Ed25519,
    /// Type `0x02`: ECDSA on P-256 with SHA-256 over the text, as DER with low S.
    EcdsaP256,
    /// Type `0x04`: Ed25519 over a time and a checkpoint (C2SP tlog-cosignature).
    Cosignature,
    /// Type `0xff` `fupan/sm2-sm3`: SM2 (GB/T 32918.2) with SM3 and the default identity, as DER.
    Sm2,
}

impl Scheme {
    /// Every scheme.
    pub(crate) const ALL: [Self; 4] =
        [Self::Ed25519, Self::EcdsaP256, Self::Cosignature, Self::Sm2];

    /// The signature type that stands before the public key.
    pub(crate) fn type_bytes(self) -> &'static [u8] {
        match self {
            Self::Ed25519 => &[0x01],
            Self::EcdsaP256 => &[0x02],
            Self::Cosignature => &[0x04],
            Self::Sm2 => b"\xfffupan/sm2-sm3",
        }
    }
}

/// Key id (密钥号): four bytes that, with the name, say which key a signature line is of. Not a
/// strong hash: it selects keys to try and proves nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 4]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::text::to_hex(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// Why a key is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Not `name+id+key`.
    #[error("not a key string: expected name+id+key")]
    Shape,
    /// The name is empty, or holds a space, a plus sign or a control character.
    #[error("a key name must not be empty or hold spaces, plus signs or control characters")]
    Name,
    /// The type byte is none that is read here.
    #[error("unknown signature type")]
    UnknownType,
    /// The bytes are no key of that type.
    #[error("no key of that signature type")]
    Material,
    /// The id is not the one that follows from name and key.
    #[error("the key id does not follow from name and key")]
    Id,
    /// The key cannot sign this: a cosigner signs checkpoints, no other key does as a cosigner.
    #[error("a key of this signature type does not sign this")]
    WrongUse,
}

/// What a valid signature says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Time of a cosignature, in seconds since 1970; other schemes state none.
    pub time_s: Option<u64>,
}

/// Verifier key (验证密钥): name, id and public key. Equal when name, scheme and key are.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifyKey {
    pub(crate) name: String,
    pub(crate) id: KeyId,
    pub(crate) public: Public,
}

impl VerifyKey {
    /// A key of `scheme` from its public bytes: 32 bytes for Ed25519 and cosignatures, the SPKI DER
    /// for P-256, the 65 bytes of the uncompressed point (`04`, x, y) for SM2.
    ///
    /// # Errors
    /// A name that is none; bytes that are no such key, or a point of small order.
    pub fn new(name: &str, scheme: Scheme, public: &[u8]) -> Result<Self, KeyError> {
        if !valid_name(name) {
            return Err(KeyError::Name);
        }
        let public = Public::read(scheme, public).ok_or(KeyError::Material)?;
        let id = key_id(name, &public);
        Ok(Self { name: name.to_owned(), id, public })
    }

    /// Name of the key.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Id of the key.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// How the key signs.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.public.scheme()
    }

    /// The public key without name and type, as [`VerifyKey::new`] takes it.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        self.public.bytes()
    }

    /// What tells keys apart when names and ids do not count: two keys with equal material are
    /// duplicates (C2SP tlog-policy), even if one is an Ed25519 key and the other a cosigner's.
    #[must_use]
    pub fn material(&self) -> Vec<u8> {
        let curve: u8 = match self.scheme() {
            Scheme::Ed25519 | Scheme::Cosignature => 1,
            Scheme::EcdsaP256 => 2,
            Scheme::Sm2 => 3,
        };
        let mut bytes = vec![curve];
        bytes.extend(self.public.bytes());
        bytes
    }

    /// Checks the signature of a line over the text of a note. `None`: it does not verify.
    #[must_use]
    pub fn verify(&self, text: &str, signature: &[u8]) -> Option<Verified> {
        match self.scheme() {
            Scheme::Cosignature => {
                let (time, signature) = signature.split_at_checked(8)?;
                let time_s = u64::from_be_bytes(time.try_into().ok()?);
                // The specification ends time at 2^63 - 1, and a cosigner speaks of checkpoints.
                i64::try_from(time_s).ok()?;
                Checkpoint::parse(text).ok()?;
                let message = cosigned_message(text, time_s);
                self.public
                    .verify(message.as_bytes(), signature)
                    .then_some(Verified { time_s: Some(time_s) })
            }
            Scheme::Ed25519 | Scheme::EcdsaP256 | Scheme::Sm2 => {
                self.public.verify(text.as_bytes(), signature).then_some(Verified { time_s: None })
            }
        }
    }
}

impl fmt::Debug for VerifyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyKey({self})")
    }
}

/// What a cosigner signs (C2SP tlog-cosignature, "Ed25519 signed message").
pub(crate) fn cosigned_message(checkpoint: &str, time_s: u64) -> String {
    format!("cosignature/v1\ntime {time_s}\n{checkpoint}")
}

/// Whether a key may be called so: not empty, no Unicode space, no plus sign, no control character.
pub(crate) fn valid_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c == '+' || c < ' ')
}

/// The id of a key: of the SPKI for ECDSA, of name, type and key for all others.
fn key_id(name: &str, public: &Public) -> KeyId {
    let mut hash = Sha256::new();
    if public.scheme() != Scheme::EcdsaP256 {
        hash.update(name.as_bytes());
        hash.update(b"\n");
        hash.update(public.scheme().type_bytes());
    }
    hash.update(public.bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let [a, b, c, d, ..] = digest;
    KeyId([a, b, c, d])
}
