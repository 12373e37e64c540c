//! The seal of a bag: what the releasing log signs over the tag manifests, and so over every file.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::bag::Payload;
use crate::key::VerifyKey;
use crate::malformed::{Malformed, Part};
use crate::text;
use crate::tree::Hash;

const HEADER: &str = "fupan.example/bag/v1";

/// Bag seal (包封签): the text of the note `bag.note`, signed by the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagSeal {
    /// The case: a ULID.
    pub case: String,
    /// Name of the log.
    pub origin: String,
    /// Leaves of the released head.
    pub size: u64,
    /// Its root.
    pub root: Hash,
    /// How much the bag holds.
    pub payload: Payload,
    /// SHA-256 of `tagmanifest-sha256.txt`.
    pub sha256: [u8; 32],
    /// SHA-256 of `tagmanifest-sm3.txt`.
    pub sm3_manifest: [u8; 32],
}

impl BagSeal {
    /// Reads the text of a note as a seal.
    ///
    /// # Errors
    /// The first line that is not exactly as it must be.
    pub fn parse(note_text: &str) -> Result<Self, Malformed> {
        let body = note_text.strip_suffix('\n').unwrap_or(note_text);
        let mut lines = (1..).zip(body.split('\n'));
        match lines.next() {
            Some((_, HEADER)) => {}
            _ => return Err(Malformed::at(1, Part::Header)),
        }
        let mut next = |name: &'static str| {
            let (line, text) = lines.next().unwrap_or((8, ""));
            let value = text.strip_prefix(name).and_then(|rest| rest.strip_prefix(' '));
            value.map(|value| (line, value)).ok_or(Malformed::at(line, Part::Field(name)))
        };
        fn read<T>(
            (line, value): (usize, &str),
            name: &'static str,
            read: impl Fn(&str) -> Option<T>,
        ) -> Result<T, Malformed> {
            read(value).ok_or(Malformed::at(line, Part::Value(name)))
        }
        let pair = |value: &str, between: char| -> Option<(u64, String)> {
            let (number, rest) = value.split_once(between)?;
            Some((text::decimal(number)?, rest.to_owned()))
        };
        let digest = |value: &str| text::hex_array(value);
        let seal = Self {
            case: read(next("case")?, "case", |value| {
                (!value.is_empty()).then(|| value.to_owned())
            })?,
            origin: next("origin")?.1.to_owned(),
            size: 0,
            root: Hash::of_nothing(),
            payload: Payload { bytes: 0, files: 0 },
            sha256: [0; 32],
            sm3_manifest: [0; 32],
        };
        let (size, root) = read(next("tree")?, "tree", |value| {
            let (size, root) = pair(value, ' ')?;
            Some((size, Hash(text::base64_hash(&root)?)))
        })?;
        let payload = read(next("payload")?, "payload", |value| {
            let (bytes, files) = pair(value, '.')?;
            Some(Payload { bytes, files: text::decimal(&files)? })
        })?;
        let sha256 = read(next("tagmanifest-sha256")?, "tagmanifest-sha256", digest)?;
        let sm3_manifest = read(next("tagmanifest-sm3")?, "tagmanifest-sm3", digest)?;
        match lines.next() {
            None => Ok(Self { size, root, payload, sha256, sm3_manifest, ..seal }),
            Some((line, _)) => Err(Malformed::at(line, Part::End)),
        }
    }
}

impl fmt::Display for BagSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}\ncase {}\norigin {}", self.case, self.origin)?;
        writeln!(f, "tree {} {}", self.size, self.root)?;
        writeln!(f, "payload {}.{}", self.payload.bytes, self.payload.files)?;
        writeln!(f, "tagmanifest-sha256 {}", text::to_hex(&self.sha256))?;
        writeln!(f, "tagmanifest-sm3 {}", text::to_hex(&self.sm3_manifest))
    }
}

/// Fingerprint of a key: SHA-256 of its string, as 64 digits. What people compare aloud, and what the
/// leaf of the key's enrolment holds.
#[must_use]
pub fn fingerprint(key: &VerifyKey) -> String {
    text::to_hex(Sha256::digest(key.to_string()).as_slice())
}
