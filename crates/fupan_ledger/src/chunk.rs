//! Chunks of sensor streams (`docs/vault-format.md`): a signed header, an empty line, the lines of the readings as
//! they came. A run is chunks of one stream, one after another; the objects that the log names are its parts.

mod run;

use std::fmt;
use std::ops::Range;

use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use thiserror::Error;

use crate::capture::{digest, optional};
use crate::leaf::Ulid;
use crate::malformed::{Malformed, Part};
use crate::note::Note;
use crate::text;

pub use run::Run;

/// First line of a header.
const HEADER: &str = "fupan.example/chunk/v1";
/// Bytes of a chunk at most: 256 KiB of lines and one of 64 KiB more, and its header.
const LONGEST: usize = 1 << 20;

/// Chunk (数据块): what the header of sealed readings says of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The case.
    pub case: Ulid,
    /// The stream.
    pub stream: Ulid,
    /// Number of the first new reading.
    pub seq: u64,
    /// SHA-256 of the stream's chunk before; `None`: it is the first.
    pub prev: Option<[u8; 32]>,
    /// Time of the first reading by the device's clock, in milliseconds since 1970.
    pub first_ms: i64,
    /// Time of the last.
    pub last_ms: i64,
    /// New readings.
    pub count: u64,
    /// All lines, repetitions included.
    pub lines: u64,
    /// Bytes of the lines.
    pub size: u64,
    /// Their SHA-256.
    pub sha256: [u8; 32],
    /// Their SM3.
    pub sm3: [u8; 32],
    /// For each quantity its name, least and most value, as `<name> <least> <most>`.
    pub ranges: Vec<String>,
}

/// Chunk fault (数据块缺陷): why bytes are no chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ChunkFault {
    /// They end before the chunk does.
    #[error("the chunk is cut off")]
    Short,
    /// No chunk is so long.
    #[error("longer than any chunk")]
    Long,
    /// The header is none.
    #[error("header: {0}")]
    Header(#[from] Malformed),
    /// The lines are not those of the header.
    #[error("the lines have another {0} than the header says")]
    Lines(&'static str),
}

/// Sealed chunk (已封存数据块): one chunk as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedChunk<'a> {
    /// Header and signatures.
    pub note: Note,
    /// What the header says.
    pub chunk: Chunk,
    /// The lines.
    pub lines: &'a str,
    /// All of its bytes: the object that a leaf names.
    pub bytes: &'a [u8],
}

impl Chunk {
    /// Whether bytes begin as a chunk does.
    #[must_use]
    pub fn begins(bytes: &[u8]) -> bool {
        bytes.strip_prefix(HEADER.as_bytes()).is_some_and(|rest| rest.first() == Some(&b'\n'))
    }

