//! Which encoding a text is in: its mark, strict UTF-8, and what an office in China would write.

use super::fill;
use crate::error::Problem;
use crate::mapping::Charset;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::io::Read;

/// How much is read at a time.
const CHUNK: usize = 1 << 16;
/// How much the guess looks at.
const GUESS: usize = 1 << 20;

impl Charset {
    /// The decoder of an encoding.
    pub(crate) fn encoding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Gb18030 => GB18030,
        }
    }
}

/// Finds the encoding of all bytes of `reader`. UTF-8 with a few broken places is UTF-8 with bad
/// rows; anything else is GB18030 if it can be, and refused if neither fits.
///
/// # Errors
/// [`Problem::UnknownEncoding`], or [`Problem::FileUnreadable`] when reading fails.
pub fn find_charset(reader: &mut dyn Read) -> Result<Charset, Problem> {
    let mut search = Search::default();
    let mut chunk = vec![0_u8; CHUNK];
    let mut first = true;
    loop {
        let size = fill(reader, &mut chunk).map_err(super::problem_of)?;
        let bytes = chunk.get(..size).unwrap_or_default();
        if first {
            if let Some(marked) = marked(bytes) {
                return Ok(marked);
            }
            first = false;
        }
        let last = size < CHUNK;
        search.feed(bytes, last);
        if last {
            return search.found();
        }
    }
}

/// By a byte order mark; or UTF-16 without one, whose every other byte is zero in plain text.
fn marked(bytes: &[u8]) -> Option<Charset> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return Some(Charset::Utf8),
        [0xFF, 0xFE, ..] => return Some(Charset::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Charset::Utf16Be),
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, quarter) = (zeros(0), zeros(1), head.len() / 8);
    match (even, odd) {
        (0, n) if n > quarter => Some(Charset::Utf16Le),
        (n, 0) if n > quarter => Some(Charset::Utf16Be),
        _ => None,
    }
}

/// What the bytes say of their encoding so far.
struct Search {
    utf8: encoding_rs::Decoder,
    gb: encoding_rs::Decoder,
    guess: EncodingDetector,
    guessed: usize,
    utf8_bad: u64,
    utf8_good: u64,
    gb_bad: u64,
    scratch: String,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            utf8: UTF_8.new_decoder_without_bom_handling(),
            gb: GB18030.new_decoder_without_bom_handling(),
            guess: EncodingDetector::new(Iso2022JpDetection::Deny),
            guessed: 0,
            utf8_bad: 0,
            utf8_good: 0,
            gb_bad: 0,
            scratch: String::with_capacity(4 * CHUNK),
        }
    }
}

impl Search {
    fn feed(&mut self, bytes: &[u8], last: bool) {
        if self.guessed < GUESS {
            self.guess.feed(bytes, last);
            self.guessed += bytes.len();
        }
        let (bad, good) = decode(&mut self.utf8, bytes, last, &mut self.scratch);
        self.utf8_bad += bad;
        self.utf8_good += good;
        self.gb_bad += decode(&mut self.gb, bytes, last, &mut self.scratch).0;
    }

    fn found(&self) -> Result<Charset, Problem> {
        if self.utf8_bad == 0 || self.utf8_good > 10 * self.utf8_bad {
            return Ok(Charset::Utf8);
        }
        let guess = self.guess.guess(Some(b"cn"), Utf8Detection::Deny);
        if self.gb_bad == 0 || guess.name() == "GBK" || guess == GB18030 {
            return Ok(Charset::Gb18030);
        }
        Err(Problem::UnknownEncoding(Charset::NAMES.map(str::to_owned).to_vec()))
    }
}

/// Decodes and counts: broken places, and characters beyond ASCII.
fn decode(
    decoder: &mut encoding_rs::Decoder,
    bytes: &[u8],
    last: bool,
    scratch: &mut String,
) -> (u64, u64) {
    let (mut bad, mut good) = (0, 0);
    let mut rest = bytes;
    loop {
        scratch.clear();
        let (result, read) = decoder.decode_to_string_without_replacement(rest, scratch, last);
        good += u64::try_from(scratch.chars().filter(|c| !c.is_ascii()).count()).unwrap_or(0);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return (bad, good),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => bad += 1,
        }
    }
}
