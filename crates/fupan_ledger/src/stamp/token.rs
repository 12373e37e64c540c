//! A token (RFC 3161 §2.4.2): `TSTInfo` inside CMS `SignedData` (RFC 5652).

use jiff::Timestamp;

use super::certificate::{Certificate, generalized_time};
use super::der::{self, Element, Reader};
use super::request::{positive, read_imprint};
use super::{ImprintAlgorithm, StampError, oid};

/// Certificates that are read of one token.
const MAX_CERTIFICATES: usize = 16;

/// Stamp token (时间戳令牌): what it states. Nothing of it is to be believed before
/// [`StampToken::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampToken {
    pub(super) der: Vec<u8>,
    pub(super) content: Vec<u8>,
    pub(super) info: Info,
    pub(super) certificates: Vec<Certificate>,
    pub(super) signers: Vec<Signer>,
}

/// `TSTInfo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Info {
    pub(super) policy: String,
    pub(super) algorithm: ImprintAlgorithm,
    pub(super) imprint: [u8; 32],
    pub(super) serial: Vec<u8>,
    pub(super) time: Timestamp,
    pub(super) accuracy_us: Option<u64>,
    pub(super) nonce: Option<Vec<u8>>,
}

/// `SignerInfo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signer {
    pub(super) id: SignerId,
    pub(super) digest: Vec<u8>,
    /// Attributes as the set that is signed (RFC 5652 §5.4).
    pub(super) attributes: Vec<u8>,
    pub(super) algorithm: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

/// Which certificate signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SignerId {
    IssuerAndSerial(Vec<u8>, Vec<u8>),
    SubjectKeyId(Vec<u8>),
}

impl StampToken {
    /// Reads a token.
    ///
    /// # Errors
    /// Bytes that are none; algorithms of the imprint other than SHA-256 and SM3.
    pub fn parse(bytes: &[u8]) -> Result<Self, StampError> {
        let mut outer = Reader::new(bytes);
        let mut info = outer.sequence()?;
        outer.end()?;
        if info.read(der::OID)?.body != oid::SIGNED_DATA {
            return Err(StampError::Malformed);
        }
        let mut explicit = info.read(der::context(0))?.inside();
        info.end()?;
        let mut data = explicit.sequence()?;
        explicit.end()?;
        data.number()?;
        data.read(der::SET)?;
        let mut content = data.sequence()?;
        if content.read(der::OID)?.body != oid::TST_INFO {
            return Err(StampError::Malformed);
        }
        let mut wrapped = content.read(der::context(0))?.inside();
        content.end()?;
        let content = wrapped.read(der::OCTET_STRING)?.body;
        wrapped.end()?;
        let certificates = match data.optional(der::context(0))? {
            None => Vec::new(),
            Some(set) => read_certificates(set)?,
        };
        data.optional(der::context(1))?;
        let mut set = data.read(der::SET)?.inside();
        data.end()?;
        let mut signers = Vec::new();
        while !set.is_empty() {
            signers.push(Signer::read(set.sequence()?)?);
            if signers.len() > 1 {
                return Err(StampError::Signers);
            }
        }
        Ok(Self {
            der: bytes.to_vec(),
            content: content.to_vec(),
            info: Info::read(content)?,
            certificates,
            signers,
        })
    }

    /// The token as it was read.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// When the authority says it saw the hash.
    #[must_use]
    pub fn time(&self) -> Timestamp {
        self.info.time
    }

    /// By how much that may be off, in microseconds, where stated.
    #[must_use]
    pub fn accuracy_us(&self) -> Option<u64> {
        self.info.accuracy_us
    }

    /// Algorithm and bytes of the stamped hash.
    #[must_use]
    pub fn imprint(&self) -> (ImprintAlgorithm, [u8; 32]) {
        (self.info.algorithm, self.info.imprint)
    }

    /// Policy of the authority, as a dotted identifier.
    #[must_use]
    pub fn policy(&self) -> &str {
        &self.info.policy
    }

