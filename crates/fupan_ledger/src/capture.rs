//! Capture statements (`docs/ledger-format.md`): what an attestor signs at the scene. The text of a
//! signed note, one field a line, in one order and one spelling: the exact bytes are what is signed.

mod field;
mod read;

use std::fmt;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::key::KeyId;
use crate::text;
use crate::tree::Hash;

pub(crate) use field::{code, digest, optional, ulid, word};

/// First line of a statement.
pub(crate) const HEADER: &str = "fupan.example/capture/v1";

/// Capture (采集声明): which bytes, of which evidence, when by the device's clock, on which device.
/// It states no names and no places: those stand in the object that `meta` is the digest of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The evidence: a ULID, 26 characters.
    pub evidence: String,
    /// The case: a ULID.
    pub case: String,
    /// Kind of evidence, by its code in the book.
    pub kind: String,
    /// Medium: a word of small letters.
    pub medium: String,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// SM3 of the same bytes.
    pub sm3: [u8; 32],
    /// Their number.
    pub size: u64,
    /// SHA-256 of the list of chunks, where the bytes are kept in chunks.
    pub chunks: Option<[u8; 32]>,
    /// When, by the device's clock as it stood; whole milliseconds.
    pub captured: Timestamp,
    /// The device's monotonic clock then, in milliseconds since it started.
    pub mono_ms: u64,
    /// What the device knew of the server's clock; `None`: it never compared them.
    pub clock: Option<ClockSync>,
    /// The device's key.
    pub device: KeyId,
    /// Number of the statement on this device, from 0.
    pub seq: u64,
    /// SHA-256 of this device's previous statement; `None` for its first.
    pub prev: Option<[u8; 32]>,
    /// The last checkpoint that the device had checked: the capture was not before it.
    pub beacon: Option<Beacon>,
    /// SHA-256 of the object with place, readings and remarks.
    pub meta: [u8; 32],
    /// 16 bytes drawn for this statement.
    pub nonce: [u8; 16],
}

/// Clock comparison (对时): raw values; what they are worth is for the engine to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSync {
    /// Server's clock less the device's, in milliseconds.
    pub offset_ms: i64,
    /// How long the question and its answer took, in milliseconds.
    pub rtt_ms: u64,
    /// How long ago they were compared, in seconds.
    pub age_s: u64,
}

/// Beacon (信标): a head of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beacon {
    /// Its size.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

impl Capture {
    /// SHA-256 of the statement's text: what its device's next statement names as `prev`.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.to_string()).into()
    }
}

impl fmt::Display for Capture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digest = |digest: Option<[u8; 32]>| {
            digest.map_or("none".to_owned(), |digest| format!("sha256:{}", text::to_hex(&digest)))
        };
        writeln!(f, "{HEADER}")?;
        writeln!(f, "evidence {}\ncase {}", self.evidence, self.case)?;
        writeln!(f, "kind {}\nmedium {}", self.kind, self.medium)?;
        writeln!(f, "sha256 {}\nsm3 {}", text::to_hex(&self.sha256), text::to_hex(&self.sm3))?;
        writeln!(f, "size {}\nchunks {}", self.size, digest(self.chunks))?;
        writeln!(f, "captured {:.3}\nmono-ms {}", self.captured, self.mono_ms)?;
        match &self.clock {
            None => writeln!(f, "offset-ms none\nrtt-ms none\nsync-age-s none")?,
            Some(clock) => {
                writeln!(f, "offset-ms {}\nrtt-ms {}", clock.offset_ms, clock.rtt_ms)?;
                writeln!(f, "sync-age-s {}", clock.age_s)?;
            }
        }
        writeln!(f, "device {}\nseq {}\nprev {}", self.device, self.seq, digest(self.prev))?;
        match &self.beacon {
            None => writeln!(f, "beacon none")?,
            Some(beacon) => writeln!(f, "beacon {} {}", beacon.size, beacon.root)?,
        }
        writeln!(f, "meta {}\nnonce {}", digest(Some(self.meta)), text::to_base64(&self.nonce))
    }
}
