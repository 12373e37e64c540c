//! Signatures of certificates and tokens: RSA PKCS #1 v1.5 (RFC 8017 §8.2.2) and ECDSA on P-256.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::certificate::PublicKey;
use super::der::{self, Reader};
use super::{StampError, oid};
use crate::key::{EcdsaDigest, ecdsa_p256_verify};

/// Hash of `message` by the algorithm with this identifier.
pub(super) fn digest(algorithm: &[u8], message: &[u8]) -> Result<Vec<u8>, StampError> {
    match algorithm {
        oid::SHA256 => Ok(Sha256::digest(message).to_vec()),
        oid::SHA384 => Ok(Sha384::digest(message).to_vec()),
        oid::SHA512 => Ok(Sha512::digest(message).to_vec()),
        _ => Err(StampError::Algorithm),
    }
}

/// Checks a signature. `hash` is the algorithm of the hash where the signature algorithm leaves it
/// open.
pub(super) fn verify(
    key: &PublicKey,
    algorithm: &[u8],
    hash: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), StampError> {
    let hash = match algorithm {
        oid::RSA_SHA256 | oid::ECDSA_SHA256 => oid::SHA256,
        oid::RSA_SHA384 | oid::ECDSA_SHA384 => oid::SHA384,
        oid::RSA_SHA512 | oid::ECDSA_SHA512 => oid::SHA512,
        oid::RSA | oid::EC => hash,
        _ => return Err(StampError::Algorithm),
    };
    let rsa = matches!(algorithm, oid::RSA | oid::RSA_SHA256 | oid::RSA_SHA384 | oid::RSA_SHA512);
    let holds = if rsa && key.algorithm == oid::RSA {
        rsa_verify(&key.bytes, hash, message, signature)?
    } else if !rsa && key.algorithm == oid::EC {
        if key.parameters != der::write(der::OID, oid::P256) {
            return Err(StampError::Algorithm);
        }
        let hash = match hash {
            oid::SHA256 => EcdsaDigest::Sha256,
            oid::SHA384 => EcdsaDigest::Sha384,
            oid::SHA512 => EcdsaDigest::Sha512,
            _ => return Err(StampError::Algorithm),
        };
        ecdsa_p256_verify(&key.bytes, hash, message, signature)
    } else {
        return Err(StampError::Algorithm);
    };
    if holds { Ok(()) } else { Err(StampError::Signature) }
}

/// RSA: the signature, raised to the public exponent, must be exactly the padding with the hash that
/// the specification writes; nothing of it is parsed. Keys of 2,048 to 8,192 bits.
pub(super) fn rsa_verify(
    key: &[u8],
    hash: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<bool, StampError> {
    let mut outer = Reader::new(key);
    let mut reader = outer.sequence()?;
    outer.end()?;
    let modulus: Vec<u8> = unsigned(reader.integer()?)?;
    let exponent = reader.number()?;
    reader.end()?;
    let bits = u32::try_from(modulus.len()).unwrap_or(u32::MAX).saturating_mul(8);
    if !(2048..=8192).contains(&bits) || exponent < 3 || exponent % 2 == 0 {
        return Err(StampError::Algorithm);
    }
    if signature.len() != modulus.len() || signature >= modulus.as_slice() {
        return Ok(false);
    }
    // Both numbers have the same precision, as the library wants it.
    let wide =
        |bytes: &[u8]| BoxedUint::from_be_slice(bytes, bits).map_err(|_| StampError::Algorithm);
    let odd = Option::from(Odd::new(wide(&modulus)?)).ok_or(StampError::Algorithm)?;
    let parameters = BoxedMontyParams::new_vartime(odd);
    let power = BoxedMontyForm::new(wide(signature)?, &parameters)
        .pow_bounded_exp(&BoxedUint::from(exponent), 64)
        .retrieve()
        .to_be_bytes();
    let skip = power.len().saturating_sub(modulus.len());
    let (zeros, encoded) = power.split_at_checked(skip).ok_or(StampError::Algorithm)?;
    let wanted = padded(hash, &digest(hash, message)?, modulus.len());
    Ok(zeros.iter().all(|zero| *zero == 0) && *encoded == *wanted)
}

/// EMSA-PKCS1-v1_5 (RFC 8017 §9.2).
fn padded(hash: &[u8], digest: &[u8], length: usize) -> Vec<u8> {
    let null = der::write(der::NULL, &[]);
    let algorithm = der::write(der::SEQUENCE, &[der::write(der::OID, hash), null].concat());
    let info = [algorithm, der::write(der::OCTET_STRING, digest)].concat();
    let info = der::write(der::SEQUENCE, &info);
    let mut encoded = vec![0, 1];
    encoded.resize(length.saturating_sub(info.len() + 1), 0xff);
    encoded.push(0);
    encoded.extend(info);
    encoded
}

fn unsigned(body: &[u8]) -> Result<Vec<u8>, StampError> {
    super::request::positive(body)
}
