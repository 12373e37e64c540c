//! As much of a certificate (RFC 5280) as a time stamp needs.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::der::{self, Reader};
use super::{StampError, oid};

/// Certificate (证书). Equal when its bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    pub(super) der: Vec<u8>,
    /// What its issuer signed.
    pub(super) signed: Vec<u8>,
    pub(super) serial: Vec<u8>,
    pub(super) issuer: Vec<u8>,
    pub(super) subject: Vec<u8>,
    pub(super) not_before: Timestamp,
    pub(super) not_after: Timestamp,
    pub(super) key: PublicKey,
    pub(super) extensions: Extensions,
    pub(super) algorithm: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

/// `SubjectPublicKeyInfo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublicKey {
    pub(super) algorithm: Vec<u8>,
    pub(super) parameters: Vec<u8>,
    pub(super) bytes: Vec<u8>,
}

/// The extensions that are understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Extensions {
    /// An authority, and how many authorities may stand between it and an end.
    pub(super) authority: Option<Option<u64>>,
    /// Bits of the key usage, first byte; `None`: not restricted.
    pub(super) key_usage: Option<u8>,
    /// It is for time stamps, for nothing else, and says so critically.
    pub(super) time_stamping_only: bool,
    pub(super) subject_key_id: Option<Vec<u8>>,
    /// A critical extension that is not understood: the certificate must not be used.
    pub(super) unknown_critical: bool,
}

impl Certificate {
    /// Reads a certificate in DER.
    ///
    /// # Errors
    /// Bytes that are none.
    pub fn parse(bytes: &[u8]) -> Result<Self, StampError> {
        let mut outer = Reader::new(bytes);
        let mut reader = outer.sequence()?;
        outer.end()?;
        let signed = reader.read(der::SEQUENCE)?;
        let algorithm = reader.read(der::SEQUENCE)?;
        let signature = reader.bits()?.to_vec();
        reader.end()?;
        let mut tbs = signed.inside();
        tbs.optional(der::context(0))?;
        let serial = tbs.integer()?.to_vec();
        // The algorithm stands twice and must be the same (RFC 5280 §4.1.1.2).
        if tbs.read(der::SEQUENCE)?.whole != algorithm.whole {
            return Err(StampError::Malformed);
        }
        let issuer = tbs.read(der::SEQUENCE)?.whole.to_vec();
        let mut validity = tbs.sequence()?;
        let not_before = time(&mut validity)?;
        let not_after = time(&mut validity)?;
        validity.end()?;
        let subject = tbs.read(der::SEQUENCE)?.whole.to_vec();
        let key = PublicKey::read(tbs.sequence()?)?;
        tbs.optional(der::implicit(1))?;
        tbs.optional(der::implicit(2))?;
        let extensions = match tbs.optional(der::context(3))? {
            None => Extensions::default(),
            Some(list) => Extensions::read(list.inside())?,
        };
        tbs.end()?;
        Ok(Self {
            der: bytes.to_vec(),
            signed: signed.whole.to_vec(),
            serial,
            issuer,
            subject,
            not_before,
            not_after,
            key,
            extensions,
            algorithm: algorithm.inside().read(der::OID)?.body.to_vec(),
            signature,
        })
    }

    /// The certificate as it was read.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// First and last moment of its validity.
    #[must_use]
    pub fn validity(&self) -> (Timestamp, Timestamp) {
        (self.not_before, self.not_after)
    }

    pub(super) fn valid_at(&self, moment: Timestamp) -> bool {
        (self.not_before..=self.not_after).contains(&moment)
    }
}

impl PublicKey {
    fn read(mut reader: Reader<'_>) -> Result<Self, StampError> {
        let (algorithm, parameters) = reader.algorithm()?;
        let bytes = reader.bits()?.to_vec();
        reader.end()?;
        Ok(Self { algorithm: algorithm.to_vec(), parameters: parameters.to_vec(), bytes })
    }
}

impl Extensions {
    fn read(mut outer: Reader<'_>) -> Result<Self, StampError> {
        let mut list = outer.sequence()?;
        outer.end()?;
        let mut found = Self::default();
        let mut seen: Vec<&[u8]> = Vec::new();
        while !list.is_empty() {
            let mut extension = list.sequence()?;
            let id = extension.read(der::OID)?.body;
            let critical = match extension.optional(der::BOOLEAN)? {
                None => false,
                Some(flag) => flag.body != [0],
            };
            let value = extension.read(der::OCTET_STRING)?.body;
            extension.end()?;
            if seen.contains(&id) {
                return Err(StampError::Malformed);
            }
            seen.push(id);
            found.add(id, critical, Reader::new(value))?;
        }
        Ok(found)
    }

    fn add(&mut self, id: &[u8], critical: bool, mut value: Reader<'_>) -> Result<(), StampError> {
        match id {
            oid::BASIC_CONSTRAINTS => {
                let mut inside = value.sequence()?;
                let authority = inside.optional(der::BOOLEAN)?.is_some_and(|flag| flag.body != [0]);
                let length = match inside.optional(der::INTEGER)? {
                    None => None,
                    Some(length) => Some(der::number(length.body)?),
                };
                self.authority = authority.then_some(length);
            }
            oid::KEY_USAGE => {
                self.key_usage =
                    Some(value.read(der::BIT_STRING)?.body.get(1).copied().unwrap_or(0));
            }
            oid::EXTENDED_KEY_USAGE => {
                let mut purposes = value.sequence()?;
                let first = purposes.read(der::OID)?.body;
                self.time_stamping_only =
                    critical && first == oid::TIME_STAMPING && purposes.is_empty();
            }
            oid::SUBJECT_KEY_ID => {
                self.subject_key_id = Some(value.read(der::OCTET_STRING)?.body.to_vec());
            }
            oid::CERTIFICATE_POLICIES => {}
            _ => self.unknown_critical |= critical,
        }
        Ok(())
    }
}

/// A `Time`: two digits of the year up to 2049 (RFC 5280 §4.1.2.5), four from then on.
fn time(reader: &mut Reader<'_>) -> Result<Timestamp, StampError> {
    let element = reader.any()?;
    match element.tag {
        der::GENERALIZED_TIME => generalized_time(element.body),
        der::UTC_TIME => {
            let year = element.body.get(..2).unwrap_or_default();
            let century = if year < b"50".as_slice() { b"20" } else { b"19" };
            generalized_time(&[century, element.body].concat())
        }
        _ => Err(StampError::Malformed),
    }
}

/// `YYYYMMDDhhmmss[.f]Z`, with at most nine digits behind the point and no zero at their end.
pub(super) fn generalized_time(body: &[u8]) -> Result<Timestamp, StampError> {
    read_time(body).ok_or(StampError::Malformed)
}

fn read_time(body: &[u8]) -> Option<Timestamp> {
    let text = str::from_utf8(body).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = match text.split_once('.') {
        None => (text, ""),
        Some((whole, fraction)) if (1..=9).contains(&fraction.len()) => (whole, fraction),
        Some(_) => return None,
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(fraction) || fraction.ends_with('0') {
        return None;
    }
    let small = |from: usize| whole.get(from..from + 2)?.parse::<i8>().ok();
    let nanos = format!("{fraction:0<9}").parse::<i32>().ok()?;
    let year = whole.get(..4)?.parse::<i16>().ok()?;
    let civil =
        DateTime::new(year, small(4)?, small(6)?, small(8)?, small(10)?, small(12)?, nanos).ok()?;
    Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
