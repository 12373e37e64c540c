//! One batch on its way into the tiles. `fupan-wal/1`, the first index, the number of entries and the
//! SHA-256 of what follows in one line; then each entry after its length in two bytes.

use fupan_ledger::MAX_ENTRY;

use crate::object::hex_of;

const FORMAT: &str = "fupan-wal/1";

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wal {
    /// Index of its first entry.
    pub(crate) from: u64,
    /// Its entries.
    pub(crate) entries: Vec<Vec<u8>>,
}

impl Wal {
    /// Size of a log that it is in. No log is so long that this is not exact; a forged batch may say it is.
    pub(crate) fn end(&self) -> u64 {
        self.from.saturating_add(self.entries.len() as u64)
    }

    /// The bytes of a batch whose first entry has the index `from`.
    pub(crate) fn print(from: u64, entries: &[Vec<u8>]) -> Vec<u8> {
        let mut body = Vec::new();
        for entry in entries {
            // Entries are leaves, far shorter than this.
            let length = u16::try_from(entry.len().min(MAX_ENTRY)).unwrap_or(u16::MAX);
            body.extend_from_slice(&length.to_be_bytes());
            body.extend_from_slice(entry);
        }
        let sum = hex_of(&crate::object::sha256_of(&body));
        let mut bytes = format!("{FORMAT} {from} {} {sum}\n", entries.len()).into_bytes();
        bytes.extend(body);
        bytes
    }

    /// Reads a batch; `None`: it is not whole, or none.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let (line, body) = bytes.split_at_checked(end)?;
        let mut words = str::from_utf8(line).ok()?.split(' ');
        if words.next()? != FORMAT {
            return None;
        }
        let from = words.next()?.parse().ok()?;
        let count: usize = words.next()?.parse().ok()?;
        let mut body = body.get(1..)?;
        let mut entries = Vec::new();
        while let Some((length, rest)) = body.split_first_chunk::<2>() {
            let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
            entries.push(entry.to_vec());
            body = rest;
        }
        let wal = Self { from, entries };
        let whole = body.is_empty()
            && wal.entries.len() == count
            && Self::print(wal.from, &wal.entries) == bytes;
        whole.then_some(wal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_batch_is_read() {
        let wal = Wal { from: 7, entries: vec![b"one".to_vec(), Vec::new(), b"three".to_vec()] };
        let bytes = Wal::print(wal.from, &wal.entries);
        assert_eq!(Wal::parse(&bytes), Some(wal));
        for at in 0..bytes.len() {
            assert_eq!(Wal::parse(&bytes[..at]), None);
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            // The first index alone is not in the sum; the name of the file holds it too.
            if let Some(other) = Wal::parse(&flipped) {
                assert_ne!(other.from, 7);
            }
        }
        assert_eq!(Wal::parse(&[bytes.as_slice(), b"x"].concat()), None);
    }
}
