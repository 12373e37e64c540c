//! Lists of chunks: the digests of a big file's parts, as an object of its own.

use serde::{Deserialize, Serialize};

use super::hex_of;

/// Bytes of a chunk; the last may be shorter.
pub const CHUNK: u64 = 8 << 20;
const FORMAT: &str = "fupan-chunks/1";

/// Chunk list (分块清单): SHA-256 of each 8 MiB of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChunkList {
    /// Bytes of the file.
    pub size: u64,
    /// Digests of its chunks, in order.
    pub sha256: Vec<[u8; 32]>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    format: String,
    size: u64,
    chunk: u64,
    sha256: Vec<String>,
}

impl ChunkList {
    /// Its bytes: JSON in one line.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let form = Form {
            format: FORMAT.to_owned(),
            size: self.size,
            chunk: CHUNK,
            sha256: self.sha256.iter().map(hex_of).collect(),
        };
        // Plain texts and numbers always have a JSON form.
        serde_json::to_vec(&form).unwrap_or_default()
    }

    /// Reads a list; `None`: it is none.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let form: Form = serde_json::from_slice(bytes).ok()?;
        let right = form.format == FORMAT
            && form.chunk == CHUNK
            && form.sha256.len() as u64 == form.size.div_ceil(CHUNK);
        let sha256: Option<Vec<[u8; 32]>> =
            form.sha256.iter().map(|text| super::digests::from_hex(text)).collect();
        Some(Self { size: form.size, sha256: sha256.filter(|_| right)? })
    }
}
