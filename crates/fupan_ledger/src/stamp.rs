//! Time stamps (RFC 3161): a request for one, and what a token proves. Reading and checking only;
//! asking an authority is the porter's.
//!
//! What is checked: imprint, nonce and policy against the request; one signer; the signed attributes
//! and its signature (RSA PKCS #1 v1.5 or ECDSA on P-256, with SHA-256, 384 or 512); the hash of its
//! certificate (ESSCertIDv2, RFC 5816); the certificate's purpose and validity at the stated time;
//! its chain to a certificate that the caller trusts. What is not: revocation, name constraints.

mod certificate;
mod der;
mod oid;
mod request;
mod response;
mod signature;
#[cfg(test)]
mod tests;
mod token;
mod verify;

use thiserror::Error;

pub use certificate::Certificate;
pub use request::{ImprintAlgorithm, StampRequest};
pub use response::{StampResponse, StampStatus};
#[cfg(test)]
use signature::rsa_verify;
pub use token::StampToken;
pub use verify::Trust;

/// Stamp error (时间戳错误): why a time stamp is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum StampError {
    /// The bytes are not DER, or not this structure.
    #[error("not in the form of a time stamp")]
    Malformed,
    /// The authority did not grant the request.
    #[error("the authority did not grant the request")]
    NotGranted,
    /// The token is of another hash.
    #[error("the token is of other bytes")]
    Imprint,
    /// The token answers another request.
    #[error("the token answers another request")]
    Nonce,
    /// The token was made under another policy than asked for.
    #[error("the token was made under another policy")]
    Policy,
    /// None or several signers.
    #[error("expected one signer")]
    Signers,
    /// The signer's certificate is neither in the token nor known.
    #[error("the signer's certificate is missing")]
    NoCertificate,
    /// A signed attribute is missing, doubled or wrong.
    #[error("a signed attribute is missing or wrong")]
    Attributes,
    /// The attributes name another certificate, or name it by SHA-1 only.
    #[error("the token does not name its signer's certificate by a sound hash")]
    CertificateHash,
    /// A hash or signature algorithm that is not read.
    #[error("an algorithm that is not read here")]
    Algorithm,
    /// The signature does not verify.
    #[error("the signature does not verify")]
    Signature,
    /// The certificate is not for time stamps alone.
    #[error("the certificate is not for time stamps alone")]
    Purpose,
    /// The stated time is outside the validity of the certificate.
    #[error("the stated time is outside the validity of the certificate")]
    Validity,
    /// No chain leads to a trusted certificate.
    #[error("no chain leads to a trusted certificate")]
    Untrusted,
}
