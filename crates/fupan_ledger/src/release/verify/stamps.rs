//! Time stamps over heads of the log.

use sm3::{Digest as _, Sm3};

use super::Check;
use crate::release::fault::BagFault;
use crate::release::layout::{self, Place};
use crate::release::pem;
use crate::release::report::{Notice, StampReport};
use crate::stamp::{
    Certificate, ImprintAlgorithm, StampError, StampRequest, StampResponse, StampToken,
};

impl Check<'_> {
    pub(super) fn stamps(&mut self) {
        let chain = self.chain();
        let stamps = self.paths(|place| match place {
            Place::StampRequest { size, algorithm } | Place::StampAnswer { size, algorithm } => {
                Some((size, algorithm.to_owned()))
            }
            _ => None,
        });
        let mut pairs: Vec<(u64, String)> = stamps.into_iter().map(|(_, pair)| pair).collect();
        pairs.sort();
        pairs.dedup();
        if pairs.is_empty() {
            self.report.notice("tsa", Notice::NoStamp);
        }
        for (size, algorithm) in pairs {
            let request = format!("tsa/{size}.{algorithm}.tsq");
            let answer = format!("tsa/{size}.{algorithm}.tsr");
            let (Some(asked), Some(answered)) = (self.read(&request), self.read(&answer)) else {
                continue;
            };
            match self.stamp(size, &asked, &answered, &chain) {
                Ok((token, trusted)) => {
                    if !trusted {
                        self.report.notice(&answer, Notice::StampUntrusted);
                    }
                    let time = token.time();
                    self.report.stamps.push(StampReport { place: answer, size, time, trusted });
                }
                Err(fault) => self.report.fault(&answer, fault),
            }
        }
    }

    fn chain(&mut self) -> Vec<Certificate> {
        if !self.files.contains_key(layout::CHAIN) {
            return Vec::new();
        }
        let Some(bytes) = self.read(layout::CHAIN) else { return Vec::new() };
        match str::from_utf8(&bytes).ok().map(pem::certificates) {
            Some(Ok(certificates)) => certificates,
            _ => {
                self.report.fault(layout::CHAIN, BagFault::Stamp(StampError::Malformed));
                Vec::new()
            }
        }
    }

    /// The token, and whether its authority is trusted.
    fn stamp(
        &self,
        size: u64,
        asked: &[u8],
        answered: &[u8],
        chain: &[Certificate],
    ) -> Result<(StampToken, bool), BagFault> {
        let request = StampRequest::parse(asked).map_err(BagFault::Stamp)?;
        let response = StampResponse::parse(answered).map_err(BagFault::Stamp)?;
        let token = response.token.ok_or(BagFault::Stamp(StampError::NotGranted))?;
        let (text, sha256) = self.head_text(size).ok_or(BagFault::NoHead)?;
        let imprint = match request.algorithm {
            ImprintAlgorithm::Sha256 => sha256,
            ImprintAlgorithm::Sm3 => Sm3::digest(&text).into(),
        };
        if imprint != request.imprint {
            return Err(BagFault::Stamp(StampError::Imprint));
        }
        let mut trust = self.anchors.stamps.clone().unwrap_or_default();
        trust.known.extend_from_slice(chain);
        match token.verify(&request, &trust) {
            Ok(()) => Ok((token, true)),
            // Everything holds but the authority, which nobody asked to check.
            Err(StampError::Untrusted) if self.anchors.stamps.is_none() => Ok((token, false)),
            Err(error) => Err(BagFault::Stamp(error)),
        }
    }
}
