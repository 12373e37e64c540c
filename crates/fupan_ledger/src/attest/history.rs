//! What a device stated before. Its statements are a chain: each has a number and names the digest of
//! the one before.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::capture::Capture;
use crate::key::VerifyKey;

/// Past (过往声明): as much of an earlier statement of a device as the next is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// Its number.
    pub seq: u64,
    /// SHA-256 of its text.
    pub digest: [u8; 32],
    /// SHA-256 of the text of the one before, as it says.
    pub prev: Option<[u8; 32]>,
    /// When it was made, by the device's clock.
    pub captured: Timestamp,
    /// The device's monotonic clock then, in milliseconds.
    pub mono_ms: u64,
}

/// Priors (先前情况): what is on record around a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Priors {
    /// Digest of the statement on record with this number of this device.
    pub same_seq: Option<[u8; 32]>,
    /// Digest of the statement on record with this nonce, of whatever device.
    pub same_nonce: Option<[u8; 32]>,
    /// The device's statement with the highest number below.
    pub before: Option<Past>,
    /// The device's statement with the lowest number above.
    pub after: Option<Past>,
}

/// History (声明史): all statements so far, in memory. A vault asks its index instead; who checks a bag
/// reads its statements into one of these.
#[derive(Debug, Clone, Default)]
pub struct History {
    devices: BTreeMap<(Vec<u8>, u64), Past>,
    nonces: BTreeMap<[u8; 16], [u8; 32]>,
}

impl History {
    /// Puts a statement that was accepted on record. What is there stays.
    pub fn record(&mut self, device: &VerifyKey, capture: &Capture) {
        let past = Past {
            seq: capture.seq,
            digest: capture.digest(),
            prev: capture.prev,
            captured: capture.captured,
            mono_ms: capture.mono_ms,
        };
        self.devices.entry((device.material(), capture.seq)).or_insert(past);
        self.nonces.entry(capture.nonce).or_insert(past.digest);
    }

    /// What is on record around a statement of this device.
    #[must_use]
    pub fn priors(&self, device: &VerifyKey, capture: &Capture) -> Priors {
        let at = (device.material(), capture.seq);
        let (first, last) = ((at.0.clone(), 0), (at.0.clone(), u64::MAX));
        Priors {
            same_seq: self.devices.get(&at).map(|past| past.digest),
            same_nonce: self.nonces.get(&capture.nonce).copied(),
            before: self.devices.range(first..at.clone()).next_back().map(|(_, past)| *past),
            after: capture
                .seq
                .checked_add(1)
                .and_then(|next| self.devices.range((at.0, next)..=last).next())
                .map(|(_, past)| *past),
        }
    }
}