    /// The first chunk of some bytes, its lines held to the digests of its header. Who signed is for the caller.
    ///
    /// # Errors
    /// What is not as it must be.
    pub fn open(bytes: &[u8]) -> Result<SealedChunk<'_>, ChunkFault> {
        let (note, chunk, lines) = Self::extent(bytes)?;
        let end = lines.end;
        let lines = bytes.get(lines).unwrap_or_default();
        if chunk.sha256 != <[u8; 32]>::from(Sha256::digest(lines)) {
            return Err(ChunkFault::Lines("SHA-256"));
        }
        if chunk.sm3 != <[u8; 32]>::from(Sm3::digest(lines)) {
            return Err(ChunkFault::Lines("SM3"));
        }
        let lines = str::from_utf8(lines).map_err(|_| ChunkFault::Lines("UTF-8"))?;
        Ok(SealedChunk { note, chunk, lines, bytes: bytes.get(..end).unwrap_or_default() })
    }

    /// The header of the first chunk, and where its lines are.
    fn extent(bytes: &[u8]) -> Result<(Note, Self, Range<usize>), ChunkFault> {
        let cut = if bytes.len() >= LONGEST { ChunkFault::Long } else { ChunkFault::Short };
        if bytes.len() > HEADER.len() && !Self::begins(bytes) {
            return Err(Malformed::at(1, Part::Header).into());
        }
        let after_gap = |from: usize| {
            let rest = bytes.get(from..bytes.len().min(LONGEST))?;
            rest.windows(2).position(|pair| pair == b"\n\n").map(|at| from + at + 2)
        };
        let signatures = after_gap(0).ok_or(cut)?;
        let from = after_gap(signatures).ok_or(cut)?;
        let note = Note::parse(bytes.get(..from - 1).unwrap_or_default())?;
        let chunk = Self::parse(note.text())?;
        let size = usize::try_from(chunk.size).unwrap_or(usize::MAX);
        match from.checked_add(size) {
            Some(end) if end <= bytes.len().min(LONGEST) => Ok((note, chunk, from..end)),
            Some(end) if end <= LONGEST => Err(ChunkFault::Short),
            _ => Err(ChunkFault::Long),
        }
    }

    /// Reads the text of a note as a header.
    ///
    /// # Errors
    /// The first line that is not exactly as it must be.
    pub fn parse(note_text: &str) -> Result<Self, Malformed> {
        let count = note_text.lines().count();
        let body =
            note_text.strip_suffix('\n').ok_or(Malformed::at(count.max(1), Part::FinalBreak))?;
        let mut lines = (1..).zip(body.split('\n'));
        if lines.next().map(|(_, line)| line) != Some(HEADER) {
            return Err(Malformed::at(1, Part::Header));
        }
        let mut at = 1;
        let mut next = |name: &'static str| {
            at += 1;
            let value =
                lines.next().and_then(|(_, line)| line.strip_prefix(name)?.strip_prefix(' '));
            value.map(|value| (at, value)).ok_or(Malformed::at(at, Part::Field(name)))
        };
        // The order of these lines is the order of the format: fields of a struct are evaluated as they are written.
        let mut chunk = Self {
            case: read("case", next("case")?, ulid)?,
            stream: read("stream", next("stream")?, ulid)?,
            seq: read("seq", next("seq")?, text::decimal)?,
            prev: read("prev", next("prev")?, |value| optional(value, digest))?,
            first_ms: read("first", next("first")?, text::signed)?,
            last_ms: read("last", next("last")?, text::signed)?,
            count: read("count", next("count")?, text::decimal)?,
            lines: read("lines", next("lines")?, text::decimal)?,
            size: read("size", next("size")?, text::decimal)?,
            sha256: read("sha256", next("sha256")?, text::hex_array)?,
            sm3: read("sm3", next("sm3")?, text::hex_array)?,
            ranges: Vec::new(),
        };
        for (at, line) in lines {
            let range =
                line.strip_prefix("range ").ok_or(Malformed::at(at, Part::Field("range")))?;
            if range.split(' ').filter(|word| !word.is_empty()).count() != 3 {
                return Err(Malformed::at(at, Part::Value("range")));
            }
            chunk.ranges.push(range.to_owned());
        }
        Ok(chunk)
    }
}

fn read<T>(
    name: &'static str,
    (at, value): (usize, &str),
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, Malformed> {
    read(value).ok_or(Malformed::at(at, Part::Value(name)))
}

fn ulid(value: &str) -> Option<Ulid> {
    value.parse().ok().filter(|id: &Ulid| id.to_string() == value)
}

impl fmt::Display for Chunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prev =
            self.prev.map_or("none".to_owned(), |prev| format!("sha256:{}", text::to_hex(&prev)));
        writeln!(f, "{HEADER}\ncase {}\nstream {}\nseq {}", self.case, self.stream, self.seq)?;
        writeln!(f, "prev {prev}\nfirst {}\nlast {}", self.first_ms, self.last_ms)?;
        writeln!(f, "count {}\nlines {}\nsize {}", self.count, self.lines, self.size)?;
        writeln!(f, "sha256 {}\nsm3 {}", text::to_hex(&self.sha256), text::to_hex(&self.sm3))?;
        self.ranges.iter().try_for_each(|range| writeln!(f, "range {range}"))
    }
}
