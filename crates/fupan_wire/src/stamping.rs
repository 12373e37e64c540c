//! Time stamps: a request goes out, a token that proves something comes back (RFC 3161 §3.4).

use fupan_ledger::{StampError, StampRequest, StampResponse, StampToken, Trust};

use crate::caller::Caller;
use crate::error::WireError;

/// Bytes of an answer that are read; one with a chain of certificates has some thousands.
const MAX_ANSWER: u64 = 64 * 1024;

/// Stamped (盖时所得): a token, and the answer it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped {
    /// The token, checked against request and trust.
    pub token: StampToken,
    /// The whole answer (`TimeStampResp`) as it came, to be kept.
    pub answer: Vec<u8>,
}

/// Time stamper (时间戳服务): an authority that stamps hashes.
pub trait TimeStamper {
    /// Has a hash stamped. The token that comes back was checked against request and trust.
    ///
    /// # Errors
    /// Nobody answered, the authority refused, or what it sent proves nothing.
    fn stamp(&self, request: &StampRequest) -> Result<Stamped, WireError>;
}

/// HTTP time stamper (时间戳服务客户端): an authority at an address.
#[derive(Debug, Clone)]
pub struct HttpTimeStamper {
    caller: Caller,
    url: String,
    trust: Trust,
}

impl HttpTimeStamper {
    /// The authority at `url`, believed as far as `trust` goes.
    #[must_use]
    pub fn new(caller: Caller, url: &str, trust: Trust) -> Self {
        Self { caller, url: url.to_owned(), trust }
    }

    fn refused(&self, error: StampError) -> WireError {
        WireError::Stamp { url: self.url.clone(), error }
    }
}

impl TimeStamper for HttpTimeStamper {
    fn stamp(&self, request: &StampRequest) -> Result<Stamped, WireError> {
        let der = request.to_der().map_err(|error| self.refused(error))?;
        let reply = self.caller.post(&self.url, "application/timestamp-query", &der, MAX_ANSWER)?;
        if reply.status != 200 {
            return Err(WireError::Refused { url: self.url.clone(), status: reply.status });
        }
        if reply.kind != "application/timestamp-reply" {
            return Err(WireError::ContentType { url: self.url.clone(), found: reply.kind });
        }
        let response = StampResponse::parse(&reply.body).map_err(|error| self.refused(error))?;
        let Some(token) = response.token else {
            return Err(WireError::NotStamped {
                url: self.url.clone(),
                status: response.status,
                failures: response.failures,
                texts: response.texts,
            });
        };
        token.verify(request, &self.trust).map_err(|error| self.refused(error))?;
        Ok(Stamped { token, answer: reply.body })
    }
}
