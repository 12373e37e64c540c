//! Whether a token proves what it states.

use super::certificate::Certificate;
use super::der::{self, Reader};
use super::token::{Signer, SignerId};
use super::{StampError, StampRequest, StampToken, oid, signature};

/// Certificates between a signer and an anchor, at most.
const MAX_CHAIN: u64 = 8;

/// Bit of the key usage that lets a key sign certificates.
const SIGNS_CERTIFICATES: u8 = 0x04;

/// Trust (信任锚): whom to believe, from outside; never from the bag that is to be checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    /// Certificates that are trusted: authorities above the signer, or the signer's own.
    pub anchors: Vec<Certificate>,
    /// Certificates that are not trusted but may be missing from the token.
    pub known: Vec<Certificate>,
}

impl StampToken {
    /// Checks that the token answers the request and that one whom the caller trusts signed it.
    ///
    /// # Errors
    /// The first thing that speaks against it.
    pub fn verify(&self, request: &StampRequest, trust: &Trust) -> Result<(), StampError> {
        if (self.info.algorithm, self.info.imprint) != (request.algorithm, request.imprint) {
            return Err(StampError::Imprint);
        }
        if request.nonce.is_some() && self.info.nonce != request.nonce {
            return Err(StampError::Nonce);
        }
        if request.policy.as_ref().is_some_and(|policy| *policy != self.info.policy) {
            return Err(StampError::Policy);
        }
        let [signer] = self.signers.as_slice() else { return Err(StampError::Signers) };
        let certificate = self
            .certificates
            .iter()
            .chain(&trust.known)
            .chain(&trust.anchors)
            .find(|certificate| signer.is(certificate))
            .ok_or(StampError::NoCertificate)?;
        signer.check_attributes(&self.content, certificate)?;
        signature::verify(
            &certificate.key,
            &signer.algorithm,
            &signer.digest,
            &signer.attributes,
            &signer.signature,
        )?;
        let extensions = &certificate.extensions;
        if !extensions.time_stamping_only || extensions.unknown_critical {
            return Err(StampError::Purpose);
        }
        if !certificate.valid_at(self.info.time) {
            return Err(StampError::Validity);
        }
        self.chain(certificate, trust)
    }

    /// Climbs from issuer to issuer until one is trusted.
    fn chain(&self, signer: &Certificate, trust: &Trust) -> Result<(), StampError> {
        let mut below = signer;
        for between in 0..MAX_CHAIN {
            if trust.anchors.contains(below) {
                return Ok(());
            }
            let issued = |above: &&Certificate| self.issued(above, below, between);
            if trust.anchors.iter().any(|above| issued(&above)) {
                return Ok(());
            }
            let mut others = self.certificates.iter().chain(&trust.known);
            below = others.find(issued).ok_or(StampError::Untrusted)?;
        }
        Err(StampError::Untrusted)
    }

    /// Whether `above` may issue certificates with `between` authorities under it, and issued this.
    fn issued(&self, above: &Certificate, below: &Certificate, between: u64) -> bool {
        let extensions = &above.extensions;
        let room =
            extensions.authority.is_some_and(|length| length.is_none_or(|max| between <= max));
        let signs = extensions.key_usage.is_none_or(|bits| bits & SIGNS_CERTIFICATES != 0);
        above.subject == below.issuer
            && above != below
            && room
            && signs
            && !extensions.unknown_critical
            && above.valid_at(self.info.time)
            && signature::verify(&above.key, &below.algorithm, &[], &below.signed, &below.signature)
                .is_ok()
    }
}

impl Signer {
    fn is(&self, certificate: &Certificate) -> bool {
        match &self.id {
            SignerId::IssuerAndSerial(issuer, serial) => {
                certificate.issuer == *issuer && certificate.serial == *serial
            }
            SignerId::SubjectKeyId(id) => {
                certificate.extensions.subject_key_id.as_ref() == Some(id)
            }
        }
    }

    /// The attributes bind the content's type and hash and the certificate (RFC 5652 §11, RFC 5035).
    fn check_attributes(
        &self,
        content: &[u8],
        certificate: &Certificate,
    ) -> Result<(), StampError> {
        let attribute = |id: &[u8]| self.attribute(id)?.ok_or(StampError::Attributes);
        let mut kind = attribute(oid::CONTENT_TYPE)?;
        if kind.read(der::OID)?.body != oid::TST_INFO {
            return Err(StampError::Attributes);
        }
        let mut hash = attribute(oid::MESSAGE_DIGEST)?;
        if hash.read(der::OCTET_STRING)?.body != signature::digest(&self.digest, content)? {
            return Err(StampError::Attributes);
        }
        let named = self.attribute(oid::SIGNING_CERTIFICATE_V2)?;
        let mut named = named.ok_or(StampError::CertificateHash)?.sequence()?;
        // The first is the signer's own; any further ones restrict its chain.
        let mut first = named.sequence()?.sequence()?;
        let algorithm = match first.optional(der::SEQUENCE)? {
            None => oid::SHA256,
            Some(algorithm) => algorithm.inside().read(der::OID)?.body,
        };
        let hash = first.read(der::OCTET_STRING)?.body;
        if hash == signature::digest(algorithm, &certificate.der)? {
            Ok(())
        } else {
            Err(StampError::CertificateHash)
        }
    }

    /// The one value of an attribute that stands at most once.
    fn attribute(&self, id: &[u8]) -> Result<Option<Reader<'_>>, StampError> {
        let mut list = Reader::new(&self.attributes).read(der::SET)?.inside();
        let mut found = None;
        while !list.is_empty() {
            let mut attribute = list.sequence()?;
            let wanted = attribute.read(der::OID)?.body == id;
            let mut values = attribute.read(der::SET)?.inside();
            attribute.end()?;
            let value = Reader::new(values.any()?.whole);
            if wanted {
                values.end()?;
                if found.replace(value).is_some() {
                    return Err(StampError::Attributes);
                }
            }
        }
        Ok(found)
    }
}
