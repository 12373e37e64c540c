//! What packs the data of streams, undone within the budget. Pictures stay packed.

use super::lexer::{Dict, Object};
use crate::layer::LayerError;
use crate::layer::budget::Budget;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

/// What one stream may unpack to, in bytes.
const MOST_STREAM: u64 = 64 << 20;
/// Filters in a row.
const MOST_FILTERS: usize = 4;

/// Undoes the filters; `None` where one is a picture's, unknown, or works with a predictor.
///
/// # Errors
/// [`LayerError::TooMuch`].
pub(super) fn unpack(
    filters: &[Vec<u8>],
    predicted: bool,
    raw: &[u8],
    budget: &mut Budget,
) -> Result<Option<Vec<u8>>, LayerError> {
    if predicted || filters.len() > MOST_FILTERS {
        return Ok(None);
    }
    let mut data: Option<Vec<u8>> = None;
    for filter in filters {
        let input = data.as_deref().unwrap_or(raw);
        let mut out = Out { bytes: Vec::new(), room: budget.room().min(MOST_STREAM) };
        let fits = match filter.as_slice() {
            b"FlateDecode" | b"Fl" => inflate(input, &mut out),
            b"LZWDecode" | b"LZW" => lzw(input, &mut out),
            b"ASCII85Decode" | b"A85" => ascii85(input, &mut out),
            b"ASCIIHexDecode" | b"AHx" => ascii_hex(input, &mut out),
            b"RunLengthDecode" | b"RL" => run_length(input, &mut out),
            b"Crypt" => out.add(input),
            _ => return Ok(None),
        };
        if fits.is_none() {
            return Err(LayerError::TooMuch { limit: MOST_STREAM, what: "unpacked" });
        }
        budget.unpacked(out.bytes.len())?;
        data = Some(out.bytes);
    }
    match data {
        Some(data) => Ok(Some(data)),
        None => {
            budget.unpacked(raw.len())?;
            Ok(Some(raw.to_vec()))
        }
    }
}

/// Names of the filters of a stream whose dictionary holds no references.
pub(super) fn names(dict: &Dict, resolve: impl Fn(&Object) -> Object) -> Vec<Vec<u8>> {
    let name = |object: Object| match object {
        Object::Name(name) => Some(name),
        _ => None,
    };
    match dict.get(&b"Filter"[..]).map(&resolve) {
        Some(Object::Array(list)) => list.iter().filter_map(|one| name(resolve(one))).collect(),
        Some(one) => name(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Bytes that may not grow beyond their room.
struct Out {
    bytes: Vec<u8>,
    room: u64,
}

impl Out {
    fn add(&mut self, more: &[u8]) -> Option<()> {
        self.room = self.room.checked_sub(more.len() as u64)?;
        self.bytes.extend_from_slice(more);
        Some(())
    }
}

/// Broken data gives what came before the break.
fn inflate(input: &[u8], out: &mut Out) -> Option<()> {
    pour(ZlibDecoder::new(input), out)?;
    if out.bytes.is_empty() {
        pour(DeflateDecoder::new(input), out)?;
    }
    Some(())
}

fn pour(mut reader: impl Read, out: &mut Out) -> Option<()> {
    let mut chunk = vec![0_u8; 1 << 15];
    while let Ok(size @ 1..) = reader.read(&mut chunk) {
        out.add(chunk.get(..size)?)?;
    }
    Some(())
}

/// LZW with early change, as all PDF writers make it.
fn lzw(input: &[u8], out: &mut Out) -> Option<()> {
    let (mut bits, mut held, mut width) = (0_u32, 0_u32, 9_u32);
    // Entries after the first 258: the piece of output that each one is.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for byte in input {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = bits >> held & ((1 << width) - 1);
        bits &= (1 << held) - 1;
        if code == 256 {
            table.clear();
            (last, width) = (None, 9);
            continue;
        }
        if code == 257 {
            break;
        }
        let start = out.bytes.len();
        if let Ok(byte) = u8::try_from(code) {
            out.add(&[byte])?;
        } else {
            let at = usize::try_from(code).unwrap_or(usize::MAX) - 258;
            let piece = match table.get(at) {
                Some((from, size)) => out.bytes.get(*from..*from + *size)?.to_vec(),
                // The one code that names the entry it is about to make.
                None => {
                    let Some((from, size)) = last.filter(|_| at == table.len()) else { break };
                    let mut piece = out.bytes.get(from..from + size)?.to_vec();
                    piece.extend(piece.first().copied());
                    piece
                }
            };
            out.add(&piece)?;
        }
        if let Some((from, size)) = last
            && table.len() < 4096 - 258
        {
            table.push((from, size + 1));
        }
        last = Some((start, out.bytes.len() - start));
        width = match table.len() + 258 + 1 {
            ..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
    }
    Some(())
}

fn ascii85(input: &[u8], out: &mut Out) -> Option<()> {
    let (mut value, mut count) = (0_u64, 0_u32);
    for byte in input {
        match byte {
            b'z' if count == 0 => out.add(&[0; 4])?,
            b'!'..=b'u' => {
                value = value * 85 + u64::from(byte - b'!');
                count += 1;
                if count == 5 {
                    out.add(tail(value).get(..4)?)?;
                    (value, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            value = value * 85 + 84;
        }
        let size = usize::try_from(count - 1).unwrap_or(0);
        out.add(tail(value).get(..size)?)?;
    }
    Some(())
}

/// The lowest four bytes.
fn tail(value: u64) -> Vec<u8> {
    value.to_be_bytes().into_iter().skip(4).collect()
}

fn ascii_hex(input: &[u8], out: &mut Out) -> Option<()> {
    let mut half = None;
    for byte in input.iter().take_while(|byte| **byte != b'>') {
        let Some(digit) = char::from(*byte).to_digit(16) else { continue };
        let digit = u8::try_from(digit).unwrap_or_default();
        match half.take() {
            Some(high) => out.add(&[high << 4 | digit])?,
            None => half = Some(digit),
        }
    }
    half.map_or(Some(()), |high| out.add(&[high << 4]))
}

fn run_length(input: &[u8], out: &mut Out) -> Option<()> {
    let mut rest = input;
    while let Some((length, after)) = rest.split_first() {
        match length {
            0..=127 => {
                let size = (usize::from(*length) + 1).min(after.len());
                let (plain, left) = after.split_at_checked(size)?;
                out.add(plain)?;
                rest = left;
            }
            128 => break,
            _ => {
                let Some((byte, left)) = after.split_first() else { break };
                out.add(&vec![*byte; 257 - usize::from(*length)])?;
                rest = left;
            }
        }
    }
    Some(())
}