    /// Number of the token at its authority, as the bytes of a big-endian integer.
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        &self.info.serial
    }

    /// The number of the request, without leading zeros.
    #[must_use]
    pub fn nonce(&self) -> Option<&[u8]> {
        self.info.nonce.as_deref()
    }
}

fn read_certificates(set: Element<'_>) -> Result<Vec<Certificate>, StampError> {
    let mut certificates = Vec::new();
    let mut reader = set.inside();
    while !reader.is_empty() {
        let element = reader.any()?;
        // Other choices (attribute certificates and older forms) are passed over.
        if element.tag == der::SEQUENCE {
            certificates.push(Certificate::parse(element.whole)?);
        }
        if certificates.len() > MAX_CERTIFICATES {
            return Err(StampError::Malformed);
        }
    }
    Ok(certificates)
}

impl Info {
    fn read(content: &[u8]) -> Result<Self, StampError> {
        let mut outer = Reader::new(content);
        let mut reader = outer.sequence()?;
        outer.end()?;
        if reader.number()? != 1 {
            return Err(StampError::Malformed);
        }
        let policy = oid::dotted(reader.read(der::OID)?.body).ok_or(StampError::Malformed)?;
        let (algorithm, imprint) = read_imprint(&mut reader)?;
        let serial = reader.integer()?.to_vec();
        let time = generalized_time(reader.read(der::GENERALIZED_TIME)?.body)?;
        let accuracy_us = match reader.optional(der::SEQUENCE)? {
            None => None,
            Some(accuracy) => Some(read_accuracy(accuracy.inside())?),
        };
        reader.optional(der::BOOLEAN)?;
        let nonce = match reader.optional(der::INTEGER)? {
            None => None,
            Some(nonce) => Some(positive(der::shortest(nonce.body)?)?),
        };
        reader.optional(der::context(0))?;
        // RFC 3161 §2.4.2: extensions that are critical and unknown would forbid use. None is known.
        if let Some(extensions) = reader.optional(der::context(1))? {
            let mut list = extensions.inside();
            while !list.is_empty() {
                let mut extension = list.sequence()?;
                extension.read(der::OID)?;
                if extension.optional(der::BOOLEAN)?.is_some() {
                    return Err(StampError::Malformed);
                }
            }
        }
        reader.end()?;
        Ok(Self { policy, algorithm, imprint, serial, time, accuracy_us, nonce })
    }
}

fn read_accuracy(mut reader: Reader<'_>) -> Result<u64, StampError> {
    let seconds = reader.optional(der::INTEGER)?;
    let millis = reader.optional(der::implicit(0))?;
    let micros = reader.optional(der::implicit(1))?;
    reader.end()?;
    let part = |element: Option<Element<'_>>| element.map_or(Ok(0), |part| der::number(part.body));
    let seconds = part(seconds)?.checked_mul(1_000_000);
    let millis = part(millis)?.checked_mul(1000);
    let micros = part(micros)?;
    seconds
        .zip(millis)
        .and_then(|(seconds, millis)| seconds.checked_add(millis)?.checked_add(micros))
        .ok_or(StampError::Malformed)
}

impl Signer {
    fn read(mut reader: Reader<'_>) -> Result<Self, StampError> {
        reader.number()?;
        let id = match reader.optional(der::implicit(0))? {
            Some(id) => SignerId::SubjectKeyId(id.body.to_vec()),
            None => {
                let mut pair = reader.sequence()?;
                let issuer = pair.read(der::SEQUENCE)?.whole.to_vec();
                let serial = pair.integer()?.to_vec();
                pair.end()?;
                SignerId::IssuerAndSerial(issuer, serial)
            }
        };
        let digest = reader.algorithm()?.0.to_vec();
        let attributes = reader.read(der::context(0))?;
        let algorithm = reader.algorithm()?.0.to_vec();
        let signature = reader.read(der::OCTET_STRING)?.body.to_vec();
        reader.optional(der::context(1))?;
        reader.end()?;
        // What is signed is the set itself, not the place it has in the message.
        let attributes = der::write(der::SET, attributes.body);
        Ok(Self { id, digest, attributes, algorithm, signature })
    }
}
