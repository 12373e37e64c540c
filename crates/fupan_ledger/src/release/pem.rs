//! PEM (RFC 7468): public keys as openssl takes them, and certificates as it gives them.

use super::parts::spki;
use crate::key::VerifyKey;
use crate::stamp::{Certificate, StampError};
use crate::text;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// A public key for `openssl -pubin`.
pub(super) fn public_key(key: &VerifyKey) -> String {
    let base64 = text::to_base64(&spki(key));
    let mut out = String::from("-----BEGIN PUBLIC KEY-----\n");
    for line in base64.as_bytes().chunks(64) {
        out.push_str(str::from_utf8(line).unwrap_or_default());
        out.push('\n');
    }
    out.push_str("-----END PUBLIC KEY-----\n");
    out
}

/// The certificates of a PEM file. What stands between them is passed over, as openssl does.
///
/// # Errors
/// A block that does not end, is no base64, or holds no certificate.
pub fn certificates(pem: &str) -> Result<Vec<Certificate>, StampError> {
    let mut found = Vec::new();
    for block in pem.split(BEGIN).skip(1) {
        let (body, _) = block.split_once(END).ok_or(StampError::Malformed)?;
        let body: String = body.split_ascii_whitespace().collect();
        let der = text::base64(&body).ok_or(StampError::Malformed)?;
        found.push(Certificate::parse(&der)?);
    }
    Ok(found)
}
