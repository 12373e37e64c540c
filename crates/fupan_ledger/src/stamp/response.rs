//! The answer of an authority (RFC 3161 §2.4.2).

use super::der::{self, Reader};
use super::{StampError, StampToken};

/// Stamp status (时间戳状态): what became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampStatus {
    /// Granted as asked.
    Granted,
    /// Granted with changes.
    GrantedWithMods,
    /// Refused.
    Rejection,
    /// To come later.
    Waiting,
    /// The authority's certificate is about to be revoked.
    RevocationWarning,
    /// The authority's certificate was revoked.
    RevocationNotification,
}

/// Stamp response (时间戳应答).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampResponse {
    /// What became of the request.
    pub status: StampStatus,
    /// What the authority says to it.
    pub texts: Vec<String>,
    /// Numbers of the reasons for a refusal (RFC 3161 §2.4.2: `PKIFailureInfo`).
    pub failures: Vec<usize>,
    /// The token, where granted.
    pub token: Option<StampToken>,
}

impl StampResponse {
    /// Reads an answer, `application/timestamp-reply`.
    ///
    /// # Errors
    /// Bytes that are none; a token with a refusal or a grant without one.
    pub fn parse(bytes: &[u8]) -> Result<Self, StampError> {
        let mut outer = Reader::new(bytes);
        let mut reader = outer.sequence()?;
        outer.end()?;
        let mut info = reader.sequence()?;
        let status = match info.number()? {
            0 => StampStatus::Granted,
            1 => StampStatus::GrantedWithMods,
            2 => StampStatus::Rejection,
            3 => StampStatus::Waiting,
            4 => StampStatus::RevocationWarning,
            5 => StampStatus::RevocationNotification,
            _ => return Err(StampError::Malformed),
        };
        let mut texts = Vec::new();
        if let Some(list) = info.optional(der::SEQUENCE)? {
            let mut list = list.inside();
            while !list.is_empty() {
                let text = str::from_utf8(list.read(der::UTF8_STRING)?.body);
                texts.push(text.map_err(|_| StampError::Malformed)?.to_owned());
            }
        }
        let mut failures = Vec::new();
        if let Some(bits) = info.optional(der::BIT_STRING)? {
            let (_, bytes) = bits.body.split_first().ok_or(StampError::Malformed)?;
            for (at, byte) in bytes.iter().enumerate() {
                failures
                    .extend((0..8).filter(|bit| byte & (0x80 >> bit) != 0).map(|bit| at * 8 + bit));
            }
        }
        info.end()?;
        let token = match reader.optional(der::SEQUENCE)? {
            None => None,
            Some(token) => Some(StampToken::parse(token.whole)?),
        };
        reader.end()?;
        let granted = matches!(status, StampStatus::Granted | StampStatus::GrantedWithMods);
        if granted != token.is_some() {
            return Err(StampError::Malformed);
        }
        Ok(Self { status, texts, failures, token })
    }
}
