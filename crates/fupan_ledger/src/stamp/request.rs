//! A request for a time stamp (RFC 3161 §2.4.1).

use super::der::{self, Reader};
use super::{StampError, oid};

/// Imprint algorithm (摘要算法): of the hash that is stamped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImprintAlgorithm {
    /// SHA-256.
    Sha256,
    /// SM3 (GB/T 32905).
    Sm3,
}

impl ImprintAlgorithm {
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, StampError> {
        let (algorithm, parameters) = reader.algorithm()?;
        // Absent and NULL mean the same (RFC 3370 §2.1, RFC 5754 §2).
        if !parameters.is_empty() && parameters != [der::NULL, 0] {
            return Err(StampError::Malformed);
        }
        match algorithm {
            oid::SHA256 => Ok(Self::Sha256),
            oid::SM3 => Ok(Self::Sm3),
            _ => Err(StampError::Algorithm),
        }
    }

    fn write(self) -> Vec<u8> {
        let algorithm = match self {
            Self::Sha256 => oid::SHA256,
            Self::Sm3 => oid::SM3,
        };
        let null = der::write(der::NULL, &[]);
        der::write(der::SEQUENCE, &[der::write(der::OID, algorithm), null].concat())
    }
}

/// Stamp request (时间戳请求): what is to be stamped. The authority sees the hash, never the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampRequest {
    /// Algorithm of the hash.
    pub algorithm: ImprintAlgorithm,
    /// The hash.
    pub imprint: [u8; 32],
    /// Policy of the authority that is asked for, as a dotted identifier; `None`: any.
    pub policy: Option<String>,
    /// Random bytes that tie the answer to this request, as a number; without leading zeros.
    pub nonce: Option<Vec<u8>>,
    /// Whether the token is to carry the certificate of its signer.
    pub certificate: bool,
}

impl StampRequest {
    /// A request for any policy, with the certificate. `nonce`: 8 random bytes.
    #[must_use]
    pub fn new(algorithm: ImprintAlgorithm, imprint: [u8; 32], nonce: [u8; 8]) -> Self {
        let nonce = nonce.into_iter().skip_while(|byte| *byte == 0).collect();
        Self { algorithm, imprint, policy: None, nonce: Some(nonce), certificate: true }
    }

    /// The request as DER, to be sent as `application/timestamp-query`.
    ///
    /// # Errors
    /// A policy that is no dotted identifier.
    pub fn to_der(&self) -> Result<Vec<u8>, StampError> {
        let mut body = der::write_unsigned(&[1]);
        let imprint =
            [self.algorithm.write(), der::write(der::OCTET_STRING, &self.imprint)].concat();
        body.extend(der::write(der::SEQUENCE, &imprint));
        if let Some(policy) = &self.policy {
            let policy = oid::undotted(policy).ok_or(StampError::Policy)?;
            body.extend(der::write(der::OID, &policy));
        }
        if let Some(nonce) = &self.nonce {
            body.extend(der::write_unsigned(nonce));
        }
        if self.certificate {
            body.extend(der::write(der::BOOLEAN, &[0xff]));
        }
        Ok(der::write(der::SEQUENCE, &body))
    }

    /// Reads a request, as kept beside its answer.
    ///
    /// # Errors
    /// Bytes that are no request of version 1 without extensions.
    pub fn parse(bytes: &[u8]) -> Result<Self, StampError> {
        let mut outer = Reader::new(bytes);
        let mut reader = outer.sequence()?;
        outer.end()?;
        if reader.number()? != 1 {
            return Err(StampError::Malformed);
        }
        let (algorithm, imprint) = read_imprint(&mut reader)?;
        let policy = match reader.optional(der::OID)? {
            None => None,
            Some(policy) => Some(oid::dotted(policy.body).ok_or(StampError::Malformed)?),
        };
        let nonce = match reader.optional(der::INTEGER)? {
            None => None,
            Some(nonce) => Some(positive(der::shortest(nonce.body)?)?),
        };
        let certificate = match reader.optional(der::BOOLEAN)? {
            None => false,
            Some(flag) if flag.body == [0xff] => true,
            Some(_) => return Err(StampError::Malformed),
        };
        reader.end()?;
        Ok(Self { algorithm, imprint, policy, nonce, certificate })
    }
}

/// A `MessageImprint`.
pub(super) fn read_imprint(
    reader: &mut Reader<'_>,
) -> Result<(ImprintAlgorithm, [u8; 32]), StampError> {
    let mut inside = reader.sequence()?;
    let algorithm = ImprintAlgorithm::read(&mut inside)?;
    let hash = inside.read(der::OCTET_STRING)?.body;
    inside.end()?;
    Ok((algorithm, hash.try_into().map_err(|_| StampError::Malformed)?))
}

/// Bytes of a non-negative integer without leading zeros.
pub(super) fn positive(body: &[u8]) -> Result<Vec<u8>, StampError> {
    if body.first().is_some_and(|first| first & 0x80 != 0) {
        return Err(StampError::Malformed);
    }
    Ok(body.iter().copied().skip_while(|byte| *byte == 0).collect())
}
